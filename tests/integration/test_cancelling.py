"""Cancelling: whose order, inside which window, and stock that comes back exactly once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from domain.errors import AlreadyCancelled, AlreadyShipped, CancelWindowClosed, OrderNotFound
from domain.events import Event, OrderCancelled
from domain.model import Identity, OrderState
from domain.orders.cancelling import cancel_order
from domain.orders.shipping import ship_order
from domain.people.identity import hash_email
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import ADA, HASH_KEY, HASHED_EMAIL, NOW, SECOND, TERMS, make_product, place, stock

UnitOfWork = Callable[[], PostgresUnitOfWork]
BOB = 2
END = NOW + TERMS.cancel_window


@pytest.fixture
def order_id(unit_of_work: UnitOfWork) -> int:
    """Ada's order of four mugs and a tin, of ten and three in stock."""
    with unit_of_work() as uow:
        stock(uow, make_product(name="Mug"), make_product(name="Tin", quantity=3))
        return place(uow, {"MUG": 4, "TIN": 1}).order_id


def cancel(
    uow: PostgresUnitOfWork,
    order_id: int,
    *,
    identity_id: int = ADA,
    proven_email: str | None = None,
    now: datetime = NOW + SECOND,
) -> None:
    """Cancels as Ada, a second after placing, and commits."""
    identity = Identity(identity_id=identity_id, proven_email=proven_email)
    cancel_order(uow, order_id, identity=identity, actor="web", now=now)
    uow.commit()


def stock_of(uow: PostgresUnitOfWork) -> dict[str, int]:
    """What is there of each product."""
    return {product_id: product.quantity for product_id, product in uow.products.get(["MUG", "TIN"]).items()}


def returned(uow: PostgresUnitOfWork) -> list[tuple[str, int, str, datetime]]:
    """The movements that gave stock back."""
    statement = text("""
        SELECT product_id, delta, reference, at FROM shop.stock_movement WHERE reason = 'cancel' ORDER BY product_id
    """)
    return [(row.product_id, row.delta, row.reference, row.at) for row in uow.connection.execute(statement)]


@pytest.mark.parametrize("now", [NOW, END - SECOND, END - timedelta(microseconds=1)])
def test_inside_the_window_an_order_is_cancelled_and_its_stock_returned(
    unit_of_work: UnitOfWork, order_id: int, now: datetime
) -> None:
    with unit_of_work() as uow:
        cancel(uow, order_id, now=now)
    with unit_of_work() as uow:
        order = uow.orders.get(order_id)
        assert order is not None
        assert (order.state, order.cancelled_at) == (OrderState.CANCELLED, now)
        assert stock_of(uow) == {"MUG": 10, "TIN": 3}
        assert returned(uow) == [("MUG", 4, str(order_id), now), ("TIN", 1, str(order_id), now)]


@pytest.mark.parametrize("now", [END, END + SECOND, END + timedelta(days=400)])
def test_from_the_end_of_the_window_on_nothing_is_cancelled(
    unit_of_work: UnitOfWork, order_id: int, now: datetime
) -> None:
    with unit_of_work() as uow:
        with pytest.raises(CancelWindowClosed) as refused:
            cancel(uow, order_id, now=now)
        assert refused.value.closed_at == END
        assert stock_of(uow) == {"MUG": 6, "TIN": 2}
        assert returned(uow) == []


def test_an_order_of_somebody_else_is_refused_just_like_one_that_never_was(
    unit_of_work: UnitOfWork, order_id: int
) -> None:
    with unit_of_work() as uow:
        with pytest.raises(OrderNotFound) as not_mine:
            cancel(uow, order_id, identity_id=BOB)
        with pytest.raises(OrderNotFound) as missing:
            cancel(uow, order_id + 1, identity_id=BOB)
        assert vars(not_mine.value).keys() == vars(missing.value).keys()
        assert (not_mine.value.order_id, missing.value.order_id) == (order_id, order_id + 1)
        assert stock_of(uow) == {"MUG": 6, "TIN": 2}


@pytest.mark.parametrize("late", [False, True])
def test_a_stranger_does_not_even_learn_that_an_order_was_cancelled_or_is_too_old(
    unit_of_work: UnitOfWork, order_id: int, late: bool
) -> None:
    with unit_of_work() as uow:
        if not late:
            cancel(uow, order_id)
        with pytest.raises(OrderNotFound):
            cancel(uow, order_id, identity_id=BOB, now=END + SECOND)


def test_whoever_proved_the_orders_email_may_cancel_it(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        cancel(uow, order_id, identity_id=BOB, proven_email=HASHED_EMAIL)
        assert stock_of(uow) == {"MUG": 10, "TIN": 3}


def test_another_proven_email_opens_nothing(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow, pytest.raises(OrderNotFound):
        cancel(uow, order_id, identity_id=BOB, proven_email=hash_email("bob@example.com", HASH_KEY))


def test_a_second_cancelling_is_refused_and_restocks_nothing(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        cancel(uow, order_id)
    for now in (NOW + 2 * SECOND, END + SECOND):
        with unit_of_work() as uow:
            with pytest.raises(AlreadyCancelled) as refused:
                cancel(uow, order_id, now=now)
            assert refused.value.cancelled_at == NOW + SECOND
    with unit_of_work() as uow:
        assert stock_of(uow) == {"MUG": 10, "TIN": 3}
        assert len(returned(uow)) == 2


def test_a_shipped_order_stays_shipped(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        ship_order(uow, order_id, now=NOW + SECOND)
        uow.commit()
        with pytest.raises(AlreadyShipped) as refused:
            cancel(uow, order_id, now=NOW + 2 * SECOND)
        assert refused.value.shipped_at == NOW + SECOND
        order = uow.orders.get(order_id)
        assert order is not None
        assert order.state is OrderState.SHIPPED
        assert stock_of(uow) == {"MUG": 6, "TIN": 2}


def test_a_cancelled_order_is_not_shipped_and_none_is_shipped_twice(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        cancel(uow, order_id)
        with pytest.raises(AlreadyCancelled):
            ship_order(uow, order_id, now=NOW)
        other = place(uow, {"MUG": 1}).order_id
        ship_order(uow, other, now=NOW)
        with pytest.raises(AlreadyShipped):
            ship_order(uow, other, now=NOW)
        with pytest.raises(OrderNotFound):
            ship_order(uow, other + 1, now=NOW)


def test_cancelling_gives_back_what_was_sold_even_after_retiring(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        uow.connection.execute(text("UPDATE shop.product SET retired_at = now() WHERE product_id = 'MUG'"))
        cancel(uow, order_id)
        assert stock_of(uow) == {"MUG": 10, "TIN": 3}


def test_what_was_given_back_can_be_sold_again(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        cancel(uow, order_id)
        assert place(uow, {"MUG": 10}, identity_id=BOB).order_id > order_id


def test_lines_and_total_of_a_cancelled_order_stay_for_the_reports(unit_of_work: UnitOfWork, order_id: int) -> None:
    with unit_of_work() as uow:
        before = uow.orders.get(order_id)
        cancel(uow, order_id)
        after = uow.orders.get(order_id)
        assert before is not None
        assert after is not None
        assert (after.lines, after.total) == (before.lines, before.total)


def test_a_cancelling_is_announced_once(engine: Engine, order_id: int) -> None:
    heard: list[Event] = []
    with PostgresUnitOfWork(engine, lambda _, event: heard.append(event)) as uow:
        cancel(uow, order_id)
        with pytest.raises(AlreadyCancelled):
            cancel(uow, order_id)
        with pytest.raises(OrderNotFound):
            cancel(uow, order_id, identity_id=BOB)
    assert heard == [OrderCancelled(order_id=order_id)]
