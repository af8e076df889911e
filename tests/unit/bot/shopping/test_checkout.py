"""The way to the card: each step is put and shown, what is gone meanwhile is fitted, and stopping keeps the cart."""

from copy import deepcopy
from dataclasses import replace

import pytest

from bot.shopping import checkout
from domain.conversation import Asked, OpenLine, PendingQuestion, Problem
from tests.support.factories import NOW
from tests.support.memory import cart_of
from tests.support.talking import MUG, TEAPOT, Talker, labels, words_in


def _asked(talker: Talker) -> Asked | None:
    return talker.conversation.pending.kind if talker.conversation.pending else None


def _at_the_card(**cart: int) -> Talker:
    talker = Talker(cart=cart).ready()
    checkout.next_step(talker.turn(), [])
    assert _asked(talker) is Asked.CONFIRM
    return talker


def test_every_step_is_open_once_it_is_shown() -> None:
    talker = Talker(cart={"MUG": 2})
    assert "Check out" in labels(*checkout.next_step(talker.turn(), []))
    assert _asked(talker) is Asked.CHECKOUT
    talker.conversation.checking_out = True
    checkout.next_step(talker.turn(), [])
    assert _asked(talker) is Asked.EMAIL
    talker.turn().take_email("ada@example.com")
    checkout.next_step(talker.turn(), [])
    assert _asked(talker) is Asked.ADDRESS
    talker.turn().take_address("12 Main St, Denver CO 80203")
    checkout.next_step(talker.turn(), [])
    assert _asked(talker) is Asked.CONFIRM
    assert talker.conversation.pending is not None
    assert talker.uow.quotes.get(talker.conversation.pending.subject) is not None


def test_within_a_message_that_goes_on_nothing_is_asked() -> None:
    talker = Talker(cart={"MUG": 2}).ready()
    before = deepcopy(talker.conversation)
    going_on = replace(talker.turn(), goes_on=True)
    assert words_in(checkout.next_step(going_on, ["A note."])).strip() == "A note."
    assert checkout.next_step(going_on, []) == []
    assert (talker.conversation, talker.uow.writes) == (before, [])


def test_what_ran_out_is_fitted_told_and_confirmed_anew() -> None:
    talker = Talker(cart={"MUG": 4, "TEAPOT": 2}).ready()
    talker.sets(MUG, quantity=1)
    talker.sets(TEAPOT, retired_at=NOW)
    replies = checkout.next_step(talker.turn(), ["First."])
    assert cart_of(talker.conversation) == {"MUG": 1}
    said = words_in(replies)
    assert said.index("First.") < said.index("no longer sold") < said.index("I changed your cart to what is left.")
    assert "1 × Red Mug" in said
    assert _asked(talker) is Asked.CONFIRM


def test_when_nothing_is_left_there_is_no_card() -> None:
    talker = Talker(cart={"MUG": 4}).ready()
    talker.sets(MUG, quantity=0)
    replies = checkout.next_step(talker.turn(), [])
    assert "only this is left: 0 × Red Mug" in words_in(replies)
    assert cart_of(talker.conversation) == {}
    assert _asked(talker) is None
    assert not talker.conversation.checking_out
    assert talker.uow.quotes.by_id == {}


def test_a_waiting_card_is_shown_as_it_is_and_no_new_one_is_made() -> None:
    talker = _at_the_card(MUG=2)
    talker.sets(MUG, sale_price=TEAPOT.sale_price)
    quotes = dict(talker.uow.quotes.by_id)
    replies = checkout.show(talker.turn())
    assert "2 × Red Mug at $12.00" in words_in(replies)
    assert talker.uow.quotes.by_id == quotes


def test_an_expired_card_is_made_anew_at_today_s_prices() -> None:
    talker = _at_the_card(MUG=2)
    talker.sets(MUG, sale_price=TEAPOT.sale_price)
    talker.passes(minutes=15)
    replies = checkout.show(talker.turn())
    assert "2 × Red Mug at $30.00" in words_in(replies)
    assert len(talker.uow.quotes.by_id) == 2


def test_a_card_whose_quote_is_gone_is_made_anew() -> None:
    talker = _at_the_card(MUG=2)
    talker.uow.quotes.by_id.clear()
    assert "2 × Red Mug" in words_in(checkout.show(talker.turn()))
    assert len(talker.uow.quotes.by_id) == 1


@pytest.mark.parametrize(
    ("text", "shows_lines"),
    [("ok", False), ("sure, I guess", True), ("what would I be paying?", True), ("is that right?", True)],
)
def test_half_a_yes_places_nothing(text: str, shows_lines: bool) -> None:
    talker = _at_the_card(MUG=2)
    said = words_in(checkout.ask_clearly(talker.turn(text, "affirm")))
    assert "Nothing is placed yet" in said
    assert ("2 × Red Mug" in said) == shows_lines
    assert talker.uow.orders.by_id == {}
    assert _asked(talker) is Asked.CONFIRM


def test_half_a_yes_to_a_change_is_worded_for_a_change() -> None:
    talker = Talker()
    talker.changes(talker.has_order({"TEAPOT": 1})).conversation.put("TEAPOT", 2)
    checkout.next_step(talker.turn(), [])
    assert "Nothing is changed yet" in words_in(checkout.ask_clearly(talker.turn("sure, I guess", "affirm")))


@pytest.mark.parametrize(("cart", "says"), [({"MUG": 1}, "Your cart is kept."), ({}, "nothing was ordered.")])
def test_stopping_keeps_the_cart_and_closes_every_question(cart: dict[str, int], says: str) -> None:
    talker = Talker(cart=cart).ready()
    talker.conversation.pending = PendingQuestion(kind=Asked.CONFIRM, subject="q")
    talker.conversation.open_lines = [OpenLine(phrase="x", quantity=1, problem=Problem.WHICH, options=("MUG",))]
    assert says in words_in(checkout.stop(talker.turn()))
    assert cart_of(talker.conversation) == cart
    assert not talker.conversation.checking_out
    assert _asked(talker) is None
    assert talker.conversation.open_lines == []
