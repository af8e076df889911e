"""What customers wish of placed orders, in their own words: several wishes, one summary, one clear yes."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.model import OrderState
from domain.records.returns import ReturnKind, ReturnReason, ReturnState
from tests.support.outfitter import HOME, Hiker, hiker
from tests.support.stage import Stage


def nothing_happened(ann: Hiker, *order_ids: int) -> bool:
    """Whether orders are as they were, and nothing of them comes back."""
    changed = any(ann.order(one).changes or ann.order(one).state is OrderState.CANCELLED for one in order_ids)
    return not changed and not any(ann.returns(one) for one in order_ids)


def test_wishes_of_one_breath_are_listed_confirmed_once_and_done(
    shop: Stage, ann: Hiker, came: int, waits: int
) -> None:
    ann.says(f"cancel order {waits}, return the stove, and tell me what I get back in all. It was bought by mistake")
    ann.chat.hears(f"Cancel order #{waits}", f"Camp Stove (burners 1, gas) ($50.00) of order #{came}", "$289.00")
    assert ann.asked == "confirm_plan"
    assert nothing_happened(ann, came, waits)
    ann.says("yes, please do that").hears("Done", "$289.00", "Its number is R1001")
    assert ann.order(waits).state is OrderState.CANCELLED
    (back,) = ann.returns(came)
    assert (back.kind, back.reason, back.state) == (ReturnKind.RETURN, ReturnReason.CHANGED_MIND, ReturnState.REQUESTED)
    assert [line.product_id for line in back.lines] == ["STOVE-1"]


@pytest.mark.parametrize(
    ("said", "became"),
    [
        ("exchange the jacket for a size L", {"JACKET-RED-M": "JACKET-RED-L"}),
        ("I'd like to swap my jacket, I'd rather have it in black", {"JACKET-RED-M": "JACKET-BLACK-M"}),
        ("my jacket came in red but I would prefer blue", {"JACKET-RED-M": "JACKET-BLUE-M"}),
        ("could the headlamp be exchanged for a less bright one?", {"LAMP-HIGH": "LAMP-MID"}),
        ("trade the lamp for the cheapest one you have", {"LAMP-HIGH": "LAMP-LOW"}),
        ("swap the stove for one with two burners and the lamp for a USB one",
         {"STOVE-1": "STOVE-2", "LAMP-HIGH": "LAMP-LOW-USB"}),
        ("The stove should have 2 burners, I want to exchange it. And the headlamp: medium brightness",
         {"STOVE-1": "STOVE-2", "LAMP-HIGH": "LAMP-MID"}),
        ("exchange the jacket for a blue one in L; if there is none in blue, then red",
         {"JACKET-RED-M": "JACKET-RED-L"}),
    ],
)  # fmt: skip
def test_an_exchange_finds_the_variant_by_words(ann: Hiker, came: int, said: str, became: dict[str, str]) -> None:
    ann.says(said)
    assert ann.asked == "confirm_plan"
    ann.says("yes").hears("Done")
    (back,) = ann.returns(came)
    assert back.kind is ReturnKind.EXCHANGE
    assert {line.product_id: line.replacement_id for line in back.lines} == became


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("change the bottle to a bigger one in steel", {"BOTTLE-1000": 1, "TENT-2": 1, "SOCKS": 2}),
        ("make my tent a 3-person tent please", {"BOTTLE-500": 1, "TENT-3": 1, "SOCKS": 2}),
        ("in my pending order, switch the bottle to glass and the tent to the one for 3 persons",
         {"BOTTLE-GLASS": 1, "TENT-3": 1, "SOCKS": 2}),
        ("modify my order: bottle 1 litre steel, tent 3 persons", {"BOTTLE-1000": 1, "TENT-3": 1, "SOCKS": 2}),
        ("exchange the bottle for a glass one and take the socks out", {"BOTTLE-GLASS": 1, "TENT-2": 1}),
    ],
)  # fmt: skip
def test_what_has_not_left_is_changed(ann: Hiker, waits: int, said: str, holds: dict[str, int]) -> None:
    ann.says(said)
    assert ann.asked == "confirm_plan"
    ann.says("that's right, go ahead").hears("Done")
    assert ann.holds(waits) == holds


def test_the_difference_in_price_is_said_before_and_settled_after(ann: Hiker, waits: int) -> None:
    ann.says("change the tent to the one for 3 persons, I pay with my gift card").hears("$40.00")
    assert ann.asked == "pay_how"
    ann.says("then the Mastercard").hears("$60.00 more", "Paid with: Mastercard ending in 4242")
    ann.says("yes").hears("Done")
    assert [(one.amount, one.method_id) for one in ann.ledger(waits)][1:] == [(Decimal("60.00"), "card-ann")]


def test_money_goes_back_where_it_is_wanted(ann: Hiker, waits: int) -> None:
    ann.says(f"cancel order {waits} and refund it to my gift card").hears("goes back to: gift card")
    ann.says("yes").hears("Done")
    assert [one.method_id for one in ann.ledger(waits)] == ["card-ann", "gift_card-ann"]


def test_where_it_is_decides_what_a_word_means(ann: Hiker, came: int, waits: int) -> None:
    ann.says("cancel the stove and return the tent; changed my mind").hears(
        "was delivered already", "Return 1 × Camp Stove", f"Take 1 × Tent (persons 2) ($200.00) out of order #{waits}"
    )


def test_what_is_on_its_way_can_neither_be_changed_nor_returned_and_it_is_said_why(ann: Hiker) -> None:
    gone = ann.orders({"JACKET-RED-M": 1}, state="shipped")
    ann.says("exchange the jacket for a blue one").hears("Not possible", f"order #{gone} is on its way")
    assert ann.asked is None
    assert nothing_happened(ann, gone)


def test_the_order_is_asked_for_where_a_thing_is_in_several(ann: Hiker, came: int) -> None:
    other = ann.orders({"JACKET-BLUE-M": 1, "CAMP-MUG": 2}, state="delivered")
    ann.says("return the jacket, it does not fit").hears(f"#{came}", f"#{other}")
    assert ann.asked == "which_order"
    ann.says("the one with the mugs").hears("Return 1 × Rain Jacket (blue, M)")
    ann.says("yes").hears("Done")
    assert not ann.returns(came)
    assert ann.returns(other)


def test_both_means_both(ann: Hiker, came: int) -> None:
    other = ann.orders({"JACKET-BLUE-M": 1}, state="delivered")
    ann.says("send both jackets back, they are too big").hears("$159.50")
    ann.says("ok do it").hears("Done")
    assert ann.returns(came)
    assert ann.returns(other)


def test_all_but_something(ann: Hiker, came: int) -> None:
    ann.says(f"I want to return everything from order {came} except the headlamp. changed my mind")
    ann.chat.hears("Rain Jacket (red, M)", "Camp Stove").hears_no("Headlamp")


@pytest.mark.parametrize("answer", ["the stove", "stove please", "3", "the one with the burner"])
def test_the_thing_is_asked_for_where_nobody_said_which(ann: Hiker, came: int, answer: str) -> None:
    ann.says(f"I want to return something from order {came}, it was a mistake").hears("1. Rain Jacket")
    assert ann.asked == "which_item"
    ann.says(answer).hears("Return 1 × Camp Stove")


def test_an_option_is_asked_for_with_what_is_there(ann: Hiker, came: int) -> None:
    ann.says("I'd like to exchange the headlamp").hears("Headlamp", "low", "medium")
    assert ann.asked == "which_option"
    ann.says("medium").hears("Exchange 1 × Headlamp (high, battery) ($30.00)", "Headlamp (medium, battery) ($25.00)")
    ann.says("actually low and USB powered").hears("Headlamp (low, USB) ($24.00)")


def test_what_is_sold_out_is_said_and_the_nearest_offered(ann: Hiker) -> None:
    ann.orders({"JACKET-BLUE-M": 1}, state="delivered")
    ann.says("exchange the jacket for a size L").hears("Rain Jacket (blue, L) is sold out", "Rain Jacket (red, L)")
    assert ann.asked == "which_option"
    ann.says("I don't mind").hears("for Rain Jacket (red, L)")


def test_a_way_out_takes_the_place_of_what_cannot_be(ann: Hiker) -> None:
    order_id = ann.orders({"JACKET-BLUE-M": 1}, state="delivered")
    ann.says("exchange the jacket for a size L in blue. If that's not possible, just return it, it's too small")
    ann.chat.hears(
        "what you wanted first is not possible", f"Return 1 × Rain Jacket (blue, M) ($79.50) of order #{order_id}"
    )


@pytest.mark.parametrize("said", ["no", "no thanks, leave it", "never mind", "forget it", "start over", "cancel that"])
def test_a_no_leaves_everything_as_it_is(ann: Hiker, came: int, said: str) -> None:
    ann.says("return the stove, bought by mistake")
    assert ann.asked == "confirm_plan"
    ann.says(said).hears("Nothing was done")
    assert ann.asked is None
    assert nothing_happened(ann, came)


@pytest.mark.parametrize(
    "said",
    [
        "maybe",
        "yes if it is free",
        "yes but not the stove",
        "hmm, what about the socks?",
        "I think so?",
        "who are you",
        "yes, 5 of them",
    ],
)
def test_what_is_no_clear_yes_does_nothing(ann: Hiker, came: int, said: str) -> None:
    ann.says("return the stove, bought by mistake", said)
    assert nothing_happened(ann, came)


@pytest.mark.parametrize(
    ("said", "there", "gone"),
    [
        ("and the headlamp too", ["Camp Stove", "Rain Jacket", "Headlamp"], "x"),
        ("actually only the stove", ["Camp Stove"], "Jacket"),
        ("not the jacket", ["Camp Stove"], "Jacket"),
        ("I keep the jacket after all", ["Camp Stove"], "Jacket"),
        ("use my gift card instead", ["goes back to: gift card"], "Mastercard"),
        ("no wait, exchange the jacket for a black one instead", ["for Rain Jacket (black, M)", "Return"], "x"),
    ],
)  # fmt: skip
def test_corrections_at_the_summary_change_it_and_show_it_anew(
    ann: Hiker, came: int, said: str, there: list[str], gone: str
) -> None:
    ann.says("return the stove and the jacket, bought by mistake")
    ann.says(said).hears(*there)
    ann.chat.hears_no(*([gone] if gone != "x" else []))
    assert ann.asked == "confirm_plan"
    assert nothing_happened(ann, came)


def test_a_question_in_between_is_answered_and_the_plan_put_again(ann: Hiker, came: int) -> None:
    ann.says("return the stove, bought by mistake", "what is the balance of my gift card?")
    ann.chat.hears("There is $40.00 left on your gift card", "Return 1 × Camp Stove")
    ann.says("yes").hears("Done")


def test_what_was_said_before_is_kept_while_something_is_asked(ann: Hiker, came: int, waits: int) -> None:
    ann.says("exchange the headlamp, and change the tent to 3 persons").hears("Headlamp")
    ann.says("low brightness, battery").hears("Headlamp (low, battery)", "Tent (persons 3)")


@pytest.mark.parametrize(
    "said",
    [
        "please ship {waits} to my home address",
        "use my Denver address for the pending order",
        "send the order with the tent to my default address",
        "can the open order go to the same address as order {came}?",
        "change the address of order {waits} to the one of order {came}",
        "ship my pending order to the Colorado address instead",
    ],
)
def test_an_order_goes_to_an_address_that_is_known(ann: Hiker, came: int, waits: int, said: str) -> None:
    ann.says(said.format(came=came, waits=waits)).hears(f"Send order #{waits} to {HOME}")
    ann.says("yes please").hears("Done")
    assert ann.goes_to(waits) == HOME


def test_an_address_may_be_for_an_order_and_from_now_on(ann: Hiker, waits: int) -> None:
    new = "5 Elm Street, Apt 3, Boulder CO 80301"
    ann.says(f"update the address of order {waits} to {new} and make it my default address too")
    ann.chat.hears(f"Send order #{waits} to {new}", f"From now on your address is {new}")
    assert ann.lives_at() == [HOME]
    ann.says("yes").hears("Done")
    assert ann.goes_to(waits) == new
    assert ann.lives_at() == [new]


def test_nothing_is_shown_of_others(shop: Stage, ann: Hiker, came: int) -> None:
    eve = hiker(shop, "eve")
    eve.orders({"STOVE-1": 1}, state="delivered")
    eve.says(f"return the jacket from order {came}").hears_no("Jacket", "$80")
    assert nothing_happened(ann, came)


def test_a_yes_to_what_changed_meanwhile_does_nothing_and_shows_it_anew(shop: Stage, ann: Hiker, waits: int) -> None:
    ann.says("change the tent to 3 persons")
    shop.sets_price("TENT-3", "270.00")
    ann.says("yes").hears("Something changed meanwhile", "$70.00 more")
    assert nothing_happened(ann, waits)
    ann.says("yes").hears("Done", "$70.00 more")


def test_an_order_that_left_between_summary_and_yes_is_not_changed(shop: Stage, ann: Hiker, waits: int) -> None:
    ann.says("change the tent to 3 persons")
    shop.ships(str(waits))
    ann.says("yes").hears("Not possible", "on its way")
    assert ann.holds(waits)["TENT-2"] == 1


def test_more_of_the_same_sitting_goes_into_the_same_return(ann: Hiker, shop: Stage, came: int) -> None:
    ann.says("return the stove, bought by mistake", "yes", "and please return the headlamp as well")
    ann.says("yes").hears("Done")
    open_ones = [one for one in ann.returns(came) if one.state is ReturnState.REQUESTED]
    assert sorted(line.product_id for one in open_ones for line in one.lines) == ["LAMP-HIGH", "STOVE-1"]


def test_a_plan_survives_a_restart(shop: Stage, ann: Hiker, came: int) -> None:
    ann.says("return the stove, bought by mistake")
    replace(ann, chat=shop.customer("ann")).says("yes").hears("Done")  # the conversation is kept in the database


def test_too_late_to_come_back(shop: Stage, ann: Hiker, came: int) -> None:
    shop.clock.moment += timedelta(days=40)
    ann.says("return the stove, bought by mistake").hears("Not possible")
    assert nothing_happened(ann, came)
