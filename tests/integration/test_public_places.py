"""Where others read along nothing of anybody is said: every intent and every button, and what goes on in private."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot import public
from bot.engine import Answer, MessageEngine
from bot.intents import INTENTS
from bot.messages import Choice, IncomingMessage, Verb
from bot.phrases import finding as phrases_finding
from bot.phrases import privacy as phrases_privacy
from bot.phrases import shopping as phrases_shopping
from bot.routing import choices
from bot.routing.questions import QUESTIONS
from domain.conversation import Asked, ChatRef
from domain.ports import UnitOfWork
from nlu.commands import parse_command
from nlu.understanding import Entity, Guess, Understanding
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import make_promotion
from tests.support.fakes import StillClock
from tests.support.shop import NOW, SHOP, stock_mugs

CHANNEL = ChatRef(channel="slack", chat_id="C1:1.5", public=True)
GROUP = ChatRef(channel="telegram", chat_id="-100", public=True)
ALONE = {"slack": ChatRef(channel="slack", chat_id="DANN"), "telegram": ChatRef(channel="telegram", chat_id="7")}
ADDRESS, EMAIL = "77 Larch Lane, Denver CO 80203", "ann@shop.example"
# The number, the total, the mask and the street of the order that was placed in private, and a ticket's number.
SECRETS = ("1001", "$60.00", "•••", "@shop.example", "Larch", "Elm Road", "icket T")
MUG = (Entity(name="product", value="red mug", group="1"),)

# What each intent does with three mugs in the cart: answered HERE, or in PRIVATE. A new intent must be judged.
HERE, PRIVATE = "here", "private"
SAID: dict[str, tuple[str, tuple[Entity, ...], str]] = {
    "order": ("a red mug for me", MUG, PRIVATE),  # it asks for the e-mail
    "add_to_cart": ("put a red mug in", MUG, HERE),
    "change_quantity": ("make it 2", (Entity(name="quantity", value="2", role="set", group="1"),), HERE),
    "remove_from_cart": ("no red mug", MUG, HERE),
    "cancel_order": ("call it off", (), PRIVATE),
    "order_status": ("where does it hang", (), PRIVATE),
    "past_orders": ("whatever I had", (), PRIVATE),
    "change_address": ("elsewhere from now on", (), PRIVATE),
    "note": ("mind the dog when you bring it", (), PRIVATE),
    "change_order": ("that thing I had sent off", (), PRIVATE),
    "after_sales": ("it came in two halves", (), PRIVATE),
    "recommend": ("tell me something good", (), HERE),
    "price_filter": ("cheap things", (Entity(name="price", value="20", role="below"),), HERE),
    "stock_question": ("any red mug", MUG, HERE),
    "ask_shop": ("how is it paid", (), HERE),
    "ask_fact": ("what is the red mug made of", (), HERE),
    "help": ("help", (), HERE),
    "human": ("somebody real", (), PRIVATE),
    "affirm": ("yes", (), PRIVATE),  # the cart asked whether to check out
    "deny": ("no", (), HERE),
    "provide_email": ("write to ann@shop.example", (Entity(name="email", value=EMAIL),), PRIVATE),
    "provide_address": ("to 5 Elm Road", (Entity(name="address", value="5 Elm Road"),), PRIVATE),
    "out_of_scope": ("what is the weather", (), HERE),
    "greet": ("hello", (), HERE),
    "thanks": ("thanks", (), HERE),
    "show_cart": ("cart", (), HERE),
    "my_data": ("what do you know", (), PRIVATE),
    "forget_me": ("forget me", (), PRIVATE),
    "verify_email": ("verify", (), PRIVATE),
    "start_marketing": ("I would like mails of yours", (), PRIVATE),
    "stop_marketing": ("no more mails", (), PRIVATE),
}
# The same for each button: an argument, and where it is answered.
VERBS: dict[str, tuple[str, str]] = {
    "yes": ("x", HERE),
    "no": ("x", HERE),
    "add": ("MUG-RED", HERE),
    "follow": ("m1 MUG-RED", HERE),
    "deal": ("MUG-RED", HERE),
    "go_on": ("", HERE),  # nothing waits in a public place
    "dismiss": ("MUG-RED", HERE),
    "others": ("", HERE),
    "pick": ("MUG-RED", HERE),
    "checkout": ("", PRIVATE),
    "confirm": ("q_0", HERE),  # an old card: where nothing is known, the cart is shown
    "change": ("q_0", HERE),  # outdated, and said to be
    "change_order": ("1001", PRIVATE),
    "other": ("address", HERE),  # shows the cart
    "stop": ("q_0", HERE),
    "drop": ("", HERE),
    "clear": ("", HERE),
    "undo": ("", HERE),
    "use_code": ("SPRING10", HERE),
    "cancel": ("1001", PRIVATE),
    "cancel_yes": ("1001", PRIVATE),
    "orders": ("0", PRIVATE),
    "reorder": ("1001", PRIVATE),
    "department": ("kitchen", HERE),
    "departments": ("", HERE),
    "more": ("", HERE),
    "popular": ("", HERE),
    "privacy": ("", HERE),
    "count": ("packs", HERE),
    "add_some": ("1 MUG-RED", HERE),
    "alike": ("MUG-RED", HERE),
    "take_and_tell": ("x", HERE),  # outdated
    "tell_when": ("99 MUG-RED", PRIVATE),
    "tell_no_more": ("MUG-RED", PRIVATE),
    "intent": ("past_orders", PRIVATE),
    "code_again": ("", PRIVATE),
    "link_code": ("", HERE),  # needs a proof, which is private
    "rate": ("1001 5", PRIVATE),
    "return": ("1001", PRIVATE),
    "ret": ("item MUG-RED", HERE),  # outdated
    "call_off": ("1001", PRIVATE),
    "group": ("MUG-RED", HERE),
    "option": ("MUG-RED", HERE),
    "ideas_yes": ("1001", PRIVATE),
    "ideas_here": ("", HERE),  # it is the button of an answer in a private chat, and outdated elsewhere
    "ideas_no": ("1001", PRIVATE),
}


class Scripted:
    """Understands the sentences above as their intents, and exact commands."""

    def understand(self, said: str) -> Understanding:
        for intent, (sentence, entities, _) in SAID.items():
            if said == sentence:
                return Understanding(text=said, ranking=(Guess(intent=intent, confidence=1.0),), entities=entities)
        blank = Understanding(text=said, ranking=(Guess(intent="none", confidence=0.0),))
        return parse_command(said) or blank


class Place:
    """Ann in a public place; `told` is what everybody reads, `whispered` what is for her alone."""

    def __init__(self, engine: MessageEngine, public: ChatRef, *, alone: bool = True) -> None:
        self._engine = engine
        self._public = public
        self.alone = ALONE[public.channel]
        self._has_private = alone
        self._ids = itertools.count()
        self.answer = Answer(replies=(), delivery_ids=())

    def says(self, said: str = "", *, press: str = "", chat: ChatRef | None = None, proven: str = "") -> "Place":
        chat = chat or self._public
        self.answer = self._engine.handle(
            IncomingMessage(
                id=f"m{next(self._ids)}",
                chat=chat,
                sender_id="ann",
                text=said,
                choice=Choice.decode(press) if press else None,
                proven_email=proven,
                private_chat=self.alone if self._has_private and chat == self._public else None,
            )
        )
        return self

    def says_alone(self, said: str = "", *, press: str = "") -> "Place":
        return self.says(said, press=press, chat=self.alone)

    @property
    def words(self) -> str:
        return "\n".join(
            f"{reply.title}\n{reply.text}\n{' '.join(f'[{button.label}]' for button in reply.buttons)}"
            for reply in self.answer.replies
        )

    @property
    def where(self) -> str:
        return HERE if self.answer.private_chat is None else PRIVATE

    def cart(self, database: Database, chat: ChatRef) -> dict[str, int]:
        with PostgresUnitOfWork(database) as uow:
            return {line.product_id: line.quantity for line in uow.conversations.lock(chat, "ann", NOW).cart}


@pytest.fixture
def message_engine(engine: Database) -> MessageEngine:
    stock_mugs(engine)
    return MessageEngine(
        interpreter=Scripted(), unit_of_work=lambda: PostgresUnitOfWork(engine), clock=StillClock(NOW), shop=SHOP
    )


Enter = Callable[..., Place]


@pytest.fixture
def enter(message_engine: MessageEngine) -> Enter:
    """Ann, who ordered in private before, comes to a public place and puts three mugs into her cart there."""

    def enter(chat: ChatRef = CHANNEL, *, alone: bool = True, cart: bool = True) -> Place:
        place = Place(message_engine, chat, alone=alone)
        for said in ("order 5 MUG-RED", EMAIL, f"address: {ADDRESS}"):
            place.says_alone(said)
        assert "Order #1001 is placed" in place.says_alone("yes").words
        return place.says("add 3 MUG-RED") if cart else place

    return enter


def is_silent(place: Place) -> None:
    """Nothing of Ann's is in what everybody reads."""
    if place.where == HERE:
        assert place.answer.replies
        assert [secret for secret in SECRETS if secret in place.words] == []


def test_every_intent_and_every_button_is_judged() -> None:
    assert set(SAID) == set(INTENTS)
    assert set(VERBS) == choices.VERBS


@pytest.mark.parametrize("chat", [CHANNEL, GROUP], ids=["slack", "telegram"])
@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_says_nothing_of_anybody(enter: Enter, intent: str, chat: ChatRef) -> None:
    said, _, where = SAID[intent]
    place = enter(chat).says(said)
    is_silent(place)
    assert place.where == where, place.words


@pytest.mark.parametrize("verb", sorted(choices.VERBS))
def test_a_button_says_nothing_of_anybody(enter: Enter, verb: str) -> None:
    arg, where = VERBS[verb]
    place = enter().says(press=f"{verb}:{arg}")
    is_silent(place)
    assert place.where == where, place.words


@pytest.mark.parametrize("intent", INTENTS)
def test_a_button_that_names_an_intent_says_nothing_of_anybody(enter: Enter, intent: str) -> None:
    is_silent(enter().says(press=f"intent:{intent}"))


@pytest.mark.parametrize("kind", sorted(Asked))
def test_only_questions_about_the_cart_are_asked_before_others(kind: Asked) -> None:
    asks_nothing_personal = {Asked.OPEN_LINE, Asked.WHICH_LINE, Asked.CLEAR_CART, Asked.CHECKOUT, Asked.SOLD_OUT}
    assert QUESTIONS[kind].in_public is (kind in asks_nothing_personal)


def test_a_new_part_of_the_shop_is_out_of_reach_by_itself() -> None:
    everything = {name for name in vars(UnitOfWork) if not name.startswith("_")}
    assert everything - public.REACHABLE >= {
        *("orders", "quotes", "people", "conversations", "tickets", "notifications", "opt_ins", "consents", "proofs"),
        *("rates", "marketing", "privacy", "audit", "staff", "stock_room", "commit", "record"),
    }
    assert everything >= public.REACHABLE


@pytest.mark.parametrize(("said", "press"), [(said, "") for said, _, where in SAID.values() if where == PRIVATE])
def test_without_a_private_chat_it_is_only_said_that_this_is_private(enter: Enter, said: str, press: str) -> None:
    place = enter(alone=False).says(said, press=press)
    assert [reply.text for reply in place.answer.replies] == [phrases_privacy.WRITE_DIRECTLY]
    assert "3 × Red Mug" in place.says("cart").words  # nothing was done


def test_past_orders_are_shown_in_private_and_kept_there_for_delivery(enter: Enter, engine: Database) -> None:
    place = enter().says("orders")
    assert place.answer.private_chat == place.alone
    assert "#1001" in place.words
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT chat_id, CAST(reply AS text) FROM pii.delivery WHERE delivery_id = ANY(:ids)"),
            {"ids": list(place.answer.delivery_ids)},
        ).all()
        public_ones = connection.execute(
            text("SELECT CAST(reply AS text) FROM pii.delivery WHERE chat_id = :chat"), {"chat": CHANNEL.chat_id}
        ).scalars()
        assert [row[0] for row in rows] == [place.alone.chat_id]
        assert not any("1001" in reply for reply in public_ones)


def test_a_checkout_goes_on_in_private_with_the_cart(enter: Enter, engine: Database) -> None:
    place = enter().says(press="checkout:")
    assert "3 × Red Mug" in place.words
    assert "Your order" in place.words  # e-mail and address are known there
    assert "77 Larch Lane" in place.words
    assert place.where == PRIVATE
    assert (place.cart(engine, CHANNEL), place.cart(engine, place.alone)) == ({}, {"MUG-RED": 3})
    assert "#1002 is placed" in place.says_alone("yes").words


def test_a_yes_to_check_out_goes_on_in_private(enter: Enter) -> None:
    place = enter(cart=False)
    yes = next(button for reply in place.says("add 1 MUG-RED").answer.replies for button in reply.buttons)
    assert yes.choice.verb == Verb.CHECKOUT
    place.says("yes")
    assert (place.where, "Your order" in place.words) == (PRIVATE, True)


def test_the_cart_comes_to_what_is_in_the_private_cart(enter: Enter, engine: Database) -> None:
    place = enter()
    place.says_alone("add 2 MUG-RED")
    place.says(press="checkout:")
    assert place.cart(engine, place.alone) == {"MUG-RED": 5}
    assert "2 × Red Mug" in place.says_alone("undo").words


def test_the_cart_does_not_come_into_an_order_that_is_being_changed(enter: Enter, engine: Database) -> None:
    place = enter()
    place.says_alone(press="change_order:1001")
    place.says(press="checkout:")
    assert place.cart(engine, place.alone) == {"MUG-RED": 3}
    assert "#1001" not in place.words


def test_a_change_goes_on_where_only_something_is_looked_up(enter: Enter) -> None:
    place = enter(cart=False)
    place.says_alone(press="change_order:1001")
    place.says("orders")
    assert "Your order #1001, changed" in place.says_alone("make it 2").words or place.where == HERE


@pytest.mark.parametrize("said", [EMAIL, f"address: {ADDRESS}", f"{EMAIL} {ADDRESS}", "bob@example.con", "a@b"])
@pytest.mark.parametrize("cart", [True, False])
def test_a_street_or_an_email_typed_before_others_is_not_repeated(
    enter: Enter, engine: Database, said: str, cart: bool
) -> None:
    place = enter(cart=cart).says(said)
    assert place.where == PRIVATE
    with engine.connect() as connection:
        told = connection.execute(
            text("SELECT CAST(reply AS text) FROM pii.delivery WHERE chat_id = :chat"), {"chat": CHANNEL.chat_id}
        ).scalars()
        assert not any(secret in reply for reply in told for secret in SECRETS)


def test_a_yes_before_others_never_answers_a_card_in_private(enter: Enter, engine: Database) -> None:
    place = enter(cart=False)
    place.says_alone("order 1 MUG-RED")
    assert "Your order" in place.words
    for said in ("yes", "orders", "yes", "write to ann@shop.example"):
        place.says(said)
    place.says_alone("cancel 1001")
    place.says("yes")
    place.says("orders")
    place.says("yes")
    with engine.connect() as connection:
        states = connection.execute(text("SELECT state FROM shop.orders")).scalars().all()
    assert states == ["placed"]


def test_recommendations_before_others_know_nothing_of_past_orders(enter: Enter) -> None:
    assert phrases_finding.BUY_AGAIN not in enter().says("tell me something good").words


def test_what_the_channel_vouches_for_counts_in_private_only(message_engine: MessageEngine) -> None:
    place = Place(message_engine, CHANNEL)
    place.says("order 1 MUG-RED", proven=EMAIL)
    assert place.where == PRIVATE
    assert phrases_shopping.ASK_EMAIL not in place.words  # the profile says it
    assert "•••" not in place.says("add 1 MUG-RED", proven=EMAIL).words


def test_the_link_shows_what_was_answered_in_private_once_more(enter: Enter) -> None:
    place = enter(GROUP).says("cancel 1001")
    asked = place.words
    assert "Cancel order #1001?" in asked
    assert place.says_alone(press="go_on:").words == asked
    assert "is cancelled" in place.says_alone("yes").words
    assert "1001" not in place.says_alone(press="go_on:").words  # it went on since


def test_another_ones_link_shows_nothing(enter: Enter, message_engine: MessageEngine) -> None:
    enter(GROUP).says("orders")
    eve = IncomingMessage(
        id="e1", chat=replace(GROUP, chat_id="8", public=False), sender_id="eve", choice=Choice.decode("go_on:")
    )
    replies = message_engine.handle(eve).replies
    assert "1001" not in "\n".join(f"{reply.title}{reply.text}" for reply in replies)


def test_the_same_message_again_does_nothing_again(enter: Enter, message_engine: MessageEngine) -> None:
    place = enter()
    message = IncomingMessage(
        id="twice", chat=CHANNEL, sender_id="ann", choice=Choice.decode("checkout:"), private_chat=place.alone
    )
    first, again = message_engine.handle(message), message_engine.handle(message)
    assert (first.repeated, again.repeated, again.replies) == (False, True, ())


def test_a_person_who_answered_in_a_public_place_before_still_gets_the_words(engine: Database, enter: Enter) -> None:
    place = enter()
    with PostgresUnitOfWork(engine) as uow:
        conversation = uow.conversations.lock(CHANNEL, "ann", NOW)
        conversation.ticket_id = uow.tickets.open(CHANNEL, "ann", conversation.identity_id, "", NOW).ticket_id
        uow.conversations.save(conversation, NOW)
        uow.commit()
    assert place.says("it is blue, not red").where == HERE
    assert place.says("orders").where == HERE  # words are for the person
    assert place.says(press="orders:0").where == PRIVATE


def promote(database: Database, **values: Any) -> None:
    with PostgresUnitOfWork(database) as uow:
        uow.promotions.add(make_promotion(listed=True, **values))
        uow.commit()


@pytest.mark.parametrize(
    "said", ["use code SPRING10", "any discounts?", "does SPRING10 work on mugs?", "use code NOPE42"]
)
def test_a_code_works_where_others_read_along(enter: Enter, engine: Database, said: str) -> None:
    promote(engine)
    place = enter().says(said)
    is_silent(place)
    assert place.where == HERE, place.words
    if said.startswith("use code S"):
        assert "−$3.60" in place.words


@pytest.mark.parametrize("code", ["", "SPRING10"])
def test_what_asks_who_somebody_is_is_not_told_where_others_read_along(
    enter: Enter, engine: Database, code: str
) -> None:
    place = enter()
    promote(engine, code=code, first_order=True)
    place.says("add 1 MUG-RED")
    is_silent(place)
    assert place.where == HERE
    assert "−$" not in place.words
    unproven = place.says("use code SPRING10")
    assert unproven.where == HERE
    assert "you have ordered before" not in unproven.words


def test_a_code_of_a_public_place_goes_on_in_private(enter: Enter, engine: Database) -> None:
    promote(engine)
    place = enter().says("use code SPRING10").says("checkout")
    assert place.where == PRIVATE
    assert "−$3.60" in place.words
