"""The pictures of the reports on loyalty, discounts and churn."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, count

from matplotlib.axes import Axes

from domain.records.marts import MEMBERS, OTHERS, LoyaltyMonth, Promotion
from reports.drawing import ACCENT, FAINT, INK, amounts, canvas, png, ranking, row_inches, short, title

LOW = 4.0  # inches of a picture with one chart
PALE = "#d5d9d2"
OVERLAPPED = "†"  # a price that was cut while another of its category was; a star would be bold in Slack
MOST_BINS = 24
MOST_NAMES = 6
WIDE = 4  # bars are not wider than if there were so many
_LINES: dict[str, dict[str, object]] = {
    MEMBERS: {"color": ACCENT, "linewidth": 2.6, "marker": "o"},
    OTHERS: {"color": INK, "linewidth": 1.8, "linestyle": (0, (4, 2)), "marker": "s", "markerfacecolor": "white"},
}


def loyalty(months: Sequence[LoyaltyMonth], compared: Mapping[str, float], currency: str) -> bytes:
    """The average order by month, and members as a share of others in percent; of one side alone, its months. PNG."""
    if len({one.side for one in months}) == 1:
        with canvas(LOW) as figure:
            _months_alone(figure.subplots(), months, currency)
            return png(figure)
    with canvas() as figure:
        upper, lower = figure.subplots(2, 1)
        _months(upper, months, currency)
        title(lower, "Members, with others as 100 %")
        ranking(lower, list(compared), list(compared.values()), [""] * len(compared))
        lower.axvline(100, color=INK, linewidth=1.6, linestyle=(0, (4, 2)))
        behind = max(100, *compared.values()) * 1.03  # the line
        for place, value in zip(range(len(compared), 0, -1), compared.values(), strict=True):
            lower.text(behind, place, f"{value:.0f} %", va="center")
        return png(figure)


def discounts(
    pairs: Mapping[str, tuple[Decimal | None, Decimal | None]], cuts: Sequence[Promotion], currency: str
) -> bytes:
    """The average order with a discount and at full price, and orders before and after prices were cut. PNG."""
    below = row_inches(len(cuts)) if cuts else 0
    with canvas(LOW + below) as figure:
        if cuts:
            upper, lower = figure.subplots(2, 1, height_ratios=[LOW, below])
            _cuts(lower, cuts)
        else:
            upper = figure.subplots()
        _pairs(upper, pairs, currency)
        return png(figure)


def churn(bins: Sequence[tuple[int, int, int]], at_risk_days: int, values: Mapping[str, float], currency: str) -> bytes:
    """Customers by days since their last order, with a line where they are at risk, and what is at stake. PNG."""
    below = row_inches(len(values)) if values else 0
    with canvas(LOW + below) as figure:
        if values:
            upper, lower = figure.subplots(2, 1, height_ratios=[LOW, below])
            title(lower, f"Value at stake by segment, {currency}")
            ranking(lower, list(map(short, values)), list(values.values()), [f"{one:,.0f}" for one in values.values()])
        else:
            upper = figure.subplots()
        _silences(upper, bins, at_risk_days)
        return png(figure)


def binned(silences: Mapping[int, int], at_risk_days: int) -> list[tuple[int, int, int]]:
    """Customers by days since their last order: first day, width, number of each bin; one begins at the line."""
    longest = max(silences, default=0)
    widths = chain([max(1, at_risk_days // 3)], count(at_risk_days, at_risk_days))
    width = next(width for width in widths if longest // width < MOST_BINS)
    start = at_risk_days % width
    edges = [*([0] if start else []), *range(start, longest + 1, width)]
    ends = [*edges[1:], edges[-1] + width] if edges else []
    return [
        (first, end - first, sum(many for days, many in silences.items() if first <= days < end))
        for first, end in zip(edges, ends, strict=True)
    ]


def _months(axes: Axes, months: Sequence[LoyaltyMonth], currency: str) -> None:
    days = sorted({one.first_day for one in months})
    for side, style in _LINES.items():
        mine = [one for one in months if one.side == side]
        places = [days.index(one.first_day) for one in mine]
        axes.plot(places, [float(one.average_order) for one in mine], label=side, **style)  # type: ignore[arg-type]
    title(axes, f"Average order by month, {currency}")
    _name_months(axes, days)
    amounts(axes)
    axes.set_ylim(bottom=0)
    axes.legend(loc="lower left", ncols=2, frameon=False, fontsize=11)


def _months_alone(axes: Axes, months: Sequence[LoyaltyMonth], currency: str) -> None:
    """Of one side alone, bars."""
    axes.bar(range(len(months)), [float(one.average_order) for one in months], width=0.8, color=ACCENT)
    title(axes, f"Average order by month, {currency}, all customers")
    _name_months(axes, [one.first_day for one in months])
    amounts(axes)


def _name_months(axes: Axes, days: Sequence[date]) -> None:
    """A few of them, with the last."""
    step = math.ceil(len(days) / MOST_NAMES)
    shown = range(len(days) - 1, -1, -step)
    axes.set_xticks(list(shown), [f"{days[at]:%b}\n{days[at].year}" for at in shown])
    if len(days) < WIDE:
        axes.set_xlim(len(days) / 2 - 0.5 - WIDE / 2, len(days) / 2 - 0.5 + WIDE / 2)


def _pairs(axes: Axes, pairs: Mapping[str, tuple[Decimal | None, Decimal | None]], currency: str) -> None:
    """Bars beside each other for each span; of the side that there is, where there is one."""
    sides = [("discounted", ACCENT, ""), ("full price", PALE, "//")]
    there = [at for at in (0, 1) if any(pair[at] is not None for pair in pairs.values())]
    if there == [1]:
        sides[1] = ("full price", ACCENT, "")
    width = 0.8 / len(there)
    for place, at in enumerate(there):
        name, colour, hatch = sides[at]
        values = [float(pair[at] or 0) for pair in pairs.values()]
        middles = [number + (place - (len(there) - 1) / 2) * width for number in range(len(pairs))]
        bars = axes.bar(
            middles,
            values,
            width=width * 0.94,
            color=colour,
            hatch=hatch,
            edgecolor=INK,
            linewidth=0.6 if hatch else 0,
            label=name,
        )
        axes.bar_label(bars, labels=[f"{one:,.0f}" if one else "" for one in values], padding=2, fontsize=11)
    axes.set_xticks(range(len(pairs)), list(pairs))
    only = f" at {sides[1][0]}" if there == [1] else " with a discount" if there == [0] else ""
    title(axes, f"Average order{only}, {currency}")
    axes.margins(y=0.25 if len(there) > 1 else 0.12)
    amounts(axes)
    if len(there) > 1:
        axes.legend(loc="upper right", ncols=2, frameon=False, fontsize=11)


def _cuts(axes: Axes, cuts: Sequence[Promotion]) -> None:
    """A line from before to after for each product."""
    title(axes, "Orders before ○ and after ● the cut")
    places = list(range(len(cuts), 0, -1))
    for place, one in zip(places, cuts, strict=True):
        axes.plot([one.orders_before, one.orders_after], [place, place], color=FAINT, linewidth=3, zorder=1)
    axes.scatter(
        [one.orders_before for one in cuts], places, s=64, color="white", edgecolors=INK, linewidths=1.6, zorder=2
    )
    axes.scatter([one.orders_after for one in cuts], places, s=64, color=ACCENT, edgecolors=ACCENT, zorder=3)
    axes.set_yticks(places, [f"{short(one.title, 22)}{f' {OVERLAPPED}' if one.is_overlapped else ''}" for one in cuts])
    axes.set_ylim(0.3, len(cuts) + 0.7)
    axes.set_xlim(left=0)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=FAINT, linewidth=0.4)


def _silences(axes: Axes, bins: Sequence[tuple[int, int, int]], at_risk_days: int) -> None:
    firsts = [first for first, _, _ in bins]
    colours = [ACCENT if first >= at_risk_days else FAINT for first in firsts]
    widths = [width for _, width, _ in bins]
    axes.bar(firsts, [many for *_, many in bins], width=widths, align="edge", color=colours, edgecolor="white")
    axes.axvline(at_risk_days, color=INK, linewidth=1.8)
    top = axes.get_ylim()[1]
    axes.text(at_risk_days, top, f" at risk from {at_risk_days} days on", va="bottom", fontsize=11)
    title(axes, "Customers by days since their last order\n")
    amounts(axes)
    axes.margins(x=0.02)
