"""The marketing digest: what was ordered most and by whom, and what moved against the period before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import pandas as pd

from bot.lift import line, revenue
from bot.shop import Shop
from charts import digest
from domain.csv_cells import harmless
from domain.outreach.measuring import Measured
from domain.periods import Period, Span, midnight
from domain.records.sales import Bought, Buyer, DayTotals, Rankings, ReportName, Sales, Totals, every_day
from domain.records.segments import Moves
from reports import moving, risk, speed
from reports.report import (
    Comparison,
    Figure,
    Picture,
    Report,
    Table,
    against,
    days_csv,
    money,
    net_moved,
    nothing_ordered,
    signed,
    so_far,
    titled,
    what_is_usual,
)
from reports.speed import Speed

TOP = 5
DAYS_CHARTED = timedelta(days=14)  # of a daily digest
DEFINITIONS = (
    (
        "Orders, gross, net",
        "as in the finance report; net is gross less discounts less what was cancelled",
    ),
    ("Most ordered", "by live orders that held the product; orders cancelled within the period are left out"),
    ("Best customers", "by what their live orders came to after discounts; names are pseudonyms"),
    ("New customers", "those whose first order ever lies in the period"),
    ("Compared", "with {compared}"),
)
CAMPAIGNS = (
    "Campaigns",
    "those that ran in the period, or whose customers' days did, as they stood at its end; who ordered is told of "
    "customers whose days are over, in the campaign whatever reached them, against those whom chance left alone",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """The figures of a digest; `before` is None for the shop's first period, `moves` where the warehouse has none.

    `support` is how fast support was in a week and in the one before, `churn` who came into risk of leaving and left
    it, where the warehouse knows that; `campaigns` are those that ran.
    """

    period: Period
    totals: Totals
    before: Totals | None
    products: tuple[Bought, ...]
    products_before: tuple[Bought, ...]
    buyers: tuple[Buyer, ...]
    new_customers: int
    days: tuple[DayTotals, ...]
    moves: Moves | None = None
    support: tuple[Speed, Speed] | None = None
    churn: risk.Risk | None = None
    campaigns: tuple[Measured, ...] = ()

    @property
    def mover(self) -> tuple[Bought, Decimal] | None:
        """The product whose amount changed most in the direction in which net did, and by how much."""
        by = self.totals.net - (self.before.net if self.before else 0)
        earlier = {one.product_id: one for one in self.products_before}
        here = {one.product_id: one for one in self.products}
        gone = (
            Bought(product_id=one.product_id, title=one.title) for one in earlier.values() if one.product_id not in here
        )
        moved = [
            (one, one.amount - (earlier[one.product_id].amount if one.product_id in earlier else 0))
            for one in (*here.values(), *gone)
        ]
        along = [one for one in moved if one[1] * by > 0]
        return min(along, key=lambda one: (-abs(one[1]), one[0].product_id)) if along else None


def collect(
    sales: Sales,
    rankings: Rankings,
    period: Period,
    shop: Shop,
    top: int = TOP,
    moves: Moves | None = None,
    support: tuple[Speed, Speed] | None = None,
    churn: risk.Risk | None = None,
) -> Digest:
    """Reads the figures of a period; `moves`, `support` and `churn` are what the warehouse has of it."""
    zone, compared = shop.time_zone, period.compared()
    first = sales.first_order_at()
    totals, before = sales.totals([period, compared], zone)
    since, until = period.begins(zone), period.ends(zone)
    charted_from = period.last + timedelta(days=1) - DAYS_CHARTED if period.span is Span.DAY else period.first
    return Digest(
        period=period,
        totals=totals,
        before=before if first is not None and compared.ends(zone) > first else None,
        products=tuple(rankings.products(since, until)),
        products_before=tuple(rankings.products(compared.begins(zone), compared.ends(zone))),
        buyers=tuple(rankings.customers(since, until, top)),
        new_customers=sales.new_customers(since, until),
        days=every_day(sales.days(midnight(charted_from, zone), until, zone), charted_from, period.last),
        moves=moves,
        support=support,
        churn=churn,
    )


def make_digest(found: Digest, shop: Shop, now: datetime, top: int = TOP) -> Report:
    """Puts the figures into words, tables and a picture."""
    totals, before = found.totals, found.before
    earlier, support = _against(found.period, shop), _support(found, shop)
    over = found.period.is_over(now, shop.time_zone)

    def compared(figure: Decimal | int, then: Decimal | int | None) -> tuple[Comparison, ...]:
        return (against(figure, then, earlier, shop),) if over else ()

    units, units_before = (sum(one.units for one in products) for products in (found.products, found.products_before))
    return Report(
        name=ReportName.MARKETING,
        period=found.period,
        title=titled(ReportName.MARKETING, found.period, shop, now),
        made_at=now,
        headlines=(
            Figure(
                label="Orders",
                value=shop.number(totals.orders),
                compared=compared(totals.orders, _of(before, "orders")),
            ),
            Figure(label="Net", value=money(totals.net, shop), compared=compared(totals.net, _of(before, "net"))),
            Figure(
                label="Customers",
                value=shop.number(totals.customers),
                compared=compared(totals.customers, _of(before, "customers")),
                note=f"{shop.number(found.new_customers)} new",
            ),
        ),
        notes=(*_notes(found, shop, now), *support, *(_campaign(one, shop) for one in found.campaigns)),
        figures=(
            Figure(
                label="Gross",
                value=money(totals.gross, shop),
                compared=compared(totals.gross, _of(before, "gross")),
            ),
            Figure(
                label="Pieces",
                value=shop.number(units),
                compared=compared(units, units_before if before else None),
            ),
            Figure(
                label="New customers",
                value=shop.number(found.new_customers),
                note=f"{shop.number(totals.customers - found.new_customers)} returning",
            ),
        ),
        tables=_tables(found, shop, top),
        picture=_picture(found, shop, top),
        totals=totals,
        csv=_csv(found),
        days_csv=days_csv(found.days, found.period),
        definitions=(
            *((term, meaning.format(compared=earlier)) for term, meaning in DEFINITIONS),
            what_is_usual(shop),
            *([] if found.moves is None else [moving.DEFINITION]),
            *([] if found.churn is None else [risk.DEFINITION]),
            *([speed.DEFINITION] if support else []),
            *([CAMPAIGNS] if found.campaigns else []),
        ),
    )


def _of(totals: Totals | None, name: str) -> Decimal | None:
    return None if totals is None else Decimal(getattr(totals, name))


def _against(period: Period, shop: Shop) -> str:
    return (
        f"{shop.weekday(period.compared().first)} a week before"
        if period.span is Span.DAY
        else f"the {period.span} before"
    )


def _notes(found: Digest, shop: Shop, now: datetime) -> tuple[str, ...]:
    """What moved, in sentences; a quiet period has one."""
    period, totals, before = found.period, found.totals, found.before
    notes = so_far(period, shop, now)
    if notes:
        notes += [] if totals.orders else [nothing_ordered(period)]
    elif before is None:
        notes.append(
            f"There is nothing to compare with: the shop had no orders by the end of {_against(period, shop)}."
            if totals.orders
            else nothing_ordered(period)
        )
    elif totals == before == Totals():
        notes.append(f"Nothing unusual: a quiet {period.span}, without orders, like {_against(period, shop)}.")
    else:
        notes.append(_moved(found, before, shop))
    moved = () if found.moves is None else moving.lines(found.moves, shop)
    return (*notes, *moved, *(() if found.churn is None else risk.lines(found.churn, shop)))


def _support(found: Digest, shop: Shop) -> tuple[str, ...]:
    return () if found.support is None else speed.lines(*found.support, shop)


def _campaign(one: Measured, shop: Shop) -> str:
    """A campaign in a line, with what it brought where that is known."""
    return " ".join(filter(None, (line(one, shop), revenue(one, shop))))


def _moved(found: Digest, before: Totals, shop: Shop) -> str:
    """What moved net and which product moved it most."""
    said = net_moved(found.totals.net, before.net, _against(found.period, shop), shop)
    if found.mover is None:
        return said
    product, amount = found.mover
    return f"{said} {product.title} moved it most: {signed(amount, shop)}."


def _tables(found: Digest, shop: Shop, top: int) -> tuple[Table, ...]:
    if not found.products:
        return ()
    return (
        Table(
            title="Most ordered",
            headings=("product", "orders", "pieces", "amount"),
            rows=tuple(
                (one.title, shop.number(one.orders), shop.number(one.units), money(one.amount, shop))
                for one in found.products[:top]
            ),
        ),
        Table(
            title="Best customers",
            headings=("customer", "orders", "amount"),
            rows=tuple((one.pseudonym, shop.number(one.orders), money(one.amount, shop)) for one in found.buyers),
        ),
    )


def _picture(found: Digest, shop: Shop, top: int) -> Picture:
    best: Sequence[Bought] = found.products[:top]
    said = ", ".join(f"{one.title} in {shop.number(one.orders)}" for one in best) or "nothing"
    first = found.days[0].day
    return Picture(
        chart=digest.products_and_days(best, found.days, found.period, shop),
        alt=(
            f"Bars of the products in most orders: {said}. Bars of net for each day from {shop.full_date(first)}: "
            f"{money(sum((one.net for one in found.days), Decimal(0)), shop)} in all."
        ),
    )


def _csv(found: Digest) -> str:
    """Every product that was bought, as plain numbers, below them who moved between segments and what was predicted."""
    columns = ["product_id", "title", "orders", "units", "amount"]
    rows = [[harmless(getattr(one, column)) for column in columns] for one in found.products]
    table = pd.DataFrame(rows, columns=columns, dtype=object)
    if found.moves is not None:
        moved = [(did, share.net, share.customers) for did, share in moving.kinds(found.moves).items()]
        table = pd.concat([table, pd.DataFrame(moved, columns=["title", "amount", "customers"], dtype=object)])
    if found.churn is not None:
        table = pd.concat([table, pd.DataFrame(risk.rows(found.churn), columns=["title", "customers"], dtype=object)])
    return str(table.to_csv(index=False))
