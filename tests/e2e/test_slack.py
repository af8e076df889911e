"""The Slack app against a real peer, in both delivery modes: orders, threads, forms, the Home tab, attackers."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine as Database

from bot.adapters.slack.app import SlackSender, slack_client
from bot.adapters.slack.people import People
from bot.engine import Answer, MessageEngine
from bot.messages import Attachment, Button, Choice, Command, Field, Form, IncomingMessage, Reply, Verb
from bot.phrases import slack as slack_phrases
from storage.unit_of_work import PostgresUnitOfWork
from tests.support import local_slack
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.local_slack import (
    ALICE,
    BOB,
    BOT,
    BOT_TOKEN,
    GENERAL,
    SIGNING_SECRET,
    eventually,
    labels,
    words,
)
from tests.support.shop import NOW, SHOP
from tests.support.slack_stage import Stage, stage_in

pytestmark = pytest.mark.skipif(local_slack.binary() is None, reason=local_slack.MISSING)

ADDRESS = Form(
    title="Shipping address", fields=(Field(name="street", label="Street"), Field(name="town", label="Town"))
)
ADD = Form(
    title="New product",
    fields=(Field(name="name", label="Name", value="Mug"), Field(name="version", label="", value="3", hidden=True)),
    command=Command(name="inventory", text="add"),
)


class Backstage(MessageEngine):
    """The real engine; only commands and words in capitals have scripted answers, and everything is noted."""

    def __init__(self, database: Database) -> None:
        super().__init__(
            interpreter=CommandInterpreter(),
            unit_of_work=lambda: PostgresUnitOfWork(database),
            clock=StillClock(NOW),
            shop=SHOP,
        )
        self.heard: list[IncomingMessage] = []
        self.open = threading.Event()
        self.open.set()

    def handle(self, message: IncomingMessage) -> Answer:
        self.open.wait(5)
        self.heard.append(message)
        command = message.command
        if message.text == "BREAK":
            raise RuntimeError("broken by the test")
        if message.text == "ADDRESS":
            return _answer(Reply(text="Where shall it go?", form=ADDRESS))
        if message.choice is not None and message.choice.verb is Verb.INV_UNDO:
            return _answer(Reply(text="It is undone."))
        if command is None:
            return super().handle(message)
        if command.fields:
            return _answer(Reply(text=f"Stored {dict(command.fields)['name']}.", form=ADD))
        if command.file:
            return _answer(Reply(text=f"Imported {len(command.file.splitlines()) - 1} products."))
        if command.text == "add":
            return _answer(Reply(text="Which product?", form=ADD))
        if command.text == "export":
            return _answer(Reply(text="All products:", attachment=Attachment(name="products.csv", content="id\nMUG\n")))
        undo = Button(label="Undo", choice=Choice(verb=Verb.INV_UNDO, arg="1"))
        return _answer(Reply(text=f"Done: {command.text}", buttons=(undo,)))

    def of(self, user: str) -> list[IncomingMessage]:
        return [one for one in self.heard if one.sender_id == user]


def _answer(reply: Reply) -> Answer:
    return Answer(replies=(reply,), delivery_ids=())


Scene = Stage[Backstage]


@pytest.fixture(params=["socket", "http"])
def both(request: pytest.FixtureRequest, tmp_path: Path, engine: Database) -> Iterator[Scene]:
    """The stage, once in each delivery mode."""
    with stage_in(request.param, tmp_path, engine, Backstage(engine)) as stage:
        yield stage


@pytest.fixture
def stage(tmp_path: Path, engine: Database) -> Iterator[Scene]:
    """The stage in Socket Mode."""
    with stage_in("socket", tmp_path, engine, Backstage(engine)) as stage:
        yield stage


@pytest.fixture
def http_stage(tmp_path: Path, engine: Database) -> Iterator[Scene]:
    """The stage behind a web server."""
    with stage_in("http", tmp_path, engine, Backstage(engine)) as stage:
        yield stage


def test_an_order_is_typed_corrected_tapped_and_cancelled(both: Scene) -> None:
    slack = both.slack
    chat = slack.direct(ALICE)
    slack.says(chat, ALICE, "order 1 MUG-RED")
    slack.hears(chat, "where shall we ship")
    slack.says(chat, ALICE, "add 2 MUG-RED")
    slack.hears(chat, "ship", after=1)
    slack.says(chat, ALICE, "address 12 Main St, Denver CO 80203")
    card = slack.hears(chat, "Your order", "3 × Red Mug", "*$36.00*")
    assert labels(card) == ["Place order", "Change", "Cancel"]
    both.restarts()  # in the middle of an order
    slack.presses(card, "Place order")
    placed = slack.hears(chat, "is placed")

    updated = next(one for one in slack.messages(chat) if one["ts"] == card["ts"])
    assert labels(updated) == []
    assert "You chose: Place order" in words(updated)
    assert (both.count("shop.orders"), both.engine.of(ALICE)[0].proven_email) == (1, "alice@example.com")

    slack.presses(card, "Place order")  # from a phone that still shows the button
    slack.hears(chat, "was already placed")
    assert both.count("shop.orders") == 1
    slack.presses(placed, "Cancel this order")
    slack.presses(slack.hears(chat, "Cancel order #1001?"), "Yes, cancel it")
    slack.hears(chat, "cancelled")


def test_a_typed_answer_takes_the_buttons_off_the_card_and_off_what_asked_for_words(stage: Scene) -> None:
    slack, chat = stage.slack, stage.slack.direct(ALICE)

    def now(message: dict[str, Any]) -> dict[str, Any]:
        return next(one for one in slack.messages(chat) if one["ts"] == message["ts"])

    slack.says(chat, ALICE, "order 1 MUG-RED")
    asked = slack.hears(chat, "where shall we ship")
    assert labels(asked) == ["Undo", "Empty cart", "Fill in a form"]
    slack.says(chat, ALICE, "address 12 Main St, Denver CO 80203")
    first = slack.hears(chat, "Your order", "1 × Red Mug")
    eventually(lambda: labels(now(asked)) == [])
    slack.says(chat, ALICE, "add 1 MUG-RED")
    second = slack.hears(chat, "Your order", "2 × Red Mug")
    eventually(lambda: labels(now(first)) == [])
    assert labels(now(second)) == ["Place order", "Change", "Cancel"]
    stage.restarts()
    slack.says(chat, ALICE, "yes")
    slack.hears(chat, "Order #1001 is placed")
    eventually(lambda: labels(now(second)) == [])
    assert words(now(second)) == words(second).partition("\nPlace order")[0]


def test_a_pressed_card_keeps_saying_what_was_chosen_whatever_comes_after(stage: Scene) -> None:
    slack, chat = stage.slack, stage.slack.direct(ALICE)
    slack.says(chat, ALICE, "add 1 MUG-RED")
    cart = slack.hears(chat, "Your cart")
    slack.presses(cart, "Check out")
    slack.hears(chat, "where shall we ship")
    slack.says(chat, ALICE, "address 12 Main St, Denver CO 80203")
    slack.hears(chat, "Your order", "12 Main St")
    eventually(lambda: len(slack.calls("chat.update")) == 2)  # the pressed card, and the question for the address
    assert "You chose: Check out" in words(next(one for one in slack.messages(chat) if one["ts"] == cart["ts"]))


def test_a_card_that_slack_does_not_change_any_more_costs_no_answer(
    stage: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack, chat = stage.slack, stage.slack.direct(ALICE)

    def refuses(client: WebClient, **_: Any) -> None:
        raise SlackApiError("refused", {"ok": False, "error": "edit_window_closed"})  # type: ignore[no-untyped-call]

    slack.says(chat, ALICE, "order 1 MUG-RED")
    slack.hears(chat, "where shall we ship")
    monkeypatch.setattr(WebClient, "chat_update", refuses)
    slack.says(chat, ALICE, "address 12 Main St, Denver CO 80203")
    card = slack.hears(chat, "Your order", "1 × Red Mug")
    slack.says(chat, ALICE, "yes")
    slack.hears(chat, "Order #1001 is placed")
    slack.presses(card, "Place order")  # it is still there, and orders nothing
    slack.hears(chat, "was already placed")
    assert stage.count("shop.orders") == 1


def test_a_command_is_answered_to_its_sender_alone_and_its_button_leaves_no_old_card(both: Scene) -> None:
    slack = both.slack
    slack.commands(GENERAL, ALICE, "/inventory", "set MUG price 12 &amp; <@U02BOB|bob>")
    answer = slack.hears(GENERAL, "Done: set MUG price 12 & slack:U02BOB".replace("&", "&amp;"))
    assert (answer["subtype"], answer["ephemeral_to"]) == ("ephemeral", ALICE)
    assert both.engine.heard[0].chat.chat_id == slack.direct(ALICE)
    slack.presses(answer, "Undo")
    replaced = slack.hears(GENERAL, "It is undone.")
    assert (replaced["ts"], labels(replaced)) == (answer["ts"], [])


def test_a_command_opens_a_form_and_a_bad_answer_offers_it_again(both: Scene) -> None:
    slack = both.slack
    slack.commands(GENERAL, ALICE, "/inventory", "add")
    view = eventually(lambda: slack.calls("views.open"))[0]["view"]
    assert view["title"]["text"] == "New product"
    slack.sends_form(ALICE, name="Green Mug")
    answer = slack.hears(GENERAL, "Stored Green Mug.")
    assert (answer["subtype"], labels(answer)) == ("ephemeral", ["Fill in a form"])
    command = both.engine.heard[-1].command
    assert command == Command(name="inventory", text="add", fields=(("name", "Green Mug"), ("version", "3")))
    slack.presses(answer, "Fill in a form")
    eventually(lambda: len(slack.calls("views.open")) == 2)


def test_a_form_below_a_message_comes_back_as_words(stage: Scene) -> None:
    slack, chat = stage.slack, stage.slack.direct(ALICE)
    slack.says(chat, ALICE, "ADDRESS")
    slack.presses(slack.hears(chat, "Where shall it go?"), "Fill in a form")
    eventually(lambda: slack.calls("views.open"))
    slack.sends_form(ALICE, street="12 Main St", town="Denver CO 80203")
    eventually(lambda: stage.engine.heard[-1].text == "12 Main St, Denver CO 80203")
    assert stage.engine.heard[-1].chat.chat_id == chat


def test_files_come_in_with_a_caption_and_go_out_into_the_direct_chat(both: Scene) -> None:
    slack = both.slack
    slack.uploads(GENERAL, ALICE, "products.csv", "id,price\nA,1\nB,2\n", "/inventory import")
    imported = slack.hears(GENERAL, "Imported 2 products.")
    assert imported["thread_ts"]
    slack.uploads(slack.direct(ALICE), ALICE, "cat.png", "meow", "")
    slack.hears(slack.direct(ALICE), "has no words I can read")
    slack.commands(GENERAL, ALICE, "/inventory", "export")
    slack.hears(GENERAL, "The file is in our direct messages.")
    files = [one["name"] for message in slack.messages(slack.direct(ALICE)) for one in message.get("files", ())]
    assert files == ["products.csv"]


def test_a_thread_is_a_conversation_of_its_own_for_each_person(stage: Scene) -> None:
    slack = stage.slack
    slack.says(GENERAL, BOB, "order 1 MUG-RED")  # not for the bot
    ts = slack.says(GENERAL, ALICE, f"<@{BOT}> add 2 MUG-RED")
    slack.says(GENERAL, BOB, "order 5 MUG-RED", thread=ts)  # does not talk with the bot
    slack.says(GENERAL, ALICE, "add 1 MUG-RED", thread=ts)
    card = slack.hears(GENERAL, "Your cart", "3 × Red Mug")
    assert card["thread_ts"] == ts
    assert {one.sender_id for one in stage.engine.heard} == {ALICE}
    texts = [one.text for one in stage.engine.heard]
    assert texts == ["add 2 MUG-RED"] * 2 + ["add 1 MUG-RED"]  # message and app_mention
    assert len([one for one in slack.messages(GENERAL) if one["thread_ts"] == ts]) == 2

    slack.presses(card, "Check out", user=BOB)
    slack.hears(GENERAL, "belongs to somebody else")
    assert labels(next(one for one in slack.messages(GENERAL) if one["ts"] == card["ts"]))
    slack.says(GENERAL, ALICE, f"<@{BOT}> checkout", thread=ts)
    slack.hears(slack.direct(ALICE), "3 × Red Mug", "where shall we ship")
    eventually(lambda: not labels(next(one for one in slack.messages(GENERAL) if one["ts"] == card["ts"])))


def test_what_is_personal_in_a_channel_is_answered_in_private(both: Scene) -> None:
    slack, alone = both.slack, both.slack.direct(ALICE)
    ts = slack.says(GENERAL, ALICE, f"<@{BOT}> order 2 MUG-RED")
    slack.hears(alone, "2 × Red Mug", "where shall we ship")
    slack.says(GENERAL, ALICE, "address 12 Main St, Denver CO 80203", thread=ts)
    slack.presses(slack.hears(alone, "Your order", "12 Main St"), "Place order")
    slack.hears(alone, "Order #1001 is placed")
    slack.says(GENERAL, ALICE, f"<@{BOT}> orders")
    slack.hears(alone, "#1001", after=1)
    eventually(lambda: len(slack.calls("chat.postEphemeral")) == 3)
    whispers = slack.calls("chat.postEphemeral")
    assert {(one["text"], one["user"]) for one in whispers} == {(slack_phrases.IN_PRIVATE, ALICE)}
    assert not whispers[0].get("thread_ts")  # a thread without answers shows no whispers
    read_by_all = "\n".join(words(one) for one in slack.messages(GENERAL) if one.get("subtype") != "ephemeral")
    assert [secret for secret in ("1001", "12 Main St", "•••", "$24") if secret in read_by_all] == []


def test_edits_are_ignored_and_failures_are_told_once(stage: Scene) -> None:
    slack, chat = stage.slack, stage.slack.direct(ALICE)
    ts = slack.says(chat, ALICE, "BREAK")
    slack.hears(chat, "Something went wrong")
    slack.edits(chat, ALICE, ts, "order 2 MUG-RED")
    slack.says(chat, ALICE, "hello")
    slack.hears(chat, "Hello!")
    assert [one.text for one in stage.engine.heard] == ["BREAK", "hello"]
    assert len(slack.messages(chat)) == 2


def test_the_home_tab_shows_the_cart_and_orders_and_its_buttons_work(stage: Scene) -> None:
    slack, chat = stage.slack, stage.slack.direct(ALICE)
    slack.opens_home(ALICE)
    slack.opens_home(ALICE)
    slack.hears(chat, "Hello!")
    eventually(lambda: len(slack.calls("views.publish")) == 2)
    assert len(slack.messages(chat)) == 1  # greeted once
    assert "Your cart is empty" in json.dumps(slack.calls("views.publish")[-1])

    slack.says(chat, ALICE, "order 2 MUG-RED")
    slack.says(chat, ALICE, "address 12 Main St, Denver CO 80203")
    slack.presses(slack.hears(chat, "Your order", "2 × Red Mug"), "Place order")
    slack.hears(chat, "is placed")
    slack.opens_home(ALICE)
    view = eventually(lambda: slack.calls("views.publish")[2:])[0]["view"]
    cancel = next(one for one in local_slack.buttons(view) if one["text"]["text"] == "Cancel this order")
    slack.presses_in_home(ALICE, cancel)
    slack.hears(chat, "Cancel order #1001?")
    view = eventually(lambda: slack.calls("views.publish")[3:])[0]["view"]
    assert "Yes, cancel it" in labels(view)


class Courier:
    """Posts to the bot as Slack does, or as somebody who pretends to be Slack."""

    def __init__(self, stage: Scene) -> None:
        self._slack = stage.slack
        self._slack.opens_home(BOB)
        self.url = eventually(self._sent)[0]["summary"].split()[1]

    def _sent(self) -> list[dict[str, Any]]:
        return [one for one in self._slack.log() if one["direction"] == "to_bot"]

    def last(self) -> str:
        """The body of what was sent last."""
        return str(self._sent()[-1]["detail"])

    def posts(self, body: str, *, secret: str = SIGNING_SECRET, age: int = 0, arrives: str = "") -> int:
        """Posts a signed body, or `arrives` in its place; returns the status."""
        stamp = str(int(time.time()) - age)
        signed = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        form = body.startswith("payload=")
        headers = {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signed}",
            "Content-Type": "application/x-www-form-urlencoded" if form else "application/json",
        }
        return httpx.post(self.url, content=arrives or body, headers=headers).status_code

    def event(self, **event: Any) -> str:
        """An event's body."""
        return json.dumps({"type": "event_callback", "team_id": "T01TEST", "event_id": "Ev1", "event": event})


def test_forged_old_and_huge_requests_are_refused(http_stage: Scene) -> None:
    courier, chat = Courier(http_stage), http_stage.slack.direct(ALICE)
    order = {"type": "message", "channel": chat, "channel_type": "im", "user": ALICE, "ts": "1.000001"}
    body = courier.event(**order, text="order 1 MUG-RED")
    assert courier.posts(body, secret="another secret") == 401
    assert courier.posts(body, age=301) == 401
    assert courier.posts(body, arrives=body.replace("order 1", "order 9")) == 401
    assert courier.posts(body, arrives="x" * 1_000_001) == 413
    assert httpx.post(courier.url, content=body, headers={"Content-Type": "application/json"}).status_code == 401
    assert http_stage.engine.of(ALICE) == []
    assert courier.posts(body) == 200
    eventually(lambda: http_stage.engine.of(ALICE))


def test_what_slack_delivers_again_has_no_second_effect(http_stage: Scene) -> None:
    slack, engine, courier = http_stage.slack, http_stage.engine, Courier(http_stage)
    chat = slack.direct(ALICE)
    slack.says(chat, ALICE, "order 1 MUG-RED")
    slack.hears(chat, "where shall we ship")
    assert courier.posts(courier.last()) == 200
    eventually(lambda: len(engine.of(ALICE)) == 2)
    slack.says(chat, ALICE, "address 12 Main St, Denver CO 80203")
    slack.presses(slack.hears(chat, "Your order", "1 × Red Mug"), "Place order")
    slack.hears(chat, "Order #1001 is placed")
    assert courier.posts(courier.last()) == 200
    eventually(lambda: len(engine.of(ALICE)) == 5)
    slack.says(chat, ALICE, "help")
    slack.hears(chat, "I am a bot")
    assert http_stage.count("shop.orders") == 1
    assert len(slack.messages(chat)) == 5  # with the question whether ideas may be mailed


def test_a_post_in_a_channel_leads_into_each_ones_private_chat(both: Scene) -> None:
    slack, add = both.slack, Button(label="Add to my cart", choice=Choice(verb=Verb.DEAL, arg="MUG-RED"))
    card = Reply(title="Red Mug", text="$12.00", buttons=(add,))
    room = SlackSender(slack_client(BOT_TOKEN, slack.api_url))
    room.post(GENERAL, Reply(title="Favourites of the week", text="A tap does it.", cards=(card, card)))
    post = slack.hears(GENERAL, "Favourites of the week", "Red Mug", "$12.00")
    for user in (ALICE, BOB):
        slack.presses(post, "Add to my cart", user)
        slack.hears(slack.direct(user), "1 × Red Mug")
    eventually(lambda: len(slack.calls("chat.postEphemeral")) == 2)
    assert [call["text"] for call in slack.calls("chat.postEphemeral")] == [slack_phrases.IN_PRIVATE] * 2
    kept, *_ = slack.messages(GENERAL)
    assert labels(kept) == ["Add to my cart"] * 2  # for everybody else
    slack.presses(post, "Add to my cart", BOB)
    slack.hears(slack.direct(BOB), "2 × Red Mug")


def test_one_customers_tap_on_a_post_holds_up_no_others(stage: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    slack, alices = stage.slack, threading.Event()
    handle = stage.engine.handle

    def slow_for_alice(message: IncomingMessage) -> Answer:
        if message.sender_id == ALICE:
            alices.wait(20)
        return handle(message)

    monkeypatch.setattr(stage.engine, "handle", slow_for_alice)
    add = Button(label="Add to my cart", choice=Choice(verb=Verb.DEAL, arg="MUG-RED"))
    card = Reply(title="Red Mug", text="$12.00", buttons=(add,))
    SlackSender(slack_client(BOT_TOKEN, slack.api_url)).post(GENERAL, Reply(title="Deals", text="Tap.", cards=(card,)))
    post = slack.hears(GENERAL, "Deals", "Red Mug")
    slack.presses(post, "Add to my cart", ALICE)
    slack.presses(post, "Add to my cart", BOB)
    slack.hears(slack.direct(BOB), "1 × Red Mug")
    alices.set()
    slack.hears(slack.direct(ALICE), "1 × Red Mug")


def test_who_cannot_be_written_to_in_private_is_told(stage: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    slack = stage.slack
    add = Button(label="Add to my cart", choice=Choice(verb=Verb.DEAL, arg="MUG-RED"))
    SlackSender(slack_client(BOT_TOKEN, slack.api_url)).post(GENERAL, Reply(text="A mug", buttons=(add,)))

    def refuses(people: People, user: str) -> str:
        raise SlackApiError("refused", {"ok": False, "error": "cannot_dm_bot"})  # type: ignore[no-untyped-call]

    monkeypatch.setattr(People, "direct_chat", refuses)
    slack.presses(slack.hears(GENERAL, "A mug"), "Add to my cart", BOB)
    slack.hears(GENERAL, slack_phrases.NO_DIRECT_CHAT)
    assert stage.engine.heard == []


def test_a_newcomer_is_greeted_once(http_stage: Scene) -> None:
    slack, courier = http_stage.slack, Courier(http_stage)
    joined = courier.event(type="team_join", user={"id": ALICE, "name": "alice"})
    assert [courier.posts(joined) for _ in range(2)] == [200, 200]
    slack.hears(slack.direct(ALICE), "Hello! I am Test Shop's shop bot")
    slack.opens_home(ALICE)
    assert courier.posts(courier.event(type="team_join", user={"id": "U0X", "is_bot": True})) == 200
    eventually(lambda: len(slack.calls("views.publish")) == 2)  # Bob's and Alice's
    assert [one.id for one in http_stage.engine.of(ALICE)] == ["welcome"]
    assert len(slack.messages(slack.direct(ALICE))) == 1


def test_the_acknowledgement_does_not_wait_for_the_answer(http_stage: Scene) -> None:
    http_stage.engine.open.clear()
    started = time.monotonic()
    for text_ in ("hello", "cart", "help"):
        http_stage.slack.says(http_stage.slack.direct(ALICE), ALICE, text_)
    assert time.monotonic() - started < 2
    http_stage.engine.open.set()
    eventually(lambda: len(http_stage.engine.heard) == 3)
    assert [one.text for one in http_stage.engine.heard] == ["hello", "cart", "help"]
