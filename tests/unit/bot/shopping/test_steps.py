"""What comes next is decided without a trace, and written down in one place."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.shopping import contact
from bot.shopping.steps import (
    AskAddress,
    AskEmail,
    AskEmailFix,
    AskOpenLine,
    AskWhatToChange,
    Confirm,
    Empty,
    FitToStock,
    ShowCart,
    decide,
    put,
    question_of,
)
from domain.conversation import Asked, OpenLine, PendingQuestion, Problem
from domain.errors import AlreadyShipped, BadQuantity, CancelWindowClosed, OutOfStock, ProductRetired, UnknownProduct
from domain.model import OrderState
from tests.support.factories import NOW
from tests.support.memory import cart_of
from tests.support.talking import BLUE, MUG, Talker, line

OPEN = OpenLine(phrase="mug", quantity=2, problem=Problem.WHICH, options=("MUG", "BLUE"))


def test_what_is_missing_is_asked_one_after_the_other() -> None:
    talker = Talker()
    assert decide(talker.turn()) == Empty()
    talker.conversation.open_lines = [OPEN]
    assert decide(talker.turn()) == AskOpenLine(line=OPEN)
    talker.conversation.open_lines = []
    talker.conversation.put("MUG", 2)
    assert decide(talker.turn()) == ShowCart()
    talker.conversation.checking_out = True
    assert decide(talker.turn()) == AskEmail()
    talker.turn().take_email("ada@example.com")
    asked = decide(talker.turn())
    assert asked == AskAddress(asked=PendingQuestion(kind=Asked.ADDRESS))
    talker.turn().take_address("12 Main St, Denver CO 80203")
    card = decide(talker.turn())
    assert isinstance(card, Confirm)
    assert card.quote.lines == (line(MUG, 2),)
    assert card.quote.expires_at == NOW + timedelta(minutes=15)


def test_an_open_line_comes_before_everything() -> None:
    talker = Talker(cart={"MUG": 1}).ready()
    talker.conversation.open_lines = [OPEN]
    assert decide(talker.turn()) == AskOpenLine(line=OPEN)


@pytest.mark.parametrize("asked", [Asked.EMAIL, Asked.ADDRESS])
def test_the_half_of_an_address_waits_while_the_email_is_asked_for(asked: Asked) -> None:
    talker = Talker(cart={"MUG": 1})
    talker.conversation.checking_out = True
    talker.conversation.pending = PendingQuestion(kind=asked, subject="7")
    assert decide(talker.turn()) == AskEmail(part="7")
    talker.ready()
    talker.conversation.address_id = None
    assert decide(talker.turn()) == AskAddress(asked=PendingQuestion(kind=Asked.ADDRESS, subject="7"))


def test_a_likely_fix_is_asked_only_after_the_message_that_was_mistyped() -> None:
    talker = Talker(cart={"MUG": 1})
    talker.conversation.checking_out = True
    mistyped = talker.turn("ada@gmial.com", "provide_email")
    contact.take(mistyped)
    step = decide(mistyped)
    assert isinstance(step, AskEmailFix)
    assert step.email == "ada@gmail.com"
    assert step.asked.kind is Asked.EMAIL_FIX
    assert decide(talker.turn("a teapot", "add_to_cart")) == AskEmail()


def test_the_same_order_a_moment_ago_is_told() -> None:
    talker = Talker(cart={"MUG": 1}).ready()
    order = talker.has_order({"MUG": 1}, placed_at=NOW - timedelta(seconds=30))
    step = decide(talker.turn())
    assert isinstance(step, Confirm)
    assert step.repeats == order.order_id
    talker.passes(minutes=5)
    later = decide(talker.turn())
    assert isinstance(later, Confirm)
    assert later.repeats is None


@pytest.mark.parametrize(
    ("facts", "error", "fits"),
    [
        ({"quantity": 2}, OutOfStock, 2),
        ({"quantity": 0}, OutOfStock, 0),
        ({"retired_at": NOW}, ProductRetired, 0),
    ],
)
def test_what_cannot_be_had_any_more_is_fitted(facts: dict[str, object], error: type[Exception], fits: int) -> None:
    talker = Talker(cart={"MUG": 4, "BLUE": 1}).ready()
    talker.sets(BLUE, quantity=1)
    talker.sets(MUG, **facts)
    step = decide(talker.turn())
    assert isinstance(step, FitToStock)
    assert isinstance(step.error, error)
    assert step.quantities == {"MUG": fits}
    assert cart_of(talker.conversation) == {"MUG": 4, "BLUE": 1}
    put(talker.turn(), step)
    assert cart_of(talker.conversation) == ({"MUG": fits, "BLUE": 1} if fits else {"BLUE": 1})
    assert talker.conversation.undo()
    assert cart_of(talker.conversation) == {"MUG": 4, "BLUE": 1}


def test_a_product_that_is_gone_altogether_is_taken_out() -> None:
    talker = Talker(cart={"MUG": 1, "GHOST": 1}).ready()
    step = decide(talker.turn())
    assert isinstance(step, FitToStock)
    assert step.error == UnknownProduct("GHOST")
    assert step.quantities == {"GHOST": 0}


def test_more_than_an_order_may_hold_is_refused() -> None:
    talker = Talker(replace(MUG, quantity=5000), cart={"MUG": 1001}).ready()
    with pytest.raises(BadQuantity):
        decide(talker.turn())


def test_of_a_change_that_changes_nothing_it_is_asked_what_shall_be_different() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2})
    assert decide(talker.changes(order).turn()) == AskWhatToChange(order=order, unchanged=True)


def test_a_change_needs_no_email_and_its_own_pieces_can_be_had_again() -> None:
    talker = Talker()
    order = talker.has_order({"BLUE": 5})
    talker.sets(BLUE, quantity=0)
    talker.changes(order)
    talker.conversation.hashed_email = None
    talker.conversation.put("BLUE", 4)
    step = decide(talker.turn())
    assert isinstance(step, Confirm)
    assert step.quote.lines == (line(BLUE, 4),)


def test_of_a_retired_product_an_order_keeps_what_it_has_and_gets_no_more() -> None:
    talker = Talker()
    order = talker.has_order({"OLD": 2, "MUG": 1})
    talker.changes(order)
    talker.conversation.put("MUG", 2)
    assert isinstance(decide(talker.turn()), Confirm)
    talker.conversation.put("OLD", 3)
    step = decide(talker.turn())
    assert isinstance(step, FitToStock)
    assert step.error == ProductRetired("OLD")
    assert step.quantities == {"OLD": 2}


def test_a_closed_window_is_no_change() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2})
    talker.changes(order)
    talker.conversation.put("MUG", 3)
    talker.passes(hours=1)
    with pytest.raises(CancelWindowClosed):
        decide(talker.turn())


def test_anothers_order_cannot_be_changed_whatever_the_conversation_says() -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 2}, identity_id=2, hashed_email="another's")
    talker.changes(order)
    step = decide(talker.turn())
    assert isinstance(step, Confirm)  # an order of one's own
    assert step.quote.identity_id == talker.conversation.identity_id


@pytest.mark.parametrize("situation", ["empty", "cart", "open line", "email", "address", "card", "fit", "change"])
def test_deciding_changes_nothing_and_putting_opens_the_question(situation: str) -> None:
    talker = Talker(cart={} if situation == "empty" else {"MUG": 4})
    conversation = talker.conversation
    if situation == "open line":
        conversation.open_lines = [OPEN]
    if situation in ("card", "fit", "address"):
        talker.ready()
    if situation == "address":
        conversation.address_id = None
    if situation == "fit":
        talker.sets(MUG, quantity=1)
    if situation == "email":
        conversation.checking_out = True
    if situation == "change":
        talker.changes(talker.has_order({"TEAPOT": 1}))
        conversation.put("TEAPOT", 2)
    before, writes, stocks = deepcopy(conversation), list(talker.uow.writes), talker.uow.stocks()
    step = decide(talker.turn())
    assert (conversation, talker.uow.writes, talker.uow.stocks()) == (before, writes, stocks)
    put(talker.turn(), step)
    if isinstance(step, FitToStock):
        assert conversation.cart != before.cart
    else:
        assert conversation.pending == question_of(step)
        assert ("quotes.add" in talker.uow.writes) == isinstance(step, Confirm)


def test_an_empty_cart_ends_the_checkout() -> None:
    talker = Talker().ready()
    talker.conversation.pending = PendingQuestion(kind=Asked.CONFIRM, subject="q_old")
    put(talker.turn(), decide(talker.turn()))
    assert not talker.conversation.checking_out
    assert talker.conversation.pending is None


def test_an_order_on_its_way_is_no_change() -> None:
    talker = Talker()
    talker.changes(talker.has_order({"TEAPOT": 1}, state=OrderState.SHIPPED)).conversation.put("TEAPOT", 2)
    with pytest.raises(AlreadyShipped):
        decide(talker.turn())
