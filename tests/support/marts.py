"""Marts of a few rows, for tests of what is said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.periods import Period, Span
from domain.records.marts import (
    DISCOUNTED,
    FULL_PRICE,
    SHOP,
    ChurnMonth,
    Dimension,
    DiscountSide,
    HourSold,
    Leaver,
    Leaving,
    LoyaltyMonth,
    LoyaltySide,
    Place,
    Promotion,
    PromotionUse,
    Slice,
    SoldBy,
    SoldIn,
    TicketTimes,
    WeekdayNet,
)
from domain.records.order_list import ListedOrder, OrderPlace

WEEK = Period.containing(date(2026, 5, 4), Span.WEEK)
FORMULA = "=1+1"


def sold_in(*nets: str, period: Period = WEEK) -> list[SoldIn]:
    """Periods up to one, with a net each."""
    return [
        SoldIn(
            period=period.before(len(nets) - 1 - n), orders=int(Decimal(net) > 0), gross=Decimal(net), net=Decimal(net)
        )
        for n, net in enumerate(nets)
    ]


def sold_by(**nets: str) -> list[SoldBy]:
    return [SoldBy(member=name, orders=1, gross=Decimal(net), net=Decimal(net)) for name, net in nets.items()]


def place(store_id: str, net: str, rank: int, **overrides: Any) -> Place:
    values: dict[str, Any] = {
        "orders": 2,
        "average_order": Decimal(net) / 2,
        "open_days": 7,
        "orders_per_open_day": Decimal("0.29"),
        "orders_per_open_week": Decimal("2.00"),
        "is_best": rank == 1,
        "is_worst": False,
    }
    return Place(store_id=store_id, net=Decimal(net), revenue_rank=rank, **values | overrides)


def side(name: str, orders: int, average: str | None = "20.00") -> LoyaltySide:
    known = None if average is None else Decimal(average)
    return LoyaltySide(
        side=name,
        customers=orders,
        orders=orders,
        net=Decimal(orders * 20),
        average_order=known,
        orders_per_active_month=known and Decimal("0.5"),
        repeat_rate=known and Decimal("0.25"),
        clv=known,
        clv_per_active_month=known,
        is_enough=orders >= 30,
    )


def arm(span: str, name: str, orders: int) -> DiscountSide:
    one = Decimal(20) if orders else None
    return DiscountSide(
        span=span,
        side=name,
        orders=orders,
        gross=Decimal(orders * 20),
        discount=Decimal(orders) if name == DISCOUNTED else Decimal(0),
        net=Decimal(orders * 20),
        margin=Decimal(orders * 5),
        average_order=one,
        average_margin=one and Decimal(5),
        margin_share=one and Decimal("0.25"),
        is_enough=orders >= 30,
    )


def arms(discounted: int, full: int) -> list[DiscountSide]:
    return [arm(span, *one) for span in ("all", "90 days") for one in ((DISCOUNTED, discounted), (FULL_PRICE, full))]


def cut(title: str, **overrides: Any) -> Promotion:
    values: dict[str, Any] = {
        "promotion_id": f"cut-{title}",
        "product_id": title,
        "started_on": date(2026, 4, 1),
        "price_before": Decimal(15),
        "price_after": Decimal(12),
        "days_compared": 28,
        "orders_before": 20,
        "orders_after": 30,
        "net_before": Decimal(100),
        "net_after": Decimal(150),
        "net_change": Decimal("0.5"),
        "comparison": "compared",
        "is_overlapped": False,
        "is_enough": True,
    }
    return Promotion(title=title, **values | overrides)


def use(name: str, **overrides: Any) -> PromotionUse:
    values: dict[str, Any] = {
        "span": "all",
        "promotion_id": 7,
        "code": "SPRING10",
        "orders": 3,
        "customers": 2,
        "gross": Decimal(60),
        "discount": Decimal(6),
        "net": Decimal(54),
    }
    return PromotionUse(name=name, **values | overrides)


def leaving(segment: str, customers: int, at_risk: int, value: str) -> Leaving:
    return Leaving(
        segment=segment,
        customers=customers,
        at_risk=at_risk,
        late=0,
        value=Decimal(value),
        late_value=Decimal(0),
        net_last_90=Decimal(90),
        net_90_before=Decimal(100),
    )


def leaver(number: int) -> Leaver:
    return Leaver(
        hashed_email=f"{number:064x}"[::-1],
        segment=FORMULA,
        days_since_order=50,
        usual_gap_days=None,
        value=Decimal(number),
        spend_change=Decimal(-number),
        at_risk=True,
        late_for_them=False,
    )


def months(*sides: str) -> list[LoyaltyMonth]:
    return [
        LoyaltyMonth(first_day=date(2026, month, 1), side=name, orders=1, average_order=Decimal(20))
        for month in (1, 2)
        for name in sides
    ]


def ticket(
    opened_at: datetime, answer: int | None = None, resolve: int | None = None, *, topic: str = "late", of: str = SHOP
) -> TicketTimes:
    """One that was answered and resolved after so many minutes, or not."""

    def after(minutes: int | None) -> datetime | None:
        return None if minutes is None else opened_at + timedelta(minutes=minutes)

    return TicketTimes(
        origin=of,
        topic=topic,
        opened_at=opened_at,
        first_answer_at=after(answer),
        resolved_at=after(resolve),
        minutes_to_answer=answer,
        minutes_to_resolve=resolve,
    )


@dataclass
class FakeMarts:
    """Marts of a few rows; implements `domain.records.marts.Marts`."""

    trend: Sequence[SoldIn] = ()
    parts: Mapping[Dimension, Sequence[SoldBy]] = field(default_factory=dict)
    by_time: Sequence[WeekdayNet] = ()
    ranked: Sequence[Place] = ()
    sides: Sequence[LoyaltySide] = ()
    months: Sequence[LoyaltyMonth] = ()
    churned: Sequence[ChurnMonth] = ()
    discounted: Sequence[DiscountSide] = ()
    cuts: Sequence[Promotion] = ()
    uses: Sequence[PromotionUse] = ()
    segments: Sequence[Leaving] = ()
    days: Mapping[int, int] = field(default_factory=dict)
    gone: Sequence[Leaver] = ()
    asked: Sequence[TicketTimes] = ()
    placed: Sequence[ListedOrder] = ()
    listings: list[tuple[Any, ...]] = field(default_factory=list)  # what of the orders was asked for

    def members(self, dimension: Dimension) -> Sequence[str]:
        return [one.member for one in self.parts.get(dimension, ())]

    def sold_in(self, first: Period, last: Period, of: Slice) -> Sequence[SoldIn]:
        return [one for one in self.trend if first.first <= one.period.first <= last.first]

    def sold_by(self, dimension: Dimension, period: Period, of: Slice) -> Sequence[SoldBy]:
        return self.parts.get(dimension, ())

    def weekdays(self, first: date, last: date, of: Slice) -> Sequence[WeekdayNet]:
        return self.by_time

    def hours(self, first: date, last: date, store: str = "") -> Sequence[HourSold]:
        return []

    def orders(
        self, period: Period, of: Slice, *, only_cancelled: bool, limit: int, after: OrderPlace | None = None
    ) -> Sequence[ListedOrder]:
        self.listings.append((period, of, only_cancelled, limit, after))
        return self.placed[:limit]

    def places(self, period: Period) -> Sequence[Place]:
        return self.ranked

    def loyalty(self) -> Sequence[LoyaltySide]:
        return self.sides

    def churn_months(self) -> Sequence[ChurnMonth]:
        return self.churned

    def loyalty_months(self) -> Sequence[LoyaltyMonth]:
        return self.months

    def discounts(self) -> Sequence[DiscountSide]:
        return self.discounted

    def promotions(self) -> Sequence[Promotion]:
        return self.cuts

    def promotion_uses(self) -> Sequence[PromotionUse]:
        return self.uses

    def leaving(self) -> Sequence[Leaving]:
        return self.segments

    def silences(self) -> Mapping[int, int]:
        return self.days

    def leavers(self) -> Sequence[Leaver]:
        return self.gone

    def tickets(self, first: date, last: date) -> Sequence[TicketTimes]:
        return self.asked
