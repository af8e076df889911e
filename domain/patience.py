"""Tries once more what others were in the way of: a few times, within seconds, and then it is said that they are."""

import time
from collections.abc import Callable
from typing import TypeVar

from domain.errors import Busy

TRIES = 4
LONGEST_SECONDS = 8.0  # after them nothing is begun again: a wait for a lock alone may have taken five
PAUSE_SECONDS = 0.05

T = TypeVar("T")


def patiently(act: Callable[[], T], pause: Callable[[float], None] = time.sleep) -> T:
    """Does something that is all or nothing, until it is done.

    Raises:
        Busy: others were in the way each time.
    """
    begun = time.monotonic()
    for tried in range(1, TRIES):
        try:
            return act()
        except Busy:
            if time.monotonic() - begun > LONGEST_SECONDS:
                raise
            pause(PAUSE_SECONDS * tried)
    return act()
