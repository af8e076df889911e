"""The figures that marketing is to move, beside where they came from and shall be: who leaves, what carts are left."""

from collections.abc import Sequence
from functools import reduce

from charts.chart import Chart
from charts.counts import Step, bars, funnel
from charts.customers import churn_rates
from dashboards.board import Cell, Section, Tile, table, text
from dashboards.looking import Look
from domain.periods import Period
from domain.records.conversations_board import Talked, TalkedIn
from domain.records.marts import ChurnMonth
from reports.goals import marks, noted, said

MONTHS = 13
STEPS = ("cart", "order card", "order")
NOT_COUNTED = "The warehouse has no counts of conversations yet."
_NOTHING = Talked()


def talked_in(look: Look, periods: Sequence[Period]) -> dict[Period, Talked]:
    """How conversations of all channels went, in each of these periods; empty where the warehouse does not know."""
    if not look.uow.conversations_board.is_built():
        return {}
    first, last = periods[0].first, periods[-1].last
    found: Sequence[TalkedIn] = look.uow.conversations_board.talked(first, last, periods[0].span)
    return {
        period: reduce(Talked.__add__, (one for one in found if one.first_day == period.first), _NOTHING)
        for period in periods
    }


def tiles(look: Look, talked: dict[Period, Talked], period: Period) -> tuple[Tile, ...]:
    """The churn rate of the last month that is over, and the carts that were left in the period."""
    goals, months = look.shop.goals, look.view.marts.churn_months()
    now = talked.get(period, _NOTHING)
    last = months[-1] if months else None
    lost = "" if last is None else f"{look.shop.number(last.lost)} of {look.shop.number(last.active_at_start)}"
    carts = f"{look.shop.number(now.reached_cart - now.reached_order)} of {look.shop.number(now.reached_cart)} carts"
    return (
        Tile(
            label="Churn rate",
            value="–" if last is None else look.shop.percent(last.churn_rate),
            note="" if last is None else _joined(look.shop.month(last.first_day), lost, noted(goals.churn, look.shop)),
            meaning=look.meaning("churn_months"),
            href="#churn",
        ),
        Tile(
            label="Carts left",
            value="–" if now.abandoned is None else look.shop.percent(now.abandoned),
            note=_joined(carts, noted(goals.cart_abandonment, look.shop)),
            meaning=look.meaning("chat_days"),
            href="#abandoned",
        ),
    )


def _joined(*parts: str) -> str:
    return "; ".join(filter(None, parts))


def churn(look: Look) -> Section:
    """The churn rate of the months that are over, whatever period is looked at."""
    months = look.view.marts.churn_months()[-MONTHS:]
    goal = look.shop.goals.churn
    last = months[-1] if months else None
    rows = [
        (
            text(look.shop.month(one.first_day)),
            look.number(one.active_at_start),
            look.number(one.lost),
            look.share(float(one.churn_rate)),
        )
        for one in reversed(months)
    ]
    return Section(
        key="churn",
        title="Churn rate by month",
        meaning=look.meaning("churn_months"),
        chart=Chart(panels=(churn_rates(months, look.shop, marks(goal, look.shop)),)) if months else None,
        alt="" if last is None else _told(look, months) + said(goal, look.shop),
        table=table(("month", "active at its start", "not active at its end", "churn rate"), rows),
        empty="No month is over at whose start anybody was active.",
    )


def _told(look: Look, months: Sequence[ChurnMonth]) -> str:
    last, worst = months[-1], max(months, key=lambda one: one.churn_rate)
    rate = look.shop.percent(last.churn_rate)
    most = f"the highest rate was {look.shop.percent(worst.churn_rate)} in {look.shop.month(worst.first_day)}"
    return (
        f"In {look.shop.month(last.first_day)} {look.shop.number(last.lost)} of "
        f"{look.shop.counted(last.active_at_start, 'active customer')} left, {rate}; {most}."
    )


def abandoned(look: Look, talked: dict[Period, Talked]) -> Section:
    """How far carts came in the period, and the share that was left, by period."""
    period = look.period
    now, goal = talked.get(period, _NOTHING), look.shop.goals.cart_abandonment
    title = f"Carts that were left: {look.shop.period(period)}"
    steps = [Step(name=name, count=count) for name, count in zip(STEPS, _reached(now), strict=True)]
    shares = [100 * (one.abandoned or 0.0) for one in talked.values()]
    there = any(one.reached_cart for one in talked.values())
    rows = [
        (
            _period(look, one),
            *map(look.number, _reached(went)),
            look.number(went.reached_cart - went.reached_order),
            look.share(went.abandoned),
        )
        for one, went in reversed(talked.items())
    ]
    left = look.shop.number(now.reached_cart - now.reached_order)
    carts = look.shop.counted(now.reached_cart, "conversation")
    share = "" if now.abandoned is None else f" ({look.shop.percent(now.abandoned)})"
    by_period = bars(
        list(talked), shares, "Carts left, % of conversations with one", look.shop, marks=marks(goal, look.shop)
    ) if there else None  # fmt: skip
    steps_drawn = (funnel(steps, "Conversations with a cart", look.shop),) if now.reached_cart else ()
    return Section(
        key="abandoned",
        title=title,
        meaning=(
            f"{look.meaning('chat_days')} A cart was left where something went into it and no order was placed in that "
            "conversation; who orders the next day counts as one who left, and as one who ordered."
        ),
        chart=Chart(panels=(*steps_drawn, by_period)) if by_period else None,
        alt=f"Of {carts} with something in the cart {left}{share} came to no order." + said(goal, look.shop),
        table=table((str(period.span), *STEPS, "left", "left, of carts"), rows if there else ()),
        empty=f"No cart was filled since {look.shop.full_date(next(iter(talked)).first)}." if talked else NOT_COUNTED,
    )


def _reached(one: Talked) -> tuple[int, int, int]:
    return (one.reached_cart, one.reached_card, one.reached_order)


def _period(look: Look, period: Period) -> Cell:
    return text(look.shop.period(period))
