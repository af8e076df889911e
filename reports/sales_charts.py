"""The pictures of the sales report and of the ranking of stores."""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from domain.periods import Period, Span
from domain.records.marts import Daypart, Place, SoldIn, WeekdayNet
from reports.drawing import ACCENT, FAINT, INK, amounts, canvas, png, ranking, short, title, whole

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TICKS = 6
LOW = 4.0  # inches of a picture with one chart
ROW = 0.42  # inches of one bar of many
_GREENS = LinearSegmentedColormap.from_list("greens", ["#f5f2ea", ACCENT])
_DARK = 0.72  # of the way, from where on white is read better

Shares = Mapping[tuple[int, Daypart], float]


def sales(trend: Sequence[SoldIn], means: Sequence[Decimal | None], by_time: Shares, currency: str) -> bytes:
    """Net of each period as bars with the mean of those before as a line, and when in the week it was sold. PNG."""
    with canvas() if by_time else canvas(LOW) as figure:
        if by_time:
            upper, lower = figure.subplots(2, 1)
            span = trend[-1].period.span
            _when(lower, by_time, f"{len(trend)} {span}s" if len(trend) > 1 else f"this {span}")
        else:
            upper = figure.subplots()
        _over_time(upper, trend, means, currency)
        return png(figure)


def stores(places: Sequence[Place], labels: Sequence[str], currency: str, said: str) -> bytes:
    """The stores by net as bars. PNG."""
    with canvas(max(LOW, 1.2 + ROW * len(places))) as figure:
        axes = figure.subplots()
        title(axes, f"Net by store, {currency}, {said}")
        names = [f"{short(one.store_id)}  {one.revenue_rank}" for one in places]
        ranking(axes, names, [float(one.net) for one in places], labels)
        axes.margins(x=0.6)
        return png(figure)


def one_store(trend: Sequence[SoldIn], means: Sequence[Decimal | None], currency: str) -> bytes:
    """Where there is one store, its net over time, for there is nothing to rank. PNG."""
    return sales(trend, means, {}, currency)


def shares(found: Sequence[WeekdayNet]) -> Shares:
    """How much of net each weekday and part of the day has, in percent; nothing where net is not above zero."""
    whole = sum((one.net for one in found), Decimal(0))
    return {(one.weekday, one.daypart): float(one.net / whole * 100) for one in found} if whole > 0 else {}


def _over_time(axes: Axes, trend: Sequence[SoldIn], means: Sequence[Decimal | None], currency: str) -> None:
    span = trend[-1].period.span
    places = range(len(trend))
    colours = [FAINT] * (len(trend) - 1) + [ACCENT]
    axes.bar(places, [float(one.net) for one in trend], width=0.8, color=colours)
    known = [(at, float(one)) for at, one in zip(places, means, strict=True) if one is not None]
    more = f"dark: this {span}"
    if known:
        axes.plot(*zip(*known, strict=True), color=INK, linewidth=2.4, marker="o" if len(known) == 1 else None)
        more += "; line: mean of the 4 before"
    title(axes, f"Net a {span}, {currency}")
    axes.annotate(
        f"({more})",
        (1, 1.0),
        xycoords="axes fraction",
        ha="right",
        va="bottom",
        fontsize=10,
        xytext=(0, 4),
        textcoords="offset points",
    )
    step = math.ceil(len(trend) / TICKS)
    shown = sorted(range(len(trend) - 1, -1, -step))
    axes.set_xticks(shown, [_called(trend[at].period, first=at == shown[0]) for at in shown])
    if len(trend) < TICKS:  # few bars are not as wide as the page
        axes.set_xlim(-TICKS / 2 + len(trend) / 2 - 0.5, TICKS / 2 + len(trend) / 2 - 0.5)
    amounts(axes)


def _called(period: Period, *, first: bool) -> str:
    day = period.first
    if period.span is Span.MONTH:
        return f"{day:%b}\n{day.year}" if first or day.month == 1 else f"{day:%b}"
    return f"{day:%b} {day.day}"


def _when(axes: Axes, by_time: Shares, over: str) -> None:
    """A map of weekdays and parts of the day; of one part of the day, the weekdays as bars."""
    parts = [one for one in Daypart if any(at == one for _, at in by_time)]
    if len(parts) == 1:
        title(axes, f"When it was sold: % of net of {over}")
        values = [by_time.get((weekday, parts[0]), 0.0) for weekday in range(1, 8)]
        ranking(axes, WEEKDAYS, values, [f"{value:.0f} %" for value in values])
        return
    title(axes, f"When it was sold: % of net of {over}")
    cells = [[by_time.get((weekday, part), 0.0) for part in parts] for weekday in range(1, 8)]
    most = max(max(row) for row in cells)
    axes.imshow(cells, cmap=_GREENS, vmin=0, vmax=most, aspect="auto")
    for at, row in enumerate(cells):
        for place, value in enumerate(row):
            ink = "white" if value > _DARK * most else INK
            axes.text(place, at, whole(value), ha="center", va="center", color=ink)
    axes.set_xticks(range(len(parts)), list(parts))
    axes.set_yticks(range(7), [one[:3] for one in WEEKDAYS])
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
