"""A scripted customer: says what they came for, answers by what is asked, and sees nothing of what is right."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.judges.tau.data import Wording

MOST_REPEATS = 3  # of the last answer of a kind, before something else is said
MOST_TURNS = 40
GOODBYE = "Thank you, that was all. Bye!"
CONFIRM = "confirm"
# What is open in the chat, by the kind of answer that it takes; whatever does not stand here takes `else`.
KIND_OF = {
    "which_order": "which_order",
    "case_order": "which_order",
    "which_item": "which_item",
    "which_line": "which_item",
    "return_what": "which_item",
    "what_to_change": "which_item",
    "which_option": "which_option",
    "open_line": "which_option",
    "sold_out": "which_option",
    "exchange_or_refund": "exchange_or_refund",
    "why_return": "reason",
    "what_was_wrong": "reason",
    "note": "reason",
    "pay_how": "payment",
    "which_order_of_plan": "which_order",
    "address": "address",
    "address_of_plan": "address",
    "where_to": "address",
    "confirm": CONFIRM,
    "confirm_plan": CONFIRM,
    "confirm_return": CONFIRM,
    "cancel_order": CONFIRM,
}
_AT_A_LOSS = {CONFIRM: "yes", "which_option": "I don't mind", "else": "I don't know"}  # where a wording says nothing
_AGREES = (
    r"(?:yes+|yea|yeah+|yep+|yup+|ya|sure|ok|okay|fine|right|correct(?! that)|exactly|confirmed|granted|proceed|agreed|"
    r"go ahead|go for it|please do(?! not|n't)|do (?:it|that)|perfect|lovely|wonderful|great|absolutely|certainly|"
    r"definitely|of course|all right)"
)
_YES = re.compile(rf"\b{_AGREES}\b", re.IGNORECASE)
_ENDS_WITH_YES = re.compile(
    rf"(?:\A|[.!?] *)(?:no, )?{_AGREES}"
    rf"(?:[ ,]+(?:please|thanks|thank you|that(?: one)?,? (?:too|as well|also)|{_AGREES}))*[ .!]*\Z",
    re.IGNORECASE,
)
_SOMETHING_ELSE = re.compile(
    r"\b(?:wait|hold on|actually|changed my mind|second thoughts?|thought it over|rather|instead|also|too|as well|"
    r"prefer|one moment|a moment|before (?:you|that|i say)|one more|can't say)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """An answer of the shop: everything it says, and the kind of question that is open after it."""

    text: str
    asked: str | None
    question: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """What was said while `before` was open, and what came back; `kind` is of an answer, "" of a word of their own."""

    said: str
    kind: str
    before: str | None
    heard: Heard

    @property
    def agrees(self) -> bool:
        """Whether it is a yes to what was shown to be confirmed."""
        return self.kind == CONFIRM and is_yes(self.said)


@dataclass(frozen=True, kw_only=True, slots=True)
class Dialogue:
    """A whole conversation; `gave_up` where the shop asked the same again and again."""

    turns: tuple[Turn, ...]
    gave_up: bool

    @property
    def length(self) -> int:
        """How many messages it took, without the friendly word."""
        return len(self.turns) - (not self.gave_up)

    @property
    def told(self) -> str:
        """Everything that the shop said."""
        return "\n".join(turn.heard.text for turn in self.turns)


@dataclass
class Customer:
    """Somebody with something to say, and answers to what may be asked."""

    wording: Wording
    _said: int = 0
    _used: Counter[str] = field(default_factory=Counter)
    _repeats: Counter[str] = field(default_factory=Counter)

    def next_word(self, asked: str | None) -> tuple[str, str] | None:
        """What they say now with its kind; None where they have nothing more to say, or lost patience (`fed_up`)."""
        if asked is None:
            self._repeats.clear()
            if self._said == len(self.wording.says):
                return None
            self._said += 1
            return self.wording.says[self._said - 1], ""
        kind = KIND_OF.get(asked, "else")
        return None if self.fed_up(kind) else (self._answer(kind), kind)

    def fed_up(self, kind: str) -> bool:
        """Whether they have said the last answer of that kind too often."""
        return self._repeats[kind] >= MOST_REPEATS

    def _answer(self, kind: str) -> str:
        answers = self.wording.answers.get(kind) or self.wording.answers.get("else", ())
        if not answers or (kind == CONFIRM and kind not in self.wording.answers):
            answers = (_AT_A_LOSS.get(kind, _AT_A_LOSS["else"]),)
        place = self._used[kind]
        self._used[kind] += 1
        if place >= len(answers):
            self._repeats[kind] += 1
        return answers[min(place, len(answers) - 1)]


def talk(wording: Wording, say: Callable[[str], Heard], look: Callable[[], None] = lambda: None) -> Dialogue:
    """Plays a wording to its end, with a friendly word at last; `look` is called after each turn."""
    customer, turns, heard = Customer(wording), list[Turn](), Heard(text="", asked=None)
    while len(turns) < MOST_TURNS and (word := customer.next_word(heard.asked)) is not None:
        said, kind = word
        before, heard = heard.asked, say(said)
        turns.append(Turn(said=said, kind=kind, before=before, heard=heard))
        look()
    gave_up = heard.asked is not None
    if not gave_up:
        turns.append(Turn(said=GOODBYE, kind="", before=None, heard=say(GOODBYE)))
        look()
    return Dialogue(turns=tuple(turns), gave_up=gave_up)


def is_yes(said: str) -> bool:
    """Whether it agrees, with or without a condition, and does not ask for something else."""
    plain = said.replace("’", "'").strip()
    if _ENDS_WITH_YES.search(plain):
        return True
    return _YES.search(plain) is not None and _SOMETHING_ELSE.search(plain) is None
