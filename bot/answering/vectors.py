"""How alike sentences are, by the vectors of the NLU's encoder; of whatever length they are."""

from collections.abc import Collection, Mapping
from threading import Lock

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from domain.ports import UnitOfWork
from nlu.understanding import Vector

# By encoder and text, so that nothing in it ever gets old: another process or a restart only reads it anew.
_read: LRUCache[tuple[str, str], NDArray[np.float32]] = LRUCache(8192)
_lock = Lock()


def likeness(uow: UnitOfWork, vector: Vector, texts: Collection[str]) -> Mapping[str, float]:
    """How alike a sentence and each of the texts are, from -1 to 1; without those whose vector is not known yet."""
    with _lock:
        known = {text: found for text in texts if (found := _read.get((vector.encoder, text))) is not None}
    rest = [text for text in texts if text not in known]
    if rest:
        fresh = {text: unit(values) for text, values in uow.answers.vectors(vector.encoder, rest).items()}
        known |= fresh
        with _lock:
            _read.update({(vector.encoder, text): one for text, one in fresh.items()})
    said = unit(vector.values)
    usable = {text: one for text, one in known.items() if one.shape == said.shape}
    if not usable:
        return {}
    alike = np.stack(list(usable.values())) @ said
    return dict(zip(usable, map(float, alike), strict=True))


def unit(values: bytes) -> NDArray[np.float32]:
    """A vector with the length 1."""
    numbers = np.frombuffer(values, dtype=np.int8).astype(np.float32)
    length = float(np.linalg.norm(numbers))
    return numbers / np.float32(length or 1.0)
