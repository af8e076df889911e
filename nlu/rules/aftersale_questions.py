"""Reads what customers ask of their placed orders: each question with its words, and the message without them.

A question is a clause with the words of one kind of fact. What a fact is asked of, the caller finds in the words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nlu.rules.aftersale_marks import marks_of
from nlu.rules.aftersale_payments import read_payments
from nlu.rules.aftersale_question_words import (
    ASKS,
    ASKS_BARELY,
    FACTS,
    LEADS,
    NO_QUESTION,
    OF_A_DEED,
    OF_EACH,
    SUPPOSES,
    TELLS,
    WANTS_IT_ELSEWHERE,
)
from nlu.rules.aftersale_words import DEEDS, Mark
from nlu.rules.patterns import rule

_SENTENCE = rule(r"[^.!?;\n]{1,1200}(?:[.](?=\S)[^.!?;\n]{0,1200}){0,20}[.!?;\n]{0,4}")
_JOINT = rule(r",\s|\s(?:and|but|so(?!\s(?:far|much|many|that|long|on)\b)|then|plus)\s(?=\S)|\s[-–—]\s|:\s")
_WORD = rule(r"[^\W_]")


class Fact(StrEnum):
    """What is asked."""

    BACK = "back"  # how much money comes back
    SUM = "sum"  # "how much is it in all": of what, the conversation tells
    EACH = "each"  # what each of several ways would come to
    DIFFERENCE = "difference"
    PAYS = "pays"  # how much is to be paid for what is wished
    PAID = "paid"  # how much something that was ordered cost
    UTMOST = "utmost"  # the dearest or cheapest of what was ordered
    MONEY_TO = "money_to"  # where money goes
    TRACKING = "tracking"
    ADDRESS = "address"
    STATE = "state"
    ARRIVED = "arrived"
    NUMBER = "number"  # of the order that something is in
    ORDERED_AT = "ordered_at"
    UNTIL = "until"  # when something can come back
    HOW_PAID = "how_paid"
    METHODS = "methods"
    COUNT = "count"  # how many of something were ordered
    WHICH = "which"  # which of a kind were ordered
    OPTION = "option"  # how something that was ordered is
    KINDS = "kinds"  # in how many kinds something is sold
    OFFERS = "offers"  # which kinds of something there are
    REFUND_WHEN = "refund_when"
    BALANCE_AFTER = "balance_after"
    ONE_METHOD = "one_method"  # whether several ways may pay for one order


_COMPARED = frozenset({Fact.BACK, Fact.SUM, Fact.DIFFERENCE, Fact.PAYS})
_VERBS = {"exchang": "exchange", "chang": "change", "sent": "send", "gave": "give", "giv": "give"}
_OF_PAYING = frozenset({Fact.HOW_PAID, Fact.METHODS, Fact.BALANCE_AFTER})


@dataclass(frozen=True, kw_only=True, slots=True)
class Inquiry:
    """One question: its fact, its words, and where they stand; `supposed` where it is about what is not wished yet."""

    fact: Fact
    text: str
    start: int
    end: int
    supposed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Clause:
    start: int
    end: int
    fact: Fact | None
    deed: bool


def asks_of_orders(text: str) -> bool:
    """Whether a message may ask something of placed orders; cheap, and asks no database."""
    return any(pattern.search(text.lower()) for _, pattern in FACTS)


def read_inquiries(text: str) -> tuple[Inquiry, ...]:
    """The questions of a message, in its order."""
    return tuple(one for start, end in _sentences(text) for one in _of_sentence(text, start, end))


def without_inquiries(text: str, inquiries: Sequence[Inquiry]) -> str:
    """The message with blanks in the places of its questions, as long as it was; what shall pay is no question."""
    _, unpaid = read_payments(text.lower())
    for one in inquiries:
        of_paying = one.fact in _OF_PAYING or len(unpaid) != len(text)
        kept = (" " if of_paying or text[at].lower() == unpaid[at] else text[at] for at in range(one.start, one.end))
        text = text[: one.start] + "".join(kept) + text[one.end :]
    return text


def supposed_wish(inquiry: Inquiry) -> str:
    """What would be wished, where a question is asked of a deed: "return both"; empty where it is asked of none."""
    found = OF_A_DEED.search(inquiry.text.lower())
    return f" Please {_VERBS.get(found['verb'], found['verb'])}{found['what']}." if found is not None else ""


def says_more(text: str) -> bool:
    """Whether a message that its questions were taken out of still says anything."""
    left = LEADS.sub(" ", text.lower())
    return _WORD.search(left) is not None


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        yield match.start(), match.end()


def _of_sentence(text: str, start: int, end: int) -> Iterator[Inquiry]:
    sentence = text[start:end].lower()
    question = sentence.rstrip().endswith("?")
    asked = question or ASKS.search(sentence) is not None or ASKS_BARELY.search(sentence) is not None
    clauses = [_clause(text, *cut, asked=asked) for cut in _cuts(text, start, end)]
    at = 0
    while at < len(clauses):
        one = clauses[at]
        at += 1
        if one.fact is None:
            continue
        if not question and TELLS.search(text[one.start : one.end].lower()):
            continue
        supposed = SUPPOSES.search(text[one.start : one.end].lower()) is not None
        until = one.end
        while at < len(clauses) and clauses[at].fact is None and (supposed or not clauses[at].deed):
            until = clauses[at].end
            at += 1
        fact = one.fact
        if fact in _COMPARED and OF_EACH.search(text[one.start : until].lower()):
            fact = Fact.EACH
        yield Inquiry(fact=fact, text=text[one.start : until], start=one.start, end=until, supposed=supposed)


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for joint in _JOINT.finditer(text, start, end):
        if joint.start() > at:
            yield at, joint.start()
        at = joint.start()
    yield at, end


def _clause(text: str, start: int, end: int, *, asked: bool) -> _Clause:
    clause = text[start:end].lower()
    fact = _fact_of(clause, asked=asked)
    return _Clause(start=start, end=end, fact=fact, deed=fact is None and _is_of_deeds(clause))


def _fact_of(clause: str, *, asked: bool) -> Fact | None:
    if not asked or NO_QUESTION.search(clause):
        return None
    fact = next((Fact(name) for name, pattern in FACTS if pattern.search(clause)), None)
    return None if fact in (Fact.ADDRESS, Fact.STATE) and WANTS_IT_ELSEWHERE.search(clause) else fact


def _is_of_deeds(clause: str) -> bool:
    marks = {piece.mark for piece in marks_of(clause, [], [])}
    return not marks.isdisjoint(DEEDS | {Mark.WANT, Mark.IF, Mark.OTHERWISE})
