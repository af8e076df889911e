"""The pictures of the finance report and the marketing digest."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from domain.periods import Period
from domain.records.sales import Bought, DayTotals
from reports.drawing import ACCENT, FAINT, INK, SHADE, amounts, canvas, dates, moment, png, ranking, short, title

WEEK = 7


def orders_and_money(days: Sequence[DayTotals], period: Period, currency: str) -> bytes:
    """Orders and net money of each day as bars with their seven-day mean as a line; the period is shaded. PNG."""
    with canvas() as figure:
        upper, lower = figure.subplots(2, 1, sharex=True)
        _over_time(upper, days, [one.orders for one in days], period, "Orders a day")
        _over_time(lower, days, [float(one.net) for one in days], period, f"Net a day, {currency}")
        handles, labels = upper.get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False, fontsize=11)
        return png(figure)


def products_and_days(best: Sequence[Bought], days: Sequence[DayTotals], period: Period, currency: str) -> bytes:
    """The products in most orders as bars, and the net money of each day. PNG."""
    with canvas() as figure:
        upper, lower = figure.subplots(2, 1)
        _best(upper, best)
        moments = _moments(days)
        colours = [ACCENT if period.first <= one.day <= period.last else FAINT for one in days]
        lower.bar(moments, [float(one.net) for one in days], width=0.8, color=colours)
        more = f" (dark: this {period.span})" if len(set(colours)) > 1 else ""
        _dress(lower, f"Net a day, {currency}{more}")
        return png(figure)


def _over_time(axes: Axes, days: Sequence[DayTotals], values: Sequence[float], period: Period, said: str) -> None:
    moments = _moments(days)
    inside = [at for at, one in zip(moments, days, strict=True) if period.first <= one.day <= period.last]
    axes.axvspan(min(inside) - 0.5, max(inside) + 0.5, color=SHADE, label=f"this {period.span}", zorder=0)
    axes.bar(moments, values, width=0.8, color=FAINT, label="each day", zorder=1)
    means = [sum(values[n - WEEK : n]) / WEEK for n in range(WEEK, len(values) + 1)]
    axes.plot(moments[WEEK - 1 :], means, color=INK, linewidth=2.4, label="mean of 7 days", zorder=2)
    _dress(axes, said)


def _best(axes: Axes, best: Sequence[Bought]) -> None:
    title(axes, "In most orders")
    if not best:
        axes.text(0.5, 0.5, "no orders", ha="center", va="center", transform=axes.transAxes, fontsize=14)
        axes.set_axis_off()
        return
    names = [f"{short(one.title)}  {rank}" for rank, one in enumerate(best, 1)]
    ranking(axes, names, [one.orders for one in best], [f"{one.orders:,}" for one in best])


def _dress(axes: Axes, said: str) -> None:
    title(axes, said)
    dates(axes)
    amounts(axes)
    axes.margins(x=0.01)


def _moments(days: Sequence[DayTotals]) -> list[float]:
    return [moment(one.day) for one in days]
