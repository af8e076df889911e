"""The Home tab in Slack: a customer's, and above it what waits for who works in the shop."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.adapters.slack import home
from bot.adapters.slack.events import direct_chat
from bot.adapters.slack.parts import SlackParts
from bot.engine import MessageEngine
from storage.queries.chats import PostgresChats
from storage.queries.envelopes import Envelopes
from storage.queries.job_queue import note_failure
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.desk import BOSS, STAFFED
from tests.support.factories import make_order
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, stock_mugs
from tests.support.stocking import restock


@pytest.fixture
def parts(engine: Database) -> SlackParts:
    stock_mugs(engine)
    clock, unit_of_work = StillClock(NOW), lambda: PostgresUnitOfWork(engine)
    return SlackParts(
        engine=MessageEngine(interpreter=CommandInterpreter(), unit_of_work=unit_of_work, clock=clock, shop=STAFFED),
        chats=PostgresChats(engine, clock),
        envelopes=partial(Envelopes, engine, clock),
        clock=clock,
        shop=STAFFED,
        unit_of_work=unit_of_work,
        bot_token="xoxb-test",
        signing_secret="s",
    )


def seen(parts: SlackParts, user: str, *groups: str) -> list[dict[str, Any]]:
    shown = home.view(home.read(parts, direct_chat(f"D{user}"), user, groups))
    return list(shown["blocks"])


def test_a_customers_tab_has_nothing_of_the_shop(parts: SlackParts) -> None:
    assert "/dashboard" not in str(seen(parts, "U7"))
    assert "Your cart" in str(seen(parts, "U7"))


def test_an_admin_sees_what_waits_and_what_is_low(parts: SlackParts) -> None:
    said = str(seen(parts, BOSS))
    assert "No orders wait to be shipped." in said
    assert "No products have 5 or fewer in stock." in said
    with parts.unit_of_work() as uow:
        uow.orders.add(make_order(placed_at=NOW))
        restock(uow, "MUG-RED", -8, actor="test", now=NOW)
        uow.commit()
    said = str(seen(parts, BOSS))
    for piece in ("1 order waits to be shipped.", "1 product has 5 or fewer in stock.", "/dashboard", "Your cart"):
        assert piece in said
    for label in ("Orders that wait", "Low stock", "What to reorder"):
        assert label in said


def test_support_sees_orders_alone(parts: SlackParts) -> None:
    said = str(seen(parts, "U5", "S9"))
    assert ("wait to be shipped" in said, "in stock" in said, "Low stock" in said) == (True, False, False)


def test_of_many_orders_only_that_is_said(parts: SlackParts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "MOST_COUNTED", 0)
    with parts.unit_of_work() as uow:
        uow.orders.add(make_order(placed_at=NOW))
        uow.commit()
    assert "More than 0 orders wait to be shipped." in str(seen(parts, BOSS))


def fails(engine: Database, task: str, error: str, at: datetime = NOW) -> None:
    """A job that was given up."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL search_path = jobs, public"))  # as its triggers have it
        job_id = connection.execute(
            text(
                "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, status) "
                "VALUES ('default', :task, 'failed') RETURNING id"
            ),
            {"task": task},
        ).scalar_one()
    if error:
        note_failure(engine, job_id, error, at)


def test_an_admin_sees_what_failed_last_and_what_is_done_about_it(parts: SlackParts, engine: Database) -> None:
    assert "given up" not in str(seen(parts, BOSS))
    fails(engine, "mail_order", "TryLater: SendGrid does not know the API key")
    said = str(seen(parts, BOSS))
    assert "1 job failed and was given up, last “mail order” on May 12, " in said
    assert ": SendGrid does not know the API key. Whoever runs the shop: “parley jobs” lists them" in said
    fails(engine, "make_report", "OperationalError", NOW - timedelta(days=1))
    fails(engine, "predict", "")
    said = str(seen(parts, BOSS))
    assert "3 jobs failed and were given up, last “mail order”" in said


@pytest.mark.parametrize(("error", "why"), [("OperationalError", "OperationalError"), ("", "its worker died")])
def test_what_failed_without_a_sentence_is_said_as_far_as_it_is_known(
    parts: SlackParts, engine: Database, error: str, why: str
) -> None:
    fails(engine, "predict", error)
    assert f": {why}. Whoever" in str(seen(parts, BOSS))


def test_only_admins_see_what_failed(parts: SlackParts, engine: Database) -> None:
    fails(engine, "mail_order", "TryLater: SendGrid does not know the API key")
    for user, *groups in (["U7"], ["U5", "S9"]):
        assert "given up" not in str(seen(parts, user, *groups))
