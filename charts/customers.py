"""The charts of the reports on loyalty, discounts and churn."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import chain, count

import altair as alt

from charts.chart import Chart, Panel
from charts.parts import ALONE, HALF, Bar, Mark, amounts, days, ground, named, over_time, panel, ranking, short, view
from charts.written import Written
from domain.periods import Span
from domain.records.marts import DISCOUNTED, FULL_PRICE, MEMBERS, OTHERS, ChurnMonth, LoyaltyMonth, Promotion

OVERLAPPED = "†"  # a price that was cut while another of its category was; a star would be bold in Slack
MOST_BINS = 24
_LONGEST_TITLE = 22
_TITLE, _ROW = 90, 34  # CSS pixels of a list: its title and scale, each of its rows


def loyalty(months: Sequence[LoyaltyMonth], compared: Mapping[str, float], by: Written) -> Chart:
    """The average order by month, and members as a share of others in percent; of one side alone, its months."""
    title = f"Average order by month, {by.currency}"
    if len({one.side for one in months}) == 1:
        bars = [Bar(day=one.first_day, value=float(one.average_order), part=one.side) for one in months]
        title += ", all customers"
        return Chart(panels=(over_time(bars, title, by, labelled=Span.MONTH, height=ALONE),))
    upper = _months(months, title, by)
    if not compared:
        return Chart(panels=(upper,))
    labels = [by.percent(value / 100, 0) for value in compared.values()]
    title = f"Members, with others as {by.percent(1, 0)}"
    return Chart(panels=(upper, ranking(list(compared), list(compared.values()), labels, title, mark=100, height=HALF)))


def discounts(
    pairs: Mapping[str, tuple[Decimal | None, Decimal | None]], cuts: Sequence[Promotion], by: Written
) -> Chart:
    """The average order with a discount and at full price, and orders before and after prices were cut."""
    return Chart(panels=(_pairs(pairs, by.currency), *([_cuts(cuts)] if cuts else [])))


def churn(
    bins: Sequence[tuple[int, int, int]],
    at_risk_days: int,
    values: Mapping[str, float],
    by: Written,
    rates: Sequence[Panel] = (),
) -> Chart:
    """Customers by days since their last order, with a line where they are at risk, what is at stake, and `rates`."""
    upper = _silences(bins, at_risk_days)
    if not values:
        return Chart(panels=(upper, *rates))
    labels = [by.number(one) for one in values.values()]
    title = f"Value at stake by segment, {by.currency}"
    stake = ranking(list(map(short, values)), list(values.values()), labels, title)
    return Chart(panels=(upper, stake, *rates))


def churn_rates(months: Sequence[ChurnMonth], by: Written, marks: Sequence[Mark] = ()) -> Panel:
    """The churn rate by month, in percent; the last month stands out. There is one at least."""
    bars = [
        Bar(
            day=one.first_day,
            value=float(one.churn_rate) * 100,
            part="last month" if one is months[-1] else "earlier",
        )
        for one in months
    ]
    title = "Churn rate, % of active customers"
    return over_time(bars, title, by, parts=("last month", "earlier"), labelled=Span.MONTH, marks=marks)


def binned(silences: Mapping[int, int], at_risk_days: int) -> list[tuple[int, int, int]]:
    """Customers by days since their last order: first day, width, number of each bin; one begins at the line."""
    longest = max(silences, default=0)
    widths = chain([max(1, at_risk_days // 3)], count(at_risk_days, at_risk_days))
    width = next(width for width in widths if longest // width < MOST_BINS)
    start = at_risk_days % width
    edges = [*([0] if start else []), *range(start, longest + 1, width)]
    ends = [*edges[1:], edges[-1] + width] if edges else []
    return [
        (first, end - first, sum(many for days, many in silences.items() if first <= days < end))
        for first, end in zip(edges, ends, strict=True)
    ]


def _months(months: Sequence[LoyaltyMonth], title: str, by: Written) -> Panel:
    rows = [{"day": one.first_day.isoformat(), "side": one.side, "average": float(one.average_order)} for one in months]
    sides, legend = [MEMBERS, OTHERS], alt.Legend(symbolSize=90, symbolStrokeWidth=0)
    base = view(rows).encode(
        days(sorted({one.first_day for one in months}), by, Span.MONTH),
        amounts("average", title, [float(one.average_order) for one in months]),
        alt.Color("side:N", scale=alt.Scale(domain=sides), legend=legend),
    )
    dash = alt.StrokeDash("side:N", scale=alt.Scale(domain=sides, range=[[1, 0], [6, 3]]), legend=legend)
    shape = alt.Shape("side:N", scale=alt.Scale(domain=sides, range=["circle", "square"]), legend=legend)
    lines = base.mark_line(strokeWidth=2.4).encode(dash)
    points = base.mark_point(filled=True, size=60, opacity=1).encode(shape)
    return panel(lines, points, title=title, height=HALF)


def _pairs(pairs: Mapping[str, tuple[Decimal | None, Decimal | None]], currency: str) -> Panel:
    """Bars beside each other for each span; of the side that there is, where there is one."""
    rows = [
        {"span": span, "side": side, "average": float(average)}
        for span, pair in pairs.items()
        for side, average in zip((DISCOUNTED, FULL_PRICE), pair, strict=True)
        if average is not None
    ]
    there = [one for one in (DISCOUNTED, FULL_PRICE) if any(row["side"] == one for row in rows)]
    only = "" if len(there) > 1 else " with a discount" if there == [DISCOUNTED] else f" at {FULL_PRICE}"
    title = f"Average order{only}, {currency}"
    base = view(rows).encode(
        alt.X("span:O", sort=list(pairs), axis=alt.Axis(title=None), scale=alt.Scale(paddingInner=0.2)),
        amounts("average", title, [float(one) for pair in pairs.values() for one in pair if one is not None]),
        alt.XOffset("side:N", sort=there),
    )
    scale = alt.Scale(domain=there, range="ordinal")
    colour = alt.Color("side:N", scale=scale, legend=alt.Legend() if len(there) > 1 else None)
    layers = [
        base.mark_bar(width={"band": 0.94}).encode(colour),
        base.mark_text(baseline="bottom", dy=-3).encode(alt.Text("average:Q", format=",.0f")),
        ground(),
    ]
    return panel(*layers, title=title, height=ALONE)


def _cuts(cuts: Sequence[Promotion]) -> Panel:
    """A line from before to after for each product."""
    rows = [{"place": place, "before": one.orders_before, "after": one.orders_after} for place, one in enumerate(cuts)]
    names = [f"{short(one.title, _LONGEST_TITLE)}{f' {OVERLAPPED}' if one.is_overlapped else ''}" for one in cuts]
    base = view(rows).encode(named(names))
    axis = alt.Axis(title=None, grid=True, tickCount=6, tickMinStep=1, format=",.0f")
    before, after = (alt.X(f"{one}:Q", title=one, axis=axis) for one in ("before", "after"))
    layers = [
        base.mark_rule(style="faint", strokeWidth=3).encode(before, x2="after"),
        base.mark_point(style="surface", filled=True, size=80, opacity=1).encode(before),
        base.mark_point(style="ink", filled=False, size=80, strokeWidth=1.6, opacity=1).encode(before),
        base.mark_point(style="accent", filled=True, size=80, opacity=1).encode(after),
    ]
    height = _TITLE + _ROW * len(cuts)
    return panel(*layers, names=names, title="Orders before ○ and after ● the cut", height=height)


def _silences(bins: Sequence[tuple[int, int, int]], at_risk_days: int) -> Panel:
    late, early = f"at risk, from {at_risk_days} days on", "before"
    rows = [
        {"from": first, "to": first + width, "customers": many, "part": late if first >= at_risk_days else early}
        for first, width, many in bins
    ]
    title = "Customers by days since their last order"
    base = view(rows).mark_rect(style="edged")
    axis = alt.Axis(title=None, tickCount=6, tickMinStep=1, format=",.0f")
    layers = [
        base.encode(
            alt.X("from:Q", title="from day", axis=axis, scale=alt.Scale(nice=False)),
            alt.X2("to:Q"),
            amounts("customers", "customers", [many for *_, many in bins]),
            alt.Y2(datum=0),
            alt.Color("part:N", scale=alt.Scale(domain=[late, early], range="ordinal"), legend=alt.Legend()),
        ),
        ground(),
        view().mark_rule(style="ink", strokeWidth=1.8).encode(x=alt.datum(at_risk_days)),
    ]
    return panel(*layers, title=title, height=ALONE)
