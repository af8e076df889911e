"""Durable jobs: enqueued with the order or not at all, carried out once, with ids only in their arguments."""

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.engine import MessageEngine
from bot.messages import Choice, IncomingMessage, Verb
from domain.conversation import ChatRef
from domain.events import OrderPlaced
from domain.outreach.unproven import confirm_order
from scheduler.tasks import SWEEP
from storage.queries.mailbox import DevMailbox
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.rooms import StagedJobs
from tests.support.shop import NOW, SHOP, stock_mugs


@pytest.fixture
def jobs(engine: Database, database_url: str) -> StagedJobs:
    return StagedJobs(database_url, engine, SHOP, StillClock(NOW))


@pytest.fixture
def message_engine(engine: Database, jobs: StagedJobs) -> MessageEngine:
    stock_mugs(engine)
    return MessageEngine(
        interpreter=CommandInterpreter(),
        unit_of_work=lambda: PostgresUnitOfWork(engine, jobs.enqueue),
        clock=StillClock(NOW),
        shop=SHOP,
    )


def say(message_engine: MessageEngine, *said: str) -> None:
    for one in said:
        message_engine.handle(
            IncomingMessage(id=one, chat=ChatRef(channel="test", chat_id="ann"), sender_id="ann", text=one)
        )


ORDER = ("order 2 MUG-RED", "ann@example.com", "address: 12 Main St, Denver CO 80203", "yes")


def waiting(engine: Database) -> list[str]:
    with engine.connect() as connection:
        return list(
            connection.execute(text("SELECT args::text FROM procrastinate_jobs WHERE status = 'todo'")).scalars()
        )


def test_an_order_is_confirmed_by_one_mail_that_holds_what_matters(
    message_engine: MessageEngine, jobs: StagedJobs, engine: Database
) -> None:
    say(message_engine, *ORDER)
    jobs.all_done(2)
    mails = DevMailbox(engine).newest(10)
    assert [mail.to for mail in mails] == ["ann@example.com"]
    for piece in ("2 × Red Mug", "$24.00", "May 12, 11:30 AM MDT", "cancel 1001", "https://shop.example.com/confirm/"):
        assert piece in mails[0].body


def test_a_cancellation_is_confirmed_too(message_engine: MessageEngine, jobs: StagedJobs, engine: Database) -> None:
    say(message_engine, *ORDER, "cancel", "y")
    with PostgresUnitOfWork(engine, jobs.enqueue) as uow:
        confirm_order(uow, 1001, NOW)
        uow.commit()
    jobs.all_done(2)
    assert sorted(mail.subject for mail in DevMailbox(engine).newest(10)) == [
        "Test Shop: order #1001 is cancelled",
        "Test Shop: order #1001 is placed",
    ]


def test_a_job_that_runs_twice_mails_once(message_engine: MessageEngine, jobs: StagedJobs, engine: Database) -> None:
    say(message_engine, *ORDER)
    jobs.all_done()
    with PostgresUnitOfWork(engine, jobs.enqueue) as uow:
        uow.record(OrderPlaced(order_id=1001))
        uow.commit()
    jobs.all_done()
    assert len(DevMailbox(engine).newest(10)) == 1


def test_no_order_no_job(message_engine: MessageEngine, engine: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    say(message_engine, *ORDER[:-1])
    monkeypatch.setattr("bot.orders.placing.cards.placed_card", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        say(message_engine, "yes")
    assert waiting(engine) == []


def test_arguments_hold_the_order_number_and_nothing_else(message_engine: MessageEngine, engine: Database) -> None:
    say(message_engine, *ORDER)
    assert waiting(engine) == ['{"step": "placed", "order_id": 1001}', '{"order_id": 1001}']


def test_a_forgotten_customer_gets_no_mail(message_engine: MessageEngine, jobs: StagedJobs, engine: Database) -> None:
    say(message_engine, *ORDER)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM pii.email_lookup"))
    jobs.all_done()
    assert DevMailbox(engine).newest(10) == []


def test_one_waiting_sweep_is_enough_and_it_forgets_old_messages(
    message_engine: MessageEngine, jobs: StagedJobs, engine: Database
) -> None:
    say(message_engine, "help")
    with engine.begin() as connection:
        connection.execute(text("UPDATE chat.inbox SET at = at - interval '31 days'"))
        connection.execute(
            text("UPDATE pii.delivery SET created_at = created_at - interval '31 days', delivered_at = created_at")
        )
    jobs.begin(SWEEP.due())
    jobs.begin(SWEEP.due())
    assert len(waiting(engine)) == 1
    jobs.all_done()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM chat.inbox")).scalar_one() == 0
        assert connection.execute(text("SELECT count(*) FROM pii.delivery")).scalar_one() == 0


def test_a_cancel_button_of_the_card_works_too(message_engine: MessageEngine, engine: Database) -> None:
    say(message_engine, *ORDER)
    chat = ChatRef(channel="test", chat_id="ann")
    for verb in (Verb.CANCEL, Verb.CANCEL_YES):
        choice = Choice(verb=verb, arg="1001")
        message_engine.handle(IncomingMessage(id=f"press {verb}", chat=chat, sender_id="ann", choice=choice))
    steps = ['{"step": "placed", "order_id": 1001}', '{"step": "cancelled", "order_id": 1001}']
    assert waiting(engine) == steps  # the recommendation was withdrawn
