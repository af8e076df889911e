"""Where money goes, and what pays, in customers' own words: what they prefer, and what is shown where it cannot be."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from domain.model import OrderState, RefundTo
from domain.records.returns import ReturnKind
from tests.support.outfitter import Hiker
from tests.support.stage import Stage


@pytest.fixture
def strictly(shop: Stage) -> Iterator[None]:
    """A shop that sends money back where it came from, and takes things of an order back once."""
    engine: Any = shop.engine
    known = engine._shop
    engine._shop = replace(
        known,
        terms=replace(
            known.terms,
            refund_cancelled_to=RefundTo.ORIGINAL,
            refund_returned_to=RefundTo.ORIGINAL_OR_GIFT_CARD,
            returns_per_order=1,
        ),
    )
    yield
    engine._shop = known


@pytest.mark.usefixtures("strictly")
def test_money_that_cannot_go_there_goes_back_as_it_was_paid_and_the_summary_says_so(ann: Hiker, came: int) -> None:
    ann.says("return the stove, bought by mistake, and send the money to my PayPal")
    ann.chat.hears(f"Money for order #{came} cannot go to PayPal", "goes back to: Mastercard")
    ann.says("yes").hears("Done")
    assert [one.method_id for one in ann.returns(came)] == [""]


@pytest.mark.usefixtures("strictly")
@pytest.mark.parametrize(
    "said",
    [
        "return the stove, bought by mistake. PayPal would be best for the money; if that's not possible, my gift card",
        "return the stove, bought by mistake, and refund it to PayPal, otherwise to the gift card",
    ],
)
def test_the_second_choice_takes_the_place_of_the_first(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears("what you asked for in that case", "goes back to: gift card")
    assert ann.asked == "confirm_plan"


@pytest.mark.usefixtures("strictly")
def test_what_else_was_wanted_then_is_planned(ann: Hiker, came: int) -> None:
    ann.says(
        "return the stove, bought by mistake, with the money on my PayPal. "
        "If a refund to PayPal isn't possible, return everything of that order and put it on my gift card"
    )
    ann.chat.hears("Return 1 × Camp Stove", "Return 1 × Rain Jacket", "goes back to: gift card")


@pytest.mark.usefixtures("strictly")
def test_only_so_or_not_at_all(ann: Hiker) -> None:
    waits = ann.orders({"TENT-2": 1})
    ann.says(f"cancel order {waits} and refund it to my gift card. If the gift card is not possible, keep the order")
    ann.chat.hears(f"Money for order #{waits} cannot go to gift card", "nothing was done")
    assert ann.asked is None
    assert ann.order(waits).state is OrderState.PLACED


@pytest.mark.usefixtures("strictly")
def test_who_insists_on_what_is_impossible_gets_nothing_done(ann: Hiker, came: int) -> None:
    ann.says("return the stove, bought by mistake, money to my PayPal", "only if it goes to PayPal")
    ann.chat.hears("nothing was done")
    assert not ann.returns(came)


@pytest.mark.usefixtures("strictly")
def test_crosswise_is_refused_with_its_reason(ann: Hiker, came: int) -> None:
    other = ann.orders({"CAMP-MUG": 2}, state="delivered", paid="account")
    ann.says("return both orders, changed my mind. Each refund crosswise, please")
    ann.chat.hears(f"Money for order #{came} cannot go to PayPal", f"Money for order #{other} cannot go to Mastercard")
    assert ann.asked == "confirm_plan"


def test_crosswise_is_done_where_a_shop_allows_it(ann: Hiker, came: int) -> None:
    other = ann.orders({"CAMP-MUG": 2}, state="delivered", paid="account")
    ann.says("return both orders, changed my mind. Each refund crosswise, please")
    ann.says("yes").hears("Done")
    assert [one.method_id for one in ann.returns(came)] == ["account-ann"]
    assert [one.method_id for one in ann.returns(other)] == ["card-ann"]


def test_a_gift_card_without_enough_on_it_gives_way_to_what_was_said(ann: Hiker) -> None:
    waits = ann.orders({"TENT-2": 1})
    ann.says("change the tent to the one for 3 persons; use my gift card, or PayPal if the gift card isn't enough")
    ann.chat.hears("has $40.00 left", "Paid with: PayPal")
    ann.says("yes").hears("Done")
    assert [one.method_id for one in ann.ledger(waits)] == ["card-ann", "account-ann"]


@pytest.mark.usefixtures("strictly")
def test_of_two_that_exclude_each_other_the_one_is_shown_that_saves_more(ann: Hiker, came: int) -> None:
    ann.says("exchange the headlamp for the cheapest, and return the stove, bought by mistake. Whichever saves me more")
    ann.chat.hears("The return would be $50.00 back, the exchange $10.00 back", "Return 1 × Camp Stove")
    ann.says("the exchange instead please").hears("Exchange 1 × Headlamp")
    ann.chat.hears_no("Return 1 ×")
    ann.says("yes").hears("Done")
    assert [one.kind for one in ann.returns(came)] == [ReturnKind.EXCHANGE]


@pytest.mark.usefixtures("strictly")
def test_what_came_back_before_does_not_come_back_again(shop: Stage, ann: Hiker, came: int) -> None:
    ann.says("return the stove, bought by mistake", "yes")
    ann.says("exchange the headlamp for a low one on battery").hears(
        f"Things of an order can come back once only, and of order #{came} something is coming back already"
    )


@pytest.mark.parametrize(
    "said",
    [
        "send the lamp back and refund it to my Venmo, or else I keep it",
        "return the lamp, with the money on my Klarna account; if you can't do that, leave it",
        "return the lamp, but only if the refund goes to my Venmo",
        "return the lamp as long as I get the money back on my Amex",
    ],
)
def test_where_a_way_to_pay_is_none_of_theirs_what_they_said_then_comes(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears("of yours", "nothing was done")
    assert ann.asked is None
    ann.says("bought by mistake").says("yes")
    assert ann.returns(came) == []


def test_another_way_of_theirs_takes_its_place(ann: Hiker, came: int) -> None:
    ann.says("return the lamp, bought by mistake, to my Venmo, if not, to my gift card")
    ann.chat.hears("no “my venmo” of yours", "what you asked for in that case", "goes back to: gift card")
    ann.says("yes").hears("Done")


def test_the_summary_says_that_a_way_to_pay_is_none_of_theirs(ann: Hiker, came: int) -> None:
    ann.says("refund the lamp to my Klarna").says("bought by mistake")
    ann.chat.hears("no “my klarna” of yours, so I leave it with what paid", "Mastercard")
    ann.says("yes, provided that it goes to my Klarna").hears("nothing was done")
    assert ann.returns(came) == []


def test_what_is_liked_less_is_not_what_pays(ann: Hiker, came: int) -> None:
    ann.says("return the stove, bought by mistake", "I'd rather have it on my gift card than on the Mastercard")
    ann.chat.hears("goes back to: gift card")


@pytest.fixture
def asking(shop: Stage) -> Iterator[None]:
    """A shop that asks what pays a difference, or gets it."""
    engine: Any = shop.engine
    known = engine._shop
    engine._shop = replace(known, terms=replace(known.terms, asks_what_pays=True))
    yield
    engine._shop = known


@pytest.mark.usefixtures("asking")
def test_a_shop_may_ask_what_pays_a_difference_once_in_a_sitting(ann: Hiker, came: int) -> None:
    ann.says("exchange the stove for one with 2 burners").hears("$40.00 more", "Mastercard", "gift card", "PayPal")
    assert ann.asked == "pay_how"
    ann.says("What, it costs extra? PayPal then").hears("Paid with: PayPal")
    ann.says("yes").hears("Done")
    assert [one.method_id for one in ann.returns(came)] == ["account-ann"]
    ann.says("and the jacket in L please").hears("Rain Jacket (red, L)", "Paid with: PayPal")
    assert ann.asked == "confirm_plan"


@pytest.mark.usefixtures("asking")
def test_an_answer_that_tells_no_way_to_pay_leaves_it_as_it_was_paid(ann: Hiker, came: int) -> None:
    ann.says("swap the lamp for the low one on USB").hears("$6.00 goes back to you", "Where to")
    ann.says("oh, I don't mind at all").hears("goes back to: Mastercard")
    ann.says("yes").hears("Done")
    assert [one.method_id for one in ann.returns(came)] == [""]


@pytest.mark.usefixtures("asking")
@pytest.mark.parametrize(
    "said", ["swap the lamp for the low one on USB, money to my PayPal", "return the lamp, by mistake"]
)
def test_who_said_it_and_who_sends_something_back_is_not_asked(ann: Hiker, came: int, said: str) -> None:
    ann.says(said)
    assert ann.asked == "confirm_plan"


def test_money_named_behind_what_is_done_holds_for_what_comes_next(ann: Hiker, came: int) -> None:
    ann.says("swap the lamp for the low one on USB", "yes").hears("Done")
    ann.says("I'd like the PayPal used for whatever there is to pay").hears("from here on I take PayPal")
    assert ann.asked is None
    ann.says("and the jacket in L please").hears("Rain Jacket (red, L)", "Paid with: PayPal")


@pytest.mark.parametrize("there", ["to the card ending in 9999 only", "on the visa ending in 1234 and nothing else"])
def test_only_may_stand_behind_what_is_none_of_theirs(ann: Hiker, came: int, there: str) -> None:
    ann.says(f"return the stove, bought by mistake, the money goes {there}").hears("nothing was done")
    assert not ann.returns(came)
