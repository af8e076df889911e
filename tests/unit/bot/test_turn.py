"""A turn brings the tables: the row of what is meant, of what is asked, and what is said in fixed words."""

from dataclasses import replace

import pytest

from bot.turn import UNKNOWN
from domain.conversation import Asked, PendingQuestion
from nlu.rules.said import Saying
from nlu.understanding import Guess, Understanding
from tests.support.talking import Talker


def test_what_is_meant_is_the_row_of_the_likeliest_intent() -> None:
    turn = Talker().turn("hello", "greet")
    assert turn.meant is turn.intents["greet"]
    assert replace(turn, intents={}).meant is UNKNOWN


def test_what_is_asked_is_the_row_of_the_question_that_is_open_now() -> None:
    talker = Talker()
    turn = talker.turn("hello", "greet")
    assert turn.asked is None
    talker.conversation.pending = PendingQuestion(kind=Asked.EMAIL)
    assert turn.asked is turn.questions[Asked.EMAIL]
    with pytest.raises(KeyError):
        assert replace(turn, questions={}).asked


def test_fixed_words_are_heard_without_a_model_and_in_each_part_of_a_message() -> None:
    turn = Talker().turn("never mind")
    blank = replace(
        turn, reduced=True, understanding=Understanding(text="", ranking=(Guess(intent="none", confidence=0),))
    )
    assert blank.said(Saying.STOP)
    assert not replace(turn, message=replace(turn.message, text="2 mugs")).said(Saying.STOP)
