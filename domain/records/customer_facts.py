"""What the warehouse and the predictions say of single customers, by pseudonyms."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from domain.pseudonyms import pseudonym
from domain.records.predictions import PredictionRun
from domain.records.segments import Segment, Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerFacts:
    """A customer: habits up to the last build's day, and what is predicted; None where either does not know them.

    Attributes:
        probability: of no order in the days of the run of churn.
        at_stake: what they may bring in its time, times that.
        expected: what they may bring in the days of the run of value.
    """

    customer_id: int
    hashed_email: str
    as_of: date | None
    segment: Segment | None
    tier: Tier | None
    place: str | None
    is_loyal: bool | None
    first_order: date | None
    last_order: date | None
    orders: int | None
    lifetime_net: Decimal | None
    days_since: int | None
    usual_gap: Decimal | None
    probability: float | None
    at_stake: Decimal | None
    reasons: str | None
    expected: Decimal | None

    @property
    def pseudonym(self) -> str:
        """What staff calls them."""
        return pseudonym(self.hashed_email)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which customers are meant; None means all. A risk is from one probability on to below another."""

    segment: Segment | None = None
    tier: Tier | None = None
    risk_above: float | None = None
    risk_from: float | None = None
    risk_below: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """How many are meant, and what is at stake with them by the run of churn."""

    customers: int
    at_stake: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a list goes on: behind this customer."""

    lifetime_net: Decimal
    customer_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """The runs whose predictions are told; None where there was none."""

    churn: PredictionRun | None
    value: PredictionRun | None


class AllCustomerFacts(Protocol):
    """Facts of customers who can still be written to; whoever was forgotten is in none of them."""

    def served(self) -> Served:
        """Which predictions are told."""
        ...

    def one(self, hashed_email: str) -> CustomerFacts | None:
        """One, also who came after the last build; None for who is no customer."""
        ...

    def page(self, wanted: Wanted, limit: int, after: Place | None = None) -> list[CustomerFacts] | None:
        """Those who are wanted, who paid most first; None where the warehouse was not built yet."""
        ...

    def counted(self, wanted: Wanted) -> Counted | None:
        """How many are wanted; None where the warehouse was not built yet."""
        ...
