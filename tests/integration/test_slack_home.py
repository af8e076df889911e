"""The Home tab in Slack: a customer's, and above it what waits for who works in the shop."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine as Database

from bot.adapters.slack import home
from bot.adapters.slack.events import direct_chat
from bot.adapters.slack.parts import SlackParts
from bot.engine import MessageEngine
from storage.queries.chats import PostgresChats
from storage.queries.envelopes import Envelopes
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
