"""How customers rated orders that came: a number from 1 to 5 for each order, no words, nothing of anybody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

WORST, BEST = 1, 5
LOW = 2  # a score up to it is low: 3 is the middle of the scale, and says neither
SCORES = range(WORST, BEST + 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """An order's score, when it was given last, and where: a channel, or by mail."""

    order_id: int
    score: int
    at: datetime
    source: str


class Ratings(Protocol):
    """The scores of orders."""

    def put(self, given: Rating) -> None:
        """Keeps a score; it takes the place of the order's earlier one.

        Raises:
            Busy: the same order is being rated elsewhere, and that takes too long.
        """
        ...

    def of_order(self, order_id: int) -> Rating | None:
        """An order's score."""
        ...
