"""Drawing shows a step and changes nothing: twice it is the same, and no part of the shop is written to."""

from collections.abc import Callable
from copy import deepcopy

import pytest

from bot.messages import Choice, Reply, Verb
from bot.shopping import contact
from bot.shopping.asking import token_of
from bot.shopping.drawing import draw, reminder, told
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
    Step,
    decide,
    put,
    question_of,
)
from domain.conversation import Asked, OpenLine, PendingQuestion, Problem
from domain.errors import OutOfStock, Shortage
from tests.support.talking import ADDRESS, MUG, TEAPOT, Talker, labels, words_in

WHICH = OpenLine(phrase="mug", quantity=2, problem=Problem.WHICH, options=("MUG", "BLUE"))
MANY = OpenLine(phrase="Red Mug", quantity=60, problem=Problem.MANY, options=("MUG",))
SHORT = OpenLine(phrase="Glass Teapot", quantity=9, problem=Problem.SHORT, options=("TEAPOT",))


def _card(talker: Talker) -> Step:
    talker.ready()
    step = decide(talker.turn())
    assert isinstance(step, Confirm)
    return step


def _change(talker: Talker) -> Step:
    order = talker.has_order({"TEAPOT": 1})
    talker.changes(order).conversation.put("TEAPOT", 2)
    step = decide(talker.turn())
    assert isinstance(step, Confirm)
    return step


def _what_to_change(talker: Talker) -> Step:
    return AskWhatToChange(order=talker.has_order({"TEAPOT": 1}))


def _address(talker: Talker) -> Step:
    talker.uow.people.addresses[7] = "18 Willow Court"
    return AskAddress(asked=PendingQuestion(kind=Asked.ADDRESS, subject="7"))


STEPS: dict[str, Callable[[Talker], Step]] = {
    "empty": lambda _: Empty(),
    "cart": lambda _: ShowCart(),
    "which": lambda _: AskOpenLine(line=WHICH),
    "many": lambda _: AskOpenLine(line=MANY),
    "short": lambda _: AskOpenLine(line=SHORT),
    "email": lambda _: AskEmail(),
    "email fix": lambda _: AskEmailFix(
        email="ada@gmail.com", asked=PendingQuestion(kind=Asked.EMAIL_FIX, subject="hash", options=("a***@gmail.com",))
    ),
    "address": _address,
    "what to change": _what_to_change,
    "card": _card,
    "change card": _change,
}


@pytest.mark.parametrize("name", STEPS)
def test_drawing_is_pure(name: str) -> None:
    talker = Talker(cart={"MUG": 2})
    step = STEPS[name](talker)
    turn = talker.turn()
    before, writes = deepcopy(talker.conversation), list(talker.uow.writes)
    drawn = draw(turn, step, ["A note."])
    assert draw(turn, step, ["A note."]) == drawn
    assert (talker.conversation, talker.uow.writes) == (before, writes)
    assert "A note." in words_in(drawn)


@pytest.mark.parametrize("name", STEPS)
def test_a_reminder_is_pure(name: str) -> None:
    talker = Talker(cart={"MUG": 2})
    step = STEPS[name](talker)
    if isinstance(step, AskOpenLine):
        talker.conversation.open_lines = [step.line]
    put(talker.turn(), step)
    turn = talker.turn()
    before, writes = deepcopy(talker.conversation), list(talker.uow.writes)
    reminded = reminder(turn)
    assert reminder(turn) == reminded
    assert (talker.conversation, talker.uow.writes) == (before, writes)
    assert bool(reminded) == (name not in ("empty", "cart", "what to change"))


@pytest.mark.parametrize("name", ["which", "many", "short", "email fix"])
def test_its_buttons_answer_the_question_that_is_put(name: str) -> None:
    talker = Talker(cart={"MUG": 2})
    step = STEPS[name](talker)
    answers = [
        button.choice for button in draw(talker.turn(), step)[0].buttons if button.choice.verb in (Verb.YES, Verb.NO)
    ]
    assert answers
    assert {choice.arg for choice in answers} == {token_of(talker.turn(), question_of(step))}


def _first(talker: Talker, step: Step, *notes: str) -> Reply:
    (reply,) = draw(talker.turn(), step, notes)
    return reply


def test_which_product_lists_price_and_stock_and_a_button_each() -> None:
    reply = _first(Talker(), AskOpenLine(line=WHICH))
    assert "1. Red Mug, 10 in stock\t$12.00" in reply.text
    assert "2. Blue Mug, 5 in stock\t$14.00" in reply.text
    assert labels(reply) == ["Red Mug", "Blue Mug", "None of these"]


def test_an_option_that_is_gone_is_not_offered() -> None:
    reply = _first(Talker(MUG), AskOpenLine(line=WHICH))
    assert labels(reply) == ["Red Mug", "None of these"]
    assert "Did you mean this one?" in reply.text


def test_short_stock_offers_what_is_left_now() -> None:
    talker = Talker()
    assert "Take 3" in labels(_first(talker, AskOpenLine(line=SHORT)))
    talker.sets(TEAPOT, quantity=1)
    reply = _first(talker, AskOpenLine(line=SHORT))
    assert "only 1 is left" in reply.text
    assert labels(reply) == ["Take 1", "Take 1, tell me when 8 more are back", "Something alike", "Leave it out"]


def test_while_an_order_is_changed_its_own_pieces_are_left_too() -> None:
    talker = Talker()
    talker.changes(talker.has_order({"TEAPOT": 2}))
    assert "Take 5" in labels(_first(talker, AskOpenLine(line=SHORT)))


def test_an_open_line_tells_what_came_in_and_what_comes_later() -> None:
    talker = Talker()
    turn = talker.turn()
    talker.conversation.put("BLUE", 2)
    talker.conversation.open_lines = [WHICH, SHORT]
    (reply,) = draw(turn, AskOpenLine(line=WHICH))
    assert "In your cart: 2 × Blue Mug." in reply.text
    assert "After that: 9 × “Glass Teapot”." in reply.text


def test_the_cart_is_left_out_where_it_is_as_it_was() -> None:
    talker = Talker(cart={"MUG": 2})
    assert "Red Mug" not in _first(talker, AskEmail()).text
    turn = talker.turn()
    talker.conversation.put("MUG", 3)
    (reply,) = draw(turn, AskEmail())
    assert "3 × Red Mug at $12.00\t$36.00" in reply.text
    assert "Check out" not in labels(reply)


def test_a_fix_is_asked_once_and_not_noted_too() -> None:
    talker = Talker(cart={"MUG": 1})
    talker.conversation.checking_out = True
    turn = talker.turn("ada@gmial.com", "provide_email")
    notes = contact.take(turn)
    step = decide(turn)
    assert isinstance(step, AskEmailFix)
    (reply,) = draw(turn, step, told(turn, step, notes))
    assert reply.text.count("Did you mean ada@gmail.com?") == 1
    assert labels(reply) == ["Yes, use that", "No"]


def test_half_an_address_is_asked_to_be_completed() -> None:
    talker = Talker(cart={"MUG": 1})
    reply = _first(talker, _address(talker))
    assert "I have “18 Willow Court”. Which town and postcode go with it?" in reply.text
    assert reply.form == contact.ADDRESS_FORM


def test_the_card_says_all_that_a_yes_means() -> None:
    talker = Talker(cart={"MUG": 2, "BLUE": 1})
    step = _card(talker)
    reply = _first(talker, step)
    assert reply.title == "Your order"
    for said in ("2 × Red Mug at $12.00\t$24.00", "Total\t$38.00", f"To: {ADDRESS}", "a***@example.com", "30 minutes"):
        assert said in reply.text
    assert isinstance(step, Confirm)
    assert reply.buttons[0].choice == Choice(verb=Verb.CONFIRM, arg=step.quote.quote_id)


def test_the_card_of_a_change_tells_the_difference() -> None:
    talker = Talker()
    step = _change(talker)
    reply = _first(talker, step)
    assert "changed" in reply.title
    assert "More than before\t" in reply.text
    assert labels(reply) == ["Confirm change", "Change", "Keep it as it was"]
    assert "shall I change it as shown?" in _reminded(talker, step)


def _reminded(talker: Talker, step: Step) -> str:
    put(talker.turn(), step)
    return words_in(reminder(talker.turn()))


def test_a_price_that_changed_since_an_order_was_placed_is_told_once() -> None:
    talker = Talker()
    step = _change(talker)
    turn = talker.turn()
    said = told(turn, step, [])
    assert said == ["Glass Teapot was $12.00 and is $30.00 now."]
    assert "was $12.00" not in _first(talker, step).text


def test_what_does_not_fit_is_told_with_what_is_left() -> None:
    talker = Talker(cart={"MUG": 2})
    error = OutOfStock((Shortage(product_id="MUG", asked=4, available=2),))
    said = told(talker.turn(), FitToStock(error=error, quantities={"MUG": 2}), ["First."])
    assert said[0] == "First."
    assert "2 × Red Mug (you asked for 4)" in said[1]
    assert said[2] == "I changed your cart to what is left."
    talker.conversation.cart = []
    assert len(told(talker.turn(), FitToStock(error=error, quantities={"MUG": 0}), [])) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [("mail to ada@example.com please", True), ("go on", False)],
)
def test_an_email_at_the_card_of_a_change_is_told_to_stay(text: str, says: bool) -> None:
    talker = Talker()
    step = _change(talker)
    said = told(talker.turn(text, "provide_email"), step, [])
    assert any("I cannot change the e-mail of a placed order" in note for note in said) == says


def test_nothing_is_reminded_of_a_line_that_is_not_open_any_more() -> None:
    talker = Talker()
    talker.conversation.pending = question_of(AskOpenLine(line=WHICH))
    assert reminder(talker.turn()) == []


def test_a_question_about_cancelling_is_asked_again_in_its_number() -> None:
    talker = Talker()
    talker.conversation.pending = PendingQuestion(kind=Asked.CANCEL_ORDER, subject="7", options=("7",))
    assert labels(*reminder(talker.turn())) == ["Yes, cancel it", "Keep it"]
    both = PendingQuestion(kind=Asked.CANCEL_ORDER, subject="7,8", options=("7", "8"))
    talker.conversation.pending = both
    assert "#7 and #8" in words_in(reminder(talker.turn()))
    assert labels(*reminder(talker.turn())) == ["Yes, cancel them", "Keep it"]


def test_another_customer_of_the_same_question_has_another_token() -> None:
    ours, theirs = Talker(), Talker()
    theirs.conversation.identity_id = 2
    asked = question_of(AskOpenLine(line=MANY))
    assert token_of(ours.turn(), asked) != token_of(theirs.turn(), asked)


def test_another_question_of_the_same_kind_has_another_token() -> None:
    turn = Talker().turn()
    assert token_of(turn, question_of(AskOpenLine(line=MANY))) != token_of(turn, question_of(AskOpenLine(line=WHICH)))
    assert token_of(turn, None) == ""


def test_a_question_that_is_drawn_anew_after_more_came_offers_what_was_asked_for() -> None:
    talker = Talker()
    talker.sets(TEAPOT, quantity=100)
    replies = draw(talker.turn(), AskOpenLine(line=SHORT))
    assert "9 × Glass Teapot are there now. Shall I take them?" in words_in(replies)
    assert labels(*replies) == ["Take 9", "Leave it out"]


def test_a_question_that_is_drawn_anew_after_all_is_gone_offers_word_of_it() -> None:
    talker = Talker()
    talker.sets(TEAPOT, quantity=0)
    replies = draw(talker.turn(), AskOpenLine(line=SHORT))
    assert "Glass Teapot is sold out at the moment." in words_in(replies)
    assert labels(*replies) == ["Tell me when it is back", "Something alike", "Leave it out"]
