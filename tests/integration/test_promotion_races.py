"""The last uses of a promotion, for whoever wants them at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine, text

from domain.errors import PromotionUsedUp
from domain.model import Identity, Order
from domain.orders.cancelling import cancel_order
from domain.promotions.applying import Claim
from domain.records.promotions import Promotion
from storage.unit_of_work import PostgresUnitOfWork
from tests.integration.test_races import BUYERS, engine, error_of, patient, stocked, wait_until_blocked
from tests.support.factories import HASHED_EMAIL, NOW, confirm, make_promotion, quote

__all__ = ["engine"]
LAST = 10
PROVEN = Claim(codes=("SPRING10",), proven_email=HASHED_EMAIL)


def add(engine: Engine, **values: int) -> Promotion:
    with PostgresUnitOfWork(engine) as uow:
        added = uow.promotions.add(make_promotion(**values))
        uow.commit()
    return added


def quoted(engine: Engine, identity_id: int, product_id: str) -> str:
    with PostgresUnitOfWork(engine) as uow:
        quote_id = quote(uow, {product_id: 1}, identity_id=identity_id, claim=PROVEN)
        uow.commit()
    return quote_id


def buy(engine: Engine, quote_id: str, identity_id: int) -> tuple[Order, bool]:
    with patient(engine) as uow:
        outcome = confirm(uow, quote_id, identity_id=identity_id, proven=True)
        uow.commit()
    return outcome


def uses(engine: Engine) -> int:
    with engine.connect() as connection:
        counted = text("SELECT count(*) FROM shop.promotion_use WHERE given_back_at IS NULL")
        return int(connection.execute(counted).scalar_one())


def test_of_fifty_buyers_of_different_things_exactly_ten_get_the_last_ten_uses(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    promotion = add(engine, most_uses=LAST)
    stocked(engine, **{f"P{who}": 1 for who in range(BUYERS)})
    quotes = [quoted(engine, who + 1, f"P{who}") for who in range(BUYERS)]
    with PostgresUnitOfWork(engine) as holder:
        holder.promotions.lock([promotion.promotion_id])
        buyers = [threads.submit(buy, engine, quote_id, who) for who, quote_id in enumerate(quotes, 1)]
        wait_until_blocked(watcher, BUYERS)
    errors = Counter(type(error_of(buyer)).__name__ for buyer in buyers)
    assert errors == {"NoneType": LAST, "PromotionUsedUp": BUYERS - LAST}
    assert uses(engine) == LAST


def test_buyers_who_come_as_they_like_take_no_more_uses_than_there_are(
    engine: Engine, threads: ThreadPoolExecutor
) -> None:
    add(engine, most_uses=LAST)
    stocked(engine, **{f"P{who}": 1 for who in range(BUYERS)})
    quotes = [quoted(engine, who + 1, f"P{who}") for who in range(BUYERS)]
    buyers = [threads.submit(buy, engine, quote_id, who) for who, quote_id in enumerate(quotes, 1)]
    errors = Counter(type(error_of(buyer)).__name__ for buyer in buyers)
    assert errors == {"NoneType": LAST, "PromotionUsedUp": BUYERS - LAST}
    assert uses(engine) == LAST


def test_a_customers_second_order_waits_for_the_first_and_finds_the_use_taken(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    add(engine, most_per_customer=1)
    stocked(engine, MUG=1, POT=1)
    mug, pot = quoted(engine, 1, "MUG"), quoted(engine, 1, "POT")
    with PostgresUnitOfWork(engine) as first:
        confirm(first, mug, proven=True)
        second = threads.submit(buy, engine, pot, 1)
        wait_until_blocked(watcher)
        first.commit()
    assert type(error_of(second)).__name__ == "PromotionUsedUp"
    assert uses(engine) == 1


def test_a_use_that_is_given_back_while_somebody_waits_for_it_is_theirs(
    engine: Engine, threads: ThreadPoolExecutor, watcher: Connection
) -> None:
    promotion = add(engine, most_uses=1)
    stocked(engine, MUG=2, POT=2)
    mug, pot = quoted(engine, 1, "MUG"), quoted(engine, 2, "POT")
    order, _ = buy(engine, mug, 1)
    with PostgresUnitOfWork(engine) as holder:
        holder.promotions.lock([promotion.promotion_id])
        waiting = threads.submit(buy, engine, pot, 2)
        wait_until_blocked(watcher)
        with patient(engine) as uow:
            cancel_order(uow, order.order_id, identity=Identity(identity_id=1), actor="web", now=NOW)
            uow.commit()
    assert error_of(waiting) is None
    assert uses(engine) == 1


def test_a_limit_that_is_set_after_the_cards_were_shown_counts_for_them(engine: Engine) -> None:
    promotion = add(engine)
    stocked(engine, MUG=2)
    first, second = quoted(engine, 1, "MUG"), quoted(engine, 2, "MUG")
    with PostgresUnitOfWork(engine) as editor:
        locked = editor.promotions.lock_one(promotion.promotion_id)
        assert locked is not None
        editor.promotions.save(replace(locked, most_uses=1))
        editor.commit()
    order, _ = buy(engine, first, 1)
    assert order.discount > 0
    with pytest.raises(PromotionUsedUp):
        buy(engine, second, 2)
