"""What an attacker tries beyond the stories of each part: bodies, ids and words that were made to do harm."""

import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as waiting_for
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine as Database
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.adapters.ports import Given
from bot.adapters.slack.blocks import to_blocks
from bot.adapters.telegram.app import TelegramParts
from bot.adapters.web.app import make_app
from bot.adapters.web.parts import WebParts
from bot.adapters.web.webhooks import MOST_BODY_BYTES
from bot.config import load
from bot.connecting import connect
from bot.engine import MessageEngine
from bot.links import Links
from bot.support.notices import ticket_card, ticket_notes
from domain.conversation import ChatRef, Conversation
from domain.outreach.consenting import ask_owner, give_consent, stop_marketing
from domain.records.tickets import BOT, CUSTOMER, Note, Ticket
from mail.events import MailEvent, take_events
from scheduler.outbox import Outbox
from storage.queries.chats import PostgresChats, PostgresHealth
from storage.queries.envelopes import Envelopes
from storage.queries.mailbox import DevMailbox
from storage.repositories.notifications import PostgresConsents, PostgresNotifications
from storage.repositories.people import PostgresPeople
from storage.repositories.rate_limits import PostgresRates
from storage.unit_of_work import PostgresUnitOfWork
from tests.integration.test_privacy import ADDRESS, EMAIL, HASHED, STREET, Shop, shop
from tests.support.desk import STAFFED
from tests.support.factories import place
from tests.support.fakes import CommandInterpreter, StillClock
from tests.support.shop import NOW, SHOP, stock_mugs

__all__ = ["shop"]  # a fixture


@pytest.fixture
def client(engine: Database, tmp_path: Path) -> TestClient:
    """A visitor of a shop with staff and an order."""
    stock_mugs(engine)
    clock = StillClock(NOW)
    shop = MessageEngine(
        interpreter=CommandInterpreter(), unit_of_work=lambda: PostgresUnitOfWork(engine), clock=clock, shop=STAFFED
    )
    with PostgresUnitOfWork(engine) as uow:
        place(uow, {"MUG-RED": 2}, identity_id=999, now=NOW)
        uow.commit()
    parts = WebParts(
        engine=shop,
        chats=PostgresChats(engine, clock),
        health=PostgresHealth(engine),
        unit_of_work=lambda: PostgresUnitOfWork(engine),
        rates=PostgresRates(engine),
        clock=clock,
        reduced=lambda: False,
        cookie_keys=[SHOP.hash_key],
        links=Links("", [SHOP.hash_key]),
        shop=SHOP,
        tagline="",
        examples=(),
        images=tmp_path,
        mailbox=None,
        messages_per_minute=1000,
    )
    return TestClient(make_app(parts))


STAFFS_CHOICES = ["ord_ship:1001", "ord_cancel:1001", "ord_:ship 1001", "ord_open:", "inv_undo:1", "inv_export:"]
STAFFS_CHOICES += ["inv_remove:MUG-RED", "inv_set:MUG-RED price 1", "inv_:list", "handoff_resolve:1", "handoff_end:1"]


@pytest.mark.parametrize("choice", STAFFS_CHOICES)
def test_a_web_visitor_cannot_press_what_is_staffs(client: TestClient, engine: Database, choice: str) -> None:
    body = {"choice": choice, "command": {"name": "inventory", "text": "list"}, "groups": ["S9"], "sender_id": "U1"}
    answer = client.post("/api/chat", json=body)
    assert answer.status_code == 200
    assert "1001" not in answer.text
    assert [reply["buttons"] for reply in answer.json()["replies"]] == [[]]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT state FROM shop.orders")).scalar_one() == "placed"
        others = text("SELECT count(*) FROM shop.audit_log WHERE actor <> 'test'")  # who filled the shelf
        assert connection.execute(others).scalar_one() == 0


@pytest.mark.parametrize("choice", ["cancel:1001", "cancel_yes:1001", "reorder:1001", "confirm:Q1", "orders:0"])
def test_another_customers_order_is_not_there(client: TestClient, engine: Database, choice: str) -> None:
    answer = client.post("/api/chat", json={"choice": choice})
    assert "Red Mug" not in answer.text
    with engine.connect() as connection:
        assert connection.execute(text("SELECT state FROM shop.orders")).scalar_one() == "placed"


def test_a_great_body_is_refused_before_it_is_read(client: TestClient) -> None:
    assert client.post("/api/chat", content=b" " * (MOST_BODY_BYTES + 1)).status_code == 413
    assert client.post("/api/chat", content=iter([b'{"text": "help"}'])).status_code == 413


def test_the_longest_text_still_gets_an_answer(client: TestClient) -> None:
    answer = client.post(
        "/api/chat",
        content=json.dumps({"text": "\N{GRINNING FACE}" * 100_000}, ensure_ascii=False).encode(),
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("field", ["id", "choice", "text", "label"])
def test_zero_characters_break_nothing(client: TestClient, field: str) -> None:
    for value in ("\0", "a\0b", "add:\0", "inv_\0:\0"):
        assert client.post("/api/chat", json={"text": "help", field: value}).status_code == 200


def test_what_a_visitor_calls_a_button_is_not_logged(client: TestClient) -> None:
    with capture_logs() as logs:
        client.post("/api/chat", json={"choice": "ann@example.com:x"})
        client.post("/api/chat", json={"choice": "ord_ann@example.com:x"})
        client.post("/api/chat", json={"choice": "add:MUG-RED"})
    turns = [event["intent"] for event in logs if event["event"] == "turn"]
    assert turns == ["button", "button", "button add"]


def test_a_customers_words_look_like_no_other_line_of_the_tickets_card() -> None:
    chat = ChatRef(channel="web", chat_id="w")
    ticket = Ticket(ticket_id=1, chat=chat, sender_id="w", identity_id=1, about="", opened_at=NOW)
    said = "hi”\nLast orders:\n#1001, placed\t$900.00\rE-mail proven\u2028Please ship to me"
    conversation = Conversation(chat=chat, sender_id="w", identity_id=1)
    card = ticket_card(ticket, conversation, said=said, orders=(), products={}, shop=SHOP)
    assert [line for line in card.text.splitlines() if "1001" in line] == [
        "They wrote: “hi” Last orders: #1001, placed $900.00 E-mail proven Please ship to me”"
    ]


@pytest.mark.parametrize("said", ["*Ada wrote:* give it all back", "_The bot_: it is proven", "> *T1* is `resolved`"])
def test_a_customers_words_are_drawn_as_nobody_elses_in_supports_channel(said: str) -> None:
    chat = ChatRef(channel="web", chat_id="w")
    ticket = Ticket(ticket_id=1, chat=chat, sender_id="w", identity_id=1, about="", opened_at=NOW)
    conversation = Conversation(chat=chat, sender_id="w", identity_id=1)
    card = ticket_card(ticket, conversation, said=said, orders=(), products={}, shop=SHOP)
    bot = Note(note_id=2, ticket_id=1, author=BOT, text="It left.", at=NOW)
    word = Note(note_id=1, ticket_id=1, author=CUSTOMER, text=said, at=NOW)
    for reply in (card, ticket_notes([word]), ticket_notes([word, bot])):
        blocks, _ = to_blocks(reply)
        drawn = [block["text"] for block in blocks if said in str(block.get("text", {}).get("text"))]
        assert [one["type"] for one in drawn] == ["plain_text"]


def test_telegram_gets_pictures_and_nothing_else_that_lies_near_them(
    engine: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARLEY_TELEGRAM_TOKEN", "42:test")
    settings = load(Path("config.yaml"), tmp_path)
    given = Given(
        settings=settings,
        engine=None,  # type: ignore[arg-type]  # nobody writes
        chats=PostgresChats(engine, StillClock(NOW)),
        envelopes=partial(Envelopes, engine, StillClock(NOW)),
        clock=StillClock(NOW),
        shop=SHOP,
        unit_of_work=lambda: PostgresUnitOfWork(engine),
    )
    telegram = connect(given).parts(TelegramParts)
    assert telegram is not None
    assert telegram.image_folder == tmp_path / "images"  # the secret key of the e-mail hash is beside it


# Marketing against its reader's wish.


def wants_marketing(shop: Shop) -> bool:
    with shop.unit_of_work() as uow:
        word = uow.consents.of(HASHED)
    return word is not None and word.given


def test_a_stranger_who_is_forgotten_takes_no_opt_out_of_the_owner_along(shop: Shop) -> None:
    shop.orders("stranger")
    shop.says("stranger", "send me ideas")
    with shop.unit_of_work() as uow:
        stop_marketing(uow, HASHED, "link", NOW)
        uow.commit()
    shop.says("stranger", "forget me", "yes")
    shop.orders("stranger")
    shop.says("stranger", "send me ideas")
    assert not wants_marketing(shop)


def test_a_stranger_who_is_forgotten_takes_no_complaint_of_the_owner_along(shop: Shop) -> None:
    shop.orders("stranger")
    with shop.unit_of_work() as uow:
        uow.consents.suppress(HASHED, "spam report", NOW)
        uow.commit()
    shop.says("stranger", "forget me", "yes")
    with shop.unit_of_work() as uow:
        assert uow.consents.suppressed(HASHED) == "spam report"


class Meanwhile:
    """Starts `act` in another thread when it is first called; gives it half a second, and lets the first one go on."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act
        self._pool = ThreadPoolExecutor(1)
        self._done: Future[object] | None = None

    def __call__(self) -> None:
        if self._done is None:
            self._done = self._pool.submit(self._act)
            waiting_for([self._done], timeout=0.5)

    def result(self) -> object:
        assert self._done is not None
        return self._done.result(timeout=30)


def test_an_opt_out_at_the_same_time_as_a_strangers_consent_stands(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops() -> None:
        with shop.unit_of_work() as uow:
            stop_marketing(uow, HASHED, "link", NOW)
            uow.commit()

    meanwhile, read = Meanwhile(stops), PostgresConsents.of

    def slow(self: PostgresConsents, hashed_email: str) -> Any:
        word = read(self, hashed_email)
        meanwhile()
        return word

    monkeypatch.setattr(PostgresConsents, "of", slow)
    with shop.unit_of_work() as uow:
        ask_owner(uow, uow.opt_ins.ask(HASHED, 1, None, "web", NOW), NOW, may_mail=True)
        uow.commit()
    meanwhile.result()
    assert not wants_marketing(shop)


def test_a_late_report_of_an_opt_out_yields_to_the_owners_word(shop: Shop) -> None:
    shop.orders("owner")
    shop.works()
    with shop.unit_of_work() as uow:
        mail = uow.notifications.get("mail:order/1001/placed")
        assert mail is not None
        later = NOW + timedelta(minutes=1)
        give_consent(uow, uow.opt_ins.ask(HASHED, 1, None, "web", later), "web", later)
        report = MailEvent(event_id="e1", name="unsubscribe", message_id=mail.message_id, at=NOW)
        take_events(uow, [report], NOW + timedelta(minutes=2))
        uow.commit()
    assert wants_marketing(shop)


# Forgetting at the worst moment.


def test_a_mail_job_brings_back_nobody_who_was_forgotten_since_it_began(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.orders("zuzana")
    send, meanwhile = Outbox.send, Meanwhile(lambda: shop.says("zuzana", "forget me", "yes"))

    def slow(self: Outbox, *args: Any) -> None:
        meanwhile()
        send(self, *args)

    monkeypatch.setattr(Outbox, "send", slow)
    shop.works()
    meanwhile.result()
    assert shop.tables_with(EMAIL, STREET, HASHED) == []


def test_a_mail_that_is_noted_while_somebody_is_forgotten_names_them_no_longer(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.orders("zuzana")
    mark, meanwhile = PostgresNotifications.mark, Meanwhile(lambda: shop.says("zuzana", "forget me", "yes"))

    def slow(self: PostgresNotifications, *args: Any) -> None:
        mark(self, *args)
        meanwhile()

    monkeypatch.setattr(PostgresNotifications, "mark", slow)
    shop.works()
    meanwhile.result()
    assert shop.tables_with(HASHED) == []


def test_who_types_an_address_while_it_is_forgotten_orders_under_it_anew(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.orders("zuzana")
    with shop.unit_of_work() as uow:
        uow.people.prove_email(1, HASHED, EMAIL, "code", NOW)
        uow.commit()
    shop.says("bob", "order 1 MUG-RED")
    remember, meanwhile = PostgresPeople.remember_email, Meanwhile(lambda: shop.says("zuzana", "forget me", "yes"))

    def slow(self: PostgresPeople, *args: Any) -> None:
        remember(self, *args)
        meanwhile()

    monkeypatch.setattr(PostgresPeople, "remember_email", slow)
    shop.says("bob", EMAIL)
    meanwhile.result()
    assert shop.tables_with(EMAIL, HASHED) == []
    shop.says("bob", "checkout")
    said = shop.says("bob", EMAIL, ADDRESS, "yes")
    assert "is placed" in said.title
    shop.works()
    assert [mail.to for mail in DevMailbox(shop.database).newest(9)] == [EMAIL]


def test_what_would_be_erased_does_not_tell_whether_the_shop_knows_an_address(shop: Shop) -> None:
    shop.orders("zuzana")
    shop.works()
    heard = []
    for who, email in (("mallory", EMAIL), ("trent", "zolda.quimby@example.com")):
        shop.says(who, email, f"verify {email}")
        shop.works()
        heard.append(shop.says(who, "forget me").text)
    assert heard[0] == heard[1]
