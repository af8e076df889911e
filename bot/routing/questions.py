"""QUESTIONS: the one table of what may be open, who reads its answer, and what goes on meanwhile."""

from bot.aftersale.planning.asking import PLAN_KINDS
from bot.intents import forget_me
from bot.messages import Reply
from bot.orders import complaining, noting, rating, returning, where_to
from bot.routing import cart_answers, order_answers, shortage_answers
from bot.shopping import open_lines
from bot.trust import consenting, proving
from bot.turn import Question, Turn
from domain.conversation import Asked


def answer_question(turn: Turn) -> list[Reply] | None:
    """What the message answers to the pending question, if it answers it."""
    pending = turn.conversation.pending
    return None if pending is None else turn.questions[pending.kind].answer(turn, pending)


_ROWS = (
    Question(
        kind=Asked.OPEN_LINE,
        answer=lambda turn, _: open_lines.answer_open_line(turn),
        on_the_way=True,
        in_a_change=True,
        in_public=True,
        answered_in_words=True,
        wants_digits=True,
    ),
    Question(
        kind=Asked.EMAIL,
        answer=cart_answers.take_email,
        on_the_way=True,
        beside=True,
        answered_in_words=True,
        wants_number=False,
    ),
    Question(kind=Asked.EMAIL_FIX, answer=cart_answers.take_email_fix, on_the_way=True),
    Question(kind=Asked.EMAIL_MEANT, answer=cart_answers.take_email_meant, on_the_way=True),
    Question(
        kind=Asked.ADDRESS,
        answer=cart_answers.take_address,
        on_the_way=True,
        in_a_change=True,
        beside=True,
        settles_address=True,
        answered_in_words=True,
        wants_number=False,
        wants_digits=True,
        takes_six_digits=True,
    ),
    Question(kind=Asked.WHERE_TO, answer=where_to.answer, in_a_change=True, wants_digits=True),
    Question(
        kind=Asked.CONFIRM,
        answer=cart_answers.take_confirmation,
        on_the_way=True,
        in_a_change=True,
        beside=True,
        settles_address=True,
        wants_number=False,
    ),
    Question(
        kind=Asked.CHECKOUT,
        answer=cart_answers.take_checkout,
        beside=True,
        settles_address=True,
        in_public=True,
        wants_number=False,
    ),
    Question(kind=Asked.WHICH_LINE, answer=cart_answers.take_line, in_a_change=True, first=True, in_public=True),
    Question(kind=Asked.CLEAR_CART, answer=cart_answers.take_clearing, hard_to_undo=True, first=True, in_public=True),
    Question(
        kind=Asked.WHICH_ORDER,
        answer=order_answers.take_order,
        about_cancelling=True,
        first=True,
        wants_digits=True,
        takes_six_digits=True,
    ),
    Question(
        kind=Asked.CANCEL_ORDER,
        answer=order_answers.take_cancelling,
        about_cancelling=True,
        hard_to_undo=True,
        first=True,
        wants_digits=True,
        takes_six_digits=True,
    ),
    Question(
        kind=Asked.CANCEL_MEANING,
        answer=order_answers.take_meaning,
        about_cancelling=True,
        first=True,
        wants_digits=True,
    ),
    Question(
        kind=Asked.WHAT_TO_CHANGE,
        answer=cart_answers.take_change,
        on_the_way=True,
        in_a_change=True,
        beside=True,
        settles_address=True,
        answered_in_words=True,
    ),
    Question(kind=Asked.FORGET, answer=forget_me.answer_forgetting, aside=True, hard_to_undo=True, first=True),
    Question(kind=Asked.PROVE_EMAIL, answer=proving.answer_email, aside=True, answered_in_words=True),
    Question(kind=Asked.CODE, answer=proving.answer_code, aside=True, wants_digits=True),
    Question(
        kind=Asked.CASE_ORDER,
        answer=complaining.take_case_order,
        aside=True,
        answered_in_words=True,
        wants_digits=True,
        takes_six_digits=True,
    ),
    Question(
        kind=Asked.WHAT_WAS_WRONG, answer=rating.take_words, aside=True, answered_in_words=True, wants_number=False
    ),
    Question(kind=Asked.RETURN_WHAT, answer=returning.take_choice, aside=True),
    Question(kind=Asked.CONFIRM_RETURN, answer=returning.take_yes, aside=True, hard_to_undo=True, first=True),
    Question(kind=Asked.NOTE, answer=noting.take_note, aside=True, answered_in_words=True, wants_number=False),
    Question(kind=Asked.START_EMAIL, answer=consenting.answer_start_email, aside=True, answered_in_words=True),
    Question(
        kind=Asked.SOLD_OUT, answer=shortage_answers.take_sold_out, aside=True, in_public=True, wants_number=False
    ),
    Question(kind=Asked.STOP_EMAIL, answer=consenting.answer_email, aside=True, first=True, answered_in_words=True),
)
_OF_PLANS = tuple(  # `bot.aftersale` reads their answers before anybody is asked
    Question(kind=kind, answer=lambda turn, _: None, first=True, wants_digits=True, takes_six_digits=True)
    for kind in sorted(PLAN_KINDS)
)
QUESTIONS = {row.kind: row for row in (*_ROWS, *_OF_PLANS)}
