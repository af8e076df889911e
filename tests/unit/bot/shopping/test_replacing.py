"""One product in place of another: what cannot be had replaces nothing."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from bot.shopping import replacing
from domain.conversation import OpenLine, Problem
from nlu.rules.replacements import Replacement
from tests.support.factories import make_product
from tests.support.memory import cart_of
from tests.support.talking import BLUE, MUG, TEAPOT, Talker, words_in


@pytest.mark.parametrize(
    ("said", "cart", "after"),
    [
        ("the blue mug instead", {"MUG": 2}, {"BLUE": 2}),
        ("swap the red mug for a glass teapot", {"MUG": 2, "BLUE": 1}, {"TEAPOT": 2, "BLUE": 1}),
        ("replace the teapot with 3 blue mugs", {"MUG": 1, "TEAPOT": 1}, {"MUG": 1, "BLUE": 3}),
        ("no, the blue one", {"MUG": 2}, {"BLUE": 2}),
    ],
)
def test_it_takes_the_old_one_s_place_and_number(said: str, cart: Mapping[str, int], after: Mapping[str, int]) -> None:
    talker = Talker(cart=cart)
    if len(cart) == 1:
        talker.conversation.focus = next(iter(cart))
    assert replacing.replace_line(talker.turn(said, "change_quantity")) is not None
    assert cart_of(talker.conversation) == after
    assert [line.product_id for line in talker.conversation.cart] == list(after)
    assert talker.conversation.undo()
    assert cart_of(talker.conversation) == cart


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("swap the red mug for a coir doormat", "sold out"),
        ("swap the red mug for a linen umbrella stand", "I could not find “linen umbrella stand”"),
    ],
)
def test_what_cannot_be_had_replaces_nothing(said: str, says: str) -> None:
    talker = Talker(cart={"MUG": 2})
    replies = replacing.replace_line(talker.turn(said, "change_quantity"))
    assert replies is not None
    assert says in words_in(replies)
    assert cart_of(talker.conversation) == {"MUG": 2}


def test_too_few_of_the_new_one_are_asked_about_and_the_old_one_is_out() -> None:
    talker = Talker(cart={"MUG": 8})
    assert replacing.replace_line(talker.turn("swap the red mug for the blue mug", "change_quantity")) is not None
    assert [(line.problem, line.quantity) for line in talker.conversation.open_lines] == [(Problem.SHORT, 8)]
    assert cart_of(talker.conversation) == {}
    assert talker.conversation.cart_before is not None


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("swap the red mug for a teapot", {}),
        ("swap the teapot for a blue mug", {"MUG": 2}),
        ("make it 3 mugs", {"MUG": 2}),
        ("two teapots please", {"MUG": 2}),
        ("send it to ada@example.com instead", {"MUG": 2}),
        ("swap the red mug for the red mug", {"MUG": 2}),
    ],
    ids=["an empty cart", "it is not there", "only how many", "no swap", "an e-mail", "itself"],
)
def test_what_replaces_nothing_is_left_to_others(said: str, cart: Mapping[str, int]) -> None:
    talker = Talker(cart=cart)
    assert replacing.replace_line(talker.turn(said, "change_quantity")) is None
    assert cart_of(talker.conversation) == cart


def test_while_a_line_is_open_nothing_is_replaced() -> None:
    talker = Talker(cart={"MUG": 2})
    talker.conversation.open_lines = [
        OpenLine(phrase="mug", quantity=1, problem=Problem.WHICH, options=(BLUE.product_id,))
    ]
    assert replacing.replace_line(talker.turn("the blue mug instead", "change_quantity")) is None


@pytest.mark.parametrize(
    ("swap", "cart", "after"),
    [
        (Replacement(new="blue mug", old="red mug", part=Fraction(5)), {"MUG": 8}, {"MUG": 3, "BLUE": 5}),
        (Replacement(new="blue", old="red mug", part=Fraction(1, 2)), {"MUG": 4}, {"MUG": 2, "BLUE": 2}),
        (Replacement(new="blue mug", old="mug", quantity=1), {"MUG": 2, "TEAPOT": 1}, {"BLUE": 1, "TEAPOT": 1}),
        (Replacement(new="blue mug"), {"MUG": 2, "TEAPOT": 1}, {"BLUE": 2, "TEAPOT": 1}),
    ],
)
def test_a_swap_that_was_read_is_made(swap: Replacement, cart: Mapping[str, int], after: Mapping[str, int]) -> None:
    talker = Talker(cart=cart)
    assert replacing.replace_line(replace(talker.turn("whatever", "change_quantity"), swap=swap)) is not None
    assert cart_of(talker.conversation) == after


def test_what_is_like_nothing_in_the_cart_replaces_nothing() -> None:
    talker = Talker(cart={"MUG": 2, "BLUE": 1})
    turn = replace(talker.turn("whatever", "change_quantity"), swap=Replacement(new="glass teapot"))
    assert replacing.replace_line(turn) is None
    assert cart_of(talker.conversation) == {"MUG": 2, "BLUE": 1}


@pytest.mark.parametrize(
    ("said", "cart"),
    [("half the red mugs in blue instead", {"MUG": 1, "BLUE": 2}), ("0 of the red mugs in blue instead", {"MUG": 1})],
)
def test_a_part_of_one_never_empties_the_cart(said: str, cart: Mapping[str, int]) -> None:
    talker = Talker(cart=cart)
    replacing.replace_line(talker.turn(said, "change_quantity"))
    assert sum(cart_of(talker.conversation).values()) == sum(cart.values())


def test_what_was_named_last_goes_first() -> None:
    towel = make_product(product_id="TOWEL", name="Tea Towel Blue")
    talker = Talker(MUG, BLUE, TEAPOT, towel, cart={"TOWEL": 1, "MUG": 2})
    assert replacing.replace_line(talker.turn("a glass teapot instead", "change_quantity")) is not None
    assert cart_of(talker.conversation) == {"TOWEL": 1, "TEAPOT": 2}
