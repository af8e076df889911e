"""A cancelling that is asked about goes no further than the answer: a part is a change, and no plain yes is to all."""

import pytest

from domain.model import OrderState
from tests.support.outfitter import Hiker


@pytest.fixture
def packed(ann: Hiker) -> int:
    """An order of three products."""
    return ann.orders({"CAMP-MUG": 2, "TENT-2": 1, "SOCKS": 1})


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("all but the tent", {"TENT-2": 1}),
        ("everything apart from the socks", {"SOCKS": 1}),
        ("only the socks please", {"CAMP-MUG": 2, "TENT-2": 1}),
        ("just one of the mugs", {"CAMP-MUG": 1, "TENT-2": 1, "SOCKS": 1}),
        ("the mugs only, how much do I get back?", {"TENT-2": 1, "SOCKS": 1}),
        ("money back for the mugs, the tent and socks stay", {"TENT-2": 1, "SOCKS": 1}),
        ("yes, but leave the tent", {"TENT-2": 1}),
        ("not the mugs", {"CAMP-MUG": 2}),
        ("refund all but the tent", {"TENT-2": 1}),
        ("the tent and the socks", {"CAMP-MUG": 2}),
    ],
)
def test_what_is_meant_is_shown_as_a_change(ann: Hiker, packed: int, said: str, left: dict[str, int]) -> None:
    ann.says("cancel my order").hears("Cancel order").says(said).hears("[Confirm change]").says("yes")
    assert ann.holds(packed) == left
    assert ann.order(packed).state is OrderState.PLACED


@pytest.mark.parametrize(
    "said",
    [
        "half of the order",
        "a part of it",
        "only two",
        "all but the drone",
        "how much do I get back for the tent alone?",
        "what if I keep the tent?",
    ],
)
def test_behind_a_part_that_is_not_clear_a_plain_yes_cancels_nothing(ann: Hiker, packed: int, said: str) -> None:
    ann.says("cancel my order").says(said).says("yes")
    assert ann.order(packed).state is OrderState.PLACED


def test_who_wants_another_order_alone_is_asked_about_that(ann: Hiker) -> None:
    mugs, tent = ann.orders({"CAMP-MUG": 2}), ann.orders({"TENT-2": 1})
    ann.says("cancel the tent").hears(f"Cancel order #{tent}?")
    ann.says("I only want money back for the mugs").hears(f"Cancel order #{mugs}?").says("yes")
    assert ann.order(tent).state is OrderState.PLACED
    assert ann.order(mugs).state is OrderState.CANCELLED


@pytest.mark.parametrize("said", ["yes", "yes, cancel it", "just cancel it please", "yes, the whole order"])
def test_a_yes_to_all_is_one(ann: Hiker, packed: int, said: str) -> None:
    ann.says("cancel my order").says(said).hears("is cancelled")
    assert ann.order(packed).state is OrderState.CANCELLED


def test_of_the_cart_what_stays_is_named_too(ann: Hiker) -> None:
    ann.says("2 camping mugs and wool socks").hears("2 × Camping Mug", "Wool Socks")
    ann.says("empty my cart").hears("Shall I take everything out")
    ann.says("everything but the socks").hears("Wool Socks").hears_no("Camping Mug")
