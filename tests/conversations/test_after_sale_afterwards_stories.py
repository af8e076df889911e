"""After something was done: who tells it once more, or tells more of it, hears how it stands, and buys nothing."""

import pytest

from tests.support.outfitter import Hiker


@pytest.fixture
def _back(ann: Hiker, came: int) -> None:
    """The jacket and the headlamp were sent back in this sitting."""
    ann.says("return the jacket and the headlamp, bought by mistake", "yes").hears("Done")


@pytest.mark.usefixtures("_back")
@pytest.mark.parametrize(
    "said",
    [
        "It's the jacket and the headlamp, as I said. Not the stove, which I keep.",
        "both have been delivered, I mean the jacket and the headlamp",
    ],
)
def test_what_is_told_once_more_is_done_already(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears("done already", "Rain Jacket (red, M)", "Headlamp (high").hears_no("cart", "ticket", "which")
    assert ann.asked is None
    assert len(ann.returns(came)) == 1


@pytest.mark.parametrize("said", ["The new one should be the dim one, with a battery.", "low brightness, with battery"])
def test_how_the_new_one_shall_be_is_told_once_more(ann: Hiker, came: int, said: str) -> None:
    ann.says("exchange the headlamp for the one with low brightness and battery", "yes").hears("Done")
    ann.says(said).hears("done already", "for Headlamp (low, battery)").hears_no("cart")
    assert ann.asked is None


@pytest.mark.usefixtures("_back")
@pytest.mark.parametrize("said", ["and for the user account too, thanks", "no hurry at all, that is all you need"])
def test_what_nobody_can_make_sense_of_opens_no_other_room(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears_no("Forget you", "cart is", "ticket")
    assert ann.asked in (None, "confirm_plan")


@pytest.mark.usefixtures("_back")
def test_who_buys_then_buys(ann: Hiker) -> None:
    ann.says("I'd like a camping mug").hears("1 × Camping Mug")


@pytest.mark.usefixtures("_back")
def test_another_order_is_still_cancelled(ann: Hiker, waits: int) -> None:
    ann.says("Then whatever is pending: cancel it. All of it.").hears(f"order #{waits}").hears_no("R1001")


def test_where_an_order_went_is_where_they_live_too(ann: Hiker, waits: int) -> None:
    ann.says("please send my order to 5 Pine Road, Boulder CO 80301", "yes").hears("Done")
    ann.says("and my default address in the account, please. To the same one.").hears("your address is 5 Pine Road")
    ann.says("yes").hears("Done")
    assert ann.lives_at() == ["5 Pine Road, Boulder CO 80301"]


def test_a_question_of_the_rest_is_no_wish_for_it(ann: Hiker, came: int) -> None:
    ann.says("swap the stove for one with 2 burners", "yes").hears("Done")
    ann.says("ok and the remaining things in that order, what did they cost me?").hears("$110.00")
    assert ann.asked is None
