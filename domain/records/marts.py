"""What the warehouse's marts hold, as reports read it; what each figure means is said beside the models of dbt."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, Self

from domain.periods import Period
from domain.pseudonyms import pseudonym
from domain.records.order_list import ListedOrder, OrderPlace

ZERO = Decimal(0)
MEMBERS, OTHERS = "members", "others"  # of the loyalty scheme
DISCOUNTED, FULL_PRICE = "discounted", "full price"
SHOP, HELP_DESK = "shop", "help desk"  # whose a ticket is


class Dimension(StrEnum):
    """By what sales are broken down."""

    STORE = "store"
    CATEGORY = "category"
    DAYPART = "daypart"


class Daypart(StrEnum):
    """The parts of a day, in their order."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """The sales that are meant: those of a store, a category and a part of the day; blank means all."""

    store: str = ""
    category: str = ""
    daypart: str = ""

    @classmethod
    def of(cls, named: Mapping[str, str] | None) -> Self:
        """From what a job keeps of it."""
        return cls(**{Dimension(name): value for name, value in (named or {}).items()})

    @property
    def named(self) -> dict[Dimension, str]:
        """What was named, by dimension."""
        return {Dimension(name): value for name, value in asdict(self).items() if value}

    def __bool__(self) -> bool:
        return bool(self.named)

    def __str__(self) -> str:
        """In words: "denver, Mugs"."""
        return ", ".join(self.named.values())


EVERYTHING = Slice()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sold:
    """What was sold: see the models `sales_days` and `sales_trends`."""

    orders: int = 0
    gross: Decimal = ZERO
    discount: Decimal = ZERO
    cancelled_orders: int = 0
    cancelled: Decimal = ZERO
    returned: Decimal = ZERO
    net: Decimal = ZERO


@dataclass(frozen=True, kw_only=True, slots=True)
class SoldIn(Sold):
    """The same of a period."""

    period: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class SoldBy(Sold):
    """The same of a store, a category or a part of the day."""

    member: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekdayNet:
    """Net of a weekday (1 is Monday) and a part of the day."""

    weekday: int
    daypart: Daypart
    net: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class HourSold:
    """What was ordered on a weekday (1 is Monday) in an hour of the shop's clock: see `sales_hours`."""

    weekday: int
    hour: int
    orders: int
    net: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A store in a period: see `top_places`."""

    store_id: str
    orders: int
    net: Decimal
    revenue_rank: int
    average_order: Decimal | None
    open_days: int
    orders_per_open_day: Decimal | None
    orders_per_open_week: Decimal | None
    is_best: bool
    is_worst: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class LoyaltySide:
    """Members or others: see `loyalty_impact`."""

    side: str
    customers: int
    orders: int
    net: Decimal
    average_order: Decimal | None
    orders_per_active_month: Decimal | None
    repeat_rate: Decimal | None
    clv: Decimal | None
    clv_per_active_month: Decimal | None
    is_enough: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ChurnMonth:
    """Who was active when a month began, and how many of them were not when it ended: see `churn_months`."""

    first_day: date
    active_at_start: int
    lost: int
    churn_rate: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class LoyaltyMonth:
    """One side's month: see `loyalty_months`."""

    first_day: date
    side: str
    orders: int
    average_order: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class DiscountSide:
    """Orders with a discount or at full price, of some time: see `discount_effectiveness`."""

    span: str
    side: str
    orders: int
    gross: Decimal
    discount: Decimal
    net: Decimal
    margin: Decimal
    average_order: Decimal | None
    average_margin: Decimal | None
    margin_share: Decimal | None
    is_enough: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Promotion:
    """A price that was cut: see `promotion_effects`."""

    promotion_id: str
    product_id: str
    title: str
    started_on: date
    price_before: Decimal
    price_after: Decimal
    days_compared: int
    orders_before: int
    orders_after: int
    net_before: Decimal
    net_after: Decimal
    net_change: Decimal | None
    comparison: str
    is_overlapped: bool
    is_enough: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PromotionUse:
    """What a code or an automatic discount did, in some time: see `promotion_uses`."""

    span: str
    promotion_id: int
    name: str
    code: str
    orders: int
    customers: int
    gross: Decimal
    discount: Decimal
    net: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaving:
    """How many of a segment's customers show signs of leaving, and what these paid in the last 365 days."""

    segment: str
    customers: int
    at_risk: int
    late: int
    value: Decimal  # of those at risk
    late_value: Decimal
    net_last_90: Decimal
    net_90_before: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaver:
    """A customer who is at risk or late: see `churn_indicators`; `value` is what they paid in the last 365 days."""

    hashed_email: str
    segment: str
    days_since_order: int
    usual_gap_days: Decimal | None
    value: Decimal
    spend_change: Decimal
    at_risk: bool
    late_for_them: bool

    @property
    def pseudonym(self) -> str:
        """What a customer is called where names must not be read."""
        return pseudonym(self.hashed_email)


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketTimes:
    """When somebody asked support, and what came of it: see `fct_tickets`."""

    origin: str
    topic: str
    opened_at: datetime
    first_answer_at: datetime | None
    resolved_at: datetime | None
    minutes_to_answer: int | None
    minutes_to_resolve: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """What a model's figures mean, as its description says: the model itself and its columns."""

    title: str
    said: str
    columns: Mapping[str, str]


Glossary = Mapping[str, Meaning]  # by the model's name


class Marts(Protocol):
    """Reads the marts; ties are broken by name, so that the order is the same each time."""

    def members(self, dimension: Dimension) -> Sequence[str]:
        """The names of all stores, categories or parts of the day in which something was sold."""
        ...

    def sold_in(self, first: Period, last: Period, of: Slice) -> Sequence[SoldIn]:
        """What was sold in each period from one to the other, from the shop's first on, empty ones as zeros."""
        ...

    def sold_by(self, dimension: Dimension, period: Period, of: Slice) -> Sequence[SoldBy]:
        """What was sold in a period by store, category or part of the day, where anything was; most net first."""
        ...

    def weekdays(self, first: date, last: date, of: Slice) -> Sequence[WeekdayNet]:
        """Net by weekday and part of the day, where anything was sold."""
        ...

    def hours(self, first: date, last: date, store: str = "") -> Sequence[HourSold]:
        """Orders and net by weekday and hour, where anything was ordered."""
        ...

    def orders(
        self, period: Period, of: Slice, *, only_cancelled: bool, limit: int, after: OrderPlace | None = None
    ) -> Sequence[ListedOrder]:
        """What was placed or cancelled in a period, as far as it is of the slice, placed last first.

        Their sums are those of `sold_in`, of all orders and of the cancelled ones alone.
        """
        ...

    def places(self, period: Period) -> Sequence[Place]:
        """The stores that were open or sold something in a period, the best first."""
        ...

    def loyalty(self) -> Sequence[LoyaltySide]:
        """Members, and others."""
        ...

    def churn_months(self) -> Sequence[ChurnMonth]:
        """The churn rate of each month that is over, the first month first."""
        ...

    def loyalty_months(self) -> Sequence[LoyaltyMonth]:
        """Both sides by month, the first month first."""
        ...

    def discounts(self) -> Sequence[DiscountSide]:
        """Discounted and full price, over all time, 90 and 28 days."""
        ...

    def promotions(self) -> Sequence[Promotion]:
        """The prices that were cut, the latest first."""
        ...

    def promotion_uses(self) -> Sequence[PromotionUse]:
        """Codes and automatic discounts, over all time, 90 and 28 days, what took off most first."""
        ...

    def leaving(self) -> Sequence[Leaving]:
        """The segments, with most value at risk first."""
        ...

    def silences(self) -> Mapping[int, int]:
        """How many customers have not ordered for how many days."""
        ...

    def leavers(self) -> Sequence[Leaver]:
        """Who is at risk or late, the most valuable first."""
        ...

    def tickets(self, first: date, last: date) -> Sequence[TicketTimes]:
        """Those opened by `last`, but for what was over before `first`; some that were may be among them."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class WarehouseView:
    """The marts as they stood at one moment, with the last day that they know."""

    as_of: date
    marts: Marts
