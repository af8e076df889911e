"""A channel's word for its sender's e-mail counts, but less than a code that was mailed."""

from dataclasses import replace

import pytest

from bot.trust.vouching import take_word
from bot.turn import Turn
from domain.conversation import ChatRef
from domain.people.identity import hash_email
from tests.support.factories import HASH_KEY, HASHED_EMAIL
from tests.support.talking import Talker

BOB = hash_email("bob@example.com", HASH_KEY)


def _vouched(talker: Talker, email: str = "Bob@Example.com", chat: ChatRef | None = None) -> Turn:
    turn = talker.turn("hello")
    return replace(turn, message=replace(turn.message, proven_email=email, chat=chat or turn.message.chat))


def test_it_is_proven_and_the_orders_go_there() -> None:
    talker = Talker()
    take_word(_vouched(talker))
    assert talker.conversation.proven_email == BOB
    assert talker.conversation.hashed_email == BOB
    assert "people.prove_email" in talker.uow.writes


def test_the_address_that_was_given_for_orders_stays() -> None:
    talker = Talker().ready()
    take_word(_vouched(talker))
    assert talker.conversation.proven_email == BOB
    assert talker.conversation.hashed_email == HASHED_EMAIL


@pytest.mark.parametrize("email", ["", "bob", "bob@gmial.com"])
def test_what_is_no_address_is_passed_over(email: str) -> None:
    talker = Talker()
    take_word(_vouched(talker, email))
    assert talker.conversation.proven_email is None
    assert talker.uow.writes == []


def test_nothing_is_noted_where_others_read_along() -> None:
    talker = Talker()
    take_word(_vouched(talker, chat=ChatRef(channel="telegram", chat_id="-100", public=True)))
    assert talker.conversation.proven_email is None


@pytest.mark.parametrize(("by", "taken"), [("code", False), ("web", True)])
def test_a_code_says_more_than_the_channel(by: str, taken: bool) -> None:
    talker = Talker()
    talker.conversation.proven_email = HASHED_EMAIL
    talker.uow.people.vouched_by = by
    take_word(_vouched(talker))
    assert (talker.conversation.proven_email == BOB) == taken


def test_the_same_word_again_writes_nothing() -> None:
    talker = Talker()
    talker.conversation.proven_email = BOB
    take_word(_vouched(talker))
    assert talker.uow.writes == []
