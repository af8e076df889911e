"""Buttons: each does its one thing, and one that is old, unknown or somebody else's does nothing."""

import pytest

from bot.messages import Choice, Verb
from bot.phrases import shopping as phrases_shopping
from bot.phrases import talk as phrases_talk
from bot.routing import choices
from domain.conversation import Asked, PendingQuestion
from tests.support.memory import cart_of
from tests.support.talking import Talker, words_in


def presses(talker: Talker, verb: str, arg: str = "") -> str:
    """What is answered to a button."""
    pressed = Choice.decode(f"{verb}:{arg}")
    return words_in(choices.press(talker.turn(pressed=pressed), pressed))


STALE = [
    ("boo", ""),  # no such button
    ("yes", ""),
    ("yes", "a token of long ago"),
    ("no", "a token of long ago"),
    ("add", "NO-SUCH"),
    ("follow", "m1 NO-SUCH"),
    ("dismiss", "MUG"),  # it was not recommended
    ("pick", "MUG"),  # nothing is asked
    ("change", "q_old"),
    ("stop", "q_old"),
    ("other", "planet"),
    ("cancel", "many"),
    ("cancel_yes", "-1"),
    ("change_order", ""),
    ("orders", "x"),
    ("reorder", "999"),
    ("intent", "opera"),
    ("ideas_yes", "many"),
]


@pytest.mark.parametrize(("verb", "arg"), STALE, ids=[f"{verb}-{arg}" for verb, arg in STALE])
def test_an_old_or_unknown_button_changes_nothing_and_says_so(verb: str, arg: str) -> None:
    talker = Talker(cart={"MUG": 2})
    assert phrases_talk.STALE in presses(talker, verb, arg)
    assert cart_of(talker.conversation) == {"MUG": 2}
    assert talker.uow.writes == []


def test_every_verb_of_a_customer_is_known_and_no_other() -> None:
    assert all(choices.knows(Choice(verb=verb)) for verb in choices.VERBS)
    assert not choices.knows(Choice.decode("boo:"))


@pytest.mark.parametrize("verb", ["cancel_yes", "reorder", "change_order"])
def test_somebody_elses_order_is_none(verb: str) -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 1}, identity_id=99, hashed_email="h_other")
    presses(talker, verb, str(order.order_id))
    assert talker.uow.orders.get(order.order_id) == order
    assert cart_of(talker.conversation) == {}


@pytest.mark.parametrize("written", ["MUG", "mug", " Mug"])
def test_add_knows_a_product_however_its_id_is_written(written: str) -> None:
    talker = Talker()
    presses(talker, Verb.ADD, written)
    assert cart_of(talker.conversation) == {"MUG": 1}


def test_add_of_what_is_gone_puts_nothing_in() -> None:
    talker = Talker()
    presses(talker, Verb.ADD, "GONE")
    assert cart_of(talker.conversation) == {}


def test_a_pressed_yes_answers_only_the_question_it_belongs_to() -> None:
    talker = Talker(cart={"MUG": 2})
    presses(talker, Verb.CLEAR)
    pending = talker.conversation.pending
    assert pending is not None
    assert pending.kind is Asked.CLEAR_CART
    presses(talker, Verb.DROP)
    assert cart_of(talker.conversation) == {}
    presses(talker, Verb.UNDO)
    assert cart_of(talker.conversation) == {"MUG": 2}


def test_emptying_an_empty_cart_asks_nothing() -> None:
    talker = Talker()
    assert phrases_shopping.EMPTY_CART in presses(talker, Verb.CLEAR)
    assert talker.conversation.pending is None


def test_undo_of_nothing_is_said_and_right_after_an_order_it_asks_to_cancel_that() -> None:
    talker = Talker()
    assert phrases_shopping.NOTHING_TO_UNDO in presses(talker, Verb.UNDO)
    order = talker.has_order({"MUG": 1})
    assert f"#{order.order_id}" in presses(talker, Verb.UNDO)
    assert talker.conversation.pending is not None
    assert talker.conversation.pending.kind is Asked.CANCEL_ORDER


@pytest.mark.parametrize(("what", "asked"), [("address", Asked.ADDRESS), ("email", Asked.EMAIL)])
def test_another_address_or_e_mail_is_asked_for_on_the_way(what: str, asked: Asked) -> None:
    talker = Talker(cart={"MUG": 1}).ready()
    presses(talker, Verb.OTHER, what)
    assert talker.conversation.pending is not None
    assert talker.conversation.pending.kind is asked


def test_change_and_stop_are_those_of_the_card_that_is_shown() -> None:
    talker = Talker(cart={"MUG": 1}).ready()
    presses(talker, Verb.CHECKOUT)
    card = talker.conversation.pending
    assert card is not None
    assert card.kind is Asked.CONFIRM
    presses(talker, Verb.CHANGE, card.subject)
    assert talker.conversation.pending == PendingQuestion(kind=Asked.WHAT_TO_CHANGE, subject=card.subject)
    presses(talker, Verb.STOP, card.subject)
    assert not talker.conversation.checking_out
    assert cart_of(talker.conversation) == {"MUG": 1}


def test_a_second_press_on_the_cards_button_places_no_second_order() -> None:
    talker = Talker(cart={"MUG": 1}).ready()
    presses(talker, Verb.CHECKOUT)
    assert talker.conversation.pending is not None
    quote = talker.conversation.pending.subject
    presses(talker, Verb.CONFIRM, quote)
    presses(talker, Verb.CONFIRM, quote)
    assert len(talker.uow.orders.by_id) == 1


@pytest.mark.parametrize("options", [("MUG", "BLUE"), ("BLUE",)])
def test_a_pick_must_be_one_of_what_was_offered(options: tuple[str, ...]) -> None:
    talker = Talker(cart={"MUG": 3, "BLUE": 1})
    talker.conversation.pending = PendingQuestion(kind=Asked.WHICH_LINE, options=options, subject="set", quantity=0)
    presses(talker, Verb.PICK, "MUG")
    assert ("MUG" in cart_of(talker.conversation)) is ("MUG" not in options)
