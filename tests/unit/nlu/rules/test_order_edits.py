"""What is to be different of a placed order, without the words that only tell which one, or what it holds."""

import pytest

from nlu.rules import order_edits


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("i ordered 3 yesterday, make it 2", "make it 2"),
        ("can you still add a whisk to order 1001", "can you still add a whisk"),
        ("take one of the two hammers off that order", "take one of the two hammers off"),
        ("in my order from this morning change the apples to pears", "change the apples to pears"),
        ("I ordered two lamps this morning but need three", "need three"),
        ("before you ship order 417, take off the vase", "take off the vase"),
        ("is it too late to swap the tea for coffee in the order i placed?", "swap the tea for coffee"),
        ("make it 3", "make it 3"),
        ("", ""),
    ],
)
def test_what_is_wanted_is_left(said: str, wanted: str) -> None:
    assert order_edits.without_order(said) == wanted


@pytest.mark.parametrize(
    ("said", "fewer"),
    [
        ("take one of the two hammers off", "one"),
        ("make it 2 less", "2"),
        ("one of the two is blue", ""),
        ("make it two", ""),
    ],
)
def test_how_many_fewer(said: str, fewer: str) -> None:
    assert order_edits.fewer(said) == fewer


@pytest.mark.parametrize(
    ("said", "kind"), [("want the green", "green"), ("can it be red please", "red"), ("add two hooks", "")]
)
def test_what_it_shall_be_instead(said: str, kind: str) -> None:
    assert order_edits.other_kind(said) == kind


@pytest.mark.parametrize("said", ["add it to order 1001", "i ordered two, make it three", "before it ships, add one"])
def test_a_placed_order_is_spoken_of(said: str) -> None:
    assert order_edits.speaks_of_placed(said)


@pytest.mark.parametrize("said", ["make it three", "swap the mug for a cup", "change my order"])
def test_what_may_be_the_cart(said: str) -> None:
    assert not order_edits.speaks_of_placed(said)
