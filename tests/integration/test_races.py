"""Races on real Postgres, made deterministic: somebody holds a lock, the others are seen to wait, then it goes on."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine, text

from domain.conversation import ChatRef, Conversation
from domain.errors import AlreadyCancelled, AlreadyShipped, Busy, OutOfStock, ProductChanged, Shortage
from domain.model import Identity, Order, OrderState
from domain.orders.cancelling import cancel_order
from domain.orders.ordering import place_order
from domain.orders.shipping import ship_order
from storage.server.database import app_engine
from storage.unit_of_work import PostgresUnitOfWork
from tests.integration.conftest import MOST_AT_ONCE
from tests.support.factories import (
    ADA,
    HASHED_EMAIL,
    NOW,
    SECOND,
    TERMS,
    confirm,
    make_order,
    make_product,
    place,
    quote,
    stock,
)
from tests.support.stocking import edit_product, restock

BUYERS = MOST_AT_ONCE
BOB = 2
CHAT = ChatRef(channel="web", chat_id="c1")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Enough connections for everybody at once."""
    pool = app_engine(database_url, pool_size=BUYERS)
    yield pool
    pool.dispose()


def wait_until_blocked(watcher: Connection, count: int = 1) -> None:
    """Returns when so many transactions wait for a lock; fails when they do not."""
    statement = text("""
        SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
    """)
    end = time.monotonic() + 20
    while (blocked := watcher.execute(statement).scalar_one()) != count:
        assert time.monotonic() < end, f"{blocked} transactions wait for a lock, not {count}"
        time.sleep(0.01)


@contextmanager
def patient(engine: Engine) -> Iterator[PostgresUnitOfWork]:
    """A unit of work that waits as long as a slow machine may need."""
    with PostgresUnitOfWork(engine) as uow:
        uow.connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        yield uow


@contextmanager
def impatient(engine: Engine) -> Iterator[PostgresUnitOfWork]:
    """A unit of work that does not wait for others."""
    with PostgresUnitOfWork(engine) as uow:
        uow.connection.execute(text("SET LOCAL lock_timeout = '30ms'"))
        yield uow


def buy(engine: Engine, quote_id: str, identity_id: int = ADA) -> tuple[Order, bool]:
    """Confirms a quote and commits."""
    with patient(engine) as uow:
        outcome = confirm(uow, quote_id, identity_id=identity_id)
        uow.commit()
        return outcome


def cancel(engine: Engine, order_id: int) -> Order:
    """Cancels Ada's order and commits."""
    with patient(engine) as uow:
        order = cancel_order(uow, order_id, identity=Identity(identity_id=ADA), actor="web", now=NOW + SECOND)
        uow.commit()
        return order


def ship(engine: Engine, order_id: int) -> Order:
    """Ships an order and commits."""
    with patient(engine) as uow:
        order = ship_order(uow, order_id, now=NOW + SECOND)
        uow.commit()
        return order


def stocked(engine: Engine, **quantities: int) -> None:
    """Fills the stock room with products at 12.00."""
    with PostgresUnitOfWork(engine) as uow:
        stock(uow, *(make_product(product_id=key, quantity=quantity) for key, quantity in quantities.items()))


def quoted(engine: Engine, identity_id: int = ADA, **quantities: int) -> str:
    """A quote that is shown to a customer."""
    with PostgresUnitOfWork(engine) as uow:
        quote_id = quote(uow, quantities, identity_id=identity_id)
        uow.commit()
        return quote_id


def placed(engine: Engine, **quantities: int) -> int:
    """The number of an order of Ada's."""
    with PostgresUnitOfWork(engine) as uow:
        return place(uow, quantities).order_id


def left(engine: Engine, product_id: str = "MUG") -> int:
    """A product's stock, which equals the sum of its movements and was never below zero on the way."""
    with engine.connect() as connection:
        deltas = connection.execute(
            text("SELECT delta FROM shop.stock_movement WHERE product_id = :id ORDER BY movement_id"),
            {"id": product_id},
        ).scalars()
        levels = [0]
        for delta in deltas:
            levels.append(levels[-1] + delta)
        quantity: int = connection.execute(
            text("SELECT quantity FROM shop.product WHERE product_id = :id"), {"id": product_id}
        ).scalar_one()
    assert min(levels) >= 0
    assert levels[-1] == quantity
    return quantity


def orders_in(engine: Engine) -> list[Order]:
    """All orders."""
    with PostgresUnitOfWork(engine) as uow:
        return uow.orders.of_identity(Identity(identity_id=0, proven_email=HASHED_EMAIL), 100)


def error_of(future: Future[tuple[Order, bool]]) -> BaseException | None:
    """What a thread raised, if anything."""
    return future.exception(timeout=60)


def test_of_fifty_buyers_of_the_last_unit_exactly_one_gets_it(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, MUG=1)
    quotes = [quoted(engine, identity_id, MUG=1) for identity_id in range(1, BUYERS + 1)]
    with PostgresUnitOfWork(engine) as holder:
        holder.products.lock(["MUG"])
        buyers = [threads.submit(buy, engine, quote_id, who) for who, quote_id in enumerate(quotes, start=1)]
        wait_until_blocked(watcher, BUYERS)
    errors = [error_of(buyer) for buyer in buyers]
    assert Counter(type(error).__name__ for error in errors) == {"NoneType": 1, "OutOfStock": BUYERS - 1}
    nothing_left = (Shortage(product_id="MUG", asked=1, available=0),)
    assert all(error.shortages == nothing_left for error in errors if isinstance(error, OutOfStock))
    (winner,) = [buyer.result()[0] for buyer in buyers if not error_of(buyer)]
    assert orders_in(engine) == [winner]
    assert left(engine) == 0


def test_an_order_without_a_quote_waits_for_the_last_unit_too(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    def place_directly() -> None:
        with patient(engine) as uow:
            place_order(uow, make_order({"MUG": 1}), terms=TERMS)
            uow.commit()

    stocked(engine, MUG=1)
    with PostgresUnitOfWork(engine) as first:
        place_order(first, make_order({"MUG": 1}), terms=TERMS)
        second = threads.submit(place_directly)
        wait_until_blocked(watcher)
        first.commit()
    with pytest.raises(OutOfStock):
        second.result(timeout=60)
    assert left(engine) == 0


def test_buyers_who_do_not_wait_for_each_other_sell_exactly_the_stock(
    engine: Engine, threads: ThreadPoolExecutor
) -> None:
    stocked(engine, MUG=7)
    quotes = [quoted(engine, identity_id, MUG=2) for identity_id in range(1, 11)]
    buyers = [threads.submit(buy, engine, quote_id, who) for who, quote_id in enumerate(quotes, start=1)]
    errors = Counter(type(error_of(buyer)).__name__ for buyer in buyers)
    assert errors == {"NoneType": 3, "OutOfStock": 7}
    assert left(engine) == 1


def test_the_same_quote_confirmed_twice_at_once_is_one_order_for_both(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, MUG=10)
    quote_id = quoted(engine, MUG=3)
    with PostgresUnitOfWork(engine) as holder:
        holder.products.lock(["MUG"])
        twice = [threads.submit(buy, engine, quote_id) for _ in range(2)]
        wait_until_blocked(watcher, 2)
    (first, first_is_new), (second, second_is_new) = (confirmed.result(timeout=60) for confirmed in twice)
    assert first == second
    assert sorted([first_is_new, second_is_new]) == [False, True]
    assert orders_in(engine) == [first]
    assert left(engine) == 7


def test_a_second_confirmation_waits_for_the_first_and_gets_its_number(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, MUG=1)
    quote_id = quoted(engine, MUG=1)
    with PostgresUnitOfWork(engine) as first:
        order, _ = confirm(first, quote_id)
        second = threads.submit(buy, engine, quote_id)
        wait_until_blocked(watcher)
        first.commit()
    assert second.result(timeout=60) == (order, False)
    assert left(engine) == 0


def test_a_second_confirmation_places_when_the_first_came_to_nothing(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, MUG=1)
    quote_id = quoted(engine, MUG=1)
    with PostgresUnitOfWork(engine) as first:
        confirm(first, quote_id)
        second = threads.submit(buy, engine, quote_id)
        wait_until_blocked(watcher)
    order, new = second.result(timeout=60)
    assert new
    assert orders_in(engine) == [order]
    assert left(engine) == 0


def test_a_parcel_that_leaves_first_cannot_be_cancelled(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, MUG=10)
    order_id = placed(engine, MUG=4)
    with PostgresUnitOfWork(engine) as shipper:
        ship_order(shipper, order_id, now=NOW)
        cancelling = threads.submit(cancel, engine, order_id)
        wait_until_blocked(watcher)
        shipper.commit()
    with pytest.raises(AlreadyShipped):
        cancelling.result(timeout=60)
    assert [order.state for order in orders_in(engine)] == [OrderState.SHIPPED]
    assert left(engine) == 6


def test_a_parcel_of_an_order_that_is_cancelled_first_does_not_leave(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, MUG=10)
    order_id = placed(engine, MUG=4)
    with PostgresUnitOfWork(engine) as customer:
        cancel_order(customer, order_id, identity=Identity(identity_id=ADA), actor="web", now=NOW)
        shipping = threads.submit(ship, engine, order_id)
        wait_until_blocked(watcher)
        customer.commit()
    with pytest.raises(AlreadyCancelled):
        shipping.result(timeout=60)
    assert [order.state for order in orders_in(engine)] == [OrderState.CANCELLED]
    assert left(engine) == 10


def test_an_order_cancelled_twice_at_once_is_restocked_once(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, MUG=10)
    order_id = placed(engine, MUG=4)
    with PostgresUnitOfWork(engine) as holder:
        holder.orders.lock(order_id)
        twice = [threads.submit(cancel, engine, order_id) for _ in range(2)]
        wait_until_blocked(watcher, 2)
    errors = [cancelling.exception(timeout=60) for cancelling in twice]
    assert Counter(type(error).__name__ for error in errors) == {"NoneType": 1, "AlreadyCancelled": 1}
    assert left(engine) == 10


def test_the_last_unit_can_be_bought_by_whoever_waited_for_its_cancelling(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, MUG=1)
    bobs_quote = quoted(engine, BOB, MUG=1)
    order_id = placed(engine, MUG=1)
    with PostgresUnitOfWork(engine) as customer:
        cancel_order(customer, order_id, identity=Identity(identity_id=ADA), actor="web", now=NOW)
        buying = threads.submit(buy, engine, bobs_quote, BOB)
        wait_until_blocked(watcher)
        customer.commit()
    order, new = buying.result(timeout=60)
    assert new
    assert order.order_id > order_id
    assert left(engine) == 0


def test_a_cancelling_that_waits_for_a_buyer_comes_too_late_for_that_buyer(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, MUG=1)
    bobs_quote = quoted(engine, BOB, MUG=1)
    order_id = placed(engine, MUG=1)
    with PostgresUnitOfWork(engine) as bob:
        with pytest.raises(OutOfStock), bob.savepoint():
            confirm(bob, bobs_quote, identity_id=BOB)
        bob.products.lock(["MUG"])
        cancelling = threads.submit(cancel, engine, order_id)
        wait_until_blocked(watcher)
        bob.commit()
    cancelling.result(timeout=60)
    assert left(engine) == 1
    assert [order.state for order in orders_in(engine)] == [OrderState.CANCELLED]


def raise_price(engine: Engine, product_id: str, price: Decimal) -> None:
    """Edits a product as it is now, and commits."""
    with patient(engine) as uow:
        edit_product(uow, replace(uow.products.get([product_id])[product_id], sale_price=price))
        uow.commit()


def test_a_price_edited_while_it_is_being_ordered_changes_only_what_comes_after(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, MUG=10)
    quote_id = quoted(engine, MUG=2)
    with PostgresUnitOfWork(engine) as buyer:
        order, _ = confirm(buyer, quote_id)
        editing = threads.submit(raise_price, engine, "MUG", Decimal("99.00"))
        wait_until_blocked(watcher)
        buyer.commit()
    editing.result(timeout=60)
    assert orders_in(engine) == [order]
    assert order.total == Decimal("24.00")
    with PostgresUnitOfWork(engine) as uow:
        assert uow.products.get(["MUG"])["MUG"].sale_price == Decimal("99.00")
    assert left(engine) == 8


def test_an_order_that_waits_for_an_edit_still_has_the_quoted_price(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, MUG=10)
    quote_id = quoted(engine, MUG=2)
    with PostgresUnitOfWork(engine) as editor:
        edit_product(editor, replace(editor.products.get(["MUG"])["MUG"], sale_price=Decimal("99.00")))
        buying = threads.submit(buy, engine, quote_id)
        wait_until_blocked(watcher)
        editor.commit()
    order, _ = buying.result(timeout=60)
    assert order.total == Decimal("24.00")
    with PostgresUnitOfWork(engine) as uow:
        mug = uow.products.get(["MUG"])["MUG"]
    assert (mug.sale_price, mug.quantity) == (Decimal("99.00"), 8)


def test_of_two_editors_at_once_the_second_is_told(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, MUG=10)
    with PostgresUnitOfWork(engine) as first:
        edit_product(first, replace(first.products.get(["MUG"])["MUG"], name="Mug"))
        second = threads.submit(raise_price, engine, "MUG", Decimal("99.00"))
        wait_until_blocked(watcher)
        first.commit()
    with pytest.raises(ProductChanged):
        second.result(timeout=60)
    with PostgresUnitOfWork(engine) as uow:
        mug = uow.products.get(["MUG"])["MUG"]
    assert (mug.name, mug.sale_price, mug.version) == ("Mug", Decimal("12.00"), 2)


def test_a_restock_while_it_is_being_ordered_is_not_lost(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    def deliver() -> int:
        with patient(engine) as uow:
            now_there = restock(uow, "MUG", 5, actor="test", now=NOW)
            uow.commit()
            return now_there

    stocked(engine, MUG=10)
    with PostgresUnitOfWork(engine) as buyer:
        confirm(buyer, quote(buyer, {"MUG": 4}))
        delivering = threads.submit(deliver)
        wait_until_blocked(watcher)
        buyer.commit()
    assert delivering.result(timeout=60) == 11
    assert left(engine) == 11


def test_two_carts_in_opposite_order_take_their_locks_in_the_same_order(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, B=10, A=10)  # so that not even the table's own order is that of the ids
    with PostgresUnitOfWork(engine) as setup:
        ids = [
            quote(setup, dict.fromkeys(order_of_lines, 1), identity_id=who)
            for who, order_of_lines in ((ADA, "AB"), (BOB, "BA"))
        ]
        setup.commit()
    with PostgresUnitOfWork(engine) as holder:
        holder.products.lock(["A"])
        first = threads.submit(buy, engine, ids[0], ADA)
        wait_until_blocked(watcher, 1)
        second = threads.submit(buy, engine, ids[1], BOB)
        wait_until_blocked(watcher, 2)
        with impatient(engine) as other:
            other.products.lock(["B"])  # nobody who waits for A holds B, or the two would wait in a circle
    assert first.result(timeout=60)[1]
    assert second.result(timeout=60)[1]
    assert (left(engine, "A"), left(engine, "B")) == (8, 8)


def test_a_cancelling_and_an_order_of_the_same_two_products_do_not_deadlock(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, B=10, A=10)
    order_id = placed(engine, B=1, A=1)
    quote_id = quoted(engine, BOB, A=1, B=1)
    with PostgresUnitOfWork(engine) as holder:
        holder.products.lock(["A"])
        cancelling = threads.submit(cancel, engine, order_id)
        wait_until_blocked(watcher, 1)
        buying = threads.submit(buy, engine, quote_id, BOB)
        wait_until_blocked(watcher, 2)
        with impatient(engine) as other:
            other.products.lock(["B"])
    cancelling.result(timeout=60)
    assert buying.result(timeout=60)[1]
    assert (left(engine, "A"), left(engine, "B")) == (9, 9)


def test_the_first_two_messages_of_a_conversation_at_once_make_one_conversation(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    def second_message() -> Conversation | None:
        with patient(engine) as uow:
            return uow.conversations.take(CHAT, "ada", "m1", NOW)

    with PostgresUnitOfWork(engine) as first:
        talk = first.conversations.take(CHAT, "ada", "m1", NOW)
        assert talk is not None
        talk.put("MUG", 2)
        delivered_again = threads.submit(second_message)
        wait_until_blocked(watcher)
        first.conversations.save(talk, NOW)
        first.commit()
    assert delivered_again.result(timeout=60) is None
    with PostgresUnitOfWork(engine) as later:
        assert later.conversations.lock(CHAT, "ada", NOW).quantity_of("MUG") == 2


def test_messages_of_one_conversation_are_answered_one_after_the_other(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    def add_one(message_id: str) -> None:
        with patient(engine) as uow:
            talk = uow.conversations.take(CHAT, "ada", message_id, NOW)
            assert talk is not None
            talk.put("MUG", talk.quantity_of("MUG") + 1)
            uow.conversations.save(talk, NOW)
            uow.commit()

    with PostgresUnitOfWork(engine) as uow:
        uow.conversations.lock(CHAT, "ada", NOW)
        uow.commit()
        uow.conversations.lock(CHAT, "ada", NOW)
        messages = [threads.submit(add_one, f"m{n}") for n in range(8)]
        wait_until_blocked(watcher, 8)
    for message in messages:
        message.result(timeout=60)
    with PostgresUnitOfWork(engine) as uow:
        assert uow.conversations.lock(CHAT, "ada", NOW).quantity_of("MUG") == 8


def lock_product(uow: PostgresUnitOfWork) -> None:
    """Locks the mug."""
    uow.products.lock(["MUG"])


def lock_order(uow: PostgresUnitOfWork) -> None:
    """Locks the first order."""
    uow.orders.lock(1001)


def lock_conversation(uow: PostgresUnitOfWork) -> None:
    """Locks Ada's conversation, which was made before."""
    uow.conversations.lock(CHAT, "ada", NOW)


def make_conversation(uow: PostgresUnitOfWork) -> None:
    """Makes Bob's conversation."""
    uow.conversations.lock(CHAT, "bob", NOW)


@pytest.mark.parametrize("lock", [lock_product, lock_order, lock_conversation, make_conversation])
def test_who_waits_too_long_for_a_lock_is_told_that_others_are_busy(
    engine: Engine, lock: Callable[[PostgresUnitOfWork], None]
) -> None:
    stocked(engine, MUG=10)
    assert placed(engine, MUG=1) == 1001
    with PostgresUnitOfWork(engine) as uow:
        lock_conversation(uow)
        uow.commit()
    with PostgresUnitOfWork(engine) as holder:
        lock(holder)
        with impatient(engine) as uow, pytest.raises(Busy):
            lock(uow)
    with impatient(engine) as uow:
        lock(uow)


def test_of_two_who_wait_for_each_other_one_is_told_that_others_are_busy(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    stocked(engine, A=10, B=10)

    def then_lock(uow: PostgresUnitOfWork, product_id: str) -> bool:
        try:
            uow.products.lock([product_id])
        except Busy:
            uow.connection.rollback()
            return False
        return True

    with patient(engine) as one, patient(engine) as two:
        one.products.lock(["A"])
        two.products.lock(["B"])
        waiting = threads.submit(then_lock, one, "B")
        wait_until_blocked(watcher)
        assert sorted([then_lock(two, "A"), waiting.result(timeout=60)]) == [False, True]


def test_busy_undoes_only_its_savepoint(engine: Engine) -> None:
    stocked(engine, MUG=10, TIN=10)
    quote_id = quoted(engine, MUG=1)
    with PostgresUnitOfWork(engine) as holder:
        holder.products.lock(["MUG"])
        with impatient(engine) as uow:
            uow.tickets.open(ChatRef(channel="test", chat_id="ada"), "ada", ADA, "before", NOW)
            with pytest.raises(Busy), uow.savepoint():
                confirm(uow, quote_id)
            place(uow, {"TIN": 1})
    assert [order.lines[0].product_id for order in orders_in(engine)] == ["TIN"]
    assert (left(engine, "MUG"), left(engine, "TIN")) == (10, 9)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM chat.ticket")).scalar_one() == 1


def test_our_connections_do_not_wait_for_a_lock_for_ever(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.execute(text("SHOW lock_timeout")).scalar_one() == "5s"
