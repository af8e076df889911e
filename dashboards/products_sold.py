"""The sections on what products bring: their classes, and the best and the worst sellers of a period."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.shop import Shop
from charts import products as charts
from dashboards.board import Cell, Section, Table, table, text
from dashboards.products_shown import CLASSES, Shown, class_of
from dashboards.products_stock import NOT_PREDICTED
from domain.periods import Period
from domain.records.products_board import DAYS, ProductSold, Standing
from domain.records.supply import WEEK
from reports.report import change

MOST_SELLERS = 20
_NOTHING = ProductSold()


def classes(shown: Shown) -> Section:
    """How many products are in each class, and what they bring."""
    weeks, currency = DAYS // WEEK, shown.look.shop.currency
    title = f"Classes of products: share of the net of {weeks} weeks"
    found = {name: [one for one in shown.products if class_of(one) == name] for name in CLASSES}
    brought = {name: sum((one.net for one in some), Decimal(0)) for name, some in found.items()}
    whole, count = sum(brought.values(), Decimal(0)), sum(map(len, found.values()))
    of_net = {name: float(net / whole) if whole > 0 else 0.0 for name, net in brought.items()}
    there = [name for name in CLASSES if found[name]]
    cells = [
        charts.ClassCell(
            abc=name[0], xyz=name[1], products=len(found[name]), share=max(of_net[name], 0.0), href=shown.list_of(name)
        )
        for name in there
    ]
    rows = [
        (
            text(name, shown.list_of(name)),
            shown.look.number(len(found[name])),
            shown.look.share(len(found[name]) / count),
            shown.look.number(brought[name], 2),
            shown.look.share(of_net[name] if whole > 0 else None),
        )
        for name in there
    ]
    best = max(there, key=lambda name: brought[name], default="")
    meant = " ".join(shown.look.meaning(f"prediction_demand.{column}") for column in ("abc", "xyz"))
    return Section(
        key="classes",
        title=title,
        meaning=f"{meant} Classes are of the last 26 weeks and of the whole shop, whatever is filtered here.",
        chart=charts.class_grid(cells, title, shown.look.shop) if cells else None,
        alt=f"Most is brought by {best}: {shown.look.shop.percent(of_net[best], 0)} of net "
        f"by {shown.count(len(found[best]))} of {shown.count(count)} products. "
        "A brings most, C least; a click on a class lists its products."
        if best
        else "",
        table=table(("class", "products", "share", f"net, {currency}", "share of net"), rows),
        empty=NOT_PREDICTED,
    )


def sellers(shown: Shown, period: Period) -> tuple[Section, Section]:
    """The products that brought most in a period, and those that brought least."""
    found = shown.look.uow.products_board.sold(period.before().first, period.first, period.last)
    sold = [one for one in shown.with_retired if found.get(one.stock.product_id, _NOTHING).net > 0]
    best = sorted(sold, key=lambda one: (-found[one.stock.product_id].net, one.stock.product_id))
    currency = shown.look.shop.currency
    title = f"Best sellers: net of {shown.look.shop.period(period)}, {currency}"
    nothing = f"Nothing was sold in {shown.look.shop.period(period)}."
    first = best[0] if best else None
    net = [found[one.stock.product_id].net for one in best]
    top = Section(
        key="best",
        title=title,
        meaning=shown.look.meaning("product_days"),
        chart=charts.ranked([one.stock.title for one in best], [*map(float, net)], [*map(shown.money, net)], title)
        if best
        else None,
        alt=f"Most: {first.stock.title}, {shown.money(net[0])}, "
        f"{shown.look.shop.percent(net[0] / sum(net), 0)} of all that was sold."
        if first
        else "",
        table=_table(shown, best[:MOST_SELLERS], found, period),
        empty=nothing,
    )
    return top, _worst(shown, found, period, nothing if not best else "Every product sold.")


def _worst(shown: Shown, found: Mapping[str, ProductSold], period: Period, empty: str) -> Section:
    """What could be had and brought least; of what brought nothing, what brought most in the period before."""
    had = [one for one in shown.products if one.stock.on_hand > 0] if any(one.net for one in found.values()) else []

    def order(one: Standing) -> tuple[Decimal, Decimal, str]:
        sold = found.get(one.stock.product_id, _NOTHING)
        return sold.net, -sold.net_before, one.stock.product_id

    worst = sorted(had, key=order)
    silent = sum(found.get(one.stock.product_id, _NOTHING).net <= 0 for one in had)
    return Section(
        key="worst",
        title=f"Worst sellers on the shelf, {shown.look.shop.period(period)}: "
        f"{shown.count(silent)} of {shown.count(len(had))} brought nothing",
        meaning="Products that can be had today and brought least; first those that brought most before.",
        table=_table(shown, worst[:MOST_SELLERS], found, period),
        empty=empty,
    )


def _table(shown: Shown, some: Sequence[Standing], found: Mapping[str, ProductSold], period: Period) -> Table:
    currency = shown.look.shop.currency
    head = ("product", f"net, {currency}", "pieces", *shown.headed(f"margin, {currency}", "margin of net"))
    head += (f"on the {period.span} before", f"net before, {currency}", "on the shelf")
    return table(head, [_row(shown, one, found.get(one.stock.product_id, _NOTHING)) for one in some])


def _row(shown: Shown, one: Standing, sold: ProductSold) -> tuple[Cell, ...]:
    of_net = float(sold.margin / sold.net) if sold.net > 0 else None
    return (
        shown.named(one),
        shown.look.number(sold.net, 2),
        shown.look.number(sold.units),
        *shown.costing(shown.look.number(sold.margin, 2), shown.look.share(of_net)),
        _moved(sold, shown.look.shop),
        shown.look.number(sold.net_before, 2),
        shown.look.number(one.stock.on_hand),
    )


def _moved(sold: ProductSold, shop: Shop) -> Cell:
    if sold.net_before <= 0:
        return Cell(said="new" if sold.net > 0 else "–", value=None)
    return Cell(said=change(sold.net, sold.net_before, shop), value=round(float(sold.net / sold.net_before - 1), 4))
