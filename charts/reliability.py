"""The chart of whether probabilities can be believed: what was predicted against what came."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from charts.chart import Chart
from charts.parts import panel, view

HEIGHT = 420  # CSS pixels


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """Customers of about the same probability: its mean, the share that left, how many they are."""

    predicted: float
    came: float
    customers: int


def reliability(points: Sequence[Point], said: str) -> Chart:
    """What came against what was predicted, in percent; on the line all would have come as predicted.

    Raises:
        ValueError: there are no points.
    """
    if not points:
        raise ValueError("no points")
    rows = [{"predicted": 100 * one.predicted, "left": 100 * one.came, "customers": one.customers} for one in points]
    scale, ticks = alt.Scale(domain=[0, 100]), alt.Axis(grid=True, tickCount=5)
    x = alt.X("predicted:Q", title="Predicted to leave, %", scale=scale, axis=ticks)
    y = alt.Y("left:Q", title="Left, %", scale=scale, axis=ticks)
    ends = view([{"predicted": end, "left": end} for end in (0, 100)])
    words = view([{"predicted": 98, "left": 4}]).mark_text(align="right", text="dashed: it comes as predicted")
    layers = [
        ends.mark_line(style="faint", strokeDash=[6, 4], strokeWidth=1.6).encode(x, y),
        view(rows).mark_line(style="accent", strokeWidth=2.8, point={"style": "accent", "size": 80}).encode(x, y),
        words.encode(x, y),
    ]
    return Chart(panels=(panel(*layers, title="Can it be believed?", subtitle=said, height=HEIGHT),))
