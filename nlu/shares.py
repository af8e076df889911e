"""Gives everybody a share of the understanding: messages of one origin wait for each other, not others for them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from nlu.understanding import NluUnavailable

PLACES = 2  # messages of one origin that are understood at once: as many keep Rasa busy
WAITING = 14  # further ones, each of which holds a thread
PATIENCE = 2.0  # seconds that one of them waits


class ShareTaken(NluUnavailable):
    """So many messages of the same origin are being understood that this one cannot be."""

    def __init__(self) -> None:
        super().__init__("earlier messages of the same origin are still being understood")


class Shares:
    """A few places in the understanding for each origin, in this process; thread-safe.

    Args:
        places: how many messages of an origin are understood at once.
        waiting: how many may wait for a place; further ones are refused at once.
        patience: seconds that they wait.
    """

    def __init__(self, *, places: int = PLACES, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self._at_once = places
        self._waiting = waiting
        self._patience = patience
        self._lock = threading.Lock()
        self._places: dict[str, _Places] = {}

    @contextmanager
    def of(self, origin: str) -> Iterator[None]:
        """Holds a place of `origin`, after a wait for it where need be.

        Raises:
            ShareTaken: too many wait for one, or none was free in time.
        """
        with self._lock:
            place = self._places.setdefault(origin, _Places(self._at_once))
            if place.wanted >= self._at_once + self._waiting:
                raise ShareTaken
            place.wanted += 1
        try:
            if not place.free.acquire(timeout=self._patience):
                raise ShareTaken
            try:
                yield
            finally:
                place.free.release()
        finally:
            with self._lock:
                place.wanted -= 1
                if not place.wanted:
                    del self._places[origin]

    def wanted(self, origin: str) -> int:
        """How many messages of `origin` are being understood or wait."""
        with self._lock:
            place = self._places.get(origin)
            return place.wanted if place else 0


class _Places:
    def __init__(self, at_once: int) -> None:
        self.free = threading.Semaphore(at_once)
        self.wanted = 0  # by those who hold it or wait for it
