"""Telegram by long polling, against our own Bot API server: orders by words and taps, and what can go wrong."""

import asyncio
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from PIL import Image
from sqlalchemy import Engine as Database
from sqlalchemy import text
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.adapters.telegram import answering as telegram_answering
from bot.adapters.telegram import pacing as telegram_pacing
from bot.adapters.telegram.answering import Answering
from bot.adapters.telegram.app import TelegramBot, TelegramParts, TelegramSender, TokenRejected
from bot.adapters.telegram.client import Client, Unreachable
from bot.adapters.telegram.markup import to_messages
from bot.adapters.telegram.pacing import Pacing
from bot.admin import COMMANDS, commands_of_staff
from bot.engine import Answer
from bot.messages import AnswerLost, Attachment, Button, Choice, Command, IncomingMessage, Reply, Row, Verb
from bot.phrases import orders as phrases_orders
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.phrases import telegram as phrases_telegram
from domain.conversation import ChatRef
from domain.errors import Away, Busy
from domain.records.staff import Role
from storage.queries.chats import PostgresChats
from storage.queries.envelopes import Envelopes
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.bot_api import TOKEN, BotApi, Person, Refusal, labels, seen, serving
from tests.support.fakes import CommandInterpreter
from tests.support.shop import SHOP
from tests.support.stage import Stage


@pytest.fixture(scope="session")
def rasa() -> CommandInterpreter:
    """Exact commands do for what is tested here."""
    return CommandInterpreter()


@pytest.fixture
def api() -> Iterator[BotApi]:
    with serving() as server:
        yield server


@pytest.fixture
def parts(api: BotApi, shop: Stage, engine: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TelegramParts:
    monkeypatch.setattr(telegram_pacing, "CHAT", (100, 1.0))  # people in tests type fast
    Image.new("RGB", (48, 48), "#7a9e87").save(tmp_path / "LUNCH-DOT.png")
    with engine.begin() as connection:
        connection.execute(text("UPDATE shop.product SET image_url = '/images/' || product_id || '.png'"))
    return TelegramParts(
        engine=shop.engine,
        chats=PostgresChats(engine, shop.clock),
        envelopes=partial(Envelopes, engine, shop.clock),
        token=TOKEN,
        api_url=api.url,
        webhook_secret=None,
        image_folder=tmp_path,
    )


@contextmanager
def polling(parts: TelegramParts) -> Iterator[None]:
    """A bot that polls in a thread of its own."""
    bot = TelegramBot(parts)
    thread = threading.Thread(target=bot.run_polling)
    thread.start()
    try:
        yield
    finally:
        bot.stop()
        thread.join(timeout=10)
    assert not thread.is_alive()


@pytest.fixture
def ada(api: BotApi, parts: TelegramParts) -> Iterator[Person]:
    """Ada in her private chat, with the bot polling."""
    with polling(parts):
        yield api.person(7, "Ada")


def undelivered(database: Database) -> int:
    with database.connect() as connection:
        return int(
            connection.execute(text("SELECT count(*) FROM pii.delivery WHERE delivered_at IS NULL")).scalar_one()
        )


def orders_up_to_the_card(person: Person, *, said: str = "order 2 MUG-RED") -> Person:
    person.writes(said).hears("Red Enamel Mug", "e-mail")
    person.writes("ada@example.com").hears("Where shall we ship it?")
    return person.writes("address: 12 Main St, Denver CO 80203").hears("Your order", "[Place order]")


def test_an_order_by_words_and_taps(ada: Person, shop: Stage, engine: Database) -> None:
    ada.writes("/start").hears("shop bot")
    orders_up_to_the_card(ada).hears("2 × Red Enamel Mug at $12.00 — $24.00")
    card = ada.in_chat()[-1]
    ada.taps("Place order").hears("is placed", "[Cancel this order]")
    assert shop.orders() == 1
    assert shop.stock("MUG-RED") == 38
    assert labels(card) == []
    assert card["text"].endswith(phrases_talk.chosen(label="Place order"))
    ada.api.until(lambda: undelivered(engine) == 0)
    ada.taps("Cancel this order").hears("[Yes, cancel it]")
    ada.taps("Yes, cancel it").hears("went back into stock")
    assert shop.orders() == 0
    assert len(ada.api.of("answerCallbackQuery")) == 3
    assert ada.api.of("sendChatAction")


def test_a_change_of_mind_leads_to_a_new_card_and_the_old_one_does_nothing(ada: Person, shop: Stage) -> None:
    orders_up_to_the_card(ada)
    old = ada.tap_of(ada.in_chat()[-1], "Place order")
    ada.writes("add 1 TEAPOT").hears("Glass Teapot", "[Place order]")
    ada.read = len(ada.api.messages)
    ada.api.push("callback_query", old)
    ada.hears(phrases_talk.STALE, "[Place order]")
    stale = next(one for one in ada.in_chat() if one["message_id"] == old["message"]["message_id"])
    assert labels(stale) == []
    assert "You chose" not in seen(stale)
    ada.taps("Cancel").hears(phrases_shopping.STOPPED)
    assert shop.orders() == 0


@pytest.mark.parametrize(
    ("said", "heard"), [("yes", "is placed"), ("no", "What shall I change?"), ("add 1 TEAPOT", "Glass Teapot")]
)
def test_a_typed_answer_takes_the_buttons_off_the_card(ada: Person, said: str, heard: str) -> None:
    card = orders_up_to_the_card(ada).in_chat()[-1]
    words = card["text"]
    ada.writes(said).hears(heard)
    ada.api.until(lambda: labels(card) == [])
    assert card["text"] == words


def test_a_question_aside_leaves_the_card_its_buttons(ada: Person, shop: Stage) -> None:
    orders_up_to_the_card(ada).writes("under 13").hears("[Add to cart]")
    ada.api.until(lambda: sum("Add to cart" in labels(one) for one in ada.in_chat()) == 5)
    ada.taps("Place order").hears("is placed")
    assert sum("Add to cart" in labels(one) for one in ada.in_chat()) == 5


def test_a_choice_by_words_takes_the_buttons_off_every_product(ada: Person) -> None:
    ada.writes("order 2 LUNCH").hears("[None of these]")
    offered = [one for one in ada.in_chat() if "This one" in labels(one)]
    last = offered[-1]["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in last] == [["This one"], ["None of these"]]
    ada.writes("LUNCH-FOX").hears("Fox Lunch Bag", "e-mail")
    ada.api.until(lambda: [labels(one) for one in offered] == [[]] * 4)


def test_a_card_that_cannot_be_changed_any_more_costs_no_answer(ada: Person, shop: Stage, engine: Database) -> None:
    card = orders_up_to_the_card(ada).in_chat()[-1]
    edits = partial(ada.api.of, "editMessageReplyMarkup")
    ada.api.until(edits)  # of the question before the card
    ada.api.refusals["editMessageReplyMarkup"] = [Refusal(400, "Bad Request: message can't be edited")]
    ada.writes("yes").hears("is placed")
    ada.api.until(lambda: len(edits()) == 2)
    ada.writes("thanks").hears(phrases_talk.THANKS)
    assert len(edits()) == 2  # and not with every message from then on
    assert "Place order" in labels(card)
    ada.taps("Place order").hears("was already placed")
    assert shop.orders() == 1
    ada.api.until(lambda: undelivered(engine) == 0)


def test_a_database_that_goes_away_behind_an_answer_costs_only_the_buttons_end(
    ada: Person, parts: TelegramParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> object:
        raise Away

    orders_up_to_the_card(ada)
    monkeypatch.setattr(parts.chats, "shown", away)
    ada.writes("yes").hears("is placed")
    ada.writes("thanks").hears(phrases_talk.THANKS)
    assert sum("is placed" in seen(one) for one in ada.in_chat()) == 1


def test_the_same_update_twice_has_one_effect_and_one_answer(ada: Person, shop: Stage) -> None:
    orders_up_to_the_card(ada)
    tap = ada.api.push("callback_query", ada.tap_of(ada.in_chat()[-1], "Place order"))
    ada.api.deliver(tap)
    ada.hears("is placed")
    again = ada.api.push("message", ada.api.message(ada.chat, ada.user, text="cart"))
    ada.hears(phrases_shopping.EMPTY_CART)
    ada.api.deliver(again)
    ada.writes("thanks").hears(phrases_talk.THANKS)
    assert shop.orders() == 1
    assert sum("is placed" in seen(one) for one in ada.in_chat()) == 1
    assert sum(phrases_shopping.EMPTY_CART in seen(one) for one in ada.in_chat()) == 1


def test_a_double_tap_counts_once(ada: Person) -> None:
    ada.writes("under 13").hears("[Add to cart]")
    card = next(one for one in ada.in_chat() if "Add to cart" in labels(one))
    ada.read = len(ada.api.messages)
    taps = [ada.tap_of(card, "Add to cart") for _ in range(2)]
    for tap in taps:
        ada.api.push("callback_query", tap)
    ada.hears("Your cart").writes("cart").hears("1 × ")


def test_products_come_as_pictures_and_as_text_where_there_is_none(ada: Person) -> None:
    ada.writes("under 13").hears("In stock", "[Add to cart]")
    ada.api.until(lambda: sum("Add to cart" in labels(one) for one in ada.in_chat()) == 5)
    cards = [one for one in ada.in_chat() if "Add to cart" in labels(one)]
    pictures = [one for one in cards if "photo" in one]
    assert [one["caption"].split("\n")[0] for one in pictures] == ["Dotty Lunch Bag"]
    assert ada.api.of("sendPhoto")[0].files["photo"].startswith(b"\x89PNG")
    ada.writes("under 13").hears("Dotty Lunch Bag")
    ada.api.until(lambda: len(ada.api.of("sendPhoto")) == 2)
    assert ada.api.of("sendPhoto")[1].given["photo"] == pictures[0]["photo"][0]["file_id"]


def test_a_restart_in_the_middle_of_an_order(api: BotApi, parts: TelegramParts, shop: Stage) -> None:
    ada = api.person(7, "Ada")
    with polling(parts):
        orders_up_to_the_card(ada)
    ada.taps("Place order")
    with polling(parts):
        ada.hears("is placed")
    assert shop.orders() == 1


def test_staff_find_their_commands_in_the_menu_of_their_chat(
    api: BotApi, parts: TelegramParts, shop: Stage, engine: Database
) -> None:
    configured = replace(SHOP, staff={"telegram:7": frozenset({"admin"}), "slack:U1": frozenset({"admin"})})
    with PostgresUnitOfWork(engine) as uow:
        uow.staff.grant("telegram:8", Role.SUPPORT, "telegram:7", shop.clock.now())
        menus = commands_of_staff(uow.staff, configured, "telegram")
    assert menus == {
        "7": [
            "answers",
            "campaign",
            "churn",
            "dashboard",
            "data",
            "inventory",
            "orders",
            "parley",
            "promo",
            "report",
            "segment",
            "why",
        ],
        "8": ["answers", "dashboard", "data", "orders", "parley", "report", "why"],
    }
    with polling(replace(parts, staff=lambda: menus)):
        api.until(lambda: len(api.of("setMyCommands")) == 3)
    shown = {call.given.get("scope", ""): call.given["commands"] for call in api.of("setMyCommands")}
    assert ["inventory" in shown[scope] for scope in sorted(shown)] == [False, True, False]
    assert all('"cart"' in commands for commands in shown.values())
    assert set(phrases_telegram.STAFF_MENU) == set(COMMANDS)


def test_commands_of_the_menu(ada: Person) -> None:
    ada.api.until(lambda: ada.api.of("setMyCommands"))
    for name in "start help cart orders cancel recommend human privacy".split():
        assert f'"{name}"' in ada.api.of("setMyCommands")[0].given["commands"]
    ada.writes("/cart").hears(phrases_shopping.EMPTY_CART)
    ada.writes("/orders").hears(phrases_orders.NO_ORDERS)
    ada.writes("/cancel").hears(phrases_orders.NOTHING_AT_ALL_TO_CANCEL)
    ada.writes("/help").hears("I am a bot")
    ada.writes("/privacy").hears("E-mail — none", "[What is kept, and why]")
    ada.writes("/human").hears("ticket T1")


def test_messages_without_words_are_answered_once(ada: Person) -> None:
    voice = {"file_id": "v", "file_unique_id": "u", "duration": 2}
    ada.writes("", voice=voice).hears(phrases_talk.EMPTY_MESSAGE)
    ada.writes("", location={"latitude": 1.0, "longitude": 2.0}).hears(phrases_talk.EMPTY_MESSAGE)
    photo = [{"file_id": "p", "file_unique_id": "u", "width": 9, "height": 9}]
    ada.writes("", photo=photo, media_group_id="88").writes("", photo=photo, media_group_id="88")
    ada.writes("", photo=photo, caption="order 2 MUG-RED").hears("Red Enamel Mug")
    assert sum(phrases_talk.EMPTY_MESSAGE in seen(one) for one in ada.in_chat()) == 3


def test_messages_of_one_person_are_answered_in_their_order(ada: Person) -> None:
    for quantity in (1, 2, 4, 5, 6):  # never as many as are there: that would be said again
        ada.writes(f"order {quantity} MUG-RED")
    ada.api.until(lambda: len(ada.in_chat()) == 5)
    heard = [seen(one).partition(" × Red")[0].rpartition("\n")[2] for one in ada.in_chat()]
    assert heard == ["1", "3", "7", "12", "18"]


def test_in_a_group_the_bot_answers_whom_addresses_it(ada: Person, shop: Stage) -> None:
    ada, bob = (ada.api.person(number, name, group=-100) for number, name in ((7, "Ada"), (8, "Bob")))
    ada.writes("anybody hungry?").writes("/cart").writes("order 2 MUG-RED @otherbot")
    ada.writes("@ParleyBot add 2 MUG-RED").hears("Red Enamel Mug", "[Check out]")
    card = ada.in_chat()[-1]
    assert len(ada.in_chat()) == 1
    assert card["reply_to_message"]["from"]["id"] == 7
    ada.writes("add 1 MUG-RED", reply_to_message=card).hears("3 × Red Enamel Mug")
    card = ada.in_chat()[-1]

    bob.taps("Check out").hears("Bob\n", phrases_shopping.EMPTY_CART)  # it is Bob's cart that this is about
    assert "Check out" in labels(card)
    bob.writes("/cart@ParleyBot").hears(phrases_shopping.EMPTY_CART)
    ada.taps("Check out").hears(phrases_telegram.IN_PRIVATE, f"[{phrases_telegram.OPEN_CHAT}]")
    assert labels(card) == []
    assert ada.in_chat()[-1]["reply_to_message"]["from"]["id"] == 7


def test_what_is_personal_in_a_group_goes_on_in_private_with_the_cart(ada: Person, shop: Stage) -> None:
    in_group = ada.api.person(7, "Ada", group=-100)
    in_group.writes("@ParleyBot add 2 MUG-RED").hears("[Check out]")
    cart = in_group.in_chat()[-1]
    ada.api.blocked.add(7)  # as with everybody who never wrote to the bot
    in_group.writes("/inventory@ParleyBot").hears(phrases_telegram.IN_PRIVATE)
    in_group.writes("@ParleyBot thanks").hears(phrases_talk.THANKS)
    assert "Check out" in labels(cart)  # a command leaves it where it is
    in_group.writes("@ParleyBot checkout").hears(phrases_telegram.IN_PRIVATE)
    ada.api.until(lambda: labels(cart) == [])  # there is no cart any more that they would be about
    ada.api.blocked.clear()
    assert ada.in_chat() == []
    (button,) = in_group.in_chat()[-1]["reply_markup"]["inline_keyboard"][0]
    assert button["url"] == "https://t.me/ParleyBot?start=go-on"
    ada.writes("/start go-on").hears("2 × Red Enamel Mug", "e-mail")
    in_group.writes("@ParleyBot ada@example.com").hears(phrases_telegram.IN_PRIVATE)
    ada.hears("Where shall we ship it?")
    ada.writes("address: 12 Main St, Denver CO 80203").hears("[Place order]")
    ada.taps("Place order").hears("is placed")
    in_group.writes("@ParleyBot orders").hears(phrases_telegram.IN_PRIVATE)
    ada.hears("#1001")
    told = "\n".join(seen(one) for one in in_group.in_chat())
    assert [secret for secret in ("1001", "Main St", "•••", "ada@") if secret in told] == []
    assert shop.orders() == 1


def test_in_a_group_products_come_as_one_list(ada: Person) -> None:
    ada = ada.api.person(7, "Ada", group=-100).writes("@ParleyBot under 13").hears("1. ", "[Add ")
    assert len(ada.in_chat()) == 1


def test_somebody_who_blocked_the_bot_is_left_alone(ada: Person, shop: Stage, engine: Database) -> None:
    ada.api.blocked.add(7)
    ada.writes("order 2 MUG-RED")
    ada.api.until(lambda: ada.api.of("sendMessage"))
    ada.api.until(lambda: undelivered(engine) == 0)
    ada.api.blocked.clear()
    ada.writes("cart").hears("2 × Red Enamel Mug")
    assert len(ada.api.of("sendMessage")) == 2


def test_telegrams_wish_to_wait_is_granted_and_the_order_of_messages_kept(ada: Person) -> None:
    ada.api.refusals["sendMessage"] = [Refusal(429, "Too Many Requests: retry after 1", retry_after=1)]
    ada.writes("cart").writes("help").hears("I am a bot")
    first, again, *_ = ada.api.of("sendMessage")
    assert again.given["text"] == first.given["text"]
    assert again.at - first.at >= 1
    assert [phrases_shopping.EMPTY_CART in seen(one) for one in ada.in_chat()] == [True, False]


def test_a_server_that_stumbles_is_asked_again(ada: Person) -> None:
    ada.api.refusals["sendMessage"] = [Refusal(502, "Bad Gateway")]
    ada.api.refusals["getUpdates"] = [Refusal(502, "Bad Gateway")]
    ada.api.refusals["answerCallbackQuery"] = [Refusal(400, "Bad Request: query is too old")]
    ada.api.refusals["editMessageText"] = [Refusal(400, "Bad Request: message is not modified")]
    orders_up_to_the_card(ada).taps("Place order").hears("is placed")


def test_busy_and_broken_are_told_in_words(ada: Person, parts: TelegramParts, monkeypatch: pytest.MonkeyPatch) -> None:
    orders_up_to_the_card(ada)
    answer = parts.engine.handle
    troubles: list[Exception] = [Busy(), RuntimeError("secret words")]

    def handle(message: object) -> object:
        if troubles:
            raise troubles.pop(0)
        return answer(message)  # type: ignore[arg-type]

    monkeypatch.setattr(parts.engine, "handle", handle)
    ada.taps("Place order").hears(phrases_telegram.BUSY)
    ada.taps("Place order").hears(phrases_talk.BROKEN)
    ada.taps("Place order").hears("is placed")  # the button stayed, for nothing had happened


def test_a_sender_brings_replies_into_a_chat(api: BotApi, parts: TelegramParts) -> None:
    sender = TelegramSender(parts)
    chat = ChatRef(channel="telegram", chat_id="7")
    reply = Reply(
        title="Shipped <b>", body=(Row("1 × A & B", "$3.00"),), attachment=Attachment(name="a.csv", content="a,b\n")
    )
    threads = [threading.Thread(target=sender.send, args=(chat, reply)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one["text"] for one in api.messages if "text" in one] == ["Shipped <b>\n1 × A & B — $3.00"] * 2
    assert [call.files["document"] for call in api.of("sendDocument")] == [b"a,b\n"] * 2
    api.blocked.add(7)
    sender.send(chat, reply)


def test_a_wrong_token_is_said_without_repeating_it(parts: TelegramParts) -> None:
    bot = TelegramBot(TelegramParts(**{**vars(parts), "token": "1:wrong"}))
    with pytest.raises(TokenRejected) as caught:
        bot.run_polling()
    assert "wrong" not in str(caught.value)


def test_a_file_is_imported_by_its_caption(ada: Person, parts: TelegramParts, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[IncomingMessage] = []

    def handle(message: IncomingMessage) -> Answer:
        asked.append(message)
        return Answer(replies=(Reply(text="imported"),), delivery_ids=(1,))

    monkeypatch.setattr(parts.engine, "handle", handle)
    ada.api.files |= {"good": "\ufeffproduct_id,name\nA,Ä\n".encode(), "bad": b"\xff\xfe\x00"}

    def sends(name: str, size: int) -> Person:
        document = {"file_id": name, "file_unique_id": "u", "file_name": "products.csv", "file_size": size}
        return ada.writes("", document=document, caption="/inventory import")

    sends("good", 30).hears("imported")
    sends("bad", 3).hears(phrases_telegram.FILE_NOT_TEXT)
    sends("good", 11 * 1024 * 1024).hears(phrases_telegram.FILE_TOO_BIG)
    assert [message.command for message in asked] == [
        Command(name="inventory", text="import", file="product_id,name\nA,Ä\n")
    ]


def test_telegram_may_be_away_when_the_bot_starts(api: BotApi, parts: TelegramParts) -> None:
    api.refusals["getMe"] = [Refusal(502, "Bad Gateway")]
    ada = api.person(7, "Ada")
    with polling(parts):
        ada.writes("cart").hears(phrases_shopping.EMPTY_CART)


def test_a_bot_that_was_stopped_before_it_began_does_nothing(api: BotApi, parts: TelegramParts) -> None:
    bot = TelegramBot(parts)
    bot.stop()
    bot.run_polling()
    assert api.calls == []


def test_odd_texts_are_answered_and_change_nothing(ada: Person, shop: Stage) -> None:
    odd = ["\u202eredrum", "'; DROP TABLE shop.orders; --", "{{7*7}} ${jndi:x}", "<b>&lt;</i>", "\x00\x07", "🙂" * 900]
    for number, words in enumerate(odd, 1):
        ada.writes(words)
        ada.api.until(lambda count=number: len(ada.in_chat()) == count)  # type: ignore[misc]
    assert shop.orders() == 0
    assert phrases_talk.BROKEN not in "".join(seen(one) for one in ada.in_chat())


def test_one_persons_slow_answer_holds_up_nobody_else(ada: Person) -> None:
    ada.api.refusals["sendMessage"] = [Refusal(429, "Too Many Requests: retry after 2", retry_after=2)]
    ada.writes("cart")
    ada.api.until(lambda: ada.api.of("sendMessage"))
    ada.api.person(8, "Bob").writes("help").hears("I am a bot", within=1.5)
    assert ada.in_chat() == []
    ada.hears(phrases_shopping.EMPTY_CART)


def test_an_update_is_confirmed_only_when_it_is_stored(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    store, away = Envelopes.store, [Away()]

    def stumbles(self: Envelopes, sender_id: str, body: Mapping[str, Any]) -> int | None:
        if away:
            raise away.pop()
        return store(self, sender_id, body)

    monkeypatch.setattr(Envelopes, "store", stumbles)
    update = ada.api.push("message", ada.api.message(ada.chat, ada.user, text="cart"))
    ada.api.until(lambda: not away)
    ada.api.wait(0.3)
    assert update in ada.api.unconfirmed
    ada.hears(phrases_shopping.EMPTY_CART)
    ada.api.until(lambda: update not in ada.api.unconfirmed)
    assert len(ada.in_chat()) == 1


def test_what_was_confirmed_and_not_answered_is_answered_after_the_next_start(
    api: BotApi, parts: TelegramParts, engine: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = api.person(7, "Ada")
    with monkeypatch.context() as killed:
        killed.setattr(Answering, "_begin", lambda *_: None)
        with polling(parts):
            updates = [api.push("message", api.message(ada.chat, ada.user, text=f"order {n} MUG-RED")) for n in (1, 2)]
            api.until(lambda: not any(update in api.unconfirmed for update in updates))
    assert ada.in_chat() == []
    with polling(parts):
        ada.hears("1 × Red Enamel Mug").hears("3 × Red Enamel Mug")
        api.until(lambda: stored(engine) == 0)
    assert len(ada.in_chat()) == 2


def stored(database: Database) -> int:
    with database.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM pii.envelope")).scalar_one())


def test_a_flood_of_one_person_is_cut_off(ada: Person, shop: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_answering, "MOST_WAITING", 3)
    ada.api.refusals["sendMessage"] = [Refusal(429, "Too Many Requests: retry after 1", retry_after=1)]
    for _ in range(20):
        ada.writes("cart")
    ada.api.until(lambda: len(ada.in_chat()) == 3)
    ada.writes("thanks").hears(phrases_talk.THANKS)
    assert len(ada.in_chat()) == 4


def caused(error: NetworkError, cause: Exception) -> NetworkError:
    error.__cause__ = cause
    return error


GROUP = "-100200300"
OFFERS = Reply(
    title="Test Shop: favourites of the week",
    text="A tap puts it into your cart.",
    cards=tuple(
        Reply(
            title=title,
            text="$9.00",
            image=f"/images/{product_id}.png",
            buttons=(Button(label="Add to my cart", choice=Choice(verb=Verb.DEAL, arg=product_id)),),
        )
        for title, product_id in (("Lunch Bag", "LUNCH-DOT"), ("Red Mug", "MUG-RED"))
    ),
)


def test_a_post_in_a_group_is_cards_whose_buttons_lead_into_a_private_chat(
    ada: Person, api: BotApi, parts: TelegramParts, shop: Stage
) -> None:
    room = TelegramSender(parts)
    names = [room.post(GROUP, reply) for reply in room.messages(OFFERS)]
    intro, bag, mug = [one for one in api.messages if one["chat"]["id"] == int(GROUP)]
    assert names == [f"{GROUP}:{one['message_id']}" for one in (intro, bag, mug)]
    assert seen(intro) == "Test Shop: favourites of the week\nA tap puts it into your cart."
    assert "photo" in bag
    assert "photo" not in mug  # it has no picture
    assert seen(mug) == "Red Mug\n$9.00\n[Add to my cart]"
    (button,) = mug["reply_markup"]["inline_keyboard"][0]
    link, _, parameter = button["url"].partition("?start=")
    assert link == "https://t.me/ParleyBot"
    ada.writes(f"/start {parameter}").hears("1 × Red Enamel Mug")


def test_a_report_has_its_picture_and_files_as_replies(api: BotApi, parts: TelegramParts, tmp_path: Path) -> None:
    room = TelegramSender(parts)
    thread = room.post(GROUP, Reply(title="Finance", body=(Row("Net", "$36.00"),)))
    room.upload(thread, "week.png", (tmp_path / "LUNCH-DOT.png").read_bytes(), "Two charts. " * 200)
    room.upload(thread, "week.csv", b"net\n36\n", "")
    summary, picture, table = api.messages
    assert [one["reply_to_message"]["message_id"] for one in (picture, table)] == [summary["message_id"]] * 2
    assert picture["caption"].startswith("Two charts.")
    assert api.of("sendDocument")[0].files == {"document": b"net\n36\n"}


def test_a_group_that_put_the_bot_out_is_a_failure_for_a_report(api: BotApi, parts: TelegramParts) -> None:
    api.blocked.add(int(GROUP))
    with pytest.raises(Unreachable):
        TelegramSender(parts).post(GROUP, Reply(text="Net $36.00"))


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (TimedOut(), 1),
        (caused(NetworkError("gone"), httpx.RemoteProtocolError("closed without an answer")), 1),
        (caused(NetworkError("no"), httpx.ConnectError("refused")), 2),
        (NetworkError("Bad Gateway"), 2),
    ],
)
def test_a_post_whose_answer_was_lost_is_not_repeated(error: NetworkError, tries: int) -> None:
    seen: list[str] = []

    class FlakyBot:
        async def send_message(self, chat_id: str, html: str, **more: object) -> SimpleNamespace:
            seen.append(html)
            if len(seen) == 1:
                raise error
            return SimpleNamespace(message_id=7)

    def sending(*, repeats: bool) -> list[int]:
        client = Client(cast(Bot, FlakyBot()), Pacing(), Path(), repeats=repeats)
        return asyncio.run(client.send("-100", to_messages(Reply(text="A deal"))))

    with pytest.raises(AnswerLost) if tries == 1 else nullcontext():
        assert sending(repeats=False) == [7]
    assert len(seen) == tries
    seen.clear()
    assert sending(repeats=True) == [7]  # in a chat, where somebody waits
