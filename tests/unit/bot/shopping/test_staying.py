"""What a message says shall stay in the cart stays there, and comes back where it was taken out wrongly."""

import pytest

from bot.shopping import staying
from domain.conversation import Asked, PendingQuestion
from tests.support.memory import cart_of
from tests.support.talking import Talker, words_in


@pytest.mark.parametrize("said", ["keep the teapot", "leave the teapot in", "I never said remove the teapot"])
def test_what_was_taken_out_wrongly_comes_back(said: str) -> None:
    talker = Talker(cart={"MUG": 1, "TEAPOT": 2})
    talker.conversation.remember_cart()
    talker.conversation.put("TEAPOT", 0)
    replies = staying.answer_what_stays(talker.turn(said, "remove_from_cart"))
    assert replies is not None
    assert "I put it back" in words_in(replies)
    assert cart_of(talker.conversation) == {"MUG": 1, "TEAPOT": 2}


@pytest.mark.parametrize("said", ["keep the teapot", "leave the teapot in", "don't take the teapot out"])
def test_what_is_there_stays(said: str) -> None:
    talker = Talker(cart={"MUG": 1, "TEAPOT": 2})
    replies = staying.answer_what_stays(talker.turn(said, "remove_from_cart"))
    assert replies is not None
    assert "stays as it is" in words_in(replies)
    assert cart_of(talker.conversation) == {"MUG": 1, "TEAPOT": 2}


@pytest.mark.parametrize("said", ["remove the teapot", "keep the teapot and take out the rest", "two teapots", "yes"])
def test_what_keeps_nothing_is_left_to_others(said: str) -> None:
    assert staying.answer_what_stays(Talker(cart={"MUG": 1, "TEAPOT": 2}).turn(said, "remove_from_cart")) is None


@pytest.mark.parametrize(
    ("kind", "answers"),
    [(Asked.CONFIRM, True), (Asked.CHECKOUT, True), (Asked.CANCEL_ORDER, False), (Asked.CLEAR_CART, False)],
)
def test_beside_other_questions_only(kind: Asked, answers: bool) -> None:
    talker = Talker(cart={"TEAPOT": 2})
    talker.conversation.pending = PendingQuestion(kind=kind)
    assert (staying.answer_what_stays(talker.turn("keep the teapot", "deny")) is not None) == answers
    assert cart_of(talker.conversation) == {"TEAPOT": 2}
