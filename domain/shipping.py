"""Sends an order on its way; from then on it cannot be cancelled."""

from datetime import datetime

from domain.errors import AlreadyCancelled, AlreadyShipped, OrderNotFound
from domain.model import Order, OrderState
from domain.ports import UnitOfWork


def ship_order(uow: UnitOfWork, order_id: int, *, now: datetime) -> Order:
    """Marks a placed order as shipped.

    Raises:
        OrderNotFound: no such order.
        AlreadyCancelled: its customer was faster.
        AlreadyShipped: it left before.
        Busy: the order is locked by others for too long.
    """
    order = uow.orders.lock(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    if order.state is OrderState.CANCELLED:
        raise AlreadyCancelled(order_id, order.cancelled_at or now)
    if order.state is not OrderState.PLACED:
        raise AlreadyShipped(order_id, order.shipped_at or now)
    uow.orders.change_state(order_id, OrderState.SHIPPED, now)
    return order
