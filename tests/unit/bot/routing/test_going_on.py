"""Messages in the middle of an order: what goes on with it, what asks, and what settles how many there shall be."""

from collections.abc import Mapping

import pytest

from bot.messages import Choice, Verb
from bot.router import choose
from domain.conversation import Listing, Offer
from tests.support.factories import shelf
from tests.support.memory import cart_of
from tests.support.talking import Talker, words_in

SHELF = shelf(
    90,
    LAV="Lavender Plant",
    POT="Terracotta Pot",
    S40="Canvas Sneakers White 40",
    S42="Canvas Sneakers White 42",
    GUN="Spray Gun Seven Patterns",
    SAN="Santoku Knife",
)


@pytest.mark.parametrize(
    ("said", "intent", "confidence", "cart", "after"),
    [
        ("make it a dozen lavender", "add_to_cart", 0.5, {"LAV": 3, "POT": 1}, {"LAV": 12, "POT": 1}),
        ("2 lavender then, his twin wants one", "order", 0.9, {"LAV": 1}, {"LAV": 2}),
        ("make it 2 lavender and 3 pots", "order", 0.9, {"LAV": 1}, {"LAV": 2, "POT": 3}),
        ("and the spray gun", "stock_question", 0.5, {"POT": 1}, {"POT": 1, "GUN": 1}),
        ("and the spray gun", "stock_question", 0.9, {"POT": 1}, {"POT": 1}),
        ("and the spray gun?", "stock_question", 0.5, {"POT": 1}, {"POT": 1}),
        ("the lavender?", "add_to_cart", 0.9, {"POT": 1}, {"POT": 1}),
        ("can i get the lavender?", "add_to_cart", 0.9, {"POT": 1}, {"POT": 1, "LAV": 1}),
        ("oops meant 40", "change_quantity", 0.9, {"S42": 1}, {"S40": 1}),
        ("make it 40", "change_quantity", 0.9, {"LAV": 1}, {"LAV": 40}),
        ("make it 40 pieces", "change_quantity", 0.9, {"S42": 1}, {"S42": 40}),
        ("make it 4", "change_quantity", 0.9, {"S42": 1}, {"S42": 4}),
        ("santoku", "greet", 0.3, {}, {"SAN": 1}),
        ("santoku", "greet", 0.9, {}, {}),
        ("no, i meant terracotta pot", "change_quantity", 0.9, {"LAV": 2}, {"POT": 2}),
    ],
)
def test_the_cart_is_as_was_said(
    said: str, intent: str, confidence: float, cart: Mapping[str, int], after: Mapping[str, int]
) -> None:
    talker = Talker(*SHELF, cart=cart)
    choose(talker.turn(said, intent, confidence=confidence))
    assert cart_of(talker.conversation) == after


def test_who_orders_what_is_there_goes_on_to_pay() -> None:
    talker = Talker(*SHELF, cart={"LAV": 2})
    choose(talker.turn("ok im buying it", "order"))
    assert cart_of(talker.conversation) == {"LAV": 2}
    assert talker.conversation.checking_out


def test_who_orders_what_is_shown_gets_it() -> None:
    talker = Talker(*SHELF, cart={"LAV": 2})
    talker.conversation.listing = Listing(product_ids=("POT",))
    talker.conversation.offers = [Offer(label="Add", choice=Choice(verb=Verb.ADD, arg="POT").encode())]
    talker.conversation.focus = "POT"
    choose(talker.turn("ok I order it", "order"))
    assert cart_of(talker.conversation) == {"LAV": 2, "POT": 1}


def test_a_number_alone_is_of_what_was_shown_last() -> None:
    talker = Talker(*SHELF)
    talker.conversation.listing = Listing(product_ids=("LAV",))
    talker.conversation.offers = [Offer(label="Add", choice=Choice(verb=Verb.ADD, arg="LAV").encode())]
    talker.conversation.focus = "LAV"
    choose(talker.turn("ok 4", "change_quantity"))
    assert cart_of(talker.conversation) == {"LAV": 4}


def test_a_number_of_nothing_is_asked_about() -> None:
    talker = Talker(*SHELF)
    assert "empty" in words_in(choose(talker.turn("ok 4", "change_quantity")))
    assert cart_of(talker.conversation) == {}
