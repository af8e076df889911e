"""Races over returns on real Postgres: somebody holds the order, the others are seen to wait, then it goes on."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, Engine

from domain.errors import AlreadyReturned, ReturnMoved
from domain.model import Identity, Order
from domain.orders.money import costs_today
from domain.records.payments import balance
from domain.records.returns import Condition, Return, ReturnState
from domain.returns.calling_off import call_off_return
from domain.returns.receiving import receive_return
from domain.returns.requesting import Item, ReturnWish, request_return
from storage.server.database import app_engine
from storage.unit_of_work import PostgresUnitOfWork
from tests.integration.test_races import left, patient, wait_until_blocked
from tests.integration.test_returns import CHAT, CLERK, LATER, delivered
from tests.support.factories import ADA, TERMS, make_product, place, stock

WHO = Identity(identity_id=ADA)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Enough connections for everybody at once."""
    pool = app_engine(database_url, pool_size=5)
    yield pool
    pool.dispose()


@pytest.fixture
def order(engine: Engine) -> Order:
    """Ada's three red shirts came; of the blue one there is one left."""
    with PostgresUnitOfWork(engine) as uow:
        shirts = {"RED": 9, "BLUE": 1}
        stock(uow, *(make_product(product_id=one, quantity=count, group_id="S") for one, count in shirts.items()))
        return delivered(uow, place(uow, {"RED": 3}))


def request(engine: Engine, order: Order, item: Item) -> Return:
    with patient(engine) as uow:
        wish = ReturnWish(items=(item,))
        made = request_return(uow, order.order_id, wish, identity=WHO, terms=TERMS, now=LATER, told_in=CHAT)
        uow.commit()
        return made


def call_off(engine: Engine, one: Return) -> Return:
    with patient(engine) as uow:
        ended = call_off_return(uow, one.return_id, identity=WHO, now=LATER, told_in=CHAT)
        uow.commit()
        return ended


def receive(engine: Engine, one: Return) -> Return:
    with patient(engine) as uow:
        done = receive_return(uow, one.return_id, Condition.GOOD, actor=CLERK, now=LATER)
        uow.commit()
        return done


def is_settled(engine: Engine, order: Order) -> bool:
    with PostgresUnitOfWork(engine) as uow:
        returns = uow.returns.of_order(order.order_id)
        return balance(uow.payments.of_order(order.order_id)) == costs_today(order, returns)


def test_a_piece_that_is_returned_twice_at_once_is_returned_once(
    engine: Engine, order: Order, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    with PostgresUnitOfWork(engine) as holder:
        holder.orders.lock(order.order_id)
        both = [threads.submit(request, engine, order, Item(product_id="RED", quantity=2)) for _ in range(2)]
        wait_until_blocked(watcher, 2)
    errors = [one.exception(timeout=60) for one in both]
    assert Counter(type(error) for error in errors) == {type(None): 1, AlreadyReturned: 1}
    assert [error.left for error in errors if isinstance(error, AlreadyReturned)] == [1]


def test_the_last_piece_is_set_aside_for_one_of_two_exchanges(
    engine: Engine, order: Order, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    with PostgresUnitOfWork(engine) as holder:
        holder.orders.lock(order.order_id)
        swap = Item(product_id="RED", quantity=1, replacement_id="BLUE")
        both = [threads.submit(request, engine, order, swap) for _ in range(2)]
        wait_until_blocked(watcher, 2)
    errors = [type(one.exception(timeout=60)).__name__ for one in both]
    assert Counter(errors) == {"NoneType": 1, "ReplacementSoldOut": 1}
    assert left(engine, "BLUE") == 0


def test_a_return_that_is_called_off_while_it_is_received_is_one_or_the_other(
    engine: Engine, order: Order, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    one = request(engine, order, Item(product_id="RED", quantity=1, replacement_id="BLUE"))
    with PostgresUnitOfWork(engine) as holder:
        holder.orders.lock(order.order_id)
        both = [threads.submit(call_off, engine, one), threads.submit(receive, engine, one)]
        wait_until_blocked(watcher, 2)
    errors = [each.exception(timeout=60) for each in both]
    assert Counter(type(error) for error in errors) == {type(None): 1, ReturnMoved: 1}
    (done,) = [each.result() for each, error in zip(both, errors, strict=True) if error is None]
    swapped = done.state is ReturnState.REPLACED
    assert (left(engine, "RED"), left(engine, "BLUE")) == ((7, 0) if swapped else (6, 1))
    assert is_settled(engine, order)


def test_what_is_received_twice_at_once_is_stock_and_money_once(
    engine: Engine, order: Order, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    one = request(engine, order, Item(product_id="RED", quantity=2))
    with PostgresUnitOfWork(engine) as holder:
        holder.orders.lock(order.order_id)
        both = [threads.submit(receive, engine, one) for _ in range(2)]
        wait_until_blocked(watcher, 2)
    assert Counter(type(each.exception(timeout=60)) for each in both) == {type(None): 1, ReturnMoved: 1}
    assert left(engine, "RED") == 8
    assert is_settled(engine, order)
