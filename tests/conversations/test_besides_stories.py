"""What is wished for beside placed orders: marketing is done, all else is named, and what shall wait is not done."""

import pytest

from domain.model import OrderState
from tests.support.outfitter import Hiker


def gets_ideas(ann: Hiker) -> bool:
    """Whether ideas go to her by mail."""
    return "Ideas by mail\tyes" in ann.says("what do you know about me").heard


@pytest.mark.parametrize(
    "said",
    [
        "refund the stove, it broke, and no more newsletters",
        "Take me off your mailing list. And the stove goes back, it is broken",
        "the stove came broken, I return it; oh and quit sending me offers",
    ],
)
def test_an_end_of_marketing_is_done_beside_a_return(ann: Hiker, came: int, said: str) -> None:
    ann.says("send me ideas")
    ann.says(said).hears("no more ideas")
    if ann.asked == "why_return":
        ann.says("it came broken")
    ann.says("yes").hears("Done", "Camp Stove")
    assert not gets_ideas(ann)


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("ship my order to 9 Elm St, Boulder CO 80302 and I don't want your newsletter any more", "Send order"),
        ("from now on I live at 9 Elm St, Boulder CO 80302. Also please opt me out of marketing", "From now on"),
        ("change the bottle to 1000 ml steel, plus unsubscribe me", "change 1"),
    ],
)
def test_so_it_is_beside_a_change(ann: Hiker, waits: int, said: str, done: str) -> None:
    ann.says("send me ideas")
    ann.says(said).hears("no more ideas", done)
    ann.says("yes").hears("Done")
    assert not gets_ideas(ann)


def test_a_plain_wish_for_marketing_is_one_beside_others_too(ann: Hiker, came: int) -> None:
    ann.says("return the stove, it broke, and sign me up for the newsletter").hears("ideas go to", "Camp Stove")
    assert gets_ideas(ann)


def test_what_ends_marketing_alone_begins_no_return(ann: Hiker, came: int) -> None:
    ann.says("cancel my newsletter (not my order)").hears("no more ideas").hears_no("come back")


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("refund the stove, it broke, then delete my account", "delete my account"),
        ("wipe everything you have about me and return the stove, it broke", "wipe everything you have about me"),
        ("return the stove, it broke, and I also want to buy 2 wool socks", "buy 2 wool socks"),
        ("return the stove, it broke, and send the replacement to 9 Elm St, Boulder CO 80302", "9 Elm St"),
    ],
)
def test_what_no_plan_does_is_named_and_a_plain_yes_shows_all_once_more(
    ann: Hiker, came: int, said: str, named: str
) -> None:
    ann.says(said).hears("I did not do", named)
    if ann.asked == "why_return":
        ann.says("it broke")
    ann.says("yes").hears("once more")
    assert not ann.returns(came)
    ann.says("yes").hears("Done")
    assert len(ann.returns(came)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "order 7777 never came, send it to 9 Elm St, Boulder CO 80302",
        "change the address of 8888 to 9 Elm St, Boulder CO 80302",
    ],
)
def test_behind_a_number_that_is_none_of_theirs_a_plain_yes_moves_no_other_order(
    ann: Hiker, waits: int, said: str
) -> None:
    before = ann.goes_to(waits)
    ann.says(said).hears("I see no order").says("yes").hears("once more")
    assert ann.goes_to(waits) == before


@pytest.mark.parametrize(
    "said",
    [
        "return the stove on Monday",
        "I'll send the stove back in two weeks, not now",
        "next month I want to return the stove",
        "exchange the jacket for the black one later today",
    ],
)
def test_what_shall_wait_is_not_done(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears("Nothing is changed").says("yes").hears_no("Done")
    assert not ann.returns(came)


def test_when_something_came_is_no_time_to_wait_for(ann: Hiker, came: int) -> None:
    ann.says("return the stove that came on Monday, it broke, I leave tomorrow").hears("Camp Stove", "Shall I do")


@pytest.mark.parametrize(
    ("said", "goes"),
    [
        ("cancel {0}, no wait, {1}", 1),
        ("please cancel {1}. Sorry, I mean {0}", 0),
        ("cancel {0} and {1}, actually only {1}", 1),
        ("cancel the first order, keep the second", 0),
        ("keep {0}, cancel {1}", 1),
    ],
)
def test_of_orders_what_is_said_last_is_meant(ann: Hiker, said: str, goes: int) -> None:
    orders = [ann.orders({"CAMP-MUG": 2}), ann.orders({"TENT-2": 1})]
    ann.says(said.format(*orders)).hears(f"Cancel order #{orders[goes]}?").says("yes")
    assert ann.order(orders[goes]).state is OrderState.CANCELLED
    assert ann.order(orders[1 - goes]).state is OrderState.PLACED


def test_an_address_that_is_taken_back_changes_nothing(ann: Hiker, waits: int) -> None:
    before = ann.goes_to(waits)
    ann.says("send it to 9 Elm St, Boulder CO 80302, or rather don't, the address stays").hears("stays as it is")
    ann.says("yes")
    assert ann.goes_to(waits) == before
