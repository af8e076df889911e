"""Cuts a message into its acts, where its clauses clearly begin different ones: "make the mugs 4 and drop the tray"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu.rules.act_heads import (
    ASKS_THE_SHOP,
    BETWEEN,
    COUNTS,
    HEAD,
    IF,
    INSTEAD,
    KEEP,
    LEAD,
    MOST_LEADS,
    NOTHING,
    NOTHING_WANTED,
    QUESTION,
    SENTENCE,
    STARTS,
    THE_REST,
    UNCLEAR,
)
from nlu.rules.addresses import find_address
from nlu.rules.cleaning import blank, clean, shorten
from nlu.rules.identifiers import find_emails
from nlu.rules.negation import LONGEST, find_negated
from nlu.rules.prices import find_ranges
from nlu.rules.vocabulary import NARRATIVE
from nlu.understanding import Understanding

# An order's own parts, which its handler reads together.
_ONE_ORDER = {"", "add_to_cart", "order", "provide_email", "provide_address"}
_SURE = 0.7
_LIKELY = 0.5  # enough for what can be taken back, asks first or only asks
_OF_A_PRODUCT = {"stock_question", "price_filter"}  # two of them are two questions
_ASKING = _OF_A_PRODUCT | {"order_status", "past_orders", "show_cart", "recommend", ASKS_THE_SHOP}
_MOST_READ = 5  # clauses of one message that the model is asked about
# What a clause is whose intent is not what it says: half a sentence is no wish to be forgotten.
_MEANS = {
    **dict.fromkeys(("help", "deny", "out_of_scope", "forget_me", "verify_email", "none"), ""),
    **dict.fromkeys(("affirm", "thanks", "greet"), NOTHING_WANTED),
    "order": "add_to_cart",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """A part of a message that wants one thing; `intent` is empty for an order without a verb."""

    text: str
    intent: str


def find_acts(text: str, read: Mapping[str, Understanding] | None = None) -> list[Act]:
    """The acts of a message in their order, neighbours that want the same as one; none unless two of them differ.

    Args:
        text: the message.
        read: what the model makes of those clauses that have no sure beginning (`unread`).
    """
    said, pieces = _pieces(text)
    begins: list[tuple[int, str]] = []
    hangs = False  # on the clause before: "if you have one, add it"
    for begin, end in pieces:
        words = _words(said, begin, end)
        if hangs or (not begins and NOTHING.fullmatch(words)):
            hangs = False
            continue
        intent = _intent(said, begin) or _reading(words, (read or {}).get(words))
        answers = begins and begins[-1][1] in _ASKING and COUNTS.match(words) and said[:begin].rstrip()[-1:] in "?.!"
        if intent or not begins or answers or begins[-1][1] == NOTHING_WANTED:
            begins.append((begin, intent))
        hangs = intent == IF and said[end : end + 1] == "," and not _acts_within(said, begin, end)
    if THE_REST.search(said):
        begins = [(begin, "" if intent == KEEP else intent) for begin, intent in begins if begin == 0 or intent != KEEP]
    acts: list[Act] = []
    ends = [*(begin for begin, _ in begins[1:]), *([len(said)] if begins else [])]
    for (begin, intent), end in zip(begins, ends, strict=True):
        words = _words(said, begin, end)
        if not intent and not COUNTS.match(words):
            if NARRATIVE.search(words) or NOTHING.fullmatch(words):
                continue  # what is told before the first act: "it's my son's birthday, and …"
            intent = UNCLEAR  # noqa: PLW2901 - the clause has none of its own
        if intent == NOTHING_WANTED:
            continue
        if acts and acts[-1].intent == intent and intent not in _OF_A_PRODUCT:
            acts[-1] = Act(text=f"{acts[-1].text}, {words}", intent=intent)
        else:
            acts.append(Act(text=words, intent=intent))
    kinds = {act.intent for act in acts} - {UNCLEAR}
    questions = [act for act in acts if act.intent in _OF_A_PRODUCT]
    return acts if len(questions) > 1 or (len(kinds) > 1 and not kinds <= _ONE_ORDER) else []


def unread(text: str) -> list[str]:
    """The clauses of a message that the model must read alone, since their first words do not tell what they want."""
    said, pieces = _pieces(text)
    clauses = [(begin, _words(said, begin, end)) for begin, end in pieces if not _intent(said, begin)]
    sentences = [words for begin, words in clauses if " " in words and (begin == 0 or SENTENCE.search(words))]
    return sentences[:_MOST_READ] if len(pieces) > 1 else []


def _pieces(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The cleaned text, and where its clauses begin and end; addresses and price ranges are not cut."""
    said = clean(shorten(text))
    emails = [(email.start, email.end) for email in find_emails(said)]
    addresses = [(found.start, found.end) for found in find_address(blank(said, emails), expected=False)]
    whole = emails + addresses + find_ranges(said)
    starts = [
        match
        for match in STARTS.finditer(said)
        if not any(begin <= match.start() and match.end() <= end for begin, end in whole)
        or SENTENCE.match(said, match.end())
    ]
    begins = [0, *(match.end() for match in starts)]
    pieces = zip(begins, [*(match.start() for match in starts), len(said)], strict=True)
    return said, [(begin, end) for begin, end in pieces if begin == 0 or said[begin:end].strip(BETWEEN)]


def _acts_within(said: str, begin: int, end: int) -> bool:
    return any(
        _intent(said, space.end()) not in ("", IF) for space in re.finditer(" ", said[:end]) if space.end() > begin
    )


def _words(said: str, begin: int, end: int) -> str:
    words = said[begin:end].strip(BETWEEN)
    return re.sub(r"\s(?:and|then|but|plus)$", "", words, flags=re.IGNORECASE).strip(" ,;")


def _reading(words: str, understanding: Understanding | None) -> str:
    """What the model is sure that a clause wants; empty for what belongs to the clause before."""
    if understanding is None:
        return ""
    intent = _MEANS.get(understanding.intent, understanding.intent)
    asks = QUESTION.match(words) is not None
    if understanding.confidence < (_SURE if intent in ("cancel_order", "") else _LIKELY) or not intent:
        if asks:
            return ASKS_THE_SHOP
        foreign = understanding.intent == "out_of_scope" and understanding.confidence >= _SURE
        return UNCLEAR if foreign and not NARRATIVE.search(words) else ""
    if intent in ("remove_from_cart", "cancel_order") and not SENTENCE.search(words):
        return ""  # a name alone takes nothing away
    if intent == "provide_email" and understanding.first("email") is None:
        return ""
    return "" if intent == NOTHING_WANTED and re.search(r"\d", words) else intent


def only_keeps(text: str) -> str | None:
    """What a message says stays in the cart, where it says nothing else; None of any other message."""
    said = clean(shorten(text))
    head = _head(said, _leads(said, 0))
    if head is None or head.lastgroup != KEEP or THE_REST.search(said):
        return None
    starts = [intent for start in STARTS.finditer(said) if (intent := _intent(said, start.end()))]
    return None if any(intent != KEEP for intent in starts) else head[KEEP] + said[head.end() :]


def _intent(said: str, begin: int) -> str:
    starts = _leads(said, begin)
    if head := _head(said, starts):
        return head.lastgroup or ""
    if INSTEAD.match(said, begin):
        return "add_to_cart"
    negated = [next(find_negated(said[start : start + LONGEST]), None) for start in {begin, starts[-1]}]
    return "add_to_cart" if any(found is not None and found[0] == 0 for found in negated) else ""


def _head(said: str, starts: Sequence[int]) -> re.Match[str] | None:
    """The sure beginning of an act after as many lead words as there are, or fewer: "no need to …" begins with one."""
    found = (HEAD.match(said, start) for start in reversed(starts))
    return next((head for head in found if head), None)


def _leads(said: str, begin: int) -> list[int]:
    """Where a clause may begin: itself, and after each of its lead words."""
    starts = [begin]
    while len(starts) <= MOST_LEADS and (lead := LEAD.match(said, starts[-1])):
        starts.append(lead.end())
    return starts
