"""Somebody only begins to speak of what they ordered: it is known then, and what they say next is about that."""

import pytest

from tests.support.outfitter import Hiker


@pytest.mark.parametrize(
    "opener",
    [
        "Good morning, it's about my rain jacket.",
        "Hello there! I have a question about the jacket I bought.",
        "there is also my rain jacket",
    ],
)
def test_a_thing_is_spoken_of_and_the_wish_comes_after(ann: Hiker, came: int, opener: str) -> None:
    ann.says(opener).hears("Rain Jacket (red, M)", f"#{came}").hears_no("ticket", "Did you want")
    assert ann.asked is None
    ann.says("I'd like to have a different one").hears("Rain Jacket (red, L)", "Rain Jacket (black, M)")
    ann.says("black, please").hears("Exchange 1 × Rain Jacket (red, M)", "Rain Jacket (black, M)")
    ann.says("yes").hears("Done")
    (one,) = ann.returns(came)
    assert [line.replacement_id for line in one.lines] == ["JACKET-BLACK-M"]


def test_several_wishes_are_announced_and_asked_for_without_a_question(ann: Hiker, came: int, waits: int) -> None:
    ann.says("Hi! I've got a few little requests today.").hears("one after the other").hears_no("ticket")
    assert ann.asked is None
    ann.says("my tent should be for 3 persons").hears("to Tent (persons 3)")


def test_an_order_is_spoken_of_and_then_a_thing_in_it(ann: Hiker, came: int, waits: int) -> None:
    ann.says(f"my order {came} is here and two things in it aren't right for me").hears("Headlamp").hears_no("ticket")
    ann.says("the headlamp is the bright one, I need the one with medium brightness").hears("for Headlamp (medium")


def test_what_was_asked_about_is_meant_next(ann: Hiker, came: int, waits: int) -> None:
    ann.says("has my bottle left yet?", "I need it in another size. 1000ml.").hears(
        "to Drinking Bottle (1000ml, steel)"
    )
    ann.says("no").hears("Nothing was done")
    assert ann.holds(waits)["BOTTLE-500"] == 1


@pytest.mark.parametrize("said", ["the stove came broken", "it's about my stove, it arrived damaged"])
def test_what_went_wrong_is_still_for_a_person(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears("ticket")


def test_who_wants_to_buy_buys(ann: Hiker, came: int) -> None:
    ann.says("it's about my rain jacket", "add 2 camping mugs to my cart").hears("Camping Mug")
    assert not ann.returns(came)


def test_as_it_should_be_it_is_already(ann: Hiker, waits: int) -> None:
    ann.deals_in_variants_only()
    ann.says("change the bottle to 1000ml", "yes").hears("Done")
    ann.says("The new one should be the steel one with 1000ml.").hears("already").hears_no("cart")
    assert ann.asked is None
