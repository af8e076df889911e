"""E-mail and address come out of a message whatever else it says; half of one waits, and closes the card meanwhile."""

import pytest

from bot.shopping import contact
from domain.conversation import Asked, PendingQuestion
from domain.people.addresses import Address
from domain.people.identity import hash_email
from tests.support.factories import HASH_KEY, HASHED_EMAIL
from tests.support.talking import ADDRESS, Talker


def _address(talker: Talker) -> str:
    return talker.uow.people.address(talker.conversation.address_id or 0)


def test_both_are_taken_from_one_message() -> None:
    talker = Talker()
    assert contact.take(talker.turn("2 mugs to 12 Main St, Denver CO 80203, bill bob@example.com", "order")) == []
    assert talker.conversation.hashed_email == hash_email("bob@example.com", HASH_KEY)
    assert talker.conversation.masked_email.startswith("b")
    assert "bob" not in talker.conversation.masked_email
    assert _address(talker) == ADDRESS


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("bob@example.com or ann@example.com", "two different e-mail addresses"),
        ("my mail is bob@gmial.com", "Did you mean bob@gmail.com?"),
        ("my mail is bob@example.c", "does not look like a complete e-mail address"),
    ],
)
def test_what_is_wrong_is_a_note_and_no_address_is_kept(said: str, says: str) -> None:
    talker = Talker().ready()
    (note,) = contact.take(talker.turn(said, "provide_email"))
    assert says in note
    assert talker.conversation.hashed_email in (None, HASHED_EMAIL)


def test_a_likely_fix_waits_for_a_yes() -> None:
    talker = Talker().ready()
    contact.take(talker.turn("bob@gmial.com", "provide_email"))
    pending = talker.conversation.pending
    assert talker.conversation.hashed_email is None
    assert pending is not None
    assert pending.kind is Asked.EMAIL_FIX
    assert pending.subject == hash_email("bob@gmail.com", HASH_KEY)
    assert "bob" not in "".join(pending.options)


@pytest.mark.parametrize(
    ("said", "likely"),
    [
        ("bob@gmial.com", "bob@gmail.com"),
        ("bob@gmail.com", ""),
        ("bob@gmial.com or ann@gmial.com", ""),
        ("no mail here", ""),
    ],
)
def test_a_likely_email_is_told_without_noting_anything(said: str, likely: str) -> None:
    talker = Talker()
    assert contact.likely_email(talker.turn(said, "provide_email")) == likely
    assert talker.uow.writes == []


def test_two_emails_are_no_matter_while_an_order_is_changed() -> None:
    talker = Talker()
    talker.changes(talker.has_order({"MUG": 1}))
    assert contact.take(talker.turn("bob@example.com or ann@example.com", "provide_email")) == []
    assert talker.conversation.hashed_email is not None


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        (Address(street="18 Willow Court", place="Boulder"), "18 Willow Court, Boulder"),
        (Address(unit="apt 5"), "12 Main St, apt 5, Denver CO 80203"),
        (Address(postcode="80204"), "12 Main St, Denver CO 80204"),
    ],
)
def test_a_part_is_put_into_what_is_known(said: Address, whole: str) -> None:
    talker = Talker().ready()
    assert contact.settle(talker.turn(), said)
    assert _address(talker) == whole


def test_half_of_a_new_address_closes_the_card_and_waits() -> None:
    talker = Talker()
    assert not contact.settle(talker.turn(), Address(street="18 Willow Court"))
    pending = talker.conversation.pending
    assert talker.conversation.address_id is None
    assert pending is not None
    assert pending.kind is Asked.ADDRESS
    assert "Which town and postcode" in contact.question(talker.turn(), pending)
    assert contact.lacks_town(talker.turn())
    assert contact.settle(talker.turn(), Address(place="Boulder", postcode="80301"))
    assert _address(talker) == "18 Willow Court, Boulder 80301"


def test_without_a_street_the_street_is_asked_for() -> None:
    talker = Talker()
    contact.settle(talker.turn(), Address(place="Boulder", postcode="80301"))
    assert talker.conversation.pending is not None
    assert "Which street and number" in contact.question(talker.turn(), talker.conversation.pending)


def test_what_says_nothing_of_where_leaves_all_as_it_is() -> None:
    talker = Talker().ready()
    talker.conversation.address_id = None
    assert not contact.settle(talker.turn(), Address(remark="ring twice"))
    assert talker.conversation.pending is None


@pytest.mark.parametrize(
    ("wrong", "kept", "gone"),
    [("street", "Denver", "Main St"), ("town", "12 Main St", "Denver"), ("zip", "Denver", "80203")],
)
def test_of_a_reopened_address_the_wrong_part_is_forgotten(wrong: str, kept: str, gone: str) -> None:
    talker = Talker().ready()
    contact.reopen(talker.turn(), wrong=wrong)
    assert talker.conversation.address_id is None
    assert talker.conversation.pending is not None
    known = contact.known_address(talker.turn())
    assert known is not None
    assert kept in known.text
    assert gone not in known.text


def test_reopened_twice_the_known_one_still_completes_it() -> None:
    talker = Talker().ready()
    contact.reopen(talker.turn())
    contact.reopen(talker.turn(), Address(street="18 Willow Court"))
    assert talker.conversation.pending is not None
    assert talker.conversation.pending.options[0] == "1"


def test_without_an_open_question_nothing_is_known() -> None:
    talker = Talker()
    assert contact.known_address(talker.turn()) is None
    talker.conversation.pending = PendingQuestion(kind=Asked.EMAIL, subject="")
    assert contact.question(talker.turn(), talker.conversation.pending).startswith("Where shall we ship it?")
