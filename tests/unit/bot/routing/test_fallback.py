"""What was not understood: likely meanings first, a person from the second step on, never twice the same."""

from dataclasses import replace
from itertools import pairwise

import pytest

from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.routing.fallback import misunderstood
from bot.shopping.cards import HUMAN
from domain.conversation import Asked, PendingQuestion
from tests.support.memory import cart_of
from tests.support.talking import Talker, labels, words_in


def test_steps_differ_and_a_person_is_offered_from_the_second_on() -> None:
    talker = Talker()
    steps = [misunderstood(talker.turn("qwx", "past_orders", 0.1)) for _ in range(4)]
    said = [words_in(step) for step in steps]
    assert all(one != other for one, other in pairwise(said))
    assert [HUMAN.label in labels(*step) for step in steps] == [False, True, True, True]


def test_what_is_none_of_the_shops_business_is_said_plainly_once() -> None:
    talker = Talker()
    assert phrases_talk.OUT_OF_SCOPE in words_in(misunderstood(talker.turn("who won?", "out_of_scope", 0.9)))
    talker = Talker()
    assert phrases_talk.OUT_OF_SCOPE not in words_in(misunderstood(talker.turn("who won?", "out_of_scope", 0.4)))


def test_without_a_model_short_commands_are_named() -> None:
    talker = Talker(cart={"MUG": 1})
    talker.conversation.checking_out = True
    talker.conversation.pending = PendingQuestion(kind=Asked.EMAIL)
    heard = words_in(misunderstood(replace(talker.turn("hm hm", "none", 0.0), reduced=True)))
    assert phrases_talk.REDUCED in heard
    assert phrases_shopping.ASK_EMAIL in heard


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("2 teapot", [("teapot", 2)]),
        ("the teapot.", [("teapot", 1)]),
        ("qwx", []),
        ("a teapot that my grandmother would have liked so much", [("teapot", 1)]),
    ],
)
def test_what_may_be_a_product_is_asked_and_nothing_is_put_in(said: str, asked: list[tuple[str, int]]) -> None:
    talker = Talker()
    misunderstood(talker.turn(said, "thanks", 0.1))
    assert [(line.phrase, line.quantity) for line in talker.conversation.open_lines] == asked
    assert cart_of(talker.conversation) == {}


def test_two_intents_of_one_label_are_offered_once() -> None:
    turn = Talker().turn("qwx", "order", 0.1)
    guesses = (turn.understanding.ranking[0], replace(turn.understanding.ranking[0], intent="add_to_cart"))
    heard = misunderstood(replace(turn, understanding=replace(turn.understanding, ranking=guesses)))
    assert labels(*heard) == ["Order something"]


def test_what_is_no_business_of_the_shop_is_answered_and_said_to_be() -> None:
    turn = Talker().turn("who won?", "out_of_scope", 0.9)
    misunderstood(turn)
    assert turn.did == ["out_of_scope"]
    unsure = Talker().turn("qwx", "past_orders", 0.1)
    misunderstood(unsure)
    assert unsure.did == []
