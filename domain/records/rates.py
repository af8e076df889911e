"""How often something may be done by somebody: what a rate is, and what counts for all processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """At most `most` times in `per`. The name tells what is counted from all else that is.

    In no hour are there more than an hour's rate; a rate of a minute or less may be used up twice around the edge of a
    minute, and costs less.
    """

    name: str
    most: int
    per: timedelta


class Rates(Protocol):
    """Counts at once: what was counted stays so when the unit of work is undone, and nobody waits for its end."""

    def allows(self, rate: Rate, whose: str, now: datetime) -> bool:
        """Counts once more, and says whether that is within the rate.

        `whose` is anything that tells those apart who are counted apart, such as `Turn.origin`; "" for all together.
        """
        ...

    def allow_all(self, each: Sequence[tuple[Rate, str]], now: datetime) -> list[bool]:
        """As `allows` for several different rates of a minute or less, in one way to the database."""
        ...

    def used_up(self, rate: Rate, whose: str, now: datetime) -> bool:
        """Whether once more would be too often; counts nothing."""
        ...
