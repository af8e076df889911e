"""Rates: they are exact for all processes together, stay when a turn is undone, and never wait for one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from domain.conversation import ChatRef
from domain.records.rates import Rate
from storage.repositories.rate_limits import PostgresRates, PostgresStorage, forget_rates
from storage.server import database
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.shop import NOW

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
MAILS = Rate(name="mails", most=3, per=HOUR)
MESSAGES = Rate(name="messages", most=3, per=MINUTE)


@pytest.mark.parametrize("rate", [MAILS, MESSAGES])
def test_so_many_are_allowed_and_after_the_time_again(engine: Engine, rate: Rate) -> None:
    rates = PostgresRates(engine)
    assert [rates.allows(rate, "ann", NOW) for _ in range(5)] == [True, True, True, False, False]
    assert rates.allows(rate, "bob", NOW)
    assert not rates.allows(rate, "ann", NOW + rate.per - timedelta(seconds=1))
    assert rates.allows(rate, "ann", NOW + rate.per)


def test_in_no_hour_are_there_more_than_an_hours_rate(engine: Engine) -> None:
    rates = PostgresRates(engine)
    allowed = [minute for minute in range(0, 300, 7) if rates.allows(MAILS, "ann", NOW + minute * MINUTE)]
    assert all(later - earlier >= 60 for earlier, later in zip(allowed, allowed[3:], strict=False))
    assert len(allowed) == 3 * 5


def test_one_rate_says_nothing_about_another(engine: Engine) -> None:
    rates = PostgresRates(engine)
    assert [rates.allows(MAILS, "ann", NOW) for _ in range(3)] == [True] * 3
    assert rates.allows(Rate(name="codes", most=3, per=HOUR), "ann", NOW)
    assert rates.allows(MAILS, "", NOW)


def test_a_rate_of_nothing_allows_nothing(engine: Engine) -> None:
    assert not PostgresRates(engine).allows(Rate(name="none", most=0, per=HOUR), "ann", NOW)


@pytest.mark.parametrize("rate", [MAILS, MESSAGES])
def test_asking_counts_nothing(engine: Engine, rate: Rate) -> None:
    rates = PostgresRates(engine)
    assert not any(rates.used_up(rate, "ann", NOW) for _ in range(9))
    assert all(rates.allows(rate, "ann", NOW) for _ in range(3))
    assert rates.used_up(rate, "ann", NOW)
    assert not rates.used_up(rate, "ann", NOW + rate.per)


@pytest.mark.parametrize("rate", [MAILS, MESSAGES])
def test_many_at_once_in_several_processes_are_counted_exactly(database_url: str, rate: Rate) -> None:
    pools = [database.app_engine(database_url, pool_size=4) for _ in range(2)]
    counters = [PostgresRates(pool) for pool in pools]
    with ThreadPoolExecutor(8) as threads:
        allowed = list(threads.map(lambda number: counters[number % 2].allows(rate, "ann", NOW), range(40)))
    assert sum(allowed) == 3
    for pool in pools:
        pool.dispose()


def test_several_are_counted_in_one_way(engine: Engine) -> None:
    rates, few = PostgresRates(engine), Rate(name="few", most=1, per=MINUTE)
    assert rates.allow_all([(MESSAGES, "ann"), (few, "home")], NOW) == [True, True]
    assert rates.allow_all([(few, "home"), (MESSAGES, "ann")], NOW) == [False, True]
    assert rates.allow_all([(MESSAGES, "ann"), (few, "elsewhere")], NOW) == [True, True]
    assert rates.allow_all([(MESSAGES, "ann")], NOW) == [False]
    assert rates.allow_all([(MESSAGES, "ann"), (few, "home")], NOW + MINUTE) == [True, True]


def test_counts_that_cross_do_not_wait_in_a_circle(engine: Engine) -> None:
    rates = PostgresRates(engine)
    pairs = [(MESSAGES, name) for name in "abcd"]
    with ThreadPoolExecutor(8) as threads:
        done = list(threads.map(lambda turn: rates.allow_all(pairs[turn % 4 :] + pairs[: turn % 4], NOW), range(64)))
    assert sum(sum(each) for each in done) == 4 * MESSAGES.most


def test_what_a_turn_counted_stays_when_the_turn_is_undone(
    unit_of_work: Callable[[], PostgresUnitOfWork], engine: Engine
) -> None:
    with unit_of_work() as uow:
        assert uow.rates.allows(MAILS, "ann", NOW)
    assert [PostgresRates(engine).allows(MAILS, "ann", NOW) for _ in range(3)] == [True, True, False]


def test_a_count_waits_for_no_turn(unit_of_work: Callable[[], PostgresUnitOfWork], engine: Engine) -> None:
    """A turn that counted and goes on for long holds nothing that another one's count needs."""
    chat = ChatRef(channel="web", chat_id="ann")
    with unit_of_work() as slow, engine.connect() as other:
        slow.conversations.lock(chat, "ann", NOW)
        assert slow.rates.allows(MESSAGES, "office", NOW)
        assert PostgresRates(engine).allows(MESSAGES, "office", NOW)
        waiting = other.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one()
        held = other.execute(text("SELECT count(*) FROM pg_locks WHERE relation = CAST('pii.rate' AS regclass)"))
        assert (waiting, held.scalar_one()) == (0, 0)


def test_nothing_waits_for_the_disk(engine: Engine) -> None:
    with engine.connect() as connection:
        kind = text("SELECT relpersistence FROM pg_class WHERE oid = CAST('pii.rate' AS regclass)")
        assert connection.execute(kind).scalar_one() == "u"


def test_what_counts_no_more_is_forgotten(engine: Engine) -> None:
    rates = PostgresRates(engine)
    rates.allows(MAILS, "ann", NOW)
    rates.allows(MESSAGES, "ann", NOW)
    with engine.begin() as connection:
        forget_rates(connection, NOW + MINUTE)
        assert connection.execute(text("SELECT key FROM pii.rate")).scalars().all() == ["mails/ann/3/3600/second"]


def test_it_is_all_that_the_library_asks_of_a_storage(engine: Engine) -> None:
    storage = PostgresStorage(engine, NOW)
    assert storage.check()
    assert (storage.incr("a", 60), storage.incr("a", 60), storage.get("a")) == (1, 2, 2)
    assert storage.get_expiry("a") == (NOW + MINUTE).timestamp()
    storage.clear("a")
    storage.incr("b", 60)
    assert (storage.get("a"), storage.reset(), storage.get("b")) == (0, 1, 0)
