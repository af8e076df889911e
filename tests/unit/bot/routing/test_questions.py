"""The table of open questions: every kind has one row, and what goes on while it is open fits together."""

from contextlib import suppress

import pytest

from bot.intents import INTENTS
from bot.messages import Verb
from bot.phrases import notices
from bot.phrases import talk as phrases_talk
from bot.routing import questions
from bot.routing.questions import QUESTIONS
from bot.turn import Question, Slot
from domain.conversation import Asked, PendingQuestion
from domain.errors import ShopError
from domain.model import OrderState
from tests.support.memory import cart_of
from tests.support.talking import Talker, words_in

ROWS = pytest.mark.parametrize("row", QUESTIONS.values(), ids=[str(kind) for kind in QUESTIONS])


def test_every_question_has_a_row_an_answer_and_words_for_support() -> None:
    assert list(QUESTIONS) == [row.kind for row in QUESTIONS.values()]
    assert set(QUESTIONS) == set(Asked)
    assert set(notices.ASKED) == set(Asked)


@ROWS
def test_stop_either_leaves_the_way_or_closes_the_question(row: Question) -> None:
    assert not (row.on_the_way and row.aside)


@ROWS
def test_what_is_hard_to_undo_is_answered_before_anything_else(row: Question) -> None:
    assert row.first or not row.hard_to_undo
    assert not (row.hard_to_undo and (row.beside or row.on_the_way))


@ROWS
def test_six_digits_answer_only_what_waits_for_digits(row: Question) -> None:
    assert row.wants_digits or not row.takes_six_digits


@ROWS
def test_only_what_tells_nothing_of_anybody_is_asked_before_others(row: Question) -> None:
    of_the_cart = {Asked.OPEN_LINE, Asked.WHICH_LINE, Asked.CLEAR_CART, Asked.CHECKOUT}
    assert row.in_public is (row.kind in of_the_cart | {Asked.SOLD_OUT})


def answered(talker: Talker, text: str, intent: str = "out_of_scope", confidence: float = 0.99) -> str | None:
    """What the open question makes of a message; None where it is about something else."""
    replies = questions.answer_question(talker.turn(text, intent, confidence))
    return None if replies is None else words_in(replies)


def asking(kind: Asked, *options: str, subject: str = "", cart: dict[str, int] | None = None) -> Talker:
    """A customer who was asked that."""
    talker = Talker(cart=cart or {"MUG": 2})
    talker.conversation.pending = PendingQuestion(kind=kind, options=options, subject=subject)
    return talker


def test_without_a_question_nothing_is_an_answer() -> None:
    assert answered(Talker(), "yes", "affirm") is None


@pytest.mark.parametrize("kind", [row.kind for row in QUESTIONS.values() if not row.aside])
def test_a_question_whose_subject_is_gone_does_no_harm(kind: Asked) -> None:
    """Its order, product, quote or e-mail does not exist (any more)."""
    talker = asking(kind, "999", subject="999")
    for text, intent in [("what is the weather", "out_of_scope"), ("yes", "affirm"), ("no", "deny")]:
        talker.conversation.pending = PendingQuestion(kind=kind, options=("999",), subject="999")
        with suppress(ShopError):  # the engine says it in words
            answered(talker, text, intent)
    assert talker.uow.orders.by_id == {}
    assert talker.uow.stocks()["MUG"] == 10


@pytest.mark.parametrize(
    ("said", "intent", "left"),
    [
        ("yes empty it", "affirm", {}),
        ("well ok if you think so", "affirm", {"MUG": 2}),
        ("no, keep it", "deny", {"MUG": 2}),
        ("what is a teapot", "stock_question", {"MUG": 2}),
    ],
)
def test_only_a_clear_yes_empties_the_cart(said: str, intent: str, left: dict[str, int]) -> None:
    talker = asking(Asked.CLEAR_CART)
    answered(talker, said, intent)
    assert cart_of(talker.conversation) == left


@pytest.mark.parametrize(
    ("said", "intent", "state"),
    [
        ("yes, cancel it", "affirm", OrderState.CANCELLED),
        ("can I still cancel it?", "cancel_order", OrderState.PLACED),
        ("no, keep it", "deny", OrderState.PLACED),
        ("maybe", "affirm", OrderState.PLACED),
        ("what are your opening hours", "out_of_scope", OrderState.PLACED),
    ],
)
def test_only_a_clear_yes_cancels(said: str, intent: str, state: OrderState) -> None:
    talker = Talker()
    order = talker.has_order({"MUG": 1})
    number = str(order.order_id)
    talker.conversation.pending = PendingQuestion(kind=Asked.CANCEL_ORDER, options=(number,), subject=number)
    answered(talker, said, intent)
    now = talker.uow.orders.get(order.order_id)
    assert now is not None
    assert now.state is state


def test_which_order_takes_only_the_customers_own() -> None:
    talker = Talker()
    other = talker.has_order({"MUG": 1}, identity_id=99, hashed_email="h_other")
    talker.conversation.pending = PendingQuestion(
        kind=Asked.WHICH_ORDER, options=(str(other.order_id),), subject=Verb.CANCEL
    )
    assert answered(talker, str(other.order_id), "order_status") is None
    assert talker.uow.orders.get(other.order_id) == other


@pytest.mark.parametrize(
    ("said", "intent", "is_answer"),
    [
        ("bob@example.com", "provide_email", True),
        ("bob at home", "provide_email", True),  # none, and said to be
        ("no", "deny", True),
        ("what can you do", "help", False),
    ],
)
def test_an_e_mail_is_waited_for_and_other_words_pass(said: str, intent: str, *, is_answer: bool) -> None:
    talker = asking(Asked.EMAIL)
    talker.conversation.checking_out = True
    assert (answered(talker, said, intent) is not None) is is_answer


@pytest.mark.parametrize("intent", [row.name for row in INTENTS.values() if Slot.ADDRESS in row.never])
def test_what_is_never_an_address_is_not_taken_for_one(intent: str) -> None:
    talker = asking(Asked.ADDRESS)
    assert answered(talker, "tell me about it", intent) is None
    assert talker.conversation.address_id is None


def test_half_a_yes_to_the_likely_fix_is_asked_again() -> None:
    talker = asking(Asked.EMAIL_FIX, "b•••@gmail.com", subject="h_fixed")
    heard = answered(talker, "I guess", "affirm")
    assert heard is not None
    assert phrases_talk.NO_CLEAR_YES in heard
    assert talker.conversation.hashed_email is None
    answered(talker, "yes", "affirm")
    assert talker.conversation.hashed_email == "h_fixed"


@pytest.mark.parametrize(
    ("said", "intent", "left"), [("the red one", "deny", 1), ("neither", "deny", 2), ("hm", "thanks", 2)]
)
def test_the_line_that_a_correction_meant_is_told_by_words(said: str, intent: str, left: int) -> None:
    talker = asking(Asked.WHICH_LINE, "MUG", "BLUE", subject="set", cart={"MUG": 2, "BLUE": 1})
    confidence = 0.5 if "red" in said else 0.99
    answered(talker, said, intent, confidence)
    assert len(cart_of(talker.conversation)) == left
