"""The sales report: what was sold in a period, in all or in a store, a category or a part of the day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

import pandas as pd

from charts import sales as sales_charts
from domain.csv_cells import harmless
from domain.periods import Period, Span
from domain.records.marts import ZERO, Dimension, Marts, Slice, Sold, SoldBy, SoldIn, WeekdayNet
from domain.text import shortened
from reports.finance import BEFORE, FEWEST
from reports.report import Figure, Picture, Report, Table, mean, money, net_moved, nothing_ordered, what_is_usual
from reports.warehouse import Asked, Unanswerable, View, as_of_note, comparison, listed, share

CHARTED = {Span.DAY: 30, Span.WEEK: 13, Span.MONTH: 12}
LONGEST = 40  # of a name in a refusal
CALLED = {Dimension.STORE: "store", Dimension.CATEGORY: "category", Dimension.DAYPART: "part of the day"}
THE_MEAN = f"Of the {BEFORE} periods before, of fewer where the shop was younger, of {FEWEST} at least."
_DEFINED = (
    "sales_days",
    "sales_trends",
    *(f"sales_days.{name}" for name in ("orders", "gross", "discount", "cancelled", "returned", "net")),
    "fct_orders.daypart",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What the marts say: the periods up to the one asked for, its parts, and when in the week it was sold."""

    of: Slice
    trend: tuple[SoldIn, ...]
    parts: Mapping[Dimension, tuple[SoldBy, ...]]
    weekdays: tuple[WeekdayNet, ...]

    @property
    def now(self) -> SoldIn:
        """The period itself."""
        return self.trend[-1]

    @property
    def charted(self) -> tuple[SoldIn, ...]:
        """The periods of the picture."""
        return self.trend[-CHARTED[self.now.period.span] :]

    def means(self, of: Callable[[Sold], Decimal | int]) -> list[Decimal | None]:
        """The mean of the periods before, for each period of the picture; None where there are too few."""
        before = [self.trend[max(0, n - BEFORE) : n] for n in range(len(self.trend))][-len(self.charted) :]
        return [mean([Decimal(of(one)) for one in some]) if len(some) >= FEWEST else None for some in before]


def collect(marts: Marts, asked: Asked) -> Found:
    """Reads the figures of a period.

    Raises:
        Unanswerable: there is no such store or category, or the period ended before the first order.
    """
    period, of = asked.period, spelled(marts, asked.of)
    first = period.before(CHARTED[period.span] - 1)
    trend = marts.sold_in(first.before(BEFORE), period, of)
    if not trend or trend[-1].period != period:
        raise Unanswerable(
            f"{nothing_ordered(period)} The shop's first order came later: ask for a later {period.span}."
        )
    since = max(first, trend[0].period).first
    return Found(
        of=of,
        trend=tuple(trend),
        parts={one: tuple(marts.sold_by(one, period, of)) for one in Dimension if one not in of.named},
        weekdays=tuple(marts.weekdays(since, period.last, of)),
    )


def spelled(marts: Marts, of: Slice) -> Slice:
    """The same as the warehouse spells it.

    Raises:
        Unanswerable: it knows none of that name.
    """
    found = {}
    for dimension, said in of.named.items():
        known = marts.members(dimension)
        same = [one for one in known if one.casefold() == said.casefold()]
        if not same:
            there = listed([shortened(one, LONGEST) for one in known]) or "none yet"
            raise Unanswerable(f"There is no {CALLED[dimension]} “{said}”. There is {there}.")
        found[str(dimension)] = said if said in same else same[0]
    return Slice.of(found)


def make_report(found: Found, asked: Asked, view: View) -> Report:
    """Puts the figures into words, tables and a picture."""
    figures = {label: _figure(found, view, label, of, is_money) for label, (of, is_money) in _FIGURES.items()}
    return Report(
        name=asked.name,
        period=asked.period,
        title=f"{view.shop.name}: sales, {view.shop.period(asked.period)}" + (f", {found.of}" if found.of else ""),
        made_at=view.now,
        headlines=(figures["Net"], figures["Orders"], figures["Gross"]),
        notes=(*_notes(found, view), as_of_note(view, asked)),
        figures=tuple(figures.values()),
        tables=tuple(_table(one, found, view, asked.top) for one, parts in found.parts.items() if len(parts) > 1),
        picture=_picture(found, view),
        csv=_csv(found),
        definitions=(*view.defined(*_DEFINED), ("The mean", THE_MEAN), what_is_usual(view.shop)),
        about=str(found.of),
        as_of=view.as_of,
    )


_FIGURES: dict[str, tuple[Callable[[Sold], Decimal | int], bool]] = {
    "Orders": (lambda sold: sold.orders, False),
    "Gross": (lambda sold: sold.gross, True),
    "Discounts": (lambda sold: sold.discount, True),
    "Cancelled": (lambda sold: sold.cancelled, True),
    "Returned": (lambda sold: sold.returned, True),
    "Net": (lambda sold: sold.net, True),
}


def _figure(found: Found, view: View, label: str, of: Callable[[Sold], Decimal | int], is_money: bool) -> Figure:
    now, span = of(found.now), found.now.period.span
    before = of(found.trend[-2]) if len(found.trend) > 1 else None
    known = min(BEFORE, len(found.trend) - 1)
    return Figure(
        label=label,
        value=money(Decimal(now), view.shop) if is_money else view.shop.number(now),
        compared=(
            comparison(now, before, f"the {span} before", view.shop),
            comparison(
                now, found.means(of)[-1], f"the mean of the {known if known >= FEWEST else BEFORE} before", view.shop
            ),
        ),
    )


def _notes(found: Found, view: View) -> list[str]:
    now, period = found.now, found.now.period
    notes = [] if now.orders else [nothing_ordered(period)]
    before = found.trend[-2] if len(found.trend) > 1 else None
    if before is None:
        notes.append(f"The shop had no orders before this {period.span}, so there is nothing to compare with.")
    elif before.net > 0:
        notes.append(net_moved(now.net, before.net, f"the {period.span} before", view.shop))
    if now.cancelled_orders:
        notes.append(f"{view.shop.counted(now.cancelled_orders, 'order')} cancelled.")
    alone = [f"{CALLED[one]} ({parts[0].member})" for one, parts in found.parts.items() if len(parts) == 1]
    if alone:
        notes.append(f"All of it is of one {', one '.join(alone)}.")
    return notes


def _table(dimension: Dimension, found: Found, view: View, top: int) -> Table:
    """The best, and the rest as one row, so that all rows add up to the whole."""
    parts = found.parts[dimension]
    shown, rest = (parts, ()) if len(parts) <= top + 1 else (parts[:top], parts[top:])
    rows = [(one.member, one.orders, one.net) for one in shown]
    if rest:
        rows.append((f"the other {len(rest)}", sum(one.orders for one in rest), sum((one.net for one in rest), ZERO)))
    return Table(
        title=f"By {CALLED[dimension]}",
        headings=(CALLED[dimension], "orders", "of net", "net"),
        rows=tuple(
            (name, view.shop.number(orders), share(net, found.now.net, view.shop), money(net, view.shop))
            for name, orders, net in rows
        ),
    )


def _picture(found: Found, view: View) -> Picture:
    charted, span = found.charted, found.now.period.span
    by_time = sales_charts.shares(found.weekdays)
    since, until = view.shop.full_date(charted[0].period.first), view.shop.full_date(charted[-1].period.last)
    said = (
        f"Bars of net in each {span} from {since} to {until}, "
        f"{money(sum((one.net for one in charted), ZERO), view.shop)} in all, "
        f"{money(found.now.net, view.shop)} in this {span}"
        + (f", with the mean of the {BEFORE} {span}s before as a line. " if any(_net_means(found)) else ". ")
    )
    if by_time:
        weekday, part = best = max(by_time, key=lambda one: (by_time[one], one))
        several = len({at for _, at in by_time}) > 1
        most = view.shop.percent(Decimal(by_time[best]) / 100, 0)
        said += (
            f"Below, the share of net by weekday{' and part of the day' if several else ''}: most on "
            f"{view.shop.weekdays()[weekday - 1]}{f' {part}' if several else ''}, {most}."
        )
    return Picture(chart=sales_charts.sales(charted, _net_means(found), by_time, view.shop), alt=said.strip())


def _net_means(found: Found) -> Sequence[Decimal | None]:
    return found.means(lambda sold: sold.net)


def _csv(found: Found) -> str:
    """The charted periods, then the parts of this one, as rows of plain numbers."""
    rows: list[tuple[str, str, Period, Sold]] = [("total", "all", one.period, one) for one in found.charted]
    rows += [
        (str(dimension), one.member, found.now.period, one) for dimension, parts in found.parts.items() for one in parts
    ]
    return str(pd.DataFrame([_row(*row) for row in rows]).to_csv(index=False))


def _row(breakdown: str, member: str, period: Period, sold: Sold) -> dict[str, object]:
    figures = {name: value for name, value in asdict(sold).items() if name in Sold.__slots__}
    return {
        "breakdown": breakdown,
        "member": harmless(member),
        "first_day": period.first,
        "last_day": period.last,
        **figures,
    }
