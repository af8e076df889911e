"""The report on stores: ranked by revenue in a day, a week or a month, with what an order and an open day brings."""

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from bot.numbers import MINUS
from charts import sales as sales_charts
from domain.csv_cells import harmless
from domain.periods import Span
from domain.records.marts import ZERO, Marts, Place, Slice
from reports import sales
from reports.report import Figure, Picture, Report, Table, money, nothing_ordered
from reports.warehouse import DASH, Asked, Unanswerable, View, amount, as_of_note

_COLUMNS = (
    "revenue_rank store_id orders net average_order open_days orders_per_open_day orders_per_open_week is_best is_worst"
).split()
_DEFINED = ("top_places", *(f"top_places.{name}" for name in _COLUMNS[2:8]), "dim_stores.open_mon as An open day")


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The stores, the best first; `alone` is the course of the only one."""

    places: tuple[Place, ...]
    alone: sales.Found | None


def collect(marts: Marts, asked: Asked) -> Found:
    """Reads the stores of a period.

    Raises:
        Unanswerable: it ended before the first order.
    """
    places = tuple(marts.places(asked.period))
    if not places:
        raise Unanswerable(
            f"{nothing_ordered(asked.period)} No store was open yet: ask for a later {asked.period.span}."
        )
    alone = None
    if len(places) == 1:
        of = Slice(store=places[0].store_id)
        alone = sales.collect(marts, Asked(name=asked.name, period=asked.period, of=of))
    return Found(places=places, alone=alone)


def make_report(found: Found, asked: Asked, view: View) -> Report:
    """Puts the figures into words, a table and a picture."""
    places = found.places
    orders, net = sum(one.orders for one in places), sum((one.net for one in places), ZERO)
    return Report(
        name=asked.name,
        period=asked.period,
        title=view.title(asked),
        made_at=view.now,
        headlines=(
            Figure(label="Net", value=money(net, view.shop)),
            Figure(label="Orders", value=view.shop.number(orders)),
            Figure(label="Stores", value=view.shop.number(len(places))),
        ),
        notes=(*_notes(found, view), as_of_note(view, asked)),
        figures=(),
        tables=(_table(places, view, by_days=asked.period.span is not Span.DAY),),
        picture=_picture(found, asked, view),
        csv=_csv(places),
        definitions=view.defined(*_DEFINED),
        as_of=view.as_of,
    )


def _notes(found: Found, view: View) -> list[str]:
    if len(found.places) == 1:
        return [f"{found.places[0].store_id} is the only place of sale, so there is nothing to rank."]
    best = [one for one in found.places if one.is_best]
    worst = [one for one in found.places if one.is_worst]
    named = [
        f"{word}: {', '.join(one.store_id for one in some)} with {money(some[0].net, view.shop)}"
        for word, some in (("Best", best), ("worst", worst))
        if some
    ]
    return [f"{'; '.join(named)}."] if named else ["All stores are alike."]


def _table(places: tuple[Place, ...], view: View, *, by_days: bool) -> Table:
    return Table(
        title="By revenue",
        headings=("store", "orders", "an order", *(("an open day", "an open week") if by_days else ()), "net"),
        rows=tuple(
            (
                f"{one.revenue_rank}. {one.store_id}{_mark(one, places)}",
                view.shop.number(one.orders),
                amount(one.average_order, view.shop),
                *((_rate(one.orders_per_open_day, view), _rate(one.orders_per_open_week, view)) if by_days else ()),
                money(one.net, view.shop),
            )
            for one in places
        ),
    )


def _mark(place: Place, places: tuple[Place, ...]) -> str:
    if len(places) == 1:
        return ""
    return " (best)" if place.is_best else " (worst)" if place.is_worst else ""


def _rate(value: Decimal | None, view: View) -> str:
    return DASH if value is None else view.shop.number(value, 1)


def _picture(found: Found, asked: Asked, view: View) -> Picture:
    if found.alone is not None:
        trend = found.alone.charted
        means = found.alone.means(lambda sold: sold.net)
        over = view.shop.counted(len(trend), str(asked.period.span))
        alt = f"Bars of net of {found.places[0].store_id} in each of {over}."
        return Picture(chart=sales_charts.one_store(trend, means, view.shop), alt=alt)
    said = ", ".join(f"{one.store_id} {money(one.net, view.shop)}" for one in found.places)
    labels = [f"{_whole(one.net, view)} · {view.shop.counted(one.orders, 'order')}" for one in found.places]
    chart = sales_charts.stores(found.places, labels, view.shop.currency, view.shop.period(asked.period))
    return Picture(chart=chart, alt=f"Bars of the stores by net: {said}.")


def _whole(net: Decimal, view: View) -> str:
    return f"{MINUS if round(net) < 0 else ''}{view.shop.number(abs(net))}"


def _csv(places: tuple[Place, ...]) -> str:
    rows = [[harmless(getattr(one, column)) for column in _COLUMNS] for one in places]
    return str(pd.DataFrame(rows, columns=_COLUMNS).to_csv(index=False))
