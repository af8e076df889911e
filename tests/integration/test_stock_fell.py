"""`StockFell` is recorded once when a stock crosses the low mark or reaches zero, whoever takes the pieces."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from domain.errors import OutOfStock
from domain.events import Event, StockFell
from domain.model import Order
from domain.orders.ordering import place_order
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import NOW, TERMS, make_order, make_product, stock
from tests.support.stocking import restock

LOW = 5


class Till:
    """Sells and restocks, each in a transaction, and keeps the falls it hears of."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.heard: list[Event] = []
        with self.unit_of_work() as uow:
            stock(uow, make_product(name="Mug"), make_product(name="Tin", quantity=6))

    def unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self._engine, lambda _, event: self.heard.append(event))

    def sells(self, low: int = LOW, **quantities: int) -> Order:
        with self.unit_of_work() as uow:
            order = place_order(uow, make_order(quantities), terms=replace(TERMS, low_stock=low))
            uow.commit()
            return order

    def restocks(self, quantity: int) -> None:
        with self.unit_of_work() as uow:
            restock(uow, "MUG", quantity, actor="test", now=NOW, low_stock=LOW)
            uow.commit()

    @property
    def falls(self) -> list[tuple[str, int]]:
        return [(event.product_id, event.quantity) for event in self.heard if isinstance(event, StockFell)]


@pytest.fixture
def till(engine: Engine) -> Till:
    """Ten mugs and six tins; five is low."""
    return Till(engine)


def test_above_the_mark_nobody_is_told(till: Till) -> None:
    till.sells(MUG=4)
    assert till.falls == []


def test_the_crossing_is_told_once(till: Till) -> None:
    till.sells(MUG=5)
    till.sells(MUG=1)
    till.sells(MUG=1)
    assert till.falls == [("MUG", 5)]


def test_reaching_zero_is_another_change_of_state(till: Till) -> None:
    till.sells(MUG=7)
    till.sells(MUG=3)
    assert till.falls == [("MUG", 3), ("MUG", 0)]


def test_from_plenty_to_nothing_is_told_once(till: Till) -> None:
    till.sells(MUG=10)
    assert till.falls == [("MUG", 0)]


def test_each_product_of_an_order_is_told(till: Till) -> None:
    till.sells(MUG=5, TIN=6)
    assert till.falls == [("MUG", 5), ("TIN", 0)]


def test_only_after_a_restock_above_the_mark_it_is_told_again(till: Till) -> None:
    till.sells(MUG=8)
    till.restocks(2)
    till.sells(MUG=1)
    assert till.falls == [("MUG", 2)]
    till.restocks(3)
    till.restocks(-1)
    assert till.falls == [("MUG", 2), ("MUG", 5)]


def test_with_a_mark_of_zero_only_the_end_is_told(till: Till) -> None:
    till.sells(low=0, MUG=9)
    till.sells(low=0, MUG=1)
    assert till.falls == [("MUG", 0)]


def test_an_order_that_fails_is_not_told(till: Till) -> None:
    with pytest.raises(OutOfStock):
        till.sells(MUG=5, TIN=7)
    assert till.falls == []
