"""What customers asked for and the shop did not have."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from domain.errors import Shortage


class LostDemand(Protocol):
    """Of each product, how much somebody asked for in vain: once a day, the most they missed."""

    def note(self, shortages: Iterable[Shortage], identity_id: int, day: date, now: datetime) -> None:
        """Notes what an identity missed on a day by the shop's clock; of the same product the most counts."""
        ...

    def most_missed(self, since: date, limit: int) -> tuple[int, list[tuple[str, int]]]:
        """How many pieces were missed since a day, and the products of which most were, with how many."""
        ...
