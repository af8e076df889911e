"""Cancels an order and gives the stock back, once: its customer inside the window, the shop until it is delivered."""

from datetime import datetime

from domain.errors import AlreadyCancelled, AlreadyDelivered, AlreadyShipped, CancelWindowClosed, OrderNotFound
from domain.events import OrderCancelled
from domain.model import Identity, Order, OrderState, Reason, StockMovement
from domain.ordering import total_quantities
from domain.ports import UnitOfWork


def cancel_order(uow: UnitOfWork, order_id: int, *, identity: Identity, actor: str, now: datetime) -> Order:
    """Cancels the customer's own order and returns its stock by movements.

    Raises:
        OrderNotFound: there is none, or it is not this identity's: the answer is the same.
        AlreadyCancelled: nothing changes a second time.
        AlreadyShipped: the parcel is on its way.
        CancelWindowClosed: `now` is not before `cancel_until`.
        Busy: the order or its products are locked by others for too long.
    """
    order = uow.orders.lock(order_id)
    if order is None or not _owns(identity, order):
        raise OrderNotFound(order_id)
    if order.state is OrderState.CANCELLED:
        raise AlreadyCancelled(order_id, order.cancelled_at or now)
    if order.state is not OrderState.PLACED:
        raise AlreadyShipped(order_id, order.shipped_at or now)
    if now >= order.cancel_until:
        raise CancelWindowClosed(order_id, order.cancel_until)
    return give_back(uow, order, actor=actor, now=now)


def cancel_for_shop(uow: UnitOfWork, order_id: int, *, reason: str, actor: str, now: datetime) -> Order:
    """Cancels any order that is not delivered yet, whatever its window, and tells its customer why.

    Raises:
        OrderNotFound: no such order.
        AlreadyCancelled: nothing changes a second time.
        AlreadyDelivered: the customer has it.
        Busy: the order or its products are locked by others for too long.
    """
    order = uow.orders.lock(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    if order.state is OrderState.CANCELLED:
        raise AlreadyCancelled(order_id, order.cancelled_at or now)
    if order.state is OrderState.DELIVERED:
        raise AlreadyDelivered(order_id, order.delivered_at or now)
    return give_back(uow, order, actor=actor, now=now, reason=reason)


def give_back(uow: UnitOfWork, order: Order, *, actor: str, now: datetime, reason: str = "") -> Order:
    """Marks a locked order as cancelled and returns its stock; asks no questions about window or owner."""
    quantities = total_quantities(order.lines)
    uow.products.lock(list(quantities))
    uow.products.move(
        [
            StockMovement(
                product_id=product_id,
                delta=quantity,
                reason=Reason.CANCEL,
                reference=str(order.order_id),
                actor=actor,
                at=now,
            )
            for product_id, quantity in quantities.items()
        ]
    )
    uow.orders.change_state(order.order_id, OrderState.CANCELLED, now)
    uow.record(OrderCancelled(order_id=order.order_id, reason=reason))
    return order


def _owns(identity: Identity, order: Order) -> bool:
    return order.identity_id == identity.identity_id or (
        identity.proven_email is not None and order.hashed_email == identity.proven_email
    )
