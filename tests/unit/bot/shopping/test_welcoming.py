"""Who comes back after half an hour hears what is still in the cart, once and only where it is of use."""

from datetime import timedelta

import pytest

from bot.shopping import asking_email, welcoming
from domain.conversation import Asked, PendingQuestion
from tests.support.factories import NOW
from tests.support.talking import Talker, words_in


@pytest.mark.parametrize(("minutes", "told"), [(29, False), (30, True), (600, True)])
def test_after_half_an_hour(minutes: int, told: bool) -> None:
    talker = Talker(cart={"MUG": 2, "TEAPOT": 1})
    talker.passes(minutes=minutes)
    said = words_in(welcoming.welcome_back(talker.turn("hm", "none")))
    assert ("You still have 3 items in your cart." in said) == told


@pytest.mark.parametrize("why", ["empty", "new", "greeting", "a person has it", "a change"])
def test_not_where_it_is_of_no_use(why: str) -> None:
    talker = Talker(cart={} if why == "empty" else {"MUG": 2})
    if why == "a person has it":
        talker.conversation.ticket_id = 3
    if why == "a change":
        talker.changes(talker.has_order({"MUG": 1}))
    talker.conversation.updated_at = None if why == "new" else NOW - timedelta(hours=1)
    turn = talker.turn("hello", "greet" if why == "greeting" else "none")
    assert welcoming.welcome_back(turn) == []


@pytest.mark.parametrize("said", ["which email have you got down?", "where does the confirmation go", "what’s my mail"])
def test_the_noted_email_is_told_masked(said: str) -> None:
    talker = Talker(cart={"MUG": 2}).ready()
    talker.conversation.pending = PendingQuestion(kind=Asked.ADDRESS)
    replies = asking_email.answer_noted_email(talker.turn(said, "my_data"))
    assert replies is not None
    assert "The confirmation goes to a***@example.com." in words_in(replies)
    assert "Where shall we ship it?" in words_in(replies)
    assert talker.conversation.pending == PendingQuestion(kind=Asked.ADDRESS)


@pytest.mark.parametrize("why", ["no cart", "no e-mail", "a change", "another question"])
def test_otherwise_the_question_is_another_s(why: str) -> None:
    talker = Talker(cart={} if why == "no cart" else {"MUG": 2}).ready()
    if why == "no e-mail":
        talker.conversation.hashed_email = None
    if why == "a change":
        talker.changes(talker.has_order({"MUG": 1}))
    said = "which mugs have you got?" if why == "another question" else "which email have you got down?"
    assert asking_email.answer_noted_email(talker.turn(said, "my_data")) is None
