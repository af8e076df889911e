"""The chart of what stock buys: stock-outs against weeks of stock, a curve for each stocking policy."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from charts.chart import Chart
from charts.parts import panel, view

HEIGHT = 480  # CSS pixels
_ROOM = 1.18  # how much further than the last working point the axes go
_DASHES = ([1, 0], [7, 4], [2, 3], [8, 3, 2, 3])
_SHAPES = ("circle", "square", "diamond", "triangle-up")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """A policy at one service level."""

    stock: float  # weeks of mean demand
    stock_outs: float  # share of product-weeks, of 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """A policy over its service levels, from the lowest; the first curve drawn is ours."""

    name: str
    tried: Sequence[Tried]  # one is enough
    working: Tried

    @property
    def called(self) -> str:
        """What the legend says of it."""
        return f"{self.name}: {self.working.stock_outs * 100:.1f}% at {self.working.stock:.1f} weeks"


def tradeoff(curves: Sequence[Curve], target: Tried, said: str) -> Chart:
    """Stock-outs against stock, with the working points and the box that they should be in.

    Args:
        curves: Up to four policies, the one to stand out first.
        target: The most stock and the most stock-outs that are wanted.
        said: What was simulated, for the title's second line.

    Raises:
        ValueError: No curve, or more than can be told apart.
    """
    if not 1 <= len(curves) <= len(_DASHES):
        raise ValueError(f"{len(curves)} curves")
    widest = max([target.stock, *(one.working.stock for one in curves)]) * _ROOM
    highest = max([target.stock_outs, *(one.working.stock_outs for one in curves)]) * 100 * _ROOM
    grid = alt.Axis(grid=True)
    x = alt.X("stock:Q", title="Stock, weeks of mean demand", axis=grid, scale=_from_0(widest))
    y = alt.Y("stock_outs:Q", title="Product-weeks with a stock-out, %", axis=grid, scale=_from_0(highest))
    names = [one.called for one in curves]
    legend = alt.Legend(columns=1, symbolSize=110, symbolStrokeWidth=0)
    colour = alt.Color("policy:N", scale=alt.Scale(domain=names), legend=legend)
    dash = alt.StrokeDash("policy:N", scale=alt.Scale(domain=names, range=_DASHES[: len(names)]), legend=legend)
    shape = alt.Shape("policy:N", scale=alt.Scale(domain=names, range=_SHAPES[: len(names)]), legend=legend)
    box = view([{"stock": 0, "most": target.stock, "stock_outs": 0, "most_outs": target.stock_outs * 100}])
    wanted = f"target: {target.stock_outs * 100:.0f}% or less at {target.stock:g} weeks or less"
    tried = [_row(curve, one) for curve in curves for one in curve.tried]
    points = [_row(curve, curve.working) for curve in curves]
    layers = [
        box.mark_rect(style="shade").encode(x, y, x2="most", y2="most_outs"),
        box.mark_text(align="left", baseline="bottom", dx=8, dy=-8, text=wanted).encode(x, y),
        view(tried).mark_line(clip=True, strokeWidth=2.4).encode(x, y, colour, dash, order="stock:Q"),
        view(points).mark_point(filled=True, size=130, opacity=1).encode(x, y, colour, shape),
    ]
    return Chart(panels=(panel(*layers, title="What stock buys", subtitle=said, height=HEIGHT),))


def _row(curve: Curve, one: Tried) -> dict[str, object]:
    return {"policy": curve.called, "stock": one.stock, "stock_outs": one.stock_outs * 100}


def _from_0(most: float) -> alt.Scale:
    return alt.Scale(domain=[0, most], nice=False)
