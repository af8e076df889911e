"""Words for staff about what the shop answers, and what was asked and not answered."""

import re

HELP = (
    "/answers shows what customers asked and I could not answer\n"
    "/answers answer NUMBER TEXT answers it, in every chat from then on · drop NUMBER closes it without an answer\n"
    "/answers list shows what I answer · set TOPIC TEXT · remove TOPIC · undo NUMBER\n"
    "For example: /answers answer 12 We engrave for $5 a word."
)
WAITING = "Asked, and not answered yet"
HOW = "/answers answer NUMBER TEXT answers one; I know it in every chat from then on."
NOTHING_WAITS = "No question waits for an answer. /answers list shows what I answer, /answers help what else there is."
TOPICS = "What I answer"
NO_TOPICS = "I answer nothing yet: write answers.yaml, or /answers set TOPIC TEXT."
NO_SUCH_QUESTION = "No question of that number waits; /answers lists those that do."
WHICH_TOPIC = "Which topic? /answers list shows them; a new one is small letters, digits and _, such as gift_note."
WHAT_TO_ANSWER = "What is the answer?"
ANSWER = "The answer"
ANSWER_HINT = "Customers read it as it is."
AS_BEFORE = "That is what I answer already."
_TOPIC = re.compile(r"[a-z][a-z0-9_]{1,39}")


def is_topic(text: str) -> bool:
    """Whether a topic can be called so."""
    return _TOPIC.fullmatch(text) is not None


def answer_label(*, number: int) -> str:
    """The button and the form that answer a question."""
    return f"Answer {number}"


def question(*, number: int, text: str, about: str) -> str:
    """A question in a row, with the product that it is about."""
    return f"{number}. {text}{f' ({about})' if about else ''}"


def times(*, count: int) -> str:
    """How often it was asked."""
    return "once" if count == 1 else f"{count} times"


def of_product(product_id: str) -> str:
    """An answer about one product."""
    return f"about {product_id}"


def changed(*, before: str, after: str) -> str:
    """What an answer was and is."""
    return f"{before or 'nothing'} → {after or 'nothing'}"


def dropped(*, text: str) -> str:
    """A question is closed without an answer."""
    return f"“{text}” does not wait for an answer any more."


def undone(*, text: str) -> str:
    """A change is taken back."""
    return f"Taken back. I answer again: {text}" if text else "Taken back, as it was before."


def too_long(*, longest: int) -> str:
    """An answer that does not fit on a phone."""
    return f"An answer has at most {longest} characters."


def weekly(*, count: int) -> str:
    """Above the questions, once a week in the support channel."""
    what = "One question waits" if count == 1 else f"{count} questions wait"
    return f"{what} for an answer"
