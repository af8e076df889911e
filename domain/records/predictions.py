"""What is predicted of customers and products, by which model, and who of the customers may be leaving."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from domain.periods import Period
from domain.pseudonyms import pseudonym

RELIABLE = 0.03  # predictions that are wrong by less can be relied on
RISK_FROM = 0.5  # who is likelier to leave than not is at risk


class Predicted(StrEnum):
    """What is predicted; each has models, runs and scores of its own."""

    CHURN = "churn"
    VALUE = "value"
    DEMAND = "demand"


@dataclass(frozen=True, kw_only=True, slots=True)
class PredictionModel:
    """A model as it was fitted, and what its twin showed on the last window that was over, which it had not seen.

    It is `chosen` where it was not worse than the one before.
    """

    what: Predicted
    version: str
    cutoff: date
    fitted_at: datetime
    chosen: bool
    figures: Mapping[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class PredictionRun:
    """All scores that were made at once; they have seen the days up to `as_of`, and speak of the `days` after it."""

    run_id: int
    what: Predicted
    model_version: str
    as_of: date
    made_at: datetime
    days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AtRisk:
    """A customer who may be leaving: how likely, why, since when they are at risk, and what they bought most."""

    customer_id: int
    hashed_email: str
    probability: float
    at_stake: Decimal
    reasons: str
    since: date
    last_order: date
    bought: tuple[str, ...]
    in_audience: bool

    @property
    def pseudonym(self) -> str:
        """What staff calls them."""
        return pseudonym(self.hashed_email)


@dataclass(frozen=True, kw_only=True, slots=True)
class Risks:
    """Some of those at risk, with most at stake first; how many there are, and what is at stake in all."""

    as_of: date
    days: int
    shown: tuple[AtRisk, ...]
    total: int
    at_stake: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskMoves:
    """Who came into risk in a period, who left it by ordering, and who is at risk now."""

    entered: int
    left: int
    at_risk: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """What was predicted once for a window that is over, and what came: of so many customers, who left.

    `expected` is the sum of their probabilities.
    """

    as_of: date
    customers: int
    expected: float
    left: int

    @property
    def said(self) -> float:
        """The share that was expected to leave."""
        return self.expected / self.customers

    @property
    def came(self) -> float:
        """The share that left."""
        return self.left / self.customers


class ChurnRisks(Protocol):
    """Who may be leaving, as the latest run says; None where there is none, or the warehouse is not there."""

    def top(self, limit: int, offset: int = 0) -> Risks | None:
        """Who has most at stake."""
        ...

    def one(self, customer_id: int) -> AtRisk | None:
        """A customer, if at risk."""
        ...

    def named(self, hash_begins: str) -> Sequence[AtRisk]:
        """Those at risk whose hash begins so, at most two: then it is unclear who is meant."""
        ...

    def moves(self, period: Period) -> RiskMoves | None:
        """Who came into risk and left it; None also where no run of about the day before the period is kept."""
        ...

    def days(self) -> int | None:
        """How many days the predictions speak of that are served."""
        ...

    def kept(self, last: date) -> Kept | None:
        """How the latest run came out whose window was over by the end of that day."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A customer whom staff collected."""

    customer_id: int
    hashed_email: str

    @property
    def pseudonym(self) -> str:
        """What staff calls them."""
        return pseudonym(self.hashed_email)


class Audience(Protocol):
    """Customers whom staff collected for a campaign."""

    def put(self, hashed_email: str, actor: str, now: datetime) -> bool:
        """Adds somebody; returns whether they were not in it."""
        ...

    def take_out(self, hashed_email: str) -> bool:
        """Takes somebody out; returns whether they were in it."""
        ...

    def members(self, limit: int, offset: int = 0) -> tuple[list[Member], int]:
        """Some of those who are in it, the latest first; and how many there are."""
        ...

    def one(self, customer_id: int) -> Member | None:
        """A customer, if in it."""
        ...

    def named(self, hash_begins: str) -> list[Member]:
        """Those in it whose hash begins so, at most two."""
        ...
