"""What hangs on something, after the sale: ways out where it cannot be, what is only politely said, and the rest."""

import pytest

from bot.phrases import aftersale as phrases
from domain.model import OrderState
from domain.records.returns import ReturnKind
from tests.support.outfitter import Hiker


@pytest.fixture
def waits(ann: Hiker) -> int:
    """An order that has not left."""
    return ann.orders({"BOTTLE-500": 1, "TENT-2": 1, "SOCKS": 2})


def back(ann: Hiker, *order_ids: int) -> list[str]:
    """What comes back of some orders for money."""
    returns = [one for order_id in order_ids for one in ann.returns(order_id) if one.kind is ReturnKind.RETURN]
    return sorted(line.product_id for one in returns for line in one.lines)


@pytest.mark.parametrize(
    "said",
    [
        "change the bottle to one of 2000ml. If there is none, please cancel the whole order",
        "make the bottle a 2000ml one, and if that isn't possible then just cancel that entire order, I won't need it",
        "could the tent become a coat? If there is no way to do that, call the order off, the complete one",
    ],
)
def test_where_it_cannot_be_the_whole_order_is_cancelled_if_that_was_said(ann: Hiker, waits: int, said: str) -> None:
    ann.says(said).hears("not possible, so here is what you asked for", f"Cancel order #{waits}")
    ann.says("yes").hears("Done")
    assert ann.order(waits).state is OrderState.CANCELLED


def test_ways_out_are_taken_one_after_the_other(ann: Hiker, came: int) -> None:
    ann.says(
        "swap the jacket for a blue one in L. If that one is sold out, I'd take a black one in M, and if you don't "
        "have that either, just return it."
    ).hears("Rain Jacket (black, M)")
    ann.says("yes").hears("Done")
    (one,) = ann.returns(came)
    assert [line.replacement_id for line in one.lines] == ["JACKET-BLACK-M"]


@pytest.mark.parametrize(
    "said",
    [
        "change the bottle to one of 2000ml. If you have none, leave it as it is",
        "change the bottle to one of 2000ml, and if you don't have that, forget about it",
    ],
)
def test_what_shall_stay_then_stays(ann: Hiker, waits: int, said: str) -> None:
    ann.says(said).hears("it stays as it is, as you said")
    assert ann.asked is None
    assert ann.holds(waits) == {"BOTTLE-500": 1, "TENT-2": 1, "SOCKS": 2}


def test_another_thing_altogether_is_no_variant(ann: Hiker, came: int) -> None:
    ann.says("please exchange the camp stove for a coat").hears("only another kind of Camp Stove can come in its place")
    assert ann.asked is None


@pytest.mark.parametrize(
    "said",
    [
        "could you take the stove back, if that's all right with you? It was bought by mistake",
        "if it's possible to return only one thing, I want to return the stove, bought by mistake",
        "return the stove please, bought by mistake, and if there's anything to pay, tell me",
    ],
)
def test_politeness_is_no_condition(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears(f"Return 1 × Camp Stove (burners 1, gas) ($50.00) of order #{came}")
    ann.chat.hears_no("You said", "Not possible")


def test_what_something_cost_is_looked_at(ann: Hiker, came: int) -> None:
    ann.says("if the stove cost more than $100, please return it").hears("that is not so")
    assert ann.asked is None
    ann.says("if the stove cost more than $40, please return it, I changed my mind").hears("Return 1 × Camp Stove")
    ann.chat.hears_no("You said")


def test_what_is_seen_as_too_dear_goes_back_instead(ann: Hiker, came: int) -> None:
    ann.says("exchange the lamp for a medium one if that costs less than $21. Otherwise return it, changed my mind")
    ann.chat.hears("not possible, so here is what you asked for", "Return 1 × Headlamp (high, battery)")


@pytest.mark.parametrize(
    "said",
    [
        "I'd like to return everything I ever bought from you, apart from the headlamp. Changed my mind",
        "cancel or return all of it, but not the headlamp. I changed my mind",
    ],
)
def test_everything_is_all_that_they_have(ann: Hiker, came: int, said: str) -> None:
    older = ann.orders({"CAMP-MUG": 2}, state="delivered")
    ann.says(said)
    ann.says("yes").hears("Done")
    assert back(ann, came, older) == ["CAMP-MUG", "JACKET-RED-M", "STOVE-1"]


def test_that_item_is_never_the_whole_order(ann: Hiker, waits: int) -> None:
    ann.says("which one is it that weighs the most? Can you cancel just that item?")
    ann.chat.hears_no("this is what I will do")
    assert ann.order(waits).state is OrderState.PLACED


def test_no_whole_order_is_cancelled_against_the_word(ann: Hiker, waits: int) -> None:
    ann.says("take the tent out of my order, as long as you do not cancel the whole order")
    ann.chat.hears("Take 1 × Tent").hears_no("Cancel order")


def test_what_is_lost_is_not_paid_back(ann: Hiker, came: int) -> None:
    ann.says("I lost the headlamp on the trail, so I can't send it back. Could you refund it?")
    ann.chat.hears("a lost one cannot").hears_no("Return 1")
    assert ann.asked is None


def test_who_goes_on_means_the_same_deed(ann: Hiker, came: int) -> None:
    ann.says("the jacket back, please. It was bought by mistake", "yes").hears("Done")
    ann.says("Thanks. Now the stove, please.").hears("Return 1 × Camp Stove")
    ann.says("it does not fit").hears("what I have noted", "Return 1 × Camp Stove")
    ann.says("yes").hears("Done", "With what is done already, you get back in all")
    ann.says("And the headlamp too.", "yes").hears("Done")


def test_what_was_to_be_done_instead_is_not_done_besides(ann: Hiker, came: int, waits: int) -> None:
    ann.says("return the stove, bought by mistake", "yes").hears("Done")
    ann.says("And if that doesn't work out, would you see whether it can be cancelled instead?").hears(phrases.SETTLED)
    assert ann.order(waits).state is OrderState.PLACED


def test_what_they_will_do_later_is_not_done_now(ann: Hiker, came: int, waits: int) -> None:
    ann.says(f"send order {waits} to my home, and I'll return the stove later on")
    ann.chat.hears_no("Return 1")


def test_what_leads_with_a_condition_is_wished_for_itself(ann: Hiker, came: int) -> None:
    ann.says("If you can't exchange the jacket for a blue L I'd like to return it, I changed my mind")
    ann.chat.hears("not possible, so here is what you asked for", "Return 1 × Rain Jacket (red, M)")
    ann.says("no")
    ann.says("swap the jacket for a blue L; should that not be in stock, leave it").hears("stays as it is, as you said")
