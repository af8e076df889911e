"""What the board of customers shows beside segments and lists: how many, how they score, come back, and may leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from domain.periods import Period
from domain.records.predictions import PredictionRun
from domain.records.segments import Tier

SCORES = range(1, 6)  # of `rfm_segments`
TENTHS = range(10)  # of a probability; the last one holds 1 too


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbers:
    """How many customers there are at the end of a day; `began` and `began_before` ordered first in those days."""

    customers: int
    ordered: int
    active: int
    vips: int
    began: int
    began_before: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Scored:
    """Those of one score of recency and one of frequency, and what they paid in the last 365 days."""

    recency: int
    frequency: int
    customers: int
    net: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class CohortMonth:
    """A month that is over of the customers who ordered first in another: see `cohort_retention`."""

    cohort: date
    months_later: int
    customers: int
    ordered: int
    share: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskShare:
    """Those of a value tier whose probability to leave is in a tenth, and what is at stake."""

    tenth: int
    tier: Tier | None
    customers: int
    at_stake: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Risked:
    """Everybody of whom the run that is served says something, and can still be written to."""

    run: PredictionRun
    shares: tuple[RiskShare, ...]


class CustomersBoard(Protocol):
    """Sums over customers, reckoned from marts that were built."""

    def numbers(self, as_of: date, active_days: int, began: Period, began_before: Period) -> Numbers:
        """How many there are; active is who ordered in so many days up to `as_of`."""
        ...

    def scored(self) -> Sequence[Scored]:
        """Everybody who ordered, by scores."""
        ...

    def cohorts(self, count: int) -> Sequence[CohortMonth]:
        """The last so many cohorts, the earliest first, each with the months after it that are over, one at least."""
        ...

    def risks(self) -> Risked | None:
        """Who may leave, by tenths and tiers; None where nothing was predicted."""
        ...
