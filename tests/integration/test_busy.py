"""Others at the same rows: nobody waits in a circle, and what they were in the way of is tried again, a few times."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg2 import errors
from sqlalchemy import Connection, text
from sqlalchemy import Engine as Database
from sqlalchemy.exc import OperationalError

from bot.engine import MessageEngine
from bot.messages import IncomingMessage
from domain.conversation import ChatRef
from domain.errors import Busy
from domain.patience import TRIES, patiently
from domain.records.privacy import Reach
from storage.repositories.conversations import forget_old, note_delivered
from storage.repositories.orders import PostgresOrders
from storage.unit_of_work import PostgresUnitOfWork
from tests.integration.test_races import wait_until_blocked
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, SHOP, stock_mugs

CONTENTION = (errors.DeadlockDetected, errors.SerializationFailure, errors.LockNotAvailable)


class _Error(OperationalError):
    """As the driver raises it, without a server."""

    def __init__(self, kind: type[Exception]) -> None:
        self.kind = kind
        super().__init__("SELECT 1", {}, _Cause(kind.__name__))


class _Cause(Exception):
    def __init__(self, name: str) -> None:
        codes = {"DeadlockDetected": "40P01", "SerializationFailure": "40001", "LockNotAvailable": "55P03"}
        self.pgcode = codes[name]


@pytest.fixture
def message_engine(engine: Database) -> MessageEngine:
    stock_mugs(engine)
    return MessageEngine(
        interpreter=CommandInterpreter(),
        unit_of_work=lambda: PostgresUnitOfWork(engine),
        clock=StillClock(NOW),
        shop=SHOP,
    )


def says(message_engine: MessageEngine, *said: str) -> list[int]:
    """The ids of the replies."""
    ids: list[int] = []
    for one in said:
        chat = ChatRef(channel="test", chat_id="ann")
        ids += message_engine.handle(IncomingMessage(id=one, chat=chat, sender_id="ann", text=one)).delivery_ids
    return ids


def erase(engine: Database) -> None:
    with PostgresUnitOfWork(engine) as uow:
        uow.privacy.erase(Reach(identity_ids=(1,)))
        uow.commit()


def sweep(engine: Database) -> None:
    with engine.begin() as connection:
        forget_old(connection, NOW.replace(year=NOW.year + 1))


# Replies are locked in the order of their ids.


@pytest.mark.parametrize("who", ["marks", "erases", "sweeps"])
def test_who_waits_for_the_first_reply_holds_none_of_the_later_ones(
    engine: Database, message_engine: MessageEngine, threads: ThreadPoolExecutor, watcher: Connection, who: str
) -> None:
    first, *_, last = says(message_engine, "help", "orders", "cart")
    with engine.begin() as connection:  # the order on the disk is another one
        connection.execute(text("UPDATE pii.delivery SET delivered_at = created_at, position = position"))
        connection.execute(text("UPDATE pii.delivery SET position = position WHERE delivery_id = :it"), {"it": first})
    acts: dict[str, Callable[[], None]] = {
        "marks": lambda: note_delivered(engine, [last, first], NOW),
        "erases": lambda: erase(engine),
        "sweeps": lambda: sweep(engine),
    }
    held = text("SELECT 1 FROM pii.delivery WHERE delivery_id = :it FOR UPDATE NOWAIT")
    with engine.begin() as holder:
        holder.execute(held, {"it": first})
        waiting = threads.submit(acts[who])
        wait_until_blocked(watcher)
        holder.execute(held, {"it": last})  # in a circle the one who waits would have it
    waiting.result(timeout=30)


def test_forgetting_and_marking_at_once_do_both(engine: Database, message_engine: MessageEngine) -> None:
    for number in range(12):
        ids = says(message_engine, f"help {number}", f"orders {number}", f"cart {number}", f"help me {number}")
        together = threading.Barrier(2)

        def mark(ids: list[int] = ids, together: threading.Barrier = together) -> None:
            together.wait(timeout=20)
            note_delivered(engine, ids[::-1], NOW)

        thread = threading.Thread(target=mark)
        thread.start()
        together.wait(timeout=20)
        with engine.connect() as connection:
            me = connection.execute(text("SELECT max(identity_id) FROM chat.identity")).scalar_one()
        with PostgresUnitOfWork(engine) as uow:
            uow.privacy.erase(Reach(identity_ids=(me,)))
            uow.commit()
        thread.join(timeout=30)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM pii.delivery")).scalar_one() == 0


# What others were in the way of is tried again.


@pytest.mark.parametrize("kind", CONTENTION)
def test_a_unit_of_work_says_busy_for_whatever_others_caused(engine: Database, kind: type[Exception]) -> None:
    with pytest.raises(Busy), PostgresUnitOfWork(engine):
        raise _Error(kind)


@pytest.mark.parametrize("kind", CONTENTION)
def test_a_message_is_answered_once_others_are_out_of_the_way(
    engine: Database, message_engine: MessageEngine, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    says(message_engine, "order 2 MUG-RED", "ann@example.com", "address: 12 Main St, Denver CO 80203")
    add, failures = PostgresOrders.add, [_Error(kind)] * 2

    def often_in_the_way(self: PostgresOrders, *args: object) -> object:
        if failures:
            raise failures.pop()
        return add(self, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(PostgresOrders, "add", often_in_the_way)
    says(message_engine, "yes")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM shop.orders")).scalar_one() == 1
        assert connection.execute(text("SELECT quantity FROM shop.product")).scalar_one() == 8


def test_who_is_always_in_the_way_is_named_after_a_few_tries() -> None:
    tried: list[int] = []
    pauses: list[float] = []

    def act() -> None:
        tried.append(1)
        raise Busy

    with pytest.raises(Busy):
        patiently(act, pauses.append)
    assert len(tried) == TRIES
    assert pauses == sorted(pauses)


def test_what_is_no_fault_of_others_is_not_tried_again() -> None:
    tried: list[int] = []

    def act() -> None:
        tried.append(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        patiently(act, lambda _: None)
    assert len(tried) == 1
