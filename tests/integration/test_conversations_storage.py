"""Conversations that outlive a restart, messages that are answered once, and replies that wait until they arrive."""

import json
from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from domain.conversation import (
    Aside,
    Asked,
    Before,
    CartLine,
    ChatRef,
    Conversation,
    Did,
    Done,
    Listing,
    Offer,
    OpenLine,
    PendingQuestion,
    Problem,
    Sitting,
    Wish,
)
from domain.plans import Deed, Place, Plan, PlannedWish, Spoken
from domain.records.conversations import Delivery
from storage.repositories.conversations import forget_old, mark_delivered, waiting
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import HASHED_EMAIL, NOW, SECOND

UnitOfWork = Callable[[], PostgresUnitOfWork]
CHAT = ChatRef(channel="web", chat_id="c1")
OTHER_CHAT = ChatRef(channel="web", chat_id="c2")
DAY = timedelta(days=1)


def full(conversation: Conversation) -> Conversation:
    """The conversation with everything set that it can remember."""
    return replace(
        conversation,
        cart=[CartLine(product_id="MUG", quantity=2, place=3), CartLine(product_id="TIN", quantity=1, place=4)],
        cart_before=[CartLine(product_id="MUG", quantity=1)],
        open_lines=[
            OpenLine(phrase="lunch bag", quantity=3, problem=Problem.WHICH, options=("A", "B"), adds=False, place=2),
            OpenLine(phrase="Größe “L”", quantity=1, problem=Problem.SHORT, options=()),
        ],
        checking_out=True,
        pending=PendingQuestion(
            kind=Asked.CONFIRM, options=("A",), subject="q_81f3", quantity=4, aside=True, by_name=True
        ),
        hashed_email=HASHED_EMAIL,
        masked_email="a•••@example.com",
        address_id=7,
        changing=1042,
        aside=Aside(
            cart=(CartLine(product_id="TIN", quantity=1, place=1),),
            open_lines=(OpenLine(phrase="mug", quantity=1, problem=Problem.MANY, options=("MUG",)),),
            address_id=8,
            codes=("FIVE2026",),
        ),
        focus="TIN",
        listing=Listing(
            product_ids=("MUG", "TIN"),
            below="20",
            at_most="19.99",
            above="1",
            at_least="2",
            descending=True,
            phrase="mugs",
            category="kitchen",
            offset=5,
            wish=Wish(
                goes_with=("MUG",), like="MUG", among=("JAR", "CUP"), popular=True, passed=("TEAPOT",), need=("gift",)
            ),
        ),
        recommended=("MUG", "JAR"),
        shown=(("MUG", "JAR"), ("LAMP",)),
        misunderstood=2,
        codes=("SPRING10",),
        answers="C1:171.5",
        email_from_proof=True,
        ticket_id=3,
        offers=[Offer(label="Place order", choice="confirm:q_81f3")],
        done=Done(
            what=Did.CARD,
            at=NOW,
            of=("1001",),
            before=Before(
                cart=(CartLine(product_id="MUG", quantity=1, place=3),),
                changing=1001,
                hashed_email="h",
                masked_email="a•••@e•••.com",
                email_from_proof=True,
                address_id=7,
                codes=("FIVE2026",),
            ),
            fresh=True,
        ),
        plan=Plan(
            wishes=(
                PlannedWish(
                    deed=Deed.EXCHANGE,
                    among=(Place(order_id=1001, product_id="MUG"),),
                    several=True,
                    quantity=1,
                    words=("in blue",),
                    becomes="MUG-BLUE",
                    address_id=7,
                    but=("TIN",),
                    at_most="5",
                    ways_out=(PlannedWish(deed=Deed.RETURN),),
                    condition="if my brother agrees",
                    gone_by=True,
                ),
            ),
            method_id="card",
            methods_of=((1001, "gift"),),
            unless_paid="keep it",
            refused="gift",
            unknown="my paypal",
            saves=True,
            aside=(PlannedWish(deed=Deed.RETURN),),
            reason="broken",
            asked_why=True,
            questions=2,
            about=1,
            shown="abc",
            doubted="I cannot tell",
            partly=True,
        ),
        spoken=Spoken(places=(Place(order_id=1001, product_id="MUG"),), at=NOW, deed=Deed.RETURN),
        sitting=Sitting(order_ids=(1001,), moved=(1002,), at=NOW),
        spoken_of=(Place(order_id=1001, product_id="MUG"),),
        refused=Spoken(places=(Place(order_id=1001),), at=NOW, deed=Deed.DISCARD),
        weighed=PlannedWish(deed=Deed.EXCHANGE, among=(Place(order_id=1001, product_id="MUG"),), words=("in blue",)),
    )


def unset(thing: object, known: set[str]) -> list[str]:
    """The fields that still have their default."""
    defaults = {
        field.name: field.default_factory() if field.default_factory is not MISSING else field.default
        for field in fields(thing)  # type: ignore[arg-type]
    }
    return [name for name, default in defaults.items() if name not in known and getattr(thing, name) == default]


def test_a_new_sender_gets_an_empty_conversation_and_an_identity(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        made = uow.conversations.lock(CHAT, "ada", NOW)
        assert made == Conversation(chat=CHAT, sender_id="ada", identity_id=made.identity_id)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.conversations.lock(CHAT, "ada", NOW + DAY) == made
        assert uow.connection.execute(text("SELECT count(*) FROM chat.conversation")).scalar_one() == 1


def test_a_sender_is_the_same_person_in_all_chats_of_a_channel_only(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        here = uow.conversations.lock(CHAT, "ada", NOW).identity_id
        assert uow.conversations.lock(OTHER_CHAT, "ada", NOW).identity_id == here
        assert uow.conversations.lock(CHAT, "bob", NOW).identity_id != here
        elsewhere = ChatRef(channel="telegram", chat_id="c1")
        assert uow.conversations.lock(elsewhere, "ada", NOW).identity_id != here


def test_every_field_of_a_conversation_survives_storage(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        saved = full(uow.conversations.lock(CHAT, "ada", NOW))
        # A field that is added later must be set in `full`, or its storage is not tested here.
        assert unset(saved, known={"proven_email", "updated_at"}) == []
        assert unset(saved.cart[0], known=set()) == []
        assert unset(saved.listing, known=set()) == []
        assert unset(saved.listing.wish, known=set()) == []
        assert unset(saved.aside, known=set()) == []
        assert unset(saved.done, known=set()) == []
        assert saved.done is not None
        assert unset(saved.done.before, known=set()) == []
        assert unset(saved.pending, known=set()) == []
        assert unset(saved.open_lines[0], known=set()) == []
        uow.conversations.save(saved, NOW + SECOND)
        uow.commit()
    with unit_of_work() as uow:
        loaded = uow.conversations.lock(CHAT, "ada", NOW + DAY)
        assert loaded == replace(saved, updated_at=NOW + SECOND)
        assert [line.place for line in loaded.cart] == [3, 4]  # equality leaves places out


def test_fields_that_went_back_to_nothing_are_forgotten(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        made = uow.conversations.lock(CHAT, "ada", NOW)
        uow.conversations.save(full(made), NOW)
        uow.conversations.save(made, NOW + SECOND)
        loaded = uow.conversations.lock(CHAT, "ada", NOW)
        assert replace(loaded, updated_at=None) == made


def test_saving_one_conversation_leaves_the_others(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        others = [uow.conversations.lock(chat, who, NOW) for chat, who in [(CHAT, "bob"), (OTHER_CHAT, "ada")]]
        uow.conversations.save(full(uow.conversations.lock(CHAT, "ada", NOW)), NOW)
        assert [uow.conversations.lock(other.chat, other.sender_id, NOW) for other in others] == others


def test_a_proof_is_read_from_the_identity_and_cannot_be_saved_by_a_conversation(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        made = uow.conversations.lock(CHAT, "ada", NOW)
        uow.conversations.save(replace(made, proven_email="forged", identity_id=999), NOW)
        loaded = uow.conversations.lock(CHAT, "ada", NOW)
        assert (loaded.proven_email, loaded.identity_id) == (None, made.identity_id)
        uow.connection.execute(
            text("UPDATE chat.identity SET proven_email = :hash WHERE identity_id = :id"),
            {"hash": HASHED_EMAIL, "id": made.identity_id},
        )
        assert uow.conversations.lock(CHAT, "ada", NOW).proven_email == HASHED_EMAIL
        assert uow.conversations.lock(OTHER_CHAT, "ada", NOW).proven_email == HASHED_EMAIL


def test_a_message_is_taken_once(unit_of_work: UnitOfWork) -> None:
    telegram = ChatRef(channel="telegram", chat_id="c1")
    with unit_of_work() as uow:
        assert uow.conversations.take(CHAT, "ada", "m1", NOW) == uow.conversations.lock(CHAT, "ada", NOW)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.conversations.take(CHAT, "ada", "m1", NOW + DAY) is None
        assert uow.conversations.take(CHAT, "ada", "m2", NOW) is not None
        assert uow.conversations.take(OTHER_CHAT, "ada", "m1", NOW) is not None
        assert uow.conversations.take(telegram, "ada", "m1", NOW) is not None


def test_a_taken_message_that_was_not_committed_can_be_taken_again(unit_of_work: UnitOfWork) -> None:
    for _ in range(2):
        with unit_of_work() as uow:
            assert uow.conversations.take(CHAT, "ada", "m1", NOW) is not None


def kept(
    uow: PostgresUnitOfWork, chat: ChatRef, sender_id: str, message_id: str, replies: Sequence[str], at: datetime = NOW
) -> list[Delivery]:
    """Keeps replies to a message."""
    talk = uow.conversations.lock(chat, sender_id, at)
    return uow.conversations.save(talk, at, message_id=message_id, replies=replies)


def test_replies_are_kept_in_order_and_returned_for_their_message(unit_of_work: UnitOfWork) -> None:
    replies = ['{"text": "one"}', '{"text": "zwei – “2”\\n", "buttons": []}', '{"text": "three"}']
    with unit_of_work() as uow:
        first = kept(uow, CHAT, "ada", "m1", replies)
        kept(uow, CHAT, "ada", "m2", ['{"text": "other"}'])
        uow.commit()
    assert [delivery.reply for delivery in first] == replies
    with unit_of_work() as uow:
        again = uow.conversations.replies_to(CHAT, "m1")
        assert [json.loads(delivery.reply) for delivery in again] == [json.loads(reply) for reply in replies]
        assert [delivery.delivery_id for delivery in again] == [delivery.delivery_id for delivery in first]
        assert not any(delivery.delivered for delivery in again)
        assert uow.conversations.replies_to(CHAT, "m3") == []
        assert uow.conversations.replies_to(OTHER_CHAT, "m1") == []


def test_a_message_may_have_no_reply(unit_of_work: UnitOfWork) -> None:
    with unit_of_work() as uow:
        assert kept(uow, CHAT, "ada", "m1", []) == []
        assert uow.conversations.replies_to(CHAT, "m1") == []


def test_what_did_not_arrive_waits_for_its_chat_oldest_first(unit_of_work: UnitOfWork, engine: Engine) -> None:
    with unit_of_work() as uow:
        first, second = kept(uow, CHAT, "ada", "m1", ['{"text": "1"}', '{"text": "2"}'])
        (third,) = kept(uow, CHAT, "bob", "m2", ['{"text": "3"}'], NOW + SECOND)
        kept(uow, OTHER_CHAT, "ada", "m1", ['{"text": "4"}'])
        uow.commit()
    with engine.begin() as connection:
        assert waiting(connection, CHAT, NOW) == []
        assert [found.delivery_id for found in waiting(connection, CHAT, NOW + SECOND)] == [
            first.delivery_id,
            second.delivery_id,
        ]
        mark_delivered(connection, [first.delivery_id, third.delivery_id], NOW + SECOND)
        assert waiting(connection, CHAT, NOW + DAY) == [second]
    with unit_of_work() as uow:
        assert [delivery.delivered for delivery in uow.conversations.replies_to(CHAT, "m1")] == [True, False]


def test_old_messages_and_delivered_replies_are_forgotten_and_nothing_else(
    unit_of_work: UnitOfWork, engine: Engine
) -> None:
    with unit_of_work() as uow:
        uow.conversations.lock(CHAT, "ada", NOW)
        for message_id, at in [("old", NOW), ("new", NOW + DAY)]:
            uow.conversations.take(CHAT, "ada", message_id, at)
            kept(uow, CHAT, "ada", message_id, ['{"text": "it came"}', '{"text": "lost"}'], at)
            arrived = uow.conversations.replies_to(CHAT, message_id)[0]
            mark_delivered(uow.connection, [arrived.delivery_id], at)
        uow.commit()
    with engine.begin() as connection:
        assert forget_old(connection, NOW) == 0
        assert forget_old(connection, NOW + DAY) == 1
    with unit_of_work() as uow:
        found = {message: uow.conversations.replies_to(CHAT, message) for message in ("old", "new")}
        assert {message: [json.loads(one.reply)["text"] for one in found] for message, found in found.items()} == {
            "old": ["lost"],
            "new": ["it came", "lost"],
        }
        assert uow.conversations.take(CHAT, "ada", "new", NOW) is None
        assert uow.conversations.take(CHAT, "ada", "old", NOW) is not None
        assert uow.connection.execute(text("SELECT count(*) FROM chat.conversation")).scalar_one() == 1


@pytest.mark.parametrize("reply", ["not json", "{", ""])
def test_a_reply_that_is_no_json_is_never_kept(unit_of_work: UnitOfWork, reply: str) -> None:
    with unit_of_work() as uow, pytest.raises(Exception, match="json"):
        kept(uow, CHAT, "ada", "m1", [reply])
