"""Staff in Slack against a real peer: the stock room by slash command and form, and a ticket in the support channel."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine as Database

from bot.adapters.slack.app import SlackSender, slack_client
from bot.engine import MessageEngine
from bot.support.desk import SupportDesk
from domain.conversation import ChatRef
from scheduler.chats import Chats
from scheduler.ports import StaffChannels
from scheduler.staff import StaffNotices
from scheduler.workplace import Workplace
from storage.unit_of_work import PostgresUnitOfWork
from tests.support import local_slack
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.local_slack import ALICE, BOB, BOT_TOKEN, GENERAL, SUPPORT, eventually, labels, words
from tests.support.shop import NOW, SHOP
from tests.support.slack_stage import Stage, stage_in

pytestmark = pytest.mark.skipif(local_slack.binary() is None, reason=local_slack.MISSING)

STAFFED = replace(SHOP, support=True, staff={f"slack:{BOB}": frozenset({"admin", "support"})})


class Worker:
    """Does what the worker's jobs do, when a test says so."""

    def __init__(self, stage: Stage[MessageEngine]) -> None:
        sender = SlackSender(slack_client(BOT_TOKEN, stage.slack.api_url))

        def unit_of_work() -> PostgresUnitOfWork:
            return PostgresUnitOfWork(stage.database)

        clock, channels = StillClock(NOW), StaffChannels(support=SUPPORT)
        place = Workplace(database=stage.database, unit_of_work=unit_of_work, shop=STAFFED, clock=clock)
        self.staff = StaffNotices(place, sender, channels)
        self.chats = Chats(place, {"slack": sender})


@pytest.fixture
def stage(tmp_path: Path, engine: Database) -> Iterator[Stage[MessageEngine]]:
    """Bob is staff, Alice a customer."""
    clock = StillClock(NOW)

    def unit_of_work() -> PostgresUnitOfWork:
        return PostgresUnitOfWork(engine)

    message_engine = MessageEngine(
        interpreter=CommandInterpreter(), unit_of_work=unit_of_work, clock=clock, shop=STAFFED
    )
    desk = SupportDesk(unit_of_work, clock, STAFFED)
    with stage_in("socket", tmp_path, engine, message_engine, shop=STAFFED, support=desk) as staged:
        yield staged


def test_a_price_is_changed_by_command_and_by_form_and_taken_back(stage: Stage[MessageEngine]) -> None:
    slack = stage.slack
    slack.commands(GENERAL, ALICE, "/inventory", "set MUG-RED price 1")
    slack.hears(GENERAL, "Sorry, that needs the role")
    slack.commands(GENERAL, BOB, "/inventory", "set MUG-RED price 13")
    changed = slack.hears(GENERAL, "$13.00", "$12.00")
    assert (changed["subtype"], changed["ephemeral_to"]) == ("ephemeral", BOB)
    slack.presses(changed, "Undo", user=BOB)
    undone = eventually(lambda: next((one for one in slack.messages(GENERAL) if one["ts"] == changed["ts"]), None))
    eventually(lambda: "ndo" in words(slack.messages(GENERAL)[-1]) or None)
    assert undone["ephemeral_to"] == BOB


def test_a_file_is_checked_imported_and_undone_by_buttons(stage: Stage[MessageEngine]) -> None:
    slack, chat = stage.slack, stage.slack.direct(BOB)
    file = "product_id,quantity,wholesale_cost,sale_price,supplier_id,name\nMUG-RED,12,4,13.5,S,Red Mug\n"
    slack.uploads(chat, BOB, "prices.csv", file, "inventory import check")
    checked = slack.hears(chat, "What the file would change", "$12.00", "$13.50")
    assert labels(checked) == ["Import"]
    slack.presses(checked, "Import", user=BOB)
    imported = slack.hears(chat, "Imported")
    assert labels(imported) == ["Undo"]
    eventually(lambda: "Import" not in labels(slack.messages(chat)[0]))
    slack.presses(imported, "Undo", user=BOB)
    slack.hears(chat, "Import undone", "put back")
    eventually(lambda: not any(labels(one) for one in slack.messages(chat)))
    with PostgresUnitOfWork(stage.database) as uow:
        mug = uow.products.get(["MUG-RED"])["MUG-RED"]
    assert (str(mug.sale_price), mug.quantity) == ("12.00", 10)


def test_a_ticket_lives_in_a_thread_of_the_support_channel(stage: Stage[MessageEngine]) -> None:
    slack, worker, chat = stage.slack, Worker(stage), stage.slack.direct(ALICE)
    slack.says(chat, ALICE, "human")
    slack.hears(chat, "ticket T1")
    worker.staff.open_ticket_thread(1)
    card = slack.hears(SUPPORT, "T1")
    assert labels(card)

    slack.says(SUPPORT, BOB, "Hello Alice, <https://example.com|here> is what I found &amp; more", thread=card["ts"])

    def brought() -> bool:
        worker.chats.bring_replies("slack", chat)
        return any("A person at Test Shop" in words(one) for one in slack.messages(chat))

    eventually(brought)
    slack.hears(chat, "Hello Alice, here is what I found &amp; more")

    slack.presses(card, labels(card)[0], user=ALICE)
    slack.hears(SUPPORT, "only people with the role")
    assert labels(slack.messages(SUPPORT)[0])
    slack.presses(card, labels(card)[0], user=BOB)
    slack.hears(SUPPORT, "Ticket T1 is resolved")
    eventually(lambda: not labels(slack.messages(SUPPORT)[0]))
    worker.chats.bring_replies("slack", chat)
    slack.hears(chat, "Ticket T1 is closed")
    assert ChatRef(channel="slack", chat_id=chat) not in worker.chats.left_behind()
