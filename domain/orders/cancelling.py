"""Cancels an order and gives the stock back, once: its customer inside the window, the shop until it is delivered.

What has left the shop comes back into stock only if it really came back.
"""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from domain.conversation import ChatRef
from domain.errors import (
    AlreadyCancelled,
    AlreadyDelivered,
    AlreadyShipped,
    CancelWindowClosed,
    OrderNotFound,
    ParcelOut,
)
from domain.events import OrderCancelled
from domain.model import Identity, Order, OrderState, Reason, StockMovement
from domain.orders.ordering import total_quantities
from domain.payments.settling import check_method, settle
from domain.ports import UnitOfWork
from domain.promotions.holding import give_back_uses
from domain.records.payments import Why
from domain.records.shipments import ShipmentStatus

LONGEST_REASON = 300  # characters


class Fate(StrEnum):
    """What became of a parcel whose order the shop cancels."""

    BACK = "back"  # it came back, and its things can be sold
    LOST = "lost"
    DAMAGED = "damaged"


_WRITTEN_OFF = {Fate.LOST: Reason.LOST, Fate.DAMAGED: Reason.DAMAGED}


def cancel_order(
    uow: UnitOfWork,
    order_id: int,
    *,
    identity: Identity,
    actor: str,
    now: datetime,
    told_in: ChatRef | None = None,
    method_id: str | None = None,
) -> Order:
    """Cancels the customer's own order and returns its stock by movements.

    `told_in` is the chat whose answer says so; the order's own chat is told of it otherwise. What was paid goes to
    `method_id`; without one, back to what paid.

    Raises:
        OrderNotFound: there is none, or it is not this identity's: the answer is the same.
        AlreadyCancelled: nothing changes a second time.
        AlreadyShipped: the parcel is on its way.
        CancelWindowClosed: `now` is not before `cancel_until`.
        MethodUnknown: there is no such method, or it is somebody else's.
        Busy: the order or its products are locked by others for too long.
    """
    order = uow.orders.lock(order_id)
    if order is None or not owns(identity, order):
        raise OrderNotFound(order_id)
    check_open(order, now)
    check_method(method_id, proven=identity.proven_email == order.hashed_email)
    return give_back(uow, order, actor=actor, now=now, told_in=told_in, method_id=method_id)


def cancel_by_link(uow: UnitOfWork, order_id: int, *, now: datetime) -> Order:
    """As `cancel_order`, for who holds the signed link of the order's confirmation: it went to the customer alone.

    Raises:
        OrderNotFound, AlreadyCancelled, AlreadyShipped, CancelWindowClosed, Busy: see `cancel_order`.
    """
    order = uow.orders.lock(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    check_open(order, now)
    return give_back(uow, order, actor="link", now=now)


def check_open(order: Order, now: datetime) -> None:
    """The rule for customers, in every channel: an order is theirs to change until it is shipped or its window closed.

    Raises:
        AlreadyCancelled, AlreadyShipped, CancelWindowClosed: it is not.
    """
    if order.state is OrderState.CANCELLED:
        raise AlreadyCancelled(order.order_id, order.cancelled_at or now)
    if order.state is not OrderState.PLACED:
        raise AlreadyShipped(order.order_id, order.shipped_at or now)
    if now >= order.cancel_until:
        raise CancelWindowClosed(order.order_id, order.cancel_until)


def cancel_for_shop(
    uow: UnitOfWork, order_id: int, *, reason: str, actor: str, now: datetime, fate: Fate | None = None
) -> Order:
    """Cancels any order that is not delivered yet, whatever its window, and tells its customer why.

    `fate` is what became of the parcel; of an order that has not left it says nothing.

    Raises:
        OrderNotFound: no such order.
        AlreadyCancelled: nothing changes a second time.
        AlreadyDelivered: the customer has it.
        ParcelOut: it has left the shop, and nobody said what became of it.
        Busy: the order or its products are locked by others for too long.
    """
    order = uow.orders.lock(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    if order.state is OrderState.CANCELLED:
        raise AlreadyCancelled(order_id, order.cancelled_at or now)
    if order.state is OrderState.DELIVERED:
        raise AlreadyDelivered(order_id, order.delivered_at or now)
    if order.state is not OrderState.SHIPPED:
        fate = None
    elif fate is None:
        raise ParcelOut(order_id)
    return give_back(uow, order, actor=actor, now=now, reason=reason, fate=fate)


def give_back(
    uow: UnitOfWork,
    order: Order,
    *,
    actor: str,
    now: datetime,
    reason: str = "",
    told_in: ChatRef | None = None,
    fate: Fate | None = None,
    method_id: str | None = None,
) -> Order:
    """Marks a locked order as cancelled, returns its stock, its uses of promotions and what was paid.

    It asks about no window or owner.

    What a `fate` took is written off again at once, so that the movements tell where it went.
    """
    quantities = total_quantities(order.lines)
    uow.products.lock(list(quantities))

    def move(sign: int, why: Reason) -> None:
        uow.products.move(
            [
                StockMovement(
                    product_id=product_id,
                    delta=sign * quantity,
                    reason=why,
                    reference=str(order.order_id),
                    actor=actor,
                    at=now,
                )
                for product_id, quantity in quantities.items()
            ]
        )

    move(1, Reason.RETURN if fate is Fate.BACK else Reason.CANCEL)
    if fate in _WRITTEN_OFF:
        move(-1, _WRITTEN_OFF[fate])
    if fate is not None:
        uow.shipments.miss(order.order_id, ShipmentStatus.LOST if fate is Fate.LOST else ShipmentStatus.RETURNED)
    uow.orders.change_state(order.order_id, OrderState.CANCELLED, now)
    give_back_uses(uow, order.order_id, order.discounts, now)
    settle(uow, order, owed=Decimal(0), why=Why.CANCELLED, now=now, method_id=method_id)
    uow.record(OrderCancelled(order_id=order.order_id, reason=reason, told_in=told_in))
    return order


def owns(identity: Identity, order: Order) -> bool:
    """Whether an order is this identity's: placed by it, or under its proven e-mail."""
    return order.identity_id == identity.identity_id or (
        identity.proven_email is not None and order.hashed_email == identity.proven_email
    )
