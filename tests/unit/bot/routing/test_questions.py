"""The table of open questions: every kind has one row, and what goes on while it is open fits together."""

import pytest

from bot.phrases import notices
from bot.routing.questions import QUESTIONS
from bot.turn import Question
from domain.conversation import Asked

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
    assert row.in_public is (row.kind in of_the_cart)
