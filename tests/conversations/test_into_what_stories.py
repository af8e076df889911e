"""What something of a placed order shall become: preferences, ways out, lists to choose from, one question at most."""

import pytest

from domain.model import OrderState
from tests.support.outfitter import Hiker


@pytest.mark.parametrize(
    ("said", "became"),
    [
        ("exchange my jacket for one in L, preferably black, and if there is none then red", "JACKET-RED-L"),
        ("Exchange the jacket, please. It is too small. I don't care about the colour.", "JACKET-RED-L"),
        (
            "The lamp I received is too bright. Could I have one that isn't as bright, everything else as it is?",
            "LAMP-MID",
        ),
        ("exchange the headlamp for number LAMP-LOW", "LAMP-LOW"),
    ],
)
def test_what_is_said_decides_without_a_question(ann: Hiker, came: int, said: str, became: str) -> None:
    ann.says(said)
    assert ann.asked == "confirm_plan"
    ann.says("yes, please").hears("Done")
    (back,) = ann.returns(came)
    assert [line.replacement_id for line in back.lines] == [became]


def test_what_is_nearest_to_the_sold_out_one_is_chosen_by_its_place(ann: Hiker, came: int) -> None:
    ann.says("exchange my jacket for a blue one in L").hears("sold out", "Rain Jacket (", "$")
    assert ann.asked == "which_option"
    ann.says("the second one")
    assert ann.asked == "confirm_plan"
    ann.chat.hears("for Rain Jacket (")
    assert not ann.returns(came)


def test_one_answer_about_options_is_enough(ann: Hiker, came: int) -> None:
    ann.says("exchange the jacket")
    assert ann.asked == "which_option"
    ann.says("hm, something warm I suppose, in a bigger size")
    assert ann.asked == "confirm_plan"
    ann.chat.hears("red, L")


def test_a_yes_to_the_summary_is_no_option(ann: Hiker, came: int) -> None:
    ann.says("exchange my jacket for a size L")
    ann.says("Yes, that's great, thanks!").hears("Done")
    assert ann.order(came).state is OrderState.DELIVERED


def test_what_is_said_of_a_thing_stays_with_it(ann: Hiker, came: int) -> None:
    ann.says("Please exchange the stove and the jacket. The jacket should be black. The stove needs two burners.")
    assert ann.asked == "confirm_plan"
    ann.chat.hears("burners 2", "black, M")


@pytest.mark.parametrize(
    "said",
    [
        "exchange the jacket for a violet one",
        "swap my jacket for size XXS",
        "could I have a blue jacket in XXL in place of mine? exchange it please",
        "exchange the stove for a solar one",
        "exchange the stove for one with five burners",
    ],
)
def test_what_is_not_there_is_told_and_nothing_else_taken_for_it(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears("like that. What is there:")
    assert ann.asked == "which_option"
    ann.says("yes")
    assert ann.asked == "which_option"
    assert not ann.returns(came)


def test_who_insists_on_a_value_that_is_not_there_keeps_what_they_have(ann: Hiker, came: int) -> None:
    ann.says("exchange the jacket").hears("Which one")
    ann.says("size XS").hears("There is no Rain Jacket like that")
    ann.says("XS").hears("stays as it is")
    assert not ann.returns(came)


def test_another_value_may_be_told_then(ann: Hiker, came: int) -> None:
    ann.says("exchange the jacket for a teal one").hears("There is no Rain Jacket like that")
    ann.says("black then", "yes").hears("Done", "Write R1001 on the parcel")
    (back,) = ann.returns(came)
    assert [line.replacement_id for line in back.lines] == ["JACKET-BLACK-M"]
