"""Requests a return or an exchange of delivered pieces; what takes their place is set aside at once.

Locks are taken as cancelling does: the order, then products in id order. Whoever changes a return locks its order
first, so that no piece comes back twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.conversation import ChatRef
from domain.errors import (
    AlreadyCancelled,
    AlreadyReturned,
    BadQuantity,
    GiftCardTooLow,
    MethodUnknown,
    NotDelivered,
    NotInOrder,
    OrderNotFound,
    OtherGroup,
    ReplacementSoldOut,
    ReturnsUsedUp,
    ReturnWindowClosed,
)
from domain.model import Identity, Order, OrderState, Product, Terms
from domain.orders.cancelling import owns
from domain.ports import UnitOfWork
from domain.products.stocking import note_fall
from domain.records.returns import NOTHING, Return, ReturnKind, ReturnLine, ReturnReason, ReturnState
from domain.returns.moving import set_aside, tell
from domain.returns.reckoning import count, held, taken_from, without


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """So many pieces of a product that shall come back, and what shall take their place, if anything."""

    product_id: str
    quantity: int
    replacement_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnWish:
    """What somebody wants to give back of an order, and for what: everything for money, or everything for something.

    `method_id` is where money goes, or comes from; empty is what paid for the order.
    """

    items: tuple[Item, ...]
    reason: ReturnReason = ReturnReason.OTHER
    method_id: str = ""

    @property
    def kind(self) -> ReturnKind:
        """Whether it is a return or an exchange."""
        replaced = {bool(item.replacement_id) for item in self.items}
        if len(replaced) != 1:
            raise ValueError("an exchange has a replacement for everything, a return for nothing")
        return ReturnKind.EXCHANGE if True in replaced else ReturnKind.RETURN


def closes_at(order: Order, terms: Terms) -> datetime:
    """Until when something of a delivered order can come back."""
    return (order.delivered_at or order.placed_at) + terms.return_window


def returnable(uow: UnitOfWork, order: Order, terms: Terms, now: datetime) -> dict[str, int]:
    """How many pieces of which products can come back; empty where nothing can."""
    if order.state is not OrderState.DELIVERED or now >= closes_at(order, terms):
        return {}
    returns = uow.returns.of_order(order.order_id)
    try:
        _check_order(order, returns, terms, now)
    except ReturnsUsedUp:
        return {}
    pieces = held(order, returns)
    return {one.product_id: count(pieces, one.product_id) for one in pieces}


def check_order(uow: UnitOfWork, order: Order, terms: Terms, now: datetime) -> None:
    """Says why nothing of an order can come back, whatever the customer has of it.

    Raises:
        NotDelivered, AlreadyCancelled, ReturnWindowClosed, ReturnsUsedUp: see `check_return`.
    """
    _check_order(order, uow.returns.of_order(order.order_id), terms, now)


def check_return(
    uow: UnitOfWork, order: Order, wish: ReturnWish, terms: Terms, now: datetime
) -> tuple[ReturnLine, ...]:
    """What would come back, what was paid for it, and what would take its place at today's prices. Nothing is changed.

    Raises:
        NotDelivered, AlreadyCancelled: the customer does not have the order.
        ReturnWindowClosed: `now` is not before it closes.
        ReturnsUsedUp: the shop takes no more returns of the order.
        NotInOrder, AlreadyReturned, BadQuantity: the customer does not have so many pieces of it.
        OtherGroup, ReplacementSoldOut: that cannot take its place.
        MethodUnknown, GiftCardTooLow: money cannot go there, or so much not come from there.
    """
    products = uow.products.get(_ids(wish.items))
    lines = _checked(order, uow.returns.of_order(order.order_id), wish.items, products, terms, now)
    _check_method(uow, order, lines, wish.method_id)
    return lines


def request_return(
    uow: UnitOfWork,
    order_id: int,
    wish: ReturnWish,
    *,
    identity: Identity,
    terms: Terms,
    now: datetime,
    told_in: ChatRef,
) -> Return:
    """Notes that pieces of the customer's own order come back, and sets aside what takes their place.

    `told_in` is the chat that is answered.

    Raises:
        OrderNotFound: there is none, or it is not this identity's: the answer is the same.
        NotDelivered, AlreadyCancelled, ReturnWindowClosed, ReturnsUsedUp, NotInOrder, AlreadyReturned, BadQuantity,
        OtherGroup, ReplacementSoldOut, MethodUnknown, GiftCardTooLow: see `check_return`; nothing was changed.
        Busy: the order or the products are locked by others for too long.
    """
    order = uow.orders.lock(order_id)
    if order is None or not owns(identity, order):
        raise OrderNotFound(order_id)
    products = uow.products.lock(_ids(wish.items))
    before = uow.returns.of_order(order_id)
    lines = _checked(order, before, wish.items, products, terms, now)
    _check_method(uow, order, lines, wish.method_id)
    requested = uow.returns.add(
        Return(
            return_id=0,
            order_id=order_id,
            kind=wish.kind,
            lines=lines,
            reason=wish.reason,
            method_id=wish.method_id,
            requested_at=now,
        )
    )
    for product_id, quantity in set_aside(uow, requested, -1, actor=told_in.channel, now=now).items():
        there = products[product_id].quantity
        note_fall(uow, product_id, there, there - quantity, terms.low_stock)
    tell(uow, requested, told_in=told_in)
    return requested


def _checked(
    order: Order,
    before: Sequence[Return],
    wanted: Sequence[Item],
    products: Mapping[str, Product],
    terms: Terms,
    now: datetime,
) -> tuple[ReturnLine, ...]:
    _check_order(order, before, terms, now)
    pieces = held(order, before)
    lines: list[ReturnLine] = []
    for item in wanted:
        left = count(pieces, item.product_id)
        if not left and not _was_in(order, before, item.product_id):
            raise NotInOrder(order.order_id, item.product_id)
        if item.quantity < 1:
            raise BadQuantity(item.product_id, item.quantity, left)
        if item.quantity > left:
            raise AlreadyReturned(order.order_id, item.product_id, item.quantity, left)
        taken = taken_from(pieces, item.product_id, item.quantity)
        pieces = without(pieces, taken)
        lines += [_replaced(line, item, products) for line in taken]
    _check_stock(wanted, products)
    return tuple(lines)


def _check_order(order: Order, before: Iterable[Return], terms: Terms, now: datetime) -> None:
    if order.state is OrderState.CANCELLED:
        raise AlreadyCancelled(order.order_id, order.cancelled_at or now)
    if order.state is not OrderState.DELIVERED:
        raise NotDelivered(order.order_id)
    if now >= (closed := closes_at(order, terms)):
        raise ReturnWindowClosed(order.order_id, closed)
    most = terms.returns_per_order
    if most is not None and sum(one.state is not ReturnState.CALLED_OFF for one in before) >= most:
        raise ReturnsUsedUp(order.order_id, most)


def _was_in(order: Order, before: Iterable[Return], product_id: str) -> bool:
    """Whether the customer ever had the product by this order."""
    had = {line.product_id for line in order.lines}
    had |= {line.replacement_id for one in before if one.state is ReturnState.REPLACED for line in one.lines}
    return product_id in had


def _replaced(line: ReturnLine, item: Item, products: Mapping[str, Product]) -> ReturnLine:
    """A line with what takes its place: at today's price, but the same once more at the price that it had."""
    if not item.replacement_id:
        return line
    old, new = products.get(item.product_id), products.get(item.replacement_id)
    if new is None or old is None or not may_replace(old, new):
        raise OtherGroup(item.product_id, item.replacement_id)
    price = line.unit_price if new.product_id == old.product_id else new.sale_price
    return replace(line, replacement_id=new.product_id, replacement_price=price)


def may_replace(old: Product, new: Product) -> bool:
    """Whether one may come in the place of the other: another variant of it, or the same once more."""
    return old.product_id == new.product_id or (bool(old.group_id) and old.group_id == new.group_id)


def _check_stock(wanted: Sequence[Item], products: Mapping[str, Product]) -> None:
    asked: Counter[str] = Counter()
    for item in wanted:
        if item.replacement_id:
            asked[item.replacement_id] += item.quantity
    for product_id, quantity in asked.items():
        product = products[product_id]
        available = product.quantity if product.retired_at is None else 0
        if available < quantity:
            raise ReplacementSoldOut(product_id, quantity, available)


def _check_method(uow: UnitOfWork, order: Order, lines: Sequence[ReturnLine], method_id: str) -> None:
    """Nothing is paid before the parcel is here; but what could not pay today is refused today."""
    if not method_id:
        return
    method = uow.payments.methods([method_id]).get(method_id)
    if method is None or method.hashed_email not in ("", order.hashed_email):
        raise MethodUnknown(method_id)
    more, left = -sum((line.back for line in lines), NOTHING), method.balance
    if left is not None and more > left:
        raise GiftCardTooLow(method_id, method.label, left, more)


def _ids(wanted: Iterable[Item]) -> list[str]:
    return sorted({one for item in wanted for one in (item.product_id, item.replacement_id) if one})
