"""Runs the learned reader: a message's text in, its acts with their spans out. Runs in Rasa's environment."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from nlu.reading.decoding import ReadAct, decode, plain

MODEL = Path(__file__).parent / "model"
LONGEST = 256  # tokens; of a longer message nothing is read


class Reader:
    """The model and its tokenizer, loaded once; safe to share between threads."""

    def __init__(self, model: Path = MODEL, *, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Products of bytes that are exact on every processor: those that lack VNNI would cut them off, and read a
        # message at the edge otherwise than others do.
        options.add_session_config_entry("session.x64quantprecision", "1")
        self._session = onnxruntime.InferenceSession(
            str(model / "reader.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self.tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)
        self.read("warm up")

    def read(self, text: str) -> Sequence[ReadAct]:
        """The acts of a message, in its order."""
        encoded = self.tokenizer.encode(plain(text))
        if len(encoded.ids) >= LONGEST:
            return []  # what follows may take back what is said before
        ids = np.array([encoded.ids], dtype=np.int64)
        acts, begins, tags = self._session.run(None, {"ids": ids})
        return decode(text, encoded.offsets, acts[0].tolist(), begins[0].tolist(), tags[0].tolist())
