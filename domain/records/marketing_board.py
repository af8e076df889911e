"""What the board of marketing asks: recommendations, messages and reminded orders by period, and who agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from domain.periods import Span
from domain.records.marts import ZERO
from domain.records.notifications import Outcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommended:
    """What became of what was shown: see `recommendation_days`."""

    shown: int = 0
    added: int = 0
    dismissed: int = 0
    ordered: int = 0
    bought: int = 0
    paid: Decimal = ZERO

    def __add__(self, other: "Recommended") -> "Recommended":
        """Both together."""
        return Recommended(
            shown=self.shown + other.shown,
            added=self.added + other.added,
            dismissed=self.dismissed + other.dismissed,
            ordered=self.ordered + other.ordered,
            bought=self.bought + other.bought,
            paid=self.paid + other.paid,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class RecommendedIn(Recommended):
    """The same of a placement in a period."""

    first_day: date
    placement: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MessagesIn:
    """Messages of a kind in a period, and what became of them: see `message_days`."""

    first_day: date
    kind: str
    outcome: Outcome
    reason: str
    messages: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RecoveredIn:
    """Orders of a period that followed a reminder: see `cart_recoveries`. `orders` are without cancelled ones."""

    first_day: date
    orders: int
    cancelled: int
    net: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class RatedIn:
    """How orders were rated in a period: see `rating_days`."""

    first_day: date
    ratings: int = 0
    scores: int = 0
    low: int = 0

    @property
    def mean(self) -> float | None:
        """Their mean; None where there are none."""
        return self.scores / self.ratings if self.ratings else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscribers:
    """How many get marketing now, and how many of them agreed, and how many others said no, in a time."""

    now: int
    agreed: int
    stopped: int


class MarketingBoard(Protocol):
    """Reads what the board shows; `first_day` is that of a period from `first` to `last`."""

    def is_built(self) -> bool:
        """Whether the warehouse has the tables; then they stay where they are."""
        ...

    def recommended(self, first: date, last: date, span: Span) -> Sequence[RecommendedIn]:
        """By period and placement, where anything was shown."""
        ...

    def messages(self, first: date, last: date, span: Span) -> Sequence[MessagesIn]:
        """By period, kind, outcome and reason, where there were any."""
        ...

    def recovered(self, first: date, last: date, span: Span) -> Sequence[RecoveredIn]:
        """By period, where any order followed a reminder."""
        ...

    def rated(self, first: date, last: date, span: Span) -> Sequence[RatedIn]:
        """By period, where anybody rated an order; nothing where the warehouse has no such table yet."""
        ...

    def subscribers(self, since: datetime, until: datetime) -> Subscribers:
        """As things stand now; from `since` up to but without `until` somebody said yes or no."""
        ...
