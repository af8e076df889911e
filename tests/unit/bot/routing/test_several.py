"""Several wishes of one message: one cart, one question at the end, and nothing done that was not understood."""

import pytest

from bot.phrases import answering as phrases_answering
from bot.phrases import talk as phrases_talk
from bot.routing import several
from domain.conversation import Asked, PendingQuestion
from tests.support.memory import cart_of
from tests.support.talking import Talker, words_in


def answered(talker: Talker, text: str, **clauses: str) -> str | None:
    """The answer to a message; None where it has one wish."""
    turn = talker.turn(text, "order")
    replies = several.answer_several(turn)
    return None if replies is None else words_in(replies)


@pytest.mark.parametrize("said", ["2 red mugs", "2 red mugs and a teapot", "what is a teapot?", ""])
def test_one_wish_is_not_several(said: str) -> None:
    assert answered(Talker(), said) is None


def test_what_is_removed_and_added_comes_in_one_cart() -> None:
    talker = Talker(cart={"MUG": 2})
    assert answered(talker, "remove the red mug and add a glass teapot") is not None
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


def test_while_an_answer_must_come_first_nothing_is_done() -> None:
    talker = Talker(cart={"MUG": 2})
    talker.conversation.pending = PendingQuestion(kind=Asked.CANCEL_ORDER, subject="1000")
    assert answered(talker, "remove the red mug and add a glass teapot") is None
    assert cart_of(talker.conversation) == {"MUG": 2}


def test_what_ends_in_a_question_comes_last() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 1})
    heard = answered(talker, "cancel my last order and add a glass teapot")
    assert heard is not None
    assert cart_of(talker.conversation) == {"TEAPOT": 1}
    assert talker.conversation.pending is not None
    assert talker.conversation.pending.kind is Asked.CANCEL_ORDER
    assert f"#{order.order_id}" in heard


def test_an_intent_that_the_shop_does_not_know_is_said_to_be_left_undone() -> None:
    talker = Talker()
    heard = answered(talker, "add a glass teapot and sing me an aria", sing_me_an_aria="opera")
    assert heard is not None
    assert phrases_talk.not_done(words="sing me an aria") in heard
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


def test_what_is_asked_of_the_shop_is_answered_beside_the_order() -> None:
    talker = Talker()
    heard = answered(talker, "add a glass teapot and how much is shipping to Canada?")
    assert heard is not None
    assert phrases_answering.unknown_topic(topic="shipping_cost", again=False) in heard
    assert cart_of(talker.conversation) == {"TEAPOT": 1}


def test_the_cart_that_is_shown_beside_another_answer_counts_as_answered() -> None:
    turn = Talker(cart={"MUG": 1}).turn("do you have teapots, and show me my cart", "stock_question")
    replies = several.answer_several(turn)
    assert replies is not None
    assert sorted(turn.did) == ["show_cart", "stock_question"]
