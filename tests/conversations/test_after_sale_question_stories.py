"""What customers ask of their placed orders, beside what they wish and without it: figures, parcels, options, kinds."""

import pytest

from domain.model import OrderState
from tests.support.outfitter import COTTAGE, HOME, Hiker
from tests.support.stage import Stage


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("what did my stove cost?", "$50.00"),
        ("How much did I pay for the jacket and the headlamp together?", "$110.00"),
        ("could you tell me what that order with the tent came to? I mean, how much was the order", "$239.00"),
        ("what is the most expensive thing in the order with the stove? Its price?", "Rain Jacket (red, M)\t$80.00"),
        ("which is the cheapest item of my pending order?", "Wool Socks\t$12.00"),
        ("how many pairs of socks did I order?", "2 × Wool Socks"),
        ("I can't remember: which jacket did I buy?", "Rain Jacket (red, M)"),
        ("what fuel does my camp stove run on?", "fuel gas"),
        ("Hi! How many burners has my stove got?", "burners 1"),
        ("is my headlamp battery or USB?", "power source battery"),
        ("in which order was the tent?", "Order #1002 holds"),
        ("has the tent been shipped, and when did I order it?", "has not left yet"),
        ("how much did I spend on all my orders so far?", "$399.00"),
        ("total $ of all lamps i bought?", "$30.00"),
        ("which thing in the order with the stove costs the most, and how much?", "Rain Jacket (red, M)"),
        ("exact number of headlamp variants in your shop right now?", "4 kinds of Headlamp"),
        ("my husband asks me about the stove, how many burners it has", "burners 1"),
        ("is my headlamp bright?", "brightness high"),
        ("any other jackets under $85?", "Rain Jacket (blue, M)\t$79.50"),
        ("what colours does the jacket come in?", "Rain Jacket (black, M)"),
        ("Could you split the payment of my order between two cards?", "cannot divide it"),
    ],
)  # fmt: skip
def test_a_question_is_answered_from_their_own_orders(ann: Hiker, came: int, waits: int, said: str, heard: str) -> None:
    ann.says(said).hears(heard)
    assert ann.asked is None
    assert ann.order(waits).state is OrderState.PLACED


def test_where_an_order_is_and_under_which_number(shop: Stage, ann: Hiker, came: int, waits: int) -> None:
    ann.says("where does the order with the tent go to, and what's its tracking number?")
    ann.chat.hears(
        f"Order #{waits} goes to {COTTAGE}", f"Order #{waits} has not left yet, so it has no tracking number"
    )
    ann.says("which address was the stove sent to?").hears(f"Order #{came} went to {HOME}")
    ann.says("and is it still in transit?").hears("it was delivered on")
    ann.says("until when can I send something of it back?").hears(f"of order #{came} until")


def test_what_comes_back_is_counted_over_everything_of_a_conversation(ann: Hiker, came: int, waits: int) -> None:
    ann.says(f"cancel order {waits}", "yes").hears("cancelled")
    ann.says("return the stove, I do not need it. And what do I get back for everything together?").hears("$289.00")
    ann.says("yes").hears("Done")
    ann.says("so how much money is coming back to me altogether?").hears("$239.00", "$50.00", "$289.00")


def test_what_is_left_of_an_order_is_counted_without_what_goes_back(ann: Hiker, came: int) -> None:
    ann.says("return the headlamp, I do not need it").hears("$30.00")
    ann.says("what did I pay for the things that I keep of that order?").hears("$130.00")
    assert ann.asked == "confirm_plan"
    ann.says("yes").hears("Done")
    ann.says("and how much did I pay for what's left in it?").hears("$130.00")


def test_a_question_beside_a_wish_is_answered_in_the_same_breath(ann: Hiker, came: int, waits: int) -> None:
    ann.says("Exchange the jacket for a blue one in M please. How many jackets are there to choose from?")
    ann.chat.hears("There are 4 kinds of Rain Jacket", "Rain Jacket (blue, M)", "$0.50 back")
    assert ann.asked == "confirm_plan"
    ann.says("how many burners does the stove have?").hears("burners 1", "shall I do what stands above?")
    assert ann.asked == "confirm_plan"
    ann.says("yes, do it").hears("Done")
    assert ann.returns(came)


def test_a_yes_with_a_question_is_none_before_it_is_answered(ann: Hiker, came: int) -> None:
    ann.says("return the stove, it is broken").hears("$50.00")
    ann.says("yes, but how long does the refund take?").hears("I cannot promise a day")
    assert not ann.returns(came)
    ann.says("fine, yes").hears("Done")
    assert ann.returns(came)


def test_what_it_would_bring_is_shown_and_nothing_is_done(ann: Hiker, came: int) -> None:
    ann.says("how much would I get back if I returned the stove and the headlamp?")
    if ann.asked == "why_return":
        ann.says("changed my mind")
    ann.chat.hears("$80.00", "Nothing is done yet")
    ann.says("no thanks").hears("leave everything as it is")
    assert not ann.returns(came)


def test_what_a_change_would_cost_is_shown_and_figures_of_a_summary_are_said_again(ann: Hiker, came: int) -> None:
    ann.says("how much would it cost me to swap the stove for the one with two burners?").hears("$40.00 more")
    ann.says("and where would that money come from?").hears("Mastercard")
    assert ann.asked == "confirm_plan"
    ann.says("how much is that?").hears("$40.00")
    ann.says("so how much do I have to pay in all?").hears("You pay in all\t$40.00", "Nothing is done yet")
    ann.says("no").hears("leave everything as it is")
    assert not ann.returns(came)


def test_what_is_paid_and_what_comes_back_are_set_one_against_the_other(ann: Hiker, came: int, waits: int) -> None:
    ann.says("swap the headlamp for a medium one and change the tent to the one for 3 persons, with the Mastercard")
    ann.says("so what do I have to pay all in all?").hears("one against the other\t$55.00")
    assert not ann.returns(came)


def test_each_of_two_ways_is_told_by_itself(ann: Hiker, came: int) -> None:
    ann.says(
        "I want to return the stove because it is too heavy and exchange the jacket for the blue one in M. "
        "How much would I save in each case?"
    )
    ann.chat.hears("Only the return", "$50.00 back", "Only the exchange", "$0.50 back")


def test_what_a_gift_card_holds_afterwards(ann: Hiker, waits: int) -> None:
    ann.says("change the tent to the one for 3 persons and the bottle to a glass one, with the Mastercard")
    ann.says("what is the balance of my gift card once that is done?").hears("gift card")
    assert ann.asked == "confirm_plan"


def test_the_most_expensive_thing_is_what_it_means_next(ann: Hiker, waits: int) -> None:
    ann.says("Which item of my pending order is the most expensive one? Please take just that one out.")
    ann.chat.hears("Tent (persons 2)", f"Take 1 × Tent (persons 2) ($200.00) out of order #{waits}")


def test_which_kinds_there_are_of_something_that_came(ann: Hiker, came: int) -> None:
    ann.says("What headlamps do you have? My headlamp is too bright").hears(
        "Headlamp (low, battery)", "$20.00", "$25.00"
    )


def test_one_of_what_was_shown_instead_may_be_chosen_afterwards(ann: Hiker, came: int) -> None:
    ann.says("My headlamp is really too bright for me. Which less bright ones do you have, and at what price?")
    ann.chat.hears(
        "Headlamp (low, battery)\t$20.00", "Headlamp (low, USB)\t$24.00", "Headlamp (medium, battery)\t$25.00"
    )
    ann.says("thanks!", "I'll go for the cheapest of those").hears(
        "Exchange 1 × Headlamp (high, battery) ($30.00)", "for Headlamp (low, battery) ($20.00)", "$10.00 back"
    )
    ann.says("yes").hears("Done")
    assert ann.returns(came)


def test_who_goes_on_to_something_else_chose_nothing(ann: Hiker, came: int) -> None:
    ann.says("what jackets do you have in black?").hears("Rain Jacket (black, M)")
    ann.says("do you have camping mugs?")
    ann.says("I'll take one of those")
    assert ann.asked != "confirm_plan"
    assert not ann.returns(came)


def test_nobody_in_a_group_hears_of_orders(shop: Stage, ann: Hiker, came: int) -> None:
    eve = shop.customer("eve")
    eve.says("what did my stove cost?")
    assert "50.00" not in eve.heard or "order #" not in eve.heard


def test_of_an_order_that_is_none_of_theirs_no_other_is_told(ann: Hiker, waits: int) -> None:
    ann.says("where is order 7 going?").hears("no order #7 of yours")
    ann.says(f"where is order {waits} going?").hears(f"Order #{waits} goes to")
