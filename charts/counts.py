"""Charts of counts: a few steps of which each has fewer than the one before, and what came of things over time."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from charts.chart import Chart, Panel
from charts.parts import ALONE, HALF, WIDE, Bar, Mark, amounts, days, ground, over_time, panel, ranking, view
from charts.written import Written
from domain.periods import Period, Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step of a funnel, and how many came so far."""

    name: str
    count: int


def funnel(steps: Sequence[Step], title: str, by: Written) -> Panel:
    """Bars below each other, the first step on top; behind each its number, and its share of the first."""
    whole = steps[0].count
    labels = [
        by.number(one.count) + (f" · {by.part(one.count, whole)}" if one is not steps[0] else "") for one in steps
    ]
    return ranking([one.name for one in steps], [one.count for one in steps], labels, title)


def labelled(span: Span) -> Span:
    """How periods are named below a chart: a month by itself, whatever else by its first day."""
    return Span.MONTH if span is Span.MONTH else Span.DAY


def bars(
    periods: Sequence[Period],
    values: Sequence[float],
    title: str,
    by: Written,
    *,
    height: int = HALF,
    marks: Sequence[Mark] = (),
) -> Panel:
    """A bar for each period, the last one's apart from those before, and lines across where something is marked."""
    this, earlier = f"this {periods[-1].span}", "earlier"
    shown = [
        Bar(day=one.first, value=value, part=this if one is periods[-1] else earlier)
        for one, value in zip(periods, values, strict=True)
    ]
    by_span = labelled(periods[-1].span)
    return over_time(shown, title, by, parts=(this, earlier), labelled=by_span, height=height, marks=marks)


def two_parts(
    periods: Sequence[Period], parts: tuple[str, str], values: Sequence[tuple[int, int]], title: str, by: Written
) -> Chart:
    """A bar for each period of two parts on top of each other, the first one below and dark."""
    rows = [
        {"day": one.first.isoformat(), "part": part, "place": place, "value": pair[place]}
        for one, pair in zip(periods, values, strict=True)
        for place, part in enumerate(parts)
    ]
    colour = alt.Color("part:N", scale=alt.Scale(domain=list(parts), range="ordinal"), legend=alt.Legend())
    stacked = view(rows).mark_bar(width={"band": WIDE * min(1, len(periods) / 6)})
    layers = [
        stacked.encode(
            days([one.first for one in periods], by, labelled(periods[-1].span)),
            amounts("value", title, [sum(pair) for pair in values]),
            colour,
            alt.Order("place:O"),
        ),
        ground(),
    ]
    return Chart(panels=(panel(*layers, title=title, height=ALONE),))
