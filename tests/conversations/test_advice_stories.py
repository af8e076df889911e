"""Who asks whether the shop would do it has said no yes; and what buys is none where something is taken away."""

import pytest

from domain.model import OrderState
from tests.support.outfitter import COTTAGE, HOME, Hiker
from tests.support.stage import Customer, Stage

SUMMARY = "send the stove back please, it came broken"


@pytest.fixture
def at_the_card(bob: Customer) -> Customer:
    bob.knows_contact().says("order 2 red enamel mugs").hears("Shall I place this order?")
    return bob


@pytest.fixture
def ordered(bob: Customer) -> Customer:
    bob.knows_contact().has_ordered("order a glass teapot and 2 linen aprons")
    return bob


@pytest.mark.parametrize(
    "said",
    [
        "would you purchase it?", "will you really order these?", "could you buy this?", "can you really take it",
        "so would you go ahead?", "would you say yes?", "sure sure", "perfect, just perfect", "ok¿",
    ],
)  # fmt: skip
def test_at_the_card_a_question_for_advice_places_nothing(at_the_card: Customer, shop: Stage, said: str) -> None:
    at_the_card.says(said).hears("shall I place")
    assert shop.orders() == 0
    at_the_card.says("yes please order it").hears("is placed")


@pytest.mark.parametrize("said", ["could you submit it?", "would you please order these", "can you place it for me"])
def test_at_the_card_a_polite_order_places(at_the_card: Customer, said: str) -> None:
    at_the_card.says(said).hears("is placed")


def test_whether_the_shop_would_is_no_yes_behind_something_else_either(at_the_card: Customer, shop: Stage) -> None:
    at_the_card.says("send it express").says("would you send it?").hears("Nothing is placed yet")
    assert shop.orders() == 0


@pytest.mark.parametrize(
    "said", ["would you cancel this?", "can you really do that?", "will you do so?", "can you cancel it"]
)
def test_at_the_question_it_cancels_nothing(ordered: Customer, shop: Stage, said: str) -> None:
    ordered.says("cancel my order").says(said)
    assert shop.orders() == 1
    ordered.says("no").says("cancel my order").says("yes, please cancel it").hears("is cancelled")


@pytest.mark.parametrize(
    "said", ["would you do that?", "can you erase it?", "could you really go ahead?", "will you delete me"]
)
def test_nobody_is_forgotten_by_asking_for_advice(ordered: Customer, said: str) -> None:
    ordered.says("forget me").says(said).hears_no("Forgotten")
    ordered.says("forget me").says("yes, forget me").hears("Forgotten")


@pytest.mark.parametrize("said", ["would you clear it?", "can you do that?", "undo"])
def test_nothing_empties_the_cart_but_a_yes(bob: Customer, said: str) -> None:
    bob.says("add 2 red enamel mugs").says("empty the cart").says(said)
    bob.says("show my cart").hears("2 × Red Enamel Mug")


@pytest.mark.parametrize(
    "said",
    [
        "purchase it",
        "I'd like them",
        "yes, I want it",
        "that's right, ship it",
        "submit my order",
        "would you change it?",
    ],
)
def test_what_buys_makes_an_order_no_smaller(ordered: Customer, shop: Stage, said: str) -> None:
    ordered.says("take the aprons out of my order").hears("Shall I change it like this?").says(said)
    ordered.hears_no("#1001 is changed")
    ordered.says("no").says("what did I order?").hears("2 × Linen Apron")


@pytest.mark.parametrize("said", ["buy it", "yes, ship it", "I'd like that", "confirm the order"])
def test_what_buys_adds_to_an_order(ordered: Customer, said: str) -> None:
    ordered.says("can you add a recipe box to my order?").hears("Shall I change it like this?")
    ordered.says(said).hears("is changed", "Wooden Recipe Box")


@pytest.mark.parametrize(
    "said",
    [
        "purchase it", "please dispatch it", "check out", "yes, send it", "complete my order", "book it", "order this",
        "would you send it back?", "could you really return it?", "will you do that?", "would you order it?",
        "lovely, just lovely", "yes, I want it after all",
    ],
)  # fmt: skip
def test_at_a_summary_that_takes_away_it_wants_its_own_yes(ann: Hiker, came: int, said: str) -> None:
    ann.says(SUMMARY, said)
    assert not ann.returns(came)
    assert ann.asked == "confirm_plan"


@pytest.mark.parametrize(
    "said", ["I want it after all", "actually we'd like to keep it", "I'll have it", "oh I need it"]
)
def test_who_wants_what_would_go_keeps_it(ann: Hiker, came: int, waits: int, said: str) -> None:
    ann.says(SUMMARY, said).hears("Nothing was done")
    ann.says("take the tent out of my order, I ordered the wrong one", said).hears_no("is changed")
    assert not ann.returns(came)
    assert ann.holds(waits)["TENT-2"] == 1


@pytest.mark.parametrize(
    "said", ["yes, send it back", "do it", "could you please return it", "process it", "looks right"]
)
def test_its_own_yes_does_it(ann: Hiker, came: int, said: str) -> None:
    ann.says(SUMMARY, said).hears("Done")
    assert ann.returns(came)


def test_behind_something_else_a_question_for_advice_shows_it_once_more(ann: Hiker, came: int) -> None:
    ann.says(SUMMARY, "is it going to snow?", "would you ship it?").hears("a clear yes", "Return 1 × Camp Stove")
    ann.says("buy it").hears("a clear yes")
    assert not ann.returns(came)


@pytest.mark.parametrize("said", ["would you buy it?", "ship it", "order it", "I want it"])
def test_an_address_is_not_taken_by_what_buys(ann: Hiker, waits: int, said: str) -> None:
    ann.says("from now on I live at 9 Cedar Ct, Boise ID 83702", said)
    assert ann.lives_at() == [HOME]
    assert ann.goes_to(waits) == COTTAGE


@pytest.mark.parametrize("said", ["no", "nope", "no thank you"])
def test_a_no_to_why_leaves_everything(ann: Hiker, came: int, said: str) -> None:
    ann.says("please take the jacket back", said).hears("Nothing was done")
    assert ann.asked is None
    assert not ann.returns(came)


@pytest.mark.parametrize(
    "said", ["I won't return the jacket", "don't send the stove back", "no need to exchange the lamp"]
)
def test_who_returns_nothing_opens_no_ticket(ann: Hiker, came: int, said: str) -> None:
    ann.says(said).hears("Nothing comes back").hears_no("ticket")
    assert ann.order(came).state is OrderState.DELIVERED


@pytest.mark.parametrize("said", ["drop nothing", "remove nothing please"])
def test_nothing_is_taken_out_by_who_says_nothing(at_the_card: Customer, said: str) -> None:
    at_the_card.says(said).hears("2 × Red Enamel Mug")


def test_no_deal_is_a_no_to_the_card(at_the_card: Customer) -> None:
    at_the_card.says("no deal").hears_no("no more ideas")
