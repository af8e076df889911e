"""Places an order: locks the products in id order, checks every line, takes the stock, stores the order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import QuoteExpired, QuoteUnknown
from domain.events import OrderPlaced
from domain.model import Order, OrderLine, Reason, StockMovement, Terms
from domain.orders.quoting import check_lines
from domain.payments.settling import check_method, first_charge
from domain.ports import UnitOfWork
from domain.products.stocking import note_fall
from domain.promotions.holding import check_uses, put_uses
from domain.records.payments import INVOICE


@dataclass(frozen=True, kw_only=True, slots=True)
class Buyer:
    """Who places an order, under which e-mail, whether that is proven, where it goes, what pays it, and the channel."""

    identity_id: int
    hashed_email: str
    proven: bool = False
    address_id: int | None = None
    method_id: str = INVOICE.method_id
    source: str


def place_quote(uow: UnitOfWork, quote_id: str, buyer: Buyer, *, terms: Terms, now: datetime) -> tuple[Order, bool]:
    """Turns a quote into an order, once: a second call returns the same order and False.

    The customer pays the quote's prices, whatever became of them since.

    Raises:
        QuoteUnknown: no such quote, or somebody else's.
        QuoteExpired: its prices are no longer held.
        PromotionUsedUp: a promotion has no use left.
        UnknownProduct, ProductRetired, BadQuantity, OutOfStock, MethodUnknown, GiftCardTooLow, Busy: see `place_order`.
    """
    quote = uow.quotes.get(quote_id)
    if quote is None or quote.identity_id != buyer.identity_id:
        raise QuoteUnknown(quote_id)
    uow.products.lock(list(total_quantities(quote.lines)))  # a second confirmation waits here for the first
    placed = uow.orders.of_quote(quote_id)
    if placed is not None:
        return placed, False
    if now >= quote.expires_at:
        raise QuoteExpired(quote_id, quote.expires_at)
    check_uses(uow, quote.discounts, hashed_email=buyer.hashed_email, proven=buyer.proven)
    check_method(buyer.method_id, proven=buyer.proven)
    order = Order(
        order_id=0,
        hashed_email=buyer.hashed_email,
        lines=quote.lines,
        placed_at=now,
        cancel_until=now + terms.cancel_window,
        identity_id=buyer.identity_id,
        quote_id=quote.quote_id,
        address_id=buyer.address_id,
        source=buyer.source,
        discount=quote.discount,
        discounts=quote.discounts,
    )
    return place_order(uow, order, terms=terms, method_id=buyer.method_id), True


def place_order(uow: UnitOfWork, order: Order, *, terms: Terms, method_id: str = INVOICE.method_id) -> Order:
    """Takes the stock for `order`, charges it and stores it; its number is given by the storage.

    Raises:
        UnknownProduct, ProductRetired, BadQuantity: a line cannot be sold.
        OutOfStock: the stock does not reach; nothing was taken.
        MethodUnknown: it cannot be paid like this.
        GiftCardTooLow: the gift card does not cover all of it.
        Busy: the products are locked by others for too long.
    """
    quantities = total_quantities(order.lines)
    products = uow.products.lock(list(quantities))
    check_lines(quantities, products, terms.most_per_line)
    placed = uow.orders.add(order, first_charge(uow, order, method_id))
    put_uses(uow, placed.order_id, order.discounts)
    uow.products.move(
        [
            StockMovement(
                product_id=product_id,
                delta=-quantity,
                reason=Reason.ORDER,
                reference=str(placed.order_id),
                actor=order.source,
                at=order.placed_at,
            )
            for product_id, quantity in quantities.items()
        ]
    )
    uow.record(OrderPlaced(order_id=placed.order_id))
    for product_id, quantity in quantities.items():
        before = products[product_id].quantity
        note_fall(uow, product_id, before, before - quantity, terms.low_stock)
    return placed


def total_quantities(lines: Sequence[OrderLine]) -> dict[str, int]:
    """How many of each product the lines ask for together."""
    totals: Counter[str] = Counter()
    for line in lines:
        totals[line.product_id] += line.quantity
    return dict(totals)


def price_difference(old: Sequence[OrderLine], new: Sequence[OrderLine]) -> tuple[tuple[OrderLine, OrderLine], ...]:
    """The lines of products that had another price before, as (old, new) pairs."""
    before = {line.product_id: line for line in old}
    return tuple(
        (before[line.product_id], line)
        for line in new
        if line.product_id in before and before[line.product_id].unit_price != line.unit_price
    )
