"""What a message means is asked once, within its sender's share; without the model the exact grammar reads it."""

import pytest

from bot.messages import Choice, Command, IncomingMessage, Verb
from bot.routing.hearing import LONGEST_TEXT, Hearing
from domain.conversation import ChatRef
from nlu.shares import Shares
from nlu.understanding import Guess, NluUnavailable, Understanding


class Model:
    """Understands everything as an order, or nothing at all."""

    def __init__(self, *, fails_after: int | None = None) -> None:
        self.asked: list[str] = []
        self._fails_after = fails_after

    def understand(self, text: str) -> Understanding:
        if self._fails_after is not None and len(self.asked) >= self._fails_after:
            raise NluUnavailable("away")
        self.asked.append(text)
        return Understanding(text=text, ranking=(Guess(intent="order", confidence=0.9),))


def _message(text: str = "", choice: Choice | None = None, command: Command | None = None) -> IncomingMessage:
    chat = ChatRef(channel="web", chat_id="c")
    return IncomingMessage(id="m", chat=chat, sender_id="ada", text=text, choice=choice, command=command)


@pytest.mark.parametrize(
    "message",
    [
        _message(),
        _message("x" * (LONGEST_TEXT + 1)),
        _message("pay with 4111 1111 1111 1111"),
        _message("Yes", choice=Choice(verb=Verb.YES, arg="t")),
        _message("/orders", command=Command(name="orders")),
    ],
    ids=["empty", "too long", "a card number", "a button", "a command"],
)
def test_what_is_no_words_is_not_shown_to_the_model(message: IncomingMessage) -> None:
    model = Model()
    understanding, reduced = Hearing(model, Shares()).understand(message)
    assert (understanding.text, understanding.intent, reduced, model.asked) == ("", "none", False, [])


def test_the_longest_text_is_read() -> None:
    model = Model()
    understanding, reduced = Hearing(model, Shares()).understand(_message("two mugs ".ljust(LONGEST_TEXT, "x")))
    assert (understanding.intent, reduced) == ("order", False)


@pytest.mark.parametrize(("text", "intent"), [("order 2 MUG-RED", "order"), ("what a lovely day", "none")])
def test_without_the_model_the_exact_grammar_reads(text: str, intent: str) -> None:
    understanding, reduced = Hearing(Model(fails_after=0), Shares()).understand(_message(text))
    assert (understanding.intent, understanding.text, reduced) == (intent, text, True)


def test_a_clause_that_cannot_be_asked_about_is_left_out() -> None:
    text = "2 mugs please and by the way something nobody heard of, then also whatever you like"
    whole, reduced = Hearing(Model(fails_after=1), Shares()).understand(_message(text))
    assert (whole.text, whole.clauses, reduced) == (text, (), False)
