"""What staff reads of supply: what to order and why, suppliers, what is on its way, what there is too much of."""

from datetime import date
from decimal import Decimal

from bot.phrases.wording import listed
from bot.shop import Shop
from domain import errors
from domain.products.reordering import MOST_COVER, Line, SupplierOrder
from domain.records.auditing import Entry
from domain.records.purchases import Purchase, PurchaseLine
from domain.records.supply import DemandAsOf, Stock, SupplierTerms

REORDER = "To reorder"
NOTHING_DUE = "Nothing is to be reordered: everything lasts until its next delivery, or is on its way."
NOT_PREDICTED = (
    "No demand is predicted yet, so I cannot say what to order. It is predicted every night after the warehouse is "
    "built; whoever runs the shop can do that now with `parley analytics build`. "
    "Until then /inventory low shows what is almost gone."
)
NONE_OF_IT_PREDICTED = "Nothing is predicted of it: the last prediction did not know it, or had too little to go by."
OVERSTOCK = f"More than {MOST_COVER // 7} weeks of stock, or nothing sold in half a year"
NO_OVERSTOCK = "Nothing lies longer than it should."
ONLY_DEAD = "No demand is predicted yet, so this lists only what nobody bought in half a year."
INCOMING = "On its way"
NOTHING_INCOMING = "Nothing is on its way. /inventory reorder shows what to order."
SUPPLIERS = "Suppliers"
NO_SUPPLIERS = "There are no products, so there are no suppliers."
WHAT_OF_SUPPLIER = "What is agreed with them?"
WHICH_SUPPLIER = "Which supplier?"
WHICH_PURCHASE = "Which order? /inventory incoming lists them."
ONLY_HERE = "Tell the supplier: this only writes it down here."
YOU = "you"
ORDERED = "ordered"
RECEIVED = "received"
SILENT = "silent until"
STATE = "state"
ON_HAND = "on the shelf"
COMING = "on its way"
A_WEEK = "sold a week"
LOST = "of that not had"
COVER = "lasts"
LEAD = "until a delivery comes"
POINT = "ordered at or below"
UP_TO = "ordered up to"
CLASS = "class"
SERVICE = "to be had"
SUGGESTED = "to order"
EXPECTED = "expected"
LABELS = {
    "lead": "lead time in days",
    "minimum": "least pieces of an order",
    "amount": "least amount of an order",
    "pack": "pieces in an order pack",
    "name": "name",
}


def days(shop: Shop, cover: float | None) -> str:
    """For how long something lasts."""
    if cover is None:
        return "for ever"
    return shop.counted(round(cover), "day")


def purchase(*, number: int) -> str:
    """What an order to a supplier is called."""
    return f"P{number}"


def heading(shop: Shop, order: SupplierOrder) -> str:
    """Above a supplier's lines: the whole of what is to be ordered there, and what a minimum lacks."""
    whole = f"{order.terms.title}: {shop.counted(order.pieces, 'piece')}, {shop.money(order.amount)}"
    lacks = [shop.counted(order.missing_pieces, "piece")] if order.missing_pieces else []
    lacks += [shop.money(order.missing_amount)] if order.missing_amount else []
    return f"{whole}; {listed(lacks)} short of their minimum" if lacks else whole


def line(shop: Shop, place: int, line: Line) -> str:
    """A line: what, and how many."""
    stock = line.stock
    named = stock.title if stock.title == stock.product_id else f"{stock.title} · {stock.product_id}"
    packs = f" ({line.packs} × {line.pack})" if line.pack > 1 else ""
    return f"{place}. {named} · order {shop.number(line.quantity)}{packs}"


def reason(shop: Shop, line: Line) -> str:
    """Below it: why."""
    stock = line.stock
    parts = [f"{shop.number(stock.on_hand)} left" if stock.on_hand else "none left"]
    parts += [f"{shop.number(stock.incoming)} coming"] if stock.incoming else []
    weekly = f"{shop.rounded(line.weekly)} a week"
    parts.append(f"lasts {days(shop, stock.cover)} at {weekly}" if stock.on_hand else f"{weekly} wanted")
    if line.lost_weekly:
        parts.append(f"{shop.rounded(line.lost_weekly)} of them asked for in vain")
    parts.append(f"a delivery takes {days(shop, line.lead_days)}")
    if line.topped_up:
        parts.append(f"{shop.number(line.topped_up)} are for the minimum")
    return "; ".join(parts)


def as_of(shop: Shop, predicted: DemandAsOf) -> str:
    """How old the prediction is."""
    return f"By the demand predicted from sales up to {shop.month_day(predicted.as_of)}."


def why(shop: Shop, line: Line | None, stock: Stock) -> str:
    """What it comes to."""
    if line is None and stock.incoming:
        return "Nothing is to be ordered: with what is on its way there is enough."
    if line is None:
        return "Nothing is to be ordered: more is on the shelf than it is ordered at."
    lacking = stock.demand.order_up_to - stock.position if stock.demand else 0
    rounded = f", in packs of {line.pack}" if line.pack > 1 else ""
    topped = f", {shop.number(line.topped_up)} of them for the minimum" if line.topped_up else ""
    return f"{shop.number(lacking)} are missing up to the level{rounded}: order {shop.number(line.quantity)}{topped}."


def ordered(shop: Shop, *, number: int, title: str, quantity: int, expected: date) -> str:
    """Something was ordered."""
    what = f"{shop.number(quantity)} × {title}"
    return f"{what} are on order {purchase(number=number)}, expected {shop.month_day(expected)}."


def snoozed(*, title: str, until: str) -> str:
    """Nobody hears of it for a while."""
    return f"I say nothing more of {title} until {until}."


def idle(shop: Shop, place: int, stock: Stock, *, dead: bool, since: str) -> str:
    """What there is too much of: how much, its class, and for how long it lasts or lies."""
    named = stock.title if stock.title == stock.product_id else f"{stock.title} · {stock.product_id}"
    classes = f" · {stock.demand.abc}{stock.demand.xyz}" if stock.demand else ""
    lasts = f"lasts {days(shop, stock.cover)}" if stock.demand is not None else ""
    lies = f"nothing sold since {since}" if dead else ""
    return f"{place}. {named}{classes} · {shop.number(stock.on_hand)} left · {', '.join(filter(None, (lasts, lies)))}"


def purchase_line(shop: Shop, *, title: str, line: PurchaseLine) -> str:
    """A line of an order: how many came of how many."""
    return f"{title}: {shop.number(line.received)} of {shop.number(line.ordered)} came"


def purchase_head(shop: Shop, *, order: Purchase, supplier: str, today: date) -> str:
    """An order to a supplier: which, of whom, until when."""
    late = ", late" if order.expected_on < today else ""
    return f"{purchase(number=order.purchase_id)} · {supplier} · ordered {shop.month_day(order.day)}, " + (
        f"expected {shop.month_day(order.expected_on)}{late}"
    )


def counted(shop: Shop, *, number: int, pieces: int, line: PurchaseLine) -> str:
    """What of a restock was ordered, and what of the order is still to come."""
    came = f"{shop.number(line.received)} of {shop.number(line.ordered)} came"
    said = f"{shop.number(pieces)} of them are of order {purchase(number=number)}: {came}"
    if line.received > line.ordered:
        return f"{said}, {shop.number(line.received - line.ordered)} more than ordered."
    return f"{said}, {shop.number(line.incoming)} still to come." if line.incoming else f"{said}, so that is all."


def called_off(*, number: int) -> str:
    """Nothing more is to come."""
    return f"Nothing more is expected of order {purchase(number=number)}."


def supplier_row(shop: Shop, *, terms: SupplierTerms, products: int) -> str:
    """A supplier with how many products come from there."""
    name = f"{terms.supplier_id} · {terms.name}" if terms.name else terms.supplier_id
    return f"{name} · {shop.counted(products, 'product')}"


def agreed(shop: Shop, terms: SupplierTerms) -> str:
    """What is agreed with a supplier."""
    parts = ["lead time as usual" if terms.lead_days is None else f"{days(shop, terms.lead_days)} of lead time"]
    parts += [f"packs of {terms.order_pack}"] if terms.order_pack > 1 else []
    parts += [f"at least {shop.counted(terms.minimum_pieces, 'piece')}"] if terms.minimum_pieces else []
    parts += [f"at least {shop.money(terms.minimum_amount)}"] if terms.minimum_amount else []
    return ", ".join(parts)


def unknown_term(*, word: str) -> str:
    """A word where the name of a term was expected."""
    return f"“{word[:40]}” is nothing that is agreed with a supplier; there are lead, minimum, amount, pack and name."


def bad_term(*, name: str, text: str) -> str:
    """A value that a term cannot have."""
    return f"“{text[:40]}” is no {LABELS[name]}."


def fact(shop: Shop, name: str, value: str) -> str:
    """A term's value for people's eyes."""
    if name == "amount" and value:
        return shop.money(Decimal(value)) if Decimal(value) else "none"
    if name == "lead":
        return value or "as usual"
    return "none" if name == "minimum" and value == "0" else value or "none"


def not_due(shop: Shop, error: errors.NotDue) -> str:
    """Nothing was ordered, because it need not be."""
    if error.purchase_id is not None:
        return (
            f"{error.product_id} is on order already: {shop.number(error.incoming)} are coming, "
            f"the latest with {purchase(number=error.purchase_id)}. Nothing was ordered a second time."
        )
    there = f"{shop.number(error.on_hand)} are on the shelf"
    return f"{error.product_id} need not be ordered any more: {there}. Nothing was ordered."


def no_purchase(*, number: int) -> str:
    """A number that no order to a supplier has, or a product that it has not."""
    return f"There is no order {purchase(number=number)} to a supplier, or not of that. /inventory incoming lists them."


def purchase_closed(*, number: int, state: str) -> str:
    """Nothing is to come of it."""
    what = "is cancelled" if state == "cancelled" else "has come"
    return f"Order {purchase(number=number)} {what}, as far as that goes. Nothing was changed."


def no_supplier(*, supplier_id: str) -> str:
    """An id that no product's supplier has."""
    return f"No product comes from “{supplier_id[:40]}”. /inventory suppliers lists who there is."


def entry_line(*, at: str, who: str, entry: Entry, facts: list[str]) -> str:
    """An audit entry about supply in one line: when, who, what, from → to, its number."""
    product = entry.changed_to.get("product", "")
    undone = ", undone" if entry.undone_at else ""
    what = " · ".join(filter(None, (entry.action, product, ", ".join(facts))))
    return f"{at} · {who} · {what} (#{entry.entry_id}{undone})"


# To the admins' channel.
def weekly(shop: Shop, *, lines: int, suppliers: int) -> str:
    """The week's notice."""
    products = "1 product is" if lines == 1 else f"{shop.number(lines)} products are"
    of = "one supplier" if suppliers == 1 else f"{suppliers} suppliers"
    return f"{products} to be reordered, of {of}:"


def more_suppliers(*, count: int) -> str:
    """Those that the notice does not name."""
    return f"… and {count} more" if count > 0 else ""


def supplier_line(shop: Shop, *, order: SupplierOrder) -> str:
    """A supplier in the week's notice: how many products and pieces, and what is almost gone."""
    first = order.lines[0].stock
    products = shop.counted(len(order.lines), "product")
    soonest = f"{first.title} is gone" if not first.on_hand else f"{first.title} lasts {days(shop, first.cover)}"
    return f"{order.terms.title}: {products}, {shop.counted(order.pieces, 'piece')}; {soonest}"


def lost(shop: Shop, *, pieces: int, most: str, count: int) -> str:
    """What customers asked for in vain in a week."""
    whole = shop.counted(pieces, "piece")
    return f"Asked for in vain in the last 7 days: {whole}, most of {most} ({shop.number(count)})."


def late(*, orders: list[int]) -> str:
    """Orders that should have come."""
    return f"Late: {listed([purchase(number=one) for one in orders])}. /inventory incoming shows them."


def of_state(shop: Shop, stock: Stock, quantity: int) -> str:
    """A product's stock is low or out: how long it lasts, what comes, what to order."""
    named = f"{stock.title} ({stock.product_id})"
    lead = (
        f"Low: {named}, {shop.number(stock.on_hand)} left, lasts {days(shop, stock.cover)}"
        if stock.on_hand
        else f"Sold out: {named}"
    )
    parts = [lead, *([f"{shop.number(stock.incoming)} coming"] if stock.incoming else [])]
    parts += [f"order {shop.number(quantity)}"] if quantity else []
    return "; ".join(parts)


def more_products(shop: Shop, *, count: int) -> str:
    """Those whose state changed too."""
    return f"… and {shop.number(count)} more: /inventory reorder" if count > 0 else ""
