"""What is said while the summary of wishes for placed orders stands: yes in many forms, conditions, second thoughts."""

import pytest

from domain.model import OrderState
from tests.support.outfitter import Hiker


def returned(ann: Hiker, order_id: int) -> list[str]:
    """What comes back of an order."""
    return sorted(line.product_id for one in ann.returns(order_id) for line in one.lines)


@pytest.mark.parametrize(
    "said",
    [
        "Yes, that's great, thank you for your patience, my dear",
        "yes please, send all of it back, and quickly",
        "Sure. Only the stove and the lamp, please.",
        "Yes, but do not cancel the order with the tent",
        "yes, as long as the tent order stays as it is",
        "go ahead, if you think that is right",
        "yes, as long as I get at least $70 back",
        "Yes. Or should I say no? No, yes!",
        "yes, both of the two things",
        "Yes, but make it quick, we don't have all day",
        "Sounds good, and tell me when it's done",
        "Only if I get all of my money back",
        "yes, on the condition that the jacket stays mine",
        "Yes (and sorry for the trouble)",
        "Yes, as long as none of my entire order with the tent goes away.",
    ],
)
def test_a_yes_with_what_the_summary_honours_already_does_it(ann: Hiker, came: int, waits: int, said: str) -> None:
    ann.says("return the stove and the lamp, bought by mistake")
    ann.says(said).hears("Done")
    assert returned(ann, came) == ["LAMP-HIGH", "STOVE-1"]
    assert ann.order(waits).state is OrderState.PLACED


@pytest.mark.parametrize(
    ("said", "shows", "comes_back"),
    [
        ("yes, but keep the lamp", "Camp Stove", ["STOVE-1"]),
        ("Yes, and the jacket as well please", "Rain Jacket", ["JACKET-RED-M", "LAMP-HIGH", "STOVE-1"]),
        ("yes, only the lamp though", "Headlamp", ["LAMP-HIGH"]),
        ("Please return just the lamp; the stove can stay with me", "Headlamp", ["LAMP-HIGH"]),
        ("Return only the lamp please", "Headlamp", ["LAMP-HIGH"]),
        ("yes for the lamp, no for the stove", "Headlamp", ["LAMP-HIGH"]),
        ("take the stove out of that", "Headlamp", ["LAMP-HIGH"]),
        ("never mind the stove", "Headlamp", ["LAMP-HIGH"]),
        ("I changed my mind about the stove", "Headlamp", ["LAMP-HIGH"]),
    ],
)
def test_a_yes_that_changes_something_is_shown_anew_and_wants_one_more(
    ann: Hiker, came: int, said: str, shows: str, comes_back: list[str]
) -> None:
    ann.says("return the stove and the lamp, bought by mistake")
    ann.says(said).hears(shows)
    assert ann.asked == "confirm_plan"
    assert not ann.returns(came)
    ann.says("yes").hears("Done")
    assert returned(ann, came) == comes_back


def test_a_condition_that_does_not_hold_is_told_with_the_amount(ann: Hiker, came: int) -> None:
    ann.says("exchange the stove for one with 2 burners")
    ann.says("Yes, if it costs no more than $30 extra").hears("it would be $40.00")
    assert not ann.returns(came)
    ann.says("hm, all right, do it").hears("Done")
    assert ann.returns(came)


def test_a_condition_that_the_shop_cannot_check_is_told_once(ann: Hiker, came: int) -> None:
    ann.says("return the stove and the lamp, bought by mistake")
    ann.says("if that is everything that smells of gas, yes please").hears("that I cannot check")
    assert not ann.returns(came)
    ann.says("if that is everything that smells of gas, yes please").hears("Done")
    assert returned(ann, came) == ["LAMP-HIGH", "STOVE-1"]


@pytest.mark.parametrize("said", ["yes, if my husband agrees", "yes, but tomorrow", "yes, but only half of it"])
def test_what_is_not_settled_is_never_done_however_often_it_is_said(ann: Hiker, came: int, said: str) -> None:
    ann.says("return the stove and the lamp, bought by mistake")
    for _ in range(3):
        ann.says(said)
    assert not ann.returns(came)
    ann.says("yes").hears("Done")


def test_a_yes_to_more_things_than_were_shown_is_told_so_and_to_fewer_is_none(ann: Hiker, came: int) -> None:
    ann.says("return the stove, the jacket and the lamp, bought by mistake")
    ann.says("yes, return the two of them").hears("Which of them shall I leave out?")
    assert not ann.returns(came)
    ann.says("keep the jacket").hears_no("Rain Jacket")
    ann.says("yes, all five of them").hears("about 2 things")
    assert not ann.returns(came)
    ann.says("then just those, yes").hears("Done")


def test_a_yes_to_some_of_the_deeds_leaves_out_the_others(ann: Hiker, came: int, waits: int) -> None:
    ann.says(f"return the stove and cancel order {waits}, bought by mistake")
    ann.says("yes to the return, please").hears("Camp Stove")
    assert ann.asked == "confirm_plan"
    ann.says("yes").hears("Done")
    assert ann.order(waits).state is OrderState.PLACED


def test_whoever_does_not_want_the_order_cancelled_gets_all_but_that(ann: Hiker, came: int, waits: int) -> None:
    ann.says(f"return the stove and cancel order {waits}, bought by mistake")
    ann.says(f"yes, but do not cancel order {waits}").hears_no("Cancel order")
    assert not ann.returns(came)
    ann.says("yes").hears("Done")
    assert returned(ann, came) == ["STOVE-1"]
    assert ann.order(waits).state is OrderState.PLACED


@pytest.mark.parametrize("said", ["wait", "Hold on, how much do I get back?", "no, the blue one"])
def test_who_hesitates_or_asks_takes_nothing_back(ann: Hiker, came: int, said: str) -> None:
    ann.says("return the stove and the lamp, bought by mistake")
    ann.says(said)
    assert ann.asked == "confirm_plan"
    assert not ann.returns(came)
    ann.says("yes, return them both").hears("Done")
    assert returned(ann, came) == ["LAMP-HIGH", "STOVE-1"]


def test_a_reason_tells_why_and_wishes_for_nothing(ann: Hiker, came: int) -> None:
    ann.says("return the stove")
    assert ann.asked == "why_return"
    ann.says("The stove leaks, and the lamp I do not need any more without it").hears("Camp Stove").hears_no("Headlamp")
    ann.says("yes").hears("Done")
    assert returned(ann, came) == ["STOVE-1"]


def test_who_wants_no_whole_order_gone_does_not_lose_one(ann: Hiker, came: int, waits: int) -> None:
    ann.says(f"return the stove and cancel order {waits}, bought by mistake")
    ann.says("Yes, unless that means that my entire order is not coming").hears("Camp Stove").hears_no("Cancel order")
    ann.says("yes").hears("Done")
    assert ann.order(waits).state is OrderState.PLACED


def test_what_is_no_answer_is_answered_otherwise_each_time_and_a_person_offered(ann: Hiker, came: int) -> None:
    ann.says("return the stove, bought by mistake")
    said = set()
    for _ in range(3):
        ann.says("this is outrageous")
        said.add(ann.chat.heard)
    assert len(said) == 3
    assert "Talk to a person" in ann.chat.buttons
    assert not ann.returns(came)
    ann.says("Fine, send it back").hears("Done")


@pytest.mark.parametrize(
    "said",
    [
        "Mind you, I suppose that's a yes. Yes, it is.",
        "Yes please, before I lose my patience with that thing",
        "yes, I hope it goes through",
    ],
)
def test_a_yes_with_a_sigh_is_a_yes(ann: Hiker, came: int, said: str) -> None:
    ann.says("return the stove, bought by mistake")
    ann.says(said.removeprefix("Mind you, ")).hears("Done")
    assert returned(ann, came) == ["STOVE-1"]


@pytest.mark.parametrize(
    "said",
    [
        "hm no, leave the jacket. only do the stove",
        "I've changed my mind about the jacket. Please return only the stove.",
        "wait, forget the jacket, it's just the stove I want returned",
        "hang on, only the stove please, keep the jacket out of it",
    ],
)
def test_who_wants_only_what_is_planned_already_sees_just_that_once_more(ann: Hiker, came: int, said: str) -> None:
    ann.says("return the stove, bought by mistake")
    ann.says(said).hears("Camp Stove").hears_no("Rain Jacket", "Nothing was done")
    assert ann.asked == "confirm_plan"
    assert not ann.returns(came)
    ann.says("yes, that's it").hears("Done")
    assert returned(ann, came) == ["STOVE-1"]


def test_bounds_of_a_plan_go_with_what_else_is_said(ann: Hiker, came: int) -> None:
    ann.says("return the stove and the lamp, bought by mistake")
    ann.says("One moment. Rather to my gift card, and leave the lamp, only the stove should go back.")
    ann.chat.hears("Camp Stove", "goes back to: gift card").hears_no("Headlamp")
    ann.says("wonderful, yes").hears("Done")
    assert returned(ann, came) == ["STOVE-1"]


def test_what_alone_is_wanted_may_be_something_that_was_not_planned(ann: Hiker, came: int) -> None:
    ann.says("return the stove, bought by mistake")
    ann.says("no, forget the stove, just the lamp please").hears("Headlamp").hears_no("Camp Stove")
    ann.says("yes").hears("Done")
    assert returned(ann, came) == ["LAMP-HIGH"]


def test_a_person_who_is_wanted_if_it_cannot_be_paid_so_does_not_end_it_before(ann: Hiker, came: int) -> None:
    ann.says("return the stove, bought by mistake")
    ann.says("no, not back to the card. Gift card. If you can't, a human please").hears("goes back to: gift card")
    ann.says("yes").hears("Done")
    assert returned(ann, came) == ["STOVE-1"]
