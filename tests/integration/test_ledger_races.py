"""A gift card and a ledger are changed by one at a time: never below nothing, never given back twice."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import Connection, Engine

from domain.errors import AlreadyCancelled, GiftCardTooLow, RefundNotedMeanwhile
from domain.model import Identity
from domain.orders.cancelling import cancel_order
from domain.orders.ordering import place_order
from domain.orders.refunding import Way, note_refund
from domain.records.payments import Method, MethodKind, balance
from storage.unit_of_work import PostgresUnitOfWork
from tests.integration.test_races import patient, wait_until_blocked
from tests.support.factories import ADA, HASHED_EMAIL, NOW, TERMS, make_order, make_product, stock

ME = Identity(identity_id=ADA)
GIFT = Method(
    method_id="gift", hashed_email=HASHED_EMAIL, kind=MethodKind.GIFT_CARD, label="gift card", balance=Decimal(30)
)


@pytest.fixture
def shop(engine: Engine) -> Engine:
    """Mugs and tins at 12.00, and a gift card of 30."""
    with PostgresUnitOfWork(engine) as uow:
        stock(uow, make_product(name="Mug"), make_product(name="Tin"))
        uow.payments.put_method(GIFT)
        uow.commit()
    return engine


def left(engine: Engine) -> Decimal | None:
    with PostgresUnitOfWork(engine) as uow:
        return uow.payments.methods(["gift"])["gift"].balance


def place(engine: Engine, product_id: str, method_id: str = "gift") -> int:
    """Two pieces, of a product that the other one does not wait for."""
    with patient(engine) as uow:
        order = place_order(uow, make_order({product_id: 2}), terms=TERMS, method_id=method_id)
        uow.commit()
    return order.order_id


def test_two_orders_at_once_do_not_pay_with_the_same_money(
    shop: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    with PostgresUnitOfWork(shop) as first:
        place_order(first, make_order({"MUG": 2}), terms=TERMS, method_id="gift")
        second = threads.submit(place, shop, "TIN")
        wait_until_blocked(watcher)
        first.commit()
    with pytest.raises(GiftCardTooLow):
        second.result(timeout=60)
    assert left(shop) == Decimal(6)
    with PostgresUnitOfWork(shop) as uow:
        assert uow.products.get(["TIN"])["TIN"].quantity == 10  # nothing was taken


def test_an_order_that_is_cancelled_twice_at_once_gives_its_money_back_once(
    shop: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    order_id = place(shop, "MUG")

    def cancel() -> None:
        with patient(shop) as uow:
            cancel_order(uow, order_id, identity=ME, actor="web", now=NOW)
            uow.commit()

    with PostgresUnitOfWork(shop) as first:
        cancel_order(first, order_id, identity=ME, actor="web", now=NOW)
        second = threads.submit(cancel)
        wait_until_blocked(watcher)
        first.commit()
    with pytest.raises(AlreadyCancelled):
        second.result(timeout=60)
    assert left(shop) == Decimal(30)


def test_of_two_who_note_the_same_refund_at_once_one_is_told(
    shop: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    order_id = place(shop, "MUG", "invoice")
    with PostgresUnitOfWork(shop) as uow:
        cancel_order(uow, order_id, identity=ME, actor="web", now=NOW)
        uow.commit()

    def note(uow: PostgresUnitOfWork) -> None:
        note_refund(uow, order_id, Decimal(10), Way.CASH, seen=0, actor="slack:U1", now=NOW)

    def note_too() -> None:
        with patient(shop) as uow:
            note(uow)
            uow.commit()

    with PostgresUnitOfWork(shop) as first:
        note(first)
        second = threads.submit(note_too)
        wait_until_blocked(watcher)
        first.commit()
    with pytest.raises(RefundNotedMeanwhile):
        second.result(timeout=60)
    with PostgresUnitOfWork(shop) as uow:
        ledger = uow.payments.of_order(order_id)
    assert balance(ledger) == 0
    assert sorted((one.kind, one.state, one.amount) for one in ledger) == [
        ("charge", "done", Decimal(24)),
        ("refund", "done", Decimal(10)),
        ("refund", "open", Decimal(14)),
    ]
