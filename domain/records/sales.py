"""What a shop sold in a period, as marketing and finance count it. All definitions are here, and nowhere else.

An order counts on the day it is placed, with what its lines cost (gross) and what was taken off (discounts), whatever
becomes of it. A cancellation counts on the day of cancelling, with what the order's customer would have paid; a return
or an exchange on the day on which it is settled, with what goes back, less what is paid on top. Net is gross less
discounts less cancellations less returns: so a period that is over does not change by what becomes of its orders.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from domain.periods import Period, days_from
from domain.pseudonyms import pseudonym

ZERO = Decimal(0)


class ReportName(StrEnum):
    """Which report; deals are the one that customers read."""

    MARKETING = "marketing"
    FINANCE = "finance"
    DEALS = "deals"
    SALES = "sales"
    STORES = "stores"
    LOYALTY = "loyalty"
    DISCOUNTS = "discounts"
    CHURN = "churn"
    SUPPORT = "support"

    @property
    def of_warehouse(self) -> bool:
        """Whether the warehouse's marts tell it; such a report is made when somebody asks for it."""
        return self not in (ReportName.MARKETING, ReportName.FINANCE, ReportName.DEALS)

    @property
    def usual_top(self) -> int:
        """How many rows it lists of what is ranked, unless somebody wants others."""
        return 10 if self.of_warehouse else 5

    @property
    def of_a_day(self) -> bool:
        """Whether it tells how things stand at the end of a day, and not what happened in a period."""
        return self in (ReportName.LOYALTY, ReportName.DISCOUNTS, ReportName.CHURN)


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """The sums of a period; money in the shop's currency, exact to the cent."""

    orders: int = 0
    gross: Decimal = ZERO
    discounts: Decimal = ZERO
    cancelled_orders: int = 0
    cancelled: Decimal = ZERO
    customers: int = 0
    returns: int = 0
    returned: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        """What is left of gross."""
        return self.gross - self.discounts - self.cancelled - self.returned


@dataclass(frozen=True, kw_only=True, slots=True)
class DayTotals:
    """A day's orders and net dollars."""

    day: date
    orders: int = 0
    net: Decimal = ZERO


def every_day(found: Sequence[DayTotals], first: date, last: date) -> tuple[DayTotals, ...]:
    """The days from one to the other, those on which nothing happened too."""
    known = {one.day: one for one in found}
    return tuple(known.get(day, DayTotals(day=day)) for day in days_from(first, last))


@dataclass(frozen=True, kw_only=True, slots=True)
class Cancellations:
    """Orders that were placed in `week` and cancelled in a later period."""

    week: Period
    orders: int
    amount: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Bought:
    """A product's live orders in a period: how many, how many pieces, and what they cost before discounts."""

    product_id: str
    title: str
    orders: int = 0
    units: int = 0
    amount: Decimal = ZERO


@dataclass(frozen=True, kw_only=True, slots=True)
class Buyer:
    """A customer's live orders in a period and what they paid."""

    hashed_email: str
    orders: int
    amount: Decimal

    @property
    def pseudonym(self) -> str:
        """What a customer is called where names must not be read."""
        return pseudonym(self.hashed_email)


class Sales(Protocol):
    """Sums over the orders; moments are half-open, from `since` up to but without `until`.

    Live orders are those that were not cancelled before `until`, so the same period gives the same figures again.
    """

    def totals(self, periods: Sequence[Period], zone: tzinfo) -> list[Totals]:
        """The totals of each period, in one statement."""
        ...

    def days(self, since: datetime, until: datetime, zone: tzinfo) -> list[DayTotals]:
        """The days on which something was placed, cancelled or settled of what came back, in order."""
        ...

    def cancelled_later(self, since: datetime, until: datetime, zone: tzinfo) -> list[Cancellations]:
        """What was cancelled in that time of orders that were placed before it, by the week of placing."""
        ...

    def new_customers(self, since: datetime, until: datetime) -> int:
        """How many of the customers of that time had never ordered before."""
        ...

    def first_order_at(self) -> datetime | None:
        """When the shop's first order was placed."""
        ...


class Rankings(Protocol):
    """Who bought most of what; ties are broken by id, so that the order is the same each time."""

    def products(self, since: datetime, until: datetime) -> list[Bought]:
        """All products that were bought, by number of orders, then of pieces."""
        ...

    def customers(self, since: datetime, until: datetime, limit: int) -> list[Buyer]:
        """Who paid most."""
        ...
