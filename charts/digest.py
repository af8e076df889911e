"""The charts of the finance report and the marketing digest."""

from collections.abc import Sequence

from charts.chart import Chart, Panel
from charts.parts import HALF, Bar, over_time, panel, ranking, short, view
from charts.written import Written
from domain.periods import Period
from domain.records.sales import Bought, DayTotals

WEEK = 7
MEAN = "mean of 7 days"
OTHERS = "other days"


def orders_and_money(days: Sequence[DayTotals], period: Period, by: Written) -> Chart:
    """Orders and net money of each day as bars with their seven-day mean as a line; those of the period are dark."""
    orders = _bars(days, [one.orders for one in days], period)
    net = _bars(days, [float(one.net) for one in days], period)
    return Chart(
        panels=(
            over_time(orders, "Orders a day", by, parts=_parts(period), mean=MEAN),
            over_time(net, f"Net a day, {by.currency}", by, parts=_parts(period), mean=MEAN),
        )
    )


def products_and_days(best: Sequence[Bought], days: Sequence[DayTotals], period: Period, by: Written) -> Chart:
    """The products in most orders as bars, and the net money of each day."""
    net = [float(one.net) for one in days]
    bars = [Bar(day=one.day, value=value, part=_part(one, period)) for one, value in zip(days, net, strict=True)]
    return Chart(panels=(_best(best, by), over_time(bars, f"Net a day, {by.currency}", by, parts=_parts(period))))


def _best(best: Sequence[Bought], by: Written) -> Panel:
    title = "In most orders"
    if not best:
        nothing = view().mark_text(text="no orders")
        return panel(nothing, title=title, height=HALF)
    names = [f"{rank}. {short(one.title)}" for rank, one in enumerate(best, 1)]
    orders = [one.orders for one in best]
    return ranking(names, orders, [by.number(one) for one in orders], title, height=HALF)


def _bars(days: Sequence[DayTotals], values: Sequence[float], period: Period) -> list[Bar]:
    means = [None] * (WEEK - 1) + [sum(values[n - WEEK : n]) / WEEK for n in range(WEEK, len(values) + 1)]
    return [
        Bar(day=one.day, value=value, part=_part(one, period), mean=mean)
        for one, value, mean in zip(days, values, means, strict=False)
    ]


def _part(one: DayTotals, period: Period) -> str:
    this, other = _parts(period)
    return this if period.first <= one.day <= period.last else other


def _parts(period: Period) -> tuple[str, str]:
    return f"this {period.span}", OTHERS
