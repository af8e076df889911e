"""Sends an order on its way and notes its arrival; from then on its customer cannot cancel it."""

from datetime import datetime

from domain.errors import AlreadyCancelled, AlreadyDelivered, AlreadyShipped, NotShipped, OrderNotFound
from domain.events import OrderDelivered, OrderShipped
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
    uow.record(OrderShipped(order_id=order_id))
    return order


def deliver_order(uow: UnitOfWork, order_id: int, *, now: datetime) -> Order:
    """Marks a shipped order as delivered.

    Raises:
        OrderNotFound: no such order.
        AlreadyCancelled: there is nothing on its way.
        NotShipped: it has not left yet.
        AlreadyDelivered: it arrived before.
        Busy: the order is locked by others for too long.
    """
    order = uow.orders.lock(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    if order.state is OrderState.CANCELLED:
        raise AlreadyCancelled(order_id, order.cancelled_at or now)
    if order.state is OrderState.DELIVERED:
        raise AlreadyDelivered(order_id, order.delivered_at or now)
    if order.state is not OrderState.SHIPPED:
        raise NotShipped(order_id)
    uow.orders.change_state(order_id, OrderState.DELIVERED, now)
    uow.record(OrderDelivered(order_id=order_id))
    return order
