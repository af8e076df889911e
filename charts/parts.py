"""What charts of several kinds have in common: bars over time, a ranking, axes, names."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from charts.chart import Panel
from charts.written import Written, called_day, called_month
from domain.periods import Span
from domain.text import one_line, shortened

HALF = 270  # CSS pixels: of a panel that shares a phone's screen with another,
ALONE = 300  # of one that has no other
LONGEST_NAME = 26
TICKS = 6
WIDE = 0.8  # of its place, a bar
_FEW = 6  # bars are not wider than if there were so many
_ROW, _TITLE = 31, 50  # CSS pixels
_DASHES = ([3, 3], [8, 4])
_LINE = 15  # of a label, likewise


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A value from a day on; `part` says in the legend what it belongs to, `mean` is a point of the line."""

    day: date
    value: float
    part: str
    mean: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A line across a chart at a level, as the legend calls it."""

    level: float
    name: str


def view(rows: Sequence[Mapping[str, object]] = ({},)) -> alt.Chart:
    """A view of these rows, which go into its spec; without any, of one that has nothing in it."""
    return alt.Chart(alt.Data(values=list(rows)))  # type: ignore[no-untyped-call]


def panel(
    *layers: alt.Chart, title: str, height: int, subtitle: str = "", names: Sequence[str | Sequence[str]] = ()
) -> Panel:
    """A panel of views on top of each other; `names` are those of `named`, of one line or of several."""
    spec = {key: value for key, value in alt.layer(*layers).to_dict().items() if key != "config"}  # Altair's looks
    spec["title"] = {"text": title, **({"subtitle": subtitle} if subtitle else {})}
    if names:
        spec["params"] = [{"name": "names", "value": list(names)}]
    return Panel(spec=spec, height=height)


def short(name: str, longest: int = LONGEST_NAME) -> str:
    """As much of a name as a chart has room for."""
    return shortened(one_line(name), longest)


def over_time(
    bars: Sequence[Bar],
    title: str,
    by: Written,
    *,
    parts: Sequence[str] = (),
    mean: str = "",
    labelled: Span = Span.DAY,
    height: int = HALF,
    marks: Sequence[Mark] = (),
) -> Panel:
    """Bars from left to right, with a line of means where there are any.

    Args:
        bars: One for each day, week or month; at least one.
        title: What they are.
        by: Who writes the days below them.
        parts: What the legend calls the dark bars and the others; there is none where it had one thing to tell.
        mean: What it calls the line.
        labelled: A month is named by itself, whatever else by its first day.
        height: In CSS pixels.
        marks: Lines across, two at the most.
    """
    values = [one.value for one in bars]
    there = [part for part in parts if any(one.part == part for one in bars)]
    means = [{"day": one.day.isoformat(), "mean": one.mean, "line": mean} for one in bars if one.mean is not None]
    base = view([{"day": one.day.isoformat(), "value": one.value, "part": one.part} for one in bars])
    layers: list[alt.Chart] = [
        base.mark_bar(style="accent", width={"band": WIDE * min(1, len(bars) / _FEW)}).encode(
            days([one.day for one in bars], by, labelled),
            amounts("value", title, [*values, *(one.level for one in marks)]),
            *([_colour(there)] if means or len(there) > 1 else []),
        ),
        ground(),
    ]
    if means:
        legend = alt.Legend(symbolType="stroke", symbolStrokeWidth=2.4)
        dash = alt.StrokeDash("line:N", scale=alt.Scale(range=[[1, 0]]), legend=legend)
        line = view(means).mark_line(style="ink", strokeWidth=2.4, point={"style": "ink"} if len(means) == 1 else False)
        layers.append(line.encode(alt.X("day:O"), alt.Y("mean:Q", title=mean), dash))
    if marks:
        layers.append(_marks(marks))
    return panel(*layers, title=title, height=height)


def _marks(marks: Sequence[Mark]) -> alt.Chart:
    legend = alt.Legend(symbolType="stroke", symbolStrokeWidth=2)
    names = [one.name for one in marks]
    dash = alt.StrokeDash("mark:N", scale=alt.Scale(domain=names, range=_DASHES[: len(names)]), legend=legend)
    rule = view([{"level": one.level, "mark": one.name} for one in marks]).mark_rule(style="ink", strokeWidth=2)
    made: alt.Chart = rule.encode(alt.Y("level:Q"), dash)
    return made


def _colour(parts: Sequence[str]) -> alt.Color:
    return alt.Color("part:N", scale=alt.Scale(domain=list(parts), range="ordinal"), legend=alt.Legend())


def days(firsts: Sequence[date], by: Written, labelled: Span = Span.DAY) -> alt.X:
    """Days along the bottom, each once, with as many names as a phone can show, the last one's among them."""
    step = math.ceil(len(firsts) / TICKS)
    shown = sorted(firsts[::-1][::step])
    names = {str(one): _called(one, by, labelled, with_year=one == shown[0]) for one in shown}
    axis = alt.Axis(title=None, values=list(names), labelExpr=looked_up(names), labelOverlap=False)
    places = alt.Scale(type="band", padding=0, domain=[one.isoformat() for one in firsts])
    return alt.X("day:O", title=str(labelled), axis=axis, scale=places)


def _called(day: date, by: Written, labelled: Span, *, with_year: bool) -> str | list[str]:
    """A day or a month below a chart; the first, and each January, has its year below it."""
    is_month = labelled is Span.MONTH
    name = called_month(day, by) if is_month else called_day(day, by)
    return [name, str(day.year)] if with_year or (is_month and day.month == 1) else name


def looked_up(names: Mapping[str, str | list[str]]) -> str:
    """An expression of Vega that calls the values of an axis by these names."""
    return f"{json.dumps(names, ensure_ascii=False)}[datum.value]"


def amounts(field: str, title: str, values: Sequence[float]) -> alt.Y:
    """Whole amounts along the side."""
    if all(0 <= one <= 1 for one in values):
        axis, scale = alt.Axis(title=None, values=[0, 1], format=".0f"), alt.Scale(domain=[0, 1])
    else:
        axis, scale = alt.Axis(title=None, tickCount=5, tickMinStep=1, format=",.0f"), alt.Scale()
    return alt.Y(f"{field}:Q", title=title, axis=axis, scale=scale)


def ground() -> alt.Chart:
    """A thin line across, at zero."""
    line: alt.Chart = view().mark_rule(style="faint").encode(y=alt.datum(0))
    return line


def named(names: Sequence[str | Sequence[str]], *, lines: int = 1) -> alt.Y:
    """Places one below the other by the field `place`, from 0; the names before them go to `panel`, as data."""
    up = _LINE / 2 * (1 - lines)
    axis = alt.Axis(title=None, labelExpr="names[datum.value]", labelPadding=9, labelOffset=up)
    return alt.Y("place:O", title="place", axis=axis, scale=alt.Scale(domain=list(range(len(names)))))


def ranking(
    names: Sequence[str],
    values: Sequence[float],
    labels: Sequence[str],
    title: str,
    *,
    mark: float | None = None,
    height: int = 0,
) -> Panel:
    """Bars below each other, the first on top, each with its name before it and its label behind it.

    Args:
        names: As they are to be read; the same name may come twice.
        values: The lengths of the bars.
        labels: What is written behind the bars.
        title: What the bars are.
        mark: Where a line goes down through all bars.
        height: In CSS pixels; more if there are many bars.
    """
    rows = [
        {"place": place, "name": name, "value": value, "label": label, "behind": max(value, mark or 0, 0)}
        for place, (name, value, label) in enumerate(zip(names, values, labels, strict=True))
    ]
    base = view(rows).encode(named(names))
    thick = WIDE if len(rows) > 2 else 0.5
    value = alt.X("value:Q", title=title, axis=None)
    layers = [
        base.mark_bar(style="accent", height={"band": thick}).encode(value),
        base.mark_text(align="left", dx=6).encode(alt.X("behind:Q", axis=None), alt.Text("label:N")),
        view().mark_rule(style="faint").encode(x=alt.datum(0)),
    ]
    if mark is not None:
        layers.append(view().mark_rule(style="ink", strokeDash=[5, 3]).encode(x=alt.datum(mark)))
    return panel(*layers, title=title, height=max(height, _TITLE + _ROW * len(rows)), names=names)
