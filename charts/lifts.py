"""The picture of what campaigns changed: for each where the truth lies, with no difference marked."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from charts.chart import Chart
from charts.parts import named, panel, short, view

_ROW, _REST = 46, 78  # CSS pixels: of a campaign; of the title and the axis
_WIDEST = 50.0  # points; of a campaign of few customers all may be


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The difference of a campaign and its interval, in points, with what is written below the name.

    `is_known` is whether enough customers were counted for a claim; what is not known is drawn pale.
    """

    name: str
    difference: float
    low: float
    high: float
    label: str
    is_known: bool


def lifts(found: Sequence[Found], title: str) -> Chart:
    """A dot and a line for each, the first on top, and a line down at no difference. There is one at least."""
    reach = min(_WIDEST, 1.15 * max(max(abs(one.low), abs(one.high)) for one in found))
    rows = [
        {
            "place": place,
            "name": one.name,
            "label": one.label,
            "difference": one.difference,
            "low": one.low,
            "high": one.high,
            "known": one.is_known,
        }
        for place, one in enumerate(found)
    ]
    names = [(short(one.name), one.label) for one in found]
    scale = alt.Scale(domain=[-reach, reach], nice=False, clamp=True)
    axis = alt.Axis(title="points: fewer ordered | more ordered", tickCount=5, grid=True)
    place = named(names, lines=2)
    base = view(rows)
    layers = [view().mark_rule(style="ink", strokeDash=[5, 3]).encode(x=alt.datum(0))]
    for known, style in ((True, "accent"), (False, "faint")):
        ours = base.transform_filter(f"datum.known === {'true' if known else 'false'}")
        low = alt.X("low:Q", title="from, points", scale=scale, axis=axis)
        layers.append(ours.mark_rule(style=style, strokeWidth=3).encode(low, place, x2="high"))
        dot = alt.X("difference:Q", title="difference, points", scale=scale, axis=axis)
        layers.append(ours.mark_point(style=style, filled=True, size=110, opacity=1).encode(dot, place))
    return Chart(panels=(panel(*layers, title=title, height=_REST + _ROW * len(rows), names=names),))
