"""Changes a placed order, its lines and where it ships, while its customer may still cancel it.

Locks are taken in the order that cancelling keeps too: first the order, then its products in id order. Placing locks
products only and waits for no order, shipping locks the order only, so nobody waits in a circle.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.conversation import CartLine, ChatRef
from domain.errors import (
    EmptyCart,
    OnlyVariants,
    OrderNotFound,
    ProductRetired,
    QuoteExpired,
    QuoteUnknown,
    UnknownProduct,
)
from domain.events import OrderChanged
from domain.model import Identity, Order, OrderLine, Product, Quote, Reason, StockMovement, Terms
from domain.orders.cancelling import check_open, owns
from domain.orders.money import costs_today
from domain.orders.ordering import total_quantities
from domain.orders.quoting import check_lines, quote_of
from domain.payments.settling import check_method, settle
from domain.ports import UnitOfWork
from domain.products.stocking import note_fall
from domain.promotions.applying import NO_CLAIM, Claim
from domain.promotions.holding import check_uses, put_uses
from domain.records.payments import Why


def price_change(
    uow: UnitOfWork,
    order: Order,
    cart: Sequence[CartLine],
    *,
    identity_id: int,
    terms: Terms,
    now: datetime,
    claim: Claim = NO_CLAIM,
) -> Quote:
    """The quote of what an order shall become, at today's prices.

    The promotions that it has stay usable for it, also those that are over or full by now.

    Raises:
        AlreadyCancelled, AlreadyShipped, CancelWindowClosed: the order can no longer be changed.
        EmptyCart: an order without lines is none.
        UnknownProduct, ProductRetired, BadQuantity, OutOfStock: a line cannot be sold like this.
        OnlyVariants: there would be more or less of something, which this shop does not do.
    """
    check_open(order, now)
    if not cart:
        raise EmptyCart
    wanted = {line.product_id: line.quantity for line in cart}
    products = uow.products.get(sorted({*wanted, *total_quantities(order.lines)}))
    _check(order, wanted, products, terms)
    held = tuple(one.promotion_id for one in order.discounts)
    claim = replace(claim, held=held, order_id=order.order_id)
    return quote_of(uow, cart, products, identity_id=identity_id, terms=terms, now=now, claim=claim)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What an order becomes: the lines of a quote, at an address. The difference in price is settled with a method.

    Without one, it is charged to what paid last and goes back to what paid (`domain.payments.settling.settle`).
    """

    quote_id: str
    address_id: int | None
    method_id: str | None = None


def change_order(
    uow: UnitOfWork,
    order_id: int,
    change: Change,
    *,
    identity: Identity,
    terms: Terms,
    now: datetime,
    told_in: ChatRef,
) -> tuple[Order, bool]:
    """Makes of the customer's own order what the change says; the differences in stock and in money are moved.

    Returns the order as it is now, and whether this changed it: the same quote again changes nothing, nor does one
    that holds what the order holds. Its time of placing and its window stay. `told_in` is the chat that is answered.

    Raises:
        OrderNotFound: there is none, or it is not this identity's: the answer is the same.
        AlreadyCancelled, AlreadyShipped, CancelWindowClosed: it can no longer be changed.
        QuoteUnknown: no such quote, somebody else's, or one that became another order.
        QuoteExpired: its prices are no longer held.
        PromotionUsedUp: a promotion that is new to the order has no use left.
        UnknownProduct, ProductRetired, BadQuantity, OutOfStock: a line cannot be sold; nothing was changed.
        OnlyVariants: there would be more or less of something, which this shop does not do; nothing was changed.
        MethodUnknown, GiftCardTooLow: the difference cannot be paid like this; nothing was changed.
        Busy: the order or the products are locked by others for too long.
    """
    order = uow.orders.lock(order_id)
    if order is None or not owns(identity, order):
        raise OrderNotFound(order_id)
    if order.quote_id == change.quote_id:
        return order, False
    check_open(order, now)
    quote = uow.quotes.get(change.quote_id)
    if quote is None or quote.identity_id != identity.identity_id:
        raise QuoteUnknown(change.quote_id)
    check_method(change.method_id, proven=identity.proven_email == order.hashed_email)
    held, wanted = total_quantities(order.lines), total_quantities(quote.lines)
    products = uow.products.lock([*(held | wanted)])
    if uow.orders.of_quote(change.quote_id) is not None:
        raise QuoteUnknown(change.quote_id)
    if now >= quote.expires_at:
        raise QuoteExpired(change.quote_id, quote.expires_at)
    if not differs(order, quote.lines, change.address_id) and not brings_a_code(order, quote):
        return order, False
    _check(order, wanted, products, terms)
    check_uses(
        uow,
        quote.discounts,
        hashed_email=order.hashed_email,
        proven=identity.proven_email == order.hashed_email,
        held=order.discounts,
        order_id=order_id,
    )
    changed = replace(
        order,
        lines=quote.lines,
        discount=quote.discount,
        discounts=quote.discounts,
        quote_id=change.quote_id,
        address_id=change.address_id,
        changes=order.changes + 1,
    )
    uow.orders.change(changed)
    put_uses(uow, order_id, changed.discounts, order.discounts)
    _move_differences(uow, changed, held, wanted, actor=told_in.channel, now=now)
    settle(uow, order, owed=costs_today(changed), why=Why.CHANGED, now=now, method_id=change.method_id)
    uow.record(OrderChanged(order_id=order_id, change=changed.changes, told_in=told_in))
    for product_id in wanted:
        before = products[product_id].quantity
        note_fall(uow, product_id, before, before + held.get(product_id, 0) - wanted[product_id], terms.low_stock)
    return changed, True


def differs(order: Order, lines: Sequence[OrderLine] | Sequence[CartLine], address_id: int | None) -> bool:
    """Whether products, quantities or address are other than the order's; prices alone are no change."""
    wanted: Counter[str] = Counter()
    for line in lines:
        wanted[line.product_id] += line.quantity
    return dict(wanted) != total_quantities(order.lines) or address_id != order.address_id


def brings_a_code(order: Order, quote: Quote) -> bool:
    """Whether a code takes something off that the order does not have; what comes off by itself alone is no change."""
    held = {one.promotion_id for one in order.discounts}
    return any(one.code and one.promotion_id not in held for one in quote.discounts)


def as_if_returned(products: Mapping[str, Product], order: Order) -> dict[str, Product]:
    """The products as the order's customer may have them: with what the order holds.

    Of a product that is no longer sold that is all there is.
    """
    held = total_quantities(order.lines)
    return {product_id: _with(product, held.get(product_id, 0)) for product_id, product in products.items()}


def _with(product: Product, held: int) -> Product:
    if not held:
        return product
    if product.retired_at is not None:
        return replace(product, quantity=held, retired_at=None)
    return replace(product, quantity=product.quantity + held)


def _check(order: Order, wanted: Mapping[str, int], products: Mapping[str, Product], terms: Terms) -> None:
    """As for a new order, where the order's own pieces can be had too; what is retired may stay or shrink."""
    held = total_quantities(order.lines)
    for product_id, quantity in wanted.items():
        if product_id not in products:
            raise UnknownProduct(product_id)
        if products[product_id].retired_at is not None and quantity > held.get(product_id, 0):
            raise ProductRetired(product_id)
    check_lines(dict(wanted), as_if_returned(products, order), terms.most_per_line)
    if terms.variants_only:
        _check_kinds(order, wanted, products)


def _check_kinds(order: Order, wanted: Mapping[str, int], products: Mapping[str, Product]) -> None:
    """Lets things become other variants of themselves only."""
    more: Counter[str] = Counter()
    for sign, quantities in ((1, wanted), (-1, total_quantities(order.lines))):
        for product_id, quantity in quantities.items():
            more[products[product_id].group_id or product_id] += sign * quantity
    for product_id in (*wanted, *total_quantities(order.lines)):
        if more[products[product_id].group_id or product_id]:
            raise OnlyVariants(order.order_id, product_id)


def _move_differences(
    uow: UnitOfWork, order: Order, held: Mapping[str, int], wanted: Mapping[str, int], *, actor: str, now: datetime
) -> None:
    returned = {
        product_id: held.get(product_id, 0) - wanted.get(product_id, 0) for product_id in sorted({*held, *wanted})
    }
    movements = [
        StockMovement(
            product_id=product_id,
            delta=delta,
            reason=Reason.CHANGE,
            reference=str(order.order_id),
            actor=actor,
            at=now,
        )
        for product_id, delta in returned.items()
        if delta
    ]
    if movements:
        uow.products.move(movements)
