"""The pictures of reports: for a phone's width, and readable without colour."""

import io
import threading
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.ticker import FuncFormatter, MaxNLocator

from domain.periods import Period
from domain.records.sales import Bought, DayTotals
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
WEEK = 7
LONGEST_NAME = 26
_drawing = threading.Lock()  # the style is the whole process's while a picture is drawn


def orders_and_money(days: Sequence[DayTotals], period: Period, currency: str) -> bytes:
    """Orders and net money of each day as bars with their seven-day mean as a line; the period is shaded. PNG."""
    with _drawing, mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, layout="constrained")
        upper, lower = figure.subplots(2, 1, sharex=True)
        _over_time(upper, days, [one.orders for one in days], period, "Orders a day")
        _over_time(lower, days, [float(one.net) for one in days], period, f"Net a day, {currency}")
        handles, labels = upper.get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False, fontsize=11)
        return _png(figure)


def products_and_days(best: Sequence[Bought], days: Sequence[DayTotals], period: Period, currency: str) -> bytes:
    """The products in most orders as bars, and the net money of each day. PNG."""
    with _drawing, mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, layout="constrained")
        upper, lower = figure.subplots(2, 1)
        _ranking(upper, best)
        moments = _moments(days)
        colours = [ACCENT if period.first <= one.day <= period.last else FAINT for one in days]
        lower.bar(moments, [float(one.net) for one in days], width=0.8, color=colours)
        more = f" (dark: this {period.span})" if len(set(colours)) > 1 else ""
        _dress(lower, f"Net a day, {currency}{more}")
        return _png(figure)


def _over_time(axes: Axes, days: Sequence[DayTotals], values: Sequence[float], period: Period, title: str) -> None:
    moments = _moments(days)
    inside = [moment for moment, one in zip(moments, days, strict=True) if period.first <= one.day <= period.last]
    axes.axvspan(min(inside) - 0.5, max(inside) + 0.5, color=SHADE, label=f"this {period.span}", zorder=0)
    axes.bar(moments, values, width=0.8, color=FAINT, label="each day", zorder=1)
    means = [sum(values[n - WEEK : n]) / WEEK for n in range(WEEK, len(values) + 1)]
    axes.plot(moments[WEEK - 1 :], means, color=INK, linewidth=2.4, label="mean of 7 days", zorder=2)
    _dress(axes, title)


def _ranking(axes: Axes, best: Sequence[Bought]) -> None:
    axes.set_title("In most orders", loc="left", fontweight="bold")
    if not best:
        axes.text(0.5, 0.5, "no orders", ha="center", va="center", transform=axes.transAxes, fontsize=14)
        axes.set_axis_off()
        return
    places = range(len(best), 0, -1)
    bars = axes.barh(list(places), [one.orders for one in best], color=ACCENT)
    axes.bar_label(bars, labels=[f" {one.orders:,}" for one in best])
    axes.set_yticks(list(places), [f"{_short(one.title)}  {rank}" for rank, one in enumerate(best, 1)])
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.15)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)


def _dress(axes: Axes, title: str) -> None:
    axes.set_title(title, loc="left", fontweight="bold")
    # Matplotlib's dates have no types yet.
    locator = AutoDateLocator(minticks=3, maxticks=6)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    if axes.dataLim.height == 0:  # nothing at all
        axes.set_ylim(0, 1)
    axes.axhline(0, color=FAINT, linewidth=0.8)
    axes.margins(x=0.01)


def _moments(days: Sequence[DayTotals]) -> list[float]:
    return [_moment(one.day) for one in days]


def _moment(day: date) -> float:
    return float(date2num(day))  # type: ignore[no-untyped-call]


def _short(name: str) -> str:
    """As much of a name as can be drawn: of one in a script that the font has not, nothing, so that its rank stands."""
    known = _characters()
    drawn = "".join(one for one in one_line(name) if ord(one) in known).strip()
    return shortened(drawn, LONGEST_NAME).replace("$", r"\$")  # a dollar sign would begin a formula


@cache
def _characters() -> frozenset[int]:
    """The characters that the font draws; Matplotlib comes with it."""
    return frozenset(get_font(findfont(FONT)).get_charmap())


def _png(figure: Figure) -> bytes:
    made = io.BytesIO()
    figure.savefig(made, format="png", facecolor="white", metadata={"Software": None})
    return made.getvalue()
