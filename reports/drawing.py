"""What the pictures of reports share: a phone's width, ink that is readable without colour, axes, names, PNG."""

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.ticker import FuncFormatter, MaxNLocator

from mail.rendering import one_line, shortened

WIDTH, HEIGHT, DPI = 6.4, 7.2, 150  # inches, dots an inch
INK, FAINT, SHADE, ACCENT = "#20251f", "#9aa39b", "#e4e0d4", "#2b5d3f"
FONT = "DejaVu Sans"
STYLE: dict[Any, Any] = {
    "font.size": 12,
    "font.family": FONT,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
}
LONGEST_NAME = 26
_drawing = threading.Lock()  # the style is the whole process's while a picture is drawn


@contextmanager
def canvas(height: float = HEIGHT) -> Iterator[Figure]:
    """A figure to draw on, by one thread at a time; its picture is made inside too."""
    with _drawing, mpl.rc_context(STYLE):
        yield Figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained")


def png(figure: Figure) -> bytes:
    """The picture, without a word on what made it."""
    made = io.BytesIO()
    figure.savefig(made, format="png", facecolor="white", metadata={"Software": None})
    return made.getvalue()


def title(axes: Axes, said: str) -> None:
    """What axes show."""
    axes.set_title(said, loc="left", fontweight="bold")


def dates(axes: Axes) -> None:
    """Dates along the bottom, as few as a phone can show."""
    # Matplotlib's dates have no types yet.
    locator = AutoDateLocator(minticks=3, maxticks=6)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


def amounts(axes: Axes) -> None:
    """Whole amounts along the side, and a line at zero."""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    if axes.dataLim.y0 == axes.dataLim.y1 == 0:  # nothing at all
        axes.set_ylim(0, 1)
    axes.axhline(0, color=FAINT, linewidth=0.8)


def ranking(axes: Axes, names: Sequence[str], values: Sequence[float], labels: Sequence[str]) -> None:
    """Bars below each other, the first on top, each with its name before it and its label behind it."""
    places = list(range(len(names), 0, -1))
    bars = axes.barh(places, values, height=0.8 if len(names) > 2 else 0.5, color=ACCENT)
    axes.bar_label(bars, labels=[f" {one}" for one in labels])
    axes.set_yticks(places, names)
    if len(names) < 3:
        axes.set_ylim(0.3, len(names) + 0.7)
    _bare(axes)
    axes.margins(x=0.15)
    if min(values, default=0) < 0:
        axes.spines["left"].set_visible(False)
        axes.axvline(0, color=FAINT, linewidth=0.8)


def _bare(axes: Axes) -> None:
    """No scale along the bottom, for what is labelled itself."""
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)


def moment(day: date) -> float:
    """Where a day is on an axis."""
    return float(date2num(day))  # type: ignore[no-untyped-call]


def row_inches(rows: int) -> float:
    """How high so many bars below each other are, with their title."""
    return min(3.4, 0.9 + 0.45 * rows)


def whole(value: float) -> str:
    """A number without decimals, with a true minus sign."""
    return f"{value:,.0f}".replace("-0", "0").replace("-", "\u2212")


def short(name: str, longest: int = LONGEST_NAME) -> str:
    """As much of a name as can be drawn: of one in a script that the font has not, nothing, so that its rank stands."""
    known = _characters()
    drawn = "".join(one for one in one_line(name) if ord(one) in known).strip()
    return shortened(drawn, longest).replace("$", r"\$")  # a dollar sign would begin a formula


@cache
def _characters() -> frozenset[int]:
    """The characters that the font draws; Matplotlib comes with it."""
    return frozenset(get_font(findfont(FONT)).get_charmap())
