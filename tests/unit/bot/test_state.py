"""The open question's key: another one for each question, none where nothing is asked."""

from dataclasses import replace

import pytest

from bot.state import question_key
from domain.conversation import Asked, ChatRef, Conversation, PendingQuestion

ASKED = PendingQuestion(kind=Asked.OPEN_LINE, subject="mugs", options=("RED", "BLUE"), quantity=2)


def _key(asked: PendingQuestion | None) -> str:
    chat = ChatRef(channel="web", chat_id="v")
    return question_key(Conversation(chat=chat, sender_id="v", identity_id=1, pending=asked))


def test_nothing_asked_has_no_key() -> None:
    assert _key(None) == ""


def test_the_same_question_keeps_its_key_and_does_not_tell_what_it_is_about() -> None:
    assert _key(ASKED) == _key(replace(ASKED))
    assert "mugs" not in _key(ASKED)


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, kind=Asked.WHICH_LINE),
        replace(ASKED, subject="mug"),
        replace(ASKED, options=("RED",)),
        replace(ASKED, quantity=3),
    ],
)
def test_any_other_question_has_another_key(other: PendingQuestion) -> None:
    assert _key(other) != _key(ASKED)
