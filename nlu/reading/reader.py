"""Runs the learned reader: a message's text in, its acts with their spans out. Runs in Rasa's environment.

Two nets share the words' embeddings: one reads what a shop is asked for, the other what is said of placed orders.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from nlu.reading.aftersale_labels import AFTERSALE
from nlu.reading.decoding import ReadAct, decode, plain
from nlu.reading.labels import SHOP, Labels

MODEL = Path(__file__).parent / "model"
LONGEST = 256  # tokens; of a longer message nothing is read
_SCORES = ("acts", "begins", "tags")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What is read of a message: its acts, and its parts where it is about placed orders, each in its order."""

    acts: Sequence[ReadAct] = ()
    parts: Sequence[ReadAct] = ()


class Reader:
    """The nets and their tokenizer, loaded once; safe to share between threads."""

    def __init__(self, model: Path = MODEL, *, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Products of bytes that are exact on every processor: those that lack VNNI would cut them off, and read a
        # message at the edge otherwise than others do.
        options.add_session_config_entry("session.x64quantprecision", "1")
        self._shop, self._aftersale = (
            onnxruntime.InferenceSession(str(model / name), options, providers=["CPUExecutionProvider"])
            for name in ("reader.onnx", "aftersale.onnx")
        )
        self.tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)
        self.read("warm up")

    def read(self, text: str) -> Reading:
        """All that is read of a message."""
        encoded = self.tokenizer.encode(plain(text))
        if len(encoded.ids) >= LONGEST:
            return Reading()  # what follows may take back what is said before

        def decoded(scores: Sequence[Any], labels: Labels) -> list[ReadAct]:
            acts, begins, tags = (one[0].tolist() for one in scores)
            return decode(text, encoded.offsets, acts, begins, tags, labels)

        ids = np.array([encoded.ids], dtype=np.int64)
        embedded, *scores = self._shop.run(["embedded", *_SCORES], {"ids": ids})
        parts = self._aftersale.run(_SCORES, {"embedded": embedded})
        return Reading(acts=decoded(scores, SHOP), parts=decoded(parts, AFTERSALE))
