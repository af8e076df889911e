"""What is said again or as a total is how many there shall be, and not so many more."""

from collections.abc import Mapping

import pytest

from bot.shopping import restating
from domain.conversation import CartLine, OpenLine, Problem
from tests.support.memory import cart_of
from tests.support.talking import Talker, words_in


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ("I said 2 red mugs", {"MUG": 2, "TEAPOT": 1}),
        ("no, I said 2 red mugs and 2 teapots", {"MUG": 2, "TEAPOT": 2}),
        ("like I said, 1 red mug", {"MUG": 1, "TEAPOT": 1}),
        ("6 red mugs altogether", {"MUG": 6, "TEAPOT": 1}),
        ("I only need one red mug", {"MUG": 1, "TEAPOT": 1}),
        ("2 red mugs are enough", {"MUG": 2, "TEAPOT": 1}),
        ("2 more red mugs, so 6 in all", {"MUG": 6, "TEAPOT": 1}),
        ("I said 2 red mugs and 1 blue mug", {"MUG": 2, "TEAPOT": 1, "BLUE": 1}),
    ],
)
def test_it_is_set(said: str, after: Mapping[str, int]) -> None:
    talker = Talker(cart={"MUG": 4, "TEAPOT": 1})
    assert restating.answer_restated(talker.turn(said, "order")) is not None
    assert cart_of(talker.conversation) == after
    assert talker.conversation.undo()
    assert cart_of(talker.conversation) == {"MUG": 4, "TEAPOT": 1}


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("2 red mugs", "order"),
        ("how much is it in total?", "show_cart"),
        ("what is the total of my last 2 orders", "past_orders"),
        ("I said hello", "greet"),
        ("I only need one umbrella", "order"),
        ("only 20 dollars", "price_filter"),
    ],
)
def test_what_sets_nothing_is_left_to_others(said: str, intent: str) -> None:
    talker = Talker(cart={"MUG": 4, "TEAPOT": 1})
    assert restating.answer_restated(talker.turn(said, intent)) is None
    assert cart_of(talker.conversation) == {"MUG": 4, "TEAPOT": 1}


def test_the_same_once_more_adds_nothing() -> None:
    talker = Talker(cart={"MUG": 2})
    talker.conversation.cart_before = [CartLine(product_id="TEAPOT", quantity=1)]
    replies = restating.answer_restated(talker.turn("2 red mugs", "order"))
    assert replies is not None
    assert "That is in your cart already" in words_in(replies)
    assert cart_of(talker.conversation) == {"MUG": 2}


def test_the_same_once_more_with_a_word_of_more_is_more() -> None:
    talker = Talker(cart={"MUG": 2})
    talker.conversation.cart_before = []
    assert restating.answer_restated(talker.turn("another 2 red mugs", "add_to_cart")) is None


@pytest.mark.parametrize("hindered", ["empty", "open line"])
def test_without_a_settled_cart_nothing_is_said_again(hindered: str) -> None:
    talker = Talker(cart={} if hindered == "empty" else {"MUG": 4})
    if hindered == "open line":
        talker.conversation.open_lines = [OpenLine(phrase="mug", quantity=1, problem=Problem.WHICH, options=("MUG",))]
    assert restating.answer_restated(talker.turn("I said 2 red mugs", "order")) is None


def test_a_total_that_cannot_be_had_is_asked_about() -> None:
    talker = Talker(cart={"TEAPOT": 2})
    assert restating.answer_restated(talker.turn("I said 9 glass teapots", "order")) is not None
    assert [line.problem for line in talker.conversation.open_lines] == [Problem.SHORT]
    assert cart_of(talker.conversation) == {"TEAPOT": 2}
