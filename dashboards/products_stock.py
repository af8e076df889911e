"""The sections on stock: how long it lasts, what there is too much of, what to order, what was out, what was missed."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from charts import products as charts
from dashboards.board import Row, Rows, Section, Table, table, text
from dashboards.products_shown import (
    ENDLESS,
    MOST_ROWS,
    OUT,
    Shown,
    bin_names,
    bin_of,
    class_of,
    too_much,
)
from domain.products.reordering import DEAD_AFTER, MOST_COVER, SupplierOrder, is_dead
from domain.records.products_board import DAYS, MISSED_DAYS, Standing
from domain.records.supply import WEEK

NOT_PREDICTED = (
    "No demand is predicted yet: it is every night after the warehouse is built, or now by `parley analytics build`."
)
HOW_TO_ORDER = (
    "An admin orders in the chat: /inventory reorder lists these with a button for each, "
    "/inventory order ID PIECES orders one, /inventory why ID says why. Then tell the supplier."
)
_WEEKS = MOST_COVER // WEEK


def cover(shown: Shown) -> Section:
    """How many products last how long."""
    names, of = bin_names(), shown.products
    found: dict[str, list[Standing]] = {name: [] for name in names}
    for one in of:
        found[bin_of(one)].append(one)
    title = "How long the stock lasts: products by days of cover"
    soon = sum(len(found[name]) for name in names if name.startswith("to-") and name in ("to-7", "to-14"))
    rows = [
        (
            text(said, shown.list_of(name)),
            shown.look.number(len(found[name])),
            shown.look.share(len(found[name]) / len(of)),
            shown.look.number(sum(max(one.stock.on_hand, 0) for one in found[name])),
            *shown.costing(shown.look.number(_worth(found[name]), 2)),
        )
        for name, said in names.items()
    ]
    bins = [charts.Bin(name=said, products=len(found[key]), href=shown.list_of(key)) for key, said in names.items()]
    alt = f"{shown.count(len(found[OUT]))} of {shown.count(len(of))} products are out and "
    alt += f"{shown.count(soon)} more last less than two weeks."
    if found[ENDLESS]:
        alt += f" Of {shown.count(len(found[ENDLESS]))} no demand is known."
    return Section(
        key="cover",
        title=title,
        meaning="For how many days what is on the shelf lasts, at the demand predicted of each product: "
        + shown.look.meaning("prediction_demand.weekly_demand"),
        chart=charts.bins(bins, title, shown.look.shop),
        alt=alt,
        table=table(("lasts", "products", "share", "pieces", *shown.headed(_at_cost(shown))), rows),
    )


def overstock(shown: Shown) -> Section:
    """What there is too much of, with the money that is tied up."""
    found = too_much(shown)
    money = [one.stock.unit_cost * pieces for one, pieces in found]
    seen = shown.look.sees_costs
    title = f"Too much of, beyond {_WEEKS} weeks" + (f": money tied up, {shown.look.shop.currency}" if seen else "")
    values = [float(one) for one in money] if seen else [float(pieces) for _, pieces in found]
    charted = sum(value > 0 for value in values[: charts.MOST])
    labels = [
        shown.money(tied_up) if seen else f"{shown.count(pieces)} pieces"
        for tied_up, (_, pieces) in zip(money[:charted], found, strict=False)
    ]
    whole = shown.money(sum(money, Decimal(0))) if seen else f"{shown.count(sum(pieces for _, pieces in found))} pieces"
    head = ("product", "class", "on the shelf", "on its way", "lasts, days", "not sold since", "too many")
    names = [one.stock.title for one, _ in found]
    return Section(
        key="over",
        title=title,
        most=MOST_ROWS,
        meaning=f"Too much is what lasts longer than {_WEEKS} weeks at the predicted demand, and all of what was not "
        f"sold for {DEAD_AFTER.days} days: /inventory overstock lists the same. Too many are the pieces beyond that.",
        chart=charts.ranked(names[:charted], values[:charted], labels, title) if charted else None,
        alt=f"Of {shown.count(len(found))} products there is too much, {whole} beyond what is enough; "
        f"most of {names[0]}."
        if found
        else "",
        table=Table(
            headings=(*head, *shown.headed("tied up", "all of it, at cost")),
            rows=Rows(found, lambda pair: _too_many(shown, *pair)),
        ),
        empty="There is too much of nothing.",
    )


def _too_many(shown: Shown, one: Standing, pieces: int) -> Row:
    stock = one.stock
    dead = is_dead(stock, shown.now)
    since = stock.moved_at.date() if dead and stock.moved_at else None
    return (
        shown.named(one),
        text(class_of(one) or "–"),
        shown.look.number(stock.on_hand),
        shown.look.number(stock.incoming),
        shown.days(stock.cover) if stock.demand else shown.look.number(None),
        text(since.isoformat() if since else "–"),
        shown.look.number(pieces),
        *shown.costing(
            shown.look.number(stock.unit_cost * pieces, 2), shown.look.number(stock.unit_cost * stock.on_hand, 2)
        ),
    )


def reorder(shown: Shown, orders: Sequence[SupplierOrder]) -> Section:
    """What to order of each supplier now."""
    seen, currency = shown.look.sees_costs, shown.look.shop.currency
    lines = [(order, line) for order in orders for line in order.lines]
    title = "What to order now" + (f": by supplier, {currency}" if seen else ": pieces by supplier")
    by_size = sorted(orders, key=lambda one: -one.amount if seen else -one.pieces)
    rows = [
        (
            shown.named(shown.by_id[line.stock.product_id]),
            text(order.terms.title),
            shown.look.number(line.quantity),
            shown.look.number(line.packs),
            *shown.costing(shown.look.number(line.amount, 2)),
            shown.look.number(line.stock.on_hand),
            shown.look.number(line.stock.incoming),
            shown.days(line.stock.cover),
            shown.look.number(line.lead_days),
            text(line.stock.product_id),
        )
        for order, line in lines
    ]
    head = ("product", "supplier", "pieces", "packs", *shown.headed(f"amount, {currency}"), "on the shelf")
    head += ("on its way", "lasts, days", "delivery, days", "id")
    alt = HOW_TO_ORDER
    if lines:
        first = lines[0][1].stock
        products = "1 product" if len(lines) == 1 else f"{shown.count(len(lines))} products"
        suppliers = "1 supplier" if len(orders) == 1 else f"{shown.count(len(orders))} suppliers"
        soonest = (
            f"{first.title} is gone"
            if first.on_hand <= 0
            else f"{first.title} lasts {shown.count(first.cover or 0)} days"
        )
        alt = f"{products} of {suppliers}; most urgent: {soonest}. {HOW_TO_ORDER}"
    return Section(
        key="reorder",
        title=title,
        most=MOST_ROWS,
        meaning=shown.look.meaning("prediction_demand.reorder_point")
        + f" {shown.look.meaning('prediction_demand.order_up_to')} Packs and minimums are those of the suppliers.",
        chart=charts.ranked(
            [one.terms.title for one in by_size],
            [float(one.amount) if seen else float(one.pieces) for one in by_size],
            [shown.money(one.amount) if seen else shown.count(one.pieces) for one in by_size],
            title,
        )
        if lines
        else None,
        alt=alt,
        table=table(head, rows),
        empty="Nothing is to be ordered: everything lasts until its next delivery, or is on its way."
        if shown.look.uow.supply.predicted()
        else NOT_PREDICTED,
    )


def stock_outs(shown: Shown) -> Section:
    """Which products were out on which of the last days."""
    last = shown.look.view.as_of
    first = last - timedelta(days=DAYS - 1)
    title = f"Out of stock, {shown.look.shop.days(first, last)}"
    found = sorted(
        (one for one in shown.products if one.days_out),
        key=lambda one: (-one.days_out, -one.missed, one.stock.product_id),
    )
    worst = found[: charts.MOST]
    places = {one.stock.product_id: place for place, one in enumerate(worst)}
    outs = [
        charts.Out(
            place=places[one.product_id], name=worst[places[one.product_id]].stock.title, first=one.first_day,
            last=one.last_day,
        )
        for one in shown.look.uow.products_board.stock_outs(list(places))
    ]  # fmt: skip
    rows = [
        (
            shown.named(one),
            shown.look.number(one.days_out),
            shown.look.share(one.days_out / DAYS),
            text("now" if one.stock.on_hand <= 0 else "–"),
            shown.look.number(one.missed),
            shown.look.number(one.price * one.missed, 2),
            shown.look.number(one.stock.incoming),
        )
        for one in found
    ]
    whole = sum(one.days_out for one in found)
    head = ("product", "days", f"of {DAYS}", "out", "missed, pieces", f"at price, {shown.look.shop.currency}")
    return Section(
        key="outs",
        title=title,
        most=MOST_ROWS,
        meaning=shown.look.meaning("stock_outs"),
        chart=charts.stock_outs([one.stock.title for one in worst], outs, first, last, title, shown.look.shop)
        if outs
        else None,
        alt=f"A bar is a time without any. {shown.count(len(found))} of {shown.count(len(shown.products))} products "
        f"were out, {shown.count(whole)} product-days in all; "
        f"the longest: {found[0].stock.title}, {found[0].days_out} of {DAYS} days."
        if found
        else "",
        table=table((*head, "on its way"), rows),
        empty=f"No product was out of stock in {shown.look.shop.days(first, last)}.",
    )


def missed(shown: Shown) -> Section:
    """What was asked for and not had, by product."""
    last = shown.look.view.as_of
    first = last - timedelta(days=MISSED_DAYS - 1)
    currency = shown.look.shop.currency
    title = f"Asked for and not had, {shown.look.shop.days(first, last)}, at price, {currency}"
    found = sorted(
        (one for one in shown.products if one.missed_lately),
        key=lambda one: (-one.missed_money, -one.missed_lately, one.stock.product_id),
    )
    rows = [
        (
            shown.named(one),
            shown.look.number(one.missed_lately),
            shown.look.number(one.missed_money, 2),
            shown.look.number(one.stock.on_hand),
            shown.look.number(one.stock.incoming),
            shown.look.number(one.missed),
        )
        for one in found
    ]
    whole, pieces = sum((one.missed_money for one in found), Decimal(0)), sum(one.missed_lately for one in found)
    head = ("product", "pieces", f"at price, {currency}", "on the shelf", "on its way", f"pieces in {DAYS} days")
    return Section(
        key="missed",
        title=title,
        most=MOST_ROWS,
        meaning=shown.look.meaning("product_standings"),
        chart=charts.ranked(
            [one.stock.title for one in found],
            [float(one.missed_money) for one in found],
            [f"{shown.money(one.missed_money)} · {shown.count(one.missed_lately)}" for one in found],
            title,
        )
        if found
        else None,
        alt=f"{shown.count(pieces)} pieces worth {shown.money(whole)} in all; most of {found[0].stock.title}. "
        "Behind each bar: what it comes to at today's price, and the pieces."
        if found
        else "",
        table=table(head, rows),
        empty=f"Nobody asked in vain in {shown.look.shop.days(first, last)}.",
    )


def _worth(some: Sequence[Standing]) -> Decimal:
    """What the pieces on the shelf cost the shop."""
    return sum((max(one.stock.on_hand, 0) * one.stock.unit_cost for one in some), Decimal(0))


def _at_cost(shown: Shown) -> str:
    return f"at cost, {shown.look.shop.currency}"
