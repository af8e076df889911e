"""The finance report: what was ordered and what is left of it, against earlier periods and over three months."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import pandas as pd

from bot.numbers import MINUS
from bot.shop import Shop
from charts import digest
from domain.periods import Period, midnight
from domain.records.sales import Cancellations, DayTotals, ReportName, Sales, Totals, every_day
from reports.report import (
    Figure,
    Picture,
    Report,
    Table,
    against,
    days_csv,
    mean,
    money,
    net_moved,
    nothing_ordered,
    signed,
    so_far,
    titled,
    what_is_usual,
)

BEFORE = 4  # so many periods make the mean,
FEWEST = 2  # and so many at least
CHARTED = timedelta(weeks=13)
DEFINITIONS = (
    ("Orders", "orders placed in the period, whatever became of them"),
    ("Gross", "what the lines of these orders cost, at the prices they were ordered at"),
    ("Discounts", "what was taken off these orders"),
    ("Cancelled", "what the orders cancelled in the period came to; each counts on the day of cancelling"),
    (
        "Returned",
        "what went back for the returns and exchanges settled in the period, less what was paid on top; each counts on "
        "the day on which its customer got the money or the replacement",
    ),
    ("Net", "gross less discounts less cancelled less returned"),
    ("Customers", "different customers among those who ordered, told apart by the hash of their e-mail"),
    ("Money", "exact sums in {currency}, to the cent; only means and percentages are rounded, halves to even"),
    ("Days", "begin and end at midnight in {zone}; weeks run from Monday to Sunday"),
    ("The mean", "of the {before} periods before, of fewer where the shop was younger, of {fewest} at least"),
    ("Corrected", "earlier periods whose figures are no longer as they were told, such as after an import"),
    ("The year before", "the same weekday or week 52 weeks ago, or the same month a year ago"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finances:
    """The figures of a finance report; periods before the shop's first order are None."""

    period: Period
    totals: Totals
    before: tuple[Totals | None, ...]  # the latest first
    year_ago: Totals | None
    days: tuple[DayTotals, ...]
    late: tuple[Cancellations, ...]
    corrected: tuple[tuple[Period, Totals, Totals], ...] = ()  # a period, what was told of it, and what is true now


def compared(period: Period) -> list[Period]:
    """The earlier periods that a report compares its own with."""
    return [*(period.before(count + 1) for count in range(BEFORE)), period.year_before()]


def collect(sales: Sales, period: Period, shop: Shop, told: Mapping[Period, Totals] | None = None) -> Finances:
    """Reads the figures of a period; `told` are those that earlier reports gave, to find what changed since."""
    zone = shop.time_zone
    first = sales.first_order_at()
    earlier = compared(period)
    totals, *others = sales.totals([period, *earlier], zone)
    known = [
        one if first is not None and then.ends(zone) > first else None
        for then, one in zip(earlier, others, strict=True)
    ]
    until = period.ends(zone)
    charted_from = min(period.first, period.last + timedelta(days=1) - CHARTED)
    return Finances(
        period=period,
        totals=totals,
        before=tuple(known[:BEFORE]),
        year_ago=known[BEFORE],
        days=every_day(sales.days(midnight(charted_from, zone), until, zone), charted_from, period.last),
        late=tuple(sales.cancelled_later(period.begins(zone), until, zone)),
        corrected=tuple(
            (one, told[one], now)
            for one, now in zip((period, *earlier), (totals, *others), strict=True)
            if told and one in told and told[one] != now
        ),
    )


def make_finance_report(found: Finances, shop: Shop, now: datetime) -> Report:
    """Puts the figures into words, tables and a picture."""
    over = found.period.is_over(now, shop.time_zone)
    figures = tuple(_figure(found, shop, label, of, is_money=is_money, over=over) for label, of, is_money in _FIGURES)
    by_label = {figure.label: figure for figure in figures}
    return Report(
        name=ReportName.FINANCE,
        period=found.period,
        title=titled(ReportName.FINANCE, found.period, shop, now),
        made_at=now,
        headlines=(by_label["Net"], by_label["Orders"], by_label["Customers"]),
        notes=_notes(found, shop, now),
        figures=figures,
        tables=(*_late(found.late, shop), *_corrections(found.corrected, shop)),
        picture=_picture(found, shop),
        totals=found.totals,
        csv=_csv(found, over=over),
        days_csv=days_csv(found.days, found.period),
        definitions=(
            *(
                (term, meaning.format(currency=shop.currency, zone=shop.time_zone, before=BEFORE, fewest=FEWEST))
                for term, meaning in DEFINITIONS
            ),
            what_is_usual(shop),
        ),
    )


_FIGURES: tuple[tuple[str, Callable[[Totals], Decimal | int], bool], ...] = (
    ("Orders", lambda totals: totals.orders, False),
    ("Gross", lambda totals: totals.gross, True),
    ("Discounts", lambda totals: totals.discounts, True),
    ("Cancelled", lambda totals: totals.cancelled, True),
    ("Returned", lambda totals: totals.returned, True),
    ("Net", lambda totals: totals.net, True),
    ("Customers", lambda totals: totals.customers, False),
)


def _figure(
    found: Finances, shop: Shop, label: str, of: Callable[[Totals], Decimal | int], *, is_money: bool, over: bool
) -> Figure:
    now = of(found.totals)
    last, *_ = found.before
    known = [Decimal(of(one)) for one in found.before if one is not None]
    usual = mean(known) if len(known) >= FEWEST else None
    return Figure(
        label=label,
        value=money(Decimal(now), shop) if is_money else shop.number(now),
        compared=(
            against(now, None if last is None else of(last), f"the {found.period.span} before", shop),
            against(now, usual, f"the mean of the {BEFORE if usual is None else len(known)} before", shop),
            against(now, None if found.year_ago is None else of(found.year_ago), "the year before", shop),
        )
        if over
        else (),
    )


def _notes(found: Finances, shop: Shop, now: datetime) -> tuple[str, ...]:
    notes, span = so_far(found.period, shop, now), found.period.span
    over = not notes
    if not found.totals.orders:
        notes.append(nothing_ordered(found.period))
    if over and all(one is None for one in found.before):
        notes.append(f"The shop had no orders before this {span}, so there is nothing to compare with.")
    before = found.before[0]
    if over and before is not None:
        notes.append(net_moved(found.totals.net, before.net, f"the {span} before", shop))
    if found.totals.cancelled_orders:
        count = found.totals.cancelled_orders
        late = sum(one.orders for one in found.late)
        notes.append(
            f"{shop.counted(count, 'order')} cancelled"
            + (
                f", of which {shop.number(late)} {'was' if late == 1 else 'were'} placed before this {span}."
                if late
                else "."
            )
        )
    if found.totals.returns:
        notes.append(f"{shop.counted(found.totals.returns, 'return')} settled.")
    return tuple(notes)


def _late(late: Sequence[Cancellations], shop: Shop) -> tuple[Table, ...]:
    if not late:
        return ()
    rows = tuple((shop.period(one.week), shop.number(one.orders), money(one.amount, shop)) for one in late)
    return (
        Table(title="Cancelled now, placed earlier", headings=("placed in the week", "orders", "amount"), rows=rows),
    )


def _corrections(corrected: Sequence[tuple[Period, Totals, Totals]], shop: Shop) -> tuple[Table, ...]:
    """What is not any more as it was told, such as by orders that were imported later."""
    if not corrected:
        return ()
    rows = tuple(
        (shop.period(period), _signed(now.orders - told.orders, shop), signed(now.net - told.net, shop))
        for period, told, now in corrected
    )
    return (Table(title="Corrected since it was told", headings=("period", "orders", "net"), rows=rows),)


def _signed(count: int, shop: Shop) -> str:
    return shop.signed(count).replace("-", MINUS)


def _picture(found: Finances, shop: Shop) -> Picture:
    first, last = found.days[0].day, found.days[-1].day
    orders, net = sum(one.orders for one in found.days), sum((one.net for one in found.days), Decimal(0))
    return Picture(
        chart=digest.orders_and_money(found.days, found.period, shop),
        alt=(
            f"Two charts of each day from {shop.full_date(first)} to {shop.full_date(last)}: "
            f"{shop.number(orders)} orders and {money(net, shop)} net. The {found.period.span} of this report has "
            f"{shop.number(found.totals.orders)} orders and {money(found.totals.net, shop)} net."
        ),
    )


def _csv(found: Finances, *, over: bool) -> str:
    """The compared periods as rows of plain numbers; one that is not over says so."""
    period = found.period
    periods = [("this" if over else "this so far", period, found.totals)]
    periods += [(f"{n} before", period.before(n), one) for n, one in enumerate(found.before, 1) if one is not None]
    if found.year_ago is not None:
        periods.append(("a year ago", period.year_before(), found.year_ago))
    table = pd.DataFrame(
        [
            {
                "period": name,
                "first_day": then.first,
                "last_day": then.last,
                **{label.lower(): of(totals) for label, of, _ in _FIGURES},
                "cancelled_orders": totals.cancelled_orders,
                "returns": totals.returns,
            }
            for name, then, totals in periods
        ]
    )
    return str(table.to_csv(index=False))
