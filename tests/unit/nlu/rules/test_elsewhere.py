"""Words at the card that send the parcel elsewhere, or call the known address wrong, without giving a new one."""

import pytest

from nlu.rules.elsewhere import goes_elsewhere, other_number

PLACES = ("my office", "work", "my mum's", "my mum's house", "our home", "my sister's place", "the office")
FRAMES = (
    "ship it to {}",
    "send it to {} instead",
    "no, to {} please",
    "can you deliver it to {}?",
    "it should go to {}",
    "post this to {}",
)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("frame", FRAMES)
def test_a_place_in_a_frame_is_elsewhere(frame: str, place: str) -> None:
    assert goes_elsewhere(frame.format(place)) is not None


@pytest.mark.parametrize(
    "said",
    [
        "that's not where I live",
        "this isn't where I live any more",
        "I don't live there anymore",
        "I've moved",
        "we moved last month",
        "wrong place",
        "another place please",
        "somewhere else please",
        "to a different location",
        "that's my work address",
        "that's my old flat",
        "it’s my office",
        "my office please",
        "no, home",
        "my mum's, please",
        "ship to Boulder instead",
        "yes but send it to my office",
        "send it to my friend Anna",
        "leave it with my neighbour",
        "I'm not at home",
        "the number is wrong",
        "that address has changed",
        "not there",
    ],
)
def test_it_goes_elsewhere(said: str) -> None:
    assert goes_elsewhere(said) is not None


@pytest.mark.parametrize(
    "said",
    [
        "yes",
        "yes, send it",
        "yes send it to me",
        "ship it to that address",
        "send it to the same address",
        "yes, send it there",
        "add a mug",
        "add 2 mugs to my cart",
        "make it 3",
        "bring it to two",
        "when will it be delivered to my house?",
        "how long does it take to ship to my office",
        "do you deliver to work?",
        "a wrong email",
        "it's for my mum",
        "it's my mum's birthday",
        "I'd like to order a teapot",
        "I need it to be red",
        "is the home sign in stock",
        "wrong number of mugs",
        "leave it at 2",
        "keep it as it is",
        "the mug was moved on",
    ],
)
def test_it_goes_where_it_was_to_go(said: str) -> None:
    assert goes_elsewhere(said) is None


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("number 14 not 12", "14"),
        ("it's 14, not 12", "14"),
        ("I live at number 14b, not number 12", "14b"),
        ("not 12 but 14", "14"),
        ("not 12, it's number 14", "14"),
        ("12 should be 14", "14"),
        ("change 12 to 14", "14"),
        ("14 rather than 12 please", "14"),
        ("the house is 14 instead of 12", "14"),
        ("3 not 2", None),
        ("number 14", None),
        ("12 mugs", None),
    ],
)
def test_another_number_of_the_known_house(said: str, number: str | None) -> None:
    assert other_number(said, "12 Main St") == number
