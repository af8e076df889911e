"""Shipping: what left is a row, which ends as its order does, also where a file told of it first."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from domain.errors import AlreadyCancelled, AlreadyDelivered, AlreadyShipped, NotShipped
from domain.model import Identity
from domain.orders.cancelling import Fate, cancel_for_shop, cancel_order
from domain.orders.shipping import deliver_order, ship_order
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import ADA, NOW, SECOND, make_product, place, stock

UnitOfWork = Callable[[], PostgresUnitOfWork]
SHIPPED, ARRIVED = NOW + SECOND, NOW + 2 * SECOND


@pytest.fixture
def order_id(unit_of_work: UnitOfWork) -> int:
    with unit_of_work() as uow:
        stock(uow, make_product(name="Mug"))
        return place(uow, {"MUG": 2}).order_id


def shipments(uow: PostgresUnitOfWork) -> list[tuple[Any, ...]]:
    rows = "SELECT order_id, status, shipped_at, delivered_at FROM shop.shipment ORDER BY shipment_id"
    return [tuple(row) for row in uow.connection.execute(text(rows))]


def test_an_order_leaves_and_arrives_once(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        with pytest.raises(NotShipped):
            deliver_order(uow, order_id, now=SHIPPED)
        assert shipments(uow) == []
        ship_order(uow, order_id, now=SHIPPED)
        assert shipments(uow) == [(order_id, "shipped", SHIPPED, None)]
        with pytest.raises(AlreadyShipped):
            ship_order(uow, order_id, now=ARRIVED)
        deliver_order(uow, order_id, now=ARRIVED)
        with pytest.raises(AlreadyDelivered):
            deliver_order(uow, order_id, now=ARRIVED + SECOND)
        assert shipments(uow) == [(order_id, "delivered", SHIPPED, ARRIVED)]


@pytest.mark.parametrize(("fate", "status"), [(Fate.BACK, "returned"), (Fate.DAMAGED, "returned"), (Fate.LOST, "lost")])
def test_what_the_shop_cancels_on_its_way_did_not_arrive(
    unit_of_work: UnitOfWork, order_id: int, fate: Fate, status: str
) -> None:
    with unit_of_work() as uow:
        ship_order(uow, order_id, now=SHIPPED)
        cancel_for_shop(uow, order_id, reason="", actor="test", now=ARRIVED, fate=fate)
        assert shipments(uow) == [(order_id, status, SHIPPED, None)]


def test_an_order_that_was_cancelled_before_it_left_has_none(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        cancel_order(uow, order_id, identity=Identity(identity_id=ADA), actor="web", now=SHIPPED)
        with pytest.raises(AlreadyCancelled):
            ship_order(uow, order_id, now=SHIPPED)
        other = place(uow, {"MUG": 1}).order_id
        cancel_for_shop(uow, other, reason="", actor="test", now=SHIPPED, fate=Fate.LOST)
        assert shipments(uow) == []


@pytest.mark.parametrize(("told", "left"), [(None, SHIPPED), (NOW, NOW)])
def test_what_a_file_told_of_is_what_left(
    unit_of_work: UnitOfWork, order_id: int, told: datetime | None, left: datetime
) -> None:
    with unit_of_work() as uow:
        file = "INSERT INTO shop.shipment (order_id, reference, status, shipped_at) VALUES (:it, 'S1', :status, :at)"
        values = {"it": order_id, "status": "shipped" if told else "pending", "at": told}
        uow.connection.execute(text(file), values)
        ship_order(uow, order_id, now=SHIPPED)
        assert shipments(uow) == [(order_id, "shipped", left, None)]
        deliver_order(uow, order_id, now=ARRIVED)
        assert shipments(uow) == [(order_id, "delivered", left, ARRIVED)]
