"""Wishes for placed orders in words that no rule knows: what the reader marks is heard, and all of it is shown."""

import pytest

from tests.support.outfitter import Hiker


@pytest.fixture
def came(ann: Hiker) -> int:
    """An order that was delivered."""
    return ann.orders({"JACKET-RED-M": 1, "STOVE-1": 1, "LAMP-LOW": 1}, state="delivered")


@pytest.fixture
def waits(ann: Hiker) -> int:
    """An order that has not left."""
    return ann.orders({"TENT-2": 1, "BOTTLE-500": 1})


@pytest.mark.parametrize(
    "said",
    [
        "the stove would be happier on your shelf than on mine, it came broken",
        "it's the stove whose price I would like to have again, it came broken",
        "there is a stove here that ought to be with you, it came broken",
    ],
)
def test_what_is_to_go_back_is_shown(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears("Return 1 × Camp Stove")
    assert not ann.returns(came)
    ann.says("yes")
    assert ann.returns(came)


@pytest.mark.parametrize(
    "said",
    [
        "we would all sleep better were the tent the one for 3 persons",
        "what I had in mind was the tent for 3 persons, not the one I now have coming",
    ],
)
def test_what_it_was_meant_to_be_is_shown(ann: Hiker, waits: int, said: str) -> None:
    ann.says(said).hears("change 1 × Tent", "persons 3")
    ann.says("yes please").hears("Done")


@pytest.mark.parametrize(
    "said",
    [
        "send back the stove, it came broken, and my helmet needs to be a red one",
        "the stove goes back to you, it came broken, and my helmet should have been an L",
    ],
)
def test_what_names_nothing_of_theirs_is_quoted_beside_what_is_done(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears("Return 1 × Camp Stove", "I did not do", "helmet")


@pytest.mark.parametrize(
    "said",
    [
        "I am far from wanting the stove gone",
        "the stove would never have to go back if I had a say",
        "what would you say if the stove came home to you one day?",
        "my neighbour's stove belongs back on the shelf",
    ],
)
def test_nothing_is_done_where_nothing_is_wanted(ann: Hiker, came: int, said: str) -> None:
    ann.says(said)
    assert not ann.returns(came)
