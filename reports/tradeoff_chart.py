"""The picture of what stock buys: stock-outs against weeks of stock, a curve for each stocking policy."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from reports.drawing import ACCENT, FAINT, INK, SHADE, canvas, png, title

HEIGHT = 5.6  # inches
_ROOM = 1.18  # how much further than the last working point the axes go
_LINES = ("-", "--", ":", "-.")
_MARKS = ("o", "s", "D", "^")


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A policy at one service level."""

    stock: float  # weeks of mean demand
    stock_outs: float  # share of product-weeks, of 1


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A policy over its service levels, from the lowest; the first curve drawn is ours."""

    name: str
    tried: Sequence[Tried]  # one is enough
    working: Tried


def tradeoff(curves: Sequence[Curve], target: Tried, said: str) -> bytes:
    """Stock-outs against stock, with the working points and the box that they should be in. PNG.

    Args:
        curves: Up to four policies, the one to stand out first.
        target: The most stock and the most stock-outs that are wanted.
        said: What was simulated, for the title's second line.

    Raises:
        ValueError: No curve, or more than can be told apart.
    """
    if not 1 <= len(curves) <= len(_LINES):
        raise ValueError(f"{len(curves)} curves")
    with canvas(HEIGHT) as figure:
        axes = figure.subplots()
        _frame(axes, curves, target)
        for at, curve in enumerate(curves):
            colour = ACCENT if at == 0 else INK
            axes.plot(
                [one.stock for one in curve.tried],
                [one.stock_outs * 100 for one in curve.tried],
                linestyle=_LINES[at],
                linewidth=3.0 if at == 0 else 1.8,
                color=colour,
                zorder=3,
            )
            axes.plot(
                [curve.working.stock],
                [curve.working.stock_outs * 100],
                linestyle=_LINES[at],
                linewidth=3.0 if at == 0 else 1.8,
                marker=_MARKS[at],
                markersize=10,
                markerfacecolor=colour,
                markeredgecolor="white",
                color=colour,
                zorder=4,
                label=f"{curve.name}: {curve.working.stock_outs * 100:.1f} % at {curve.working.stock:.1f} weeks",
            )
        axes.legend(loc="upper right", fontsize=11, handlelength=3.2, edgecolor="white", framealpha=1)
        title(axes, f"What stock buys\n{said}")
        return png(figure)


def _frame(axes: Axes, curves: Sequence[Curve], target: Tried) -> None:
    widest = max([target.stock, *(one.working.stock for one in curves)]) * _ROOM
    highest = max([target.stock_outs, *(one.working.stock_outs for one in curves)]) * 100
    axes.add_patch(Rectangle((0, 0), target.stock, target.stock_outs * 100, color=SHADE, zorder=0))
    axes.annotate(
        f"target: {target.stock_outs * 100:.0f} % or less\nat {target.stock:g} weeks or less",
        (0, 0),
        xytext=(8, 8),
        textcoords="offset points",
        fontsize=11,
    )
    axes.set_xlim(0, widest)
    axes.set_ylim(0, highest * 1.28)  # room for the names
    axes.set_xlabel("Stock, weeks of mean demand")
    axes.set_ylabel("Product-weeks with a stock-out, %")
    axes.grid(color=FAINT, linewidth=0.4, alpha=0.6)
    axes.set_axisbelow(True)
