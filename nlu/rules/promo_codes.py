"""Reads what a message says of discount codes: which shall be used or left out, which it asks about, or if any is.

No rule knows which codes there are: `candidates` are what may be one, and `read` is told which of them are. What is
taken for a code by its words alone stands behind the word itself: "code SPRING10", "voucher: spring 10".
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum, auto

from nlu.rules.conditions import conditional, orders
from nlu.rules.promo_words import (
    ALSO_USED,
    ASKS,
    ASKS_ANY,
    ASKS_SALE,
    ASKS_STATE,
    ASKS_THEM,
    ASKS_WHICH,
    BARE_ASK,
    BEFORE,
    BEHIND,
    COMES_FROM,
    FAILS,
    FILLERS,
    HAS_NONE,
    HOW,
    KEEPS,
    LATER,
    LEAD,
    MINE,
    NAMES_CODES,
    NAMES_THE_ONE,
    NO_CODES,
    NOT_IT,
    OF_OTHERS,
    ORDERS,
    PIECES,
    REMOVES,
    REQUESTS,
    SAVED,
    SAYS_MORE,
    TAIL,
    TAKES_OFF,
    TALKS_OF_CODES,
    USED,
    WORD,
    WRITTEN,
)
from nlu.rules.retractions import is_retracted

MOST = 8  # candidates of one message


class Act(Enum):
    """What a message wants of codes."""

    USE = auto()
    REMOVE = auto()
    ABOUT = auto()  # it asks what a code is worth
    STATE = auto()  # it asks whether one counts and what it takes off, or wants it kept
    NONE = auto()  # it says that there is none, or asks whether one is needed
    WHICH = auto()  # it speaks of a code without naming it
    ANY = auto()  # it asks whether there are discounts
    SALE = auto()  # it asks so in words that may mean lower prices too


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeWish:
    """What a message wants of codes, and which, as they are written.

    `rest` is what it was `said` in without them; it wants nothing else where it is `alone`.
    """

    act: Act
    rest: str
    said: str = ""
    codes: tuple[str, ...] = ()
    alone: bool = True


def candidates(text: str) -> tuple[str, ...]:
    """What may be a code: what stands beside the word, what mixes letters with digits, what is in capitals."""
    found = [one["code"] for one in BEHIND.finditer(text)] + [one["code"] for one in BEFORE.finditer(text)]
    shouts = text.isupper()
    for one in WRITTEN.finditer(text):
        word, _, number = one[0].partition(" ")
        mixed = any(map(str.isdigit, word)) and any(map(str.isalpha, word))
        capital = word.isupper() and word.isalnum() and len(word) > 3 and not shouts
        if mixed or capital or (shouts and one[0] == text.strip()):
            found += [word] if not number else [one[0], word]
        elif number and word.isalpha() and (TALKS_OF_CODES.search(text) or _is_alone(text, one.span())):
            found.append(one[0])
    longest = [part for one in found for part in ((one, one.partition(" ")[0]) if " " in one else (one,))]
    named = (one for one in longest if one.lower() not in NO_CODES and any(map(str.isalpha, one)))
    return tuple(dict.fromkeys(named))[:MOST]


def called(text: str) -> tuple[str, ...]:
    """What is meant as a code whether there is such a one or not: "redeem ABC2020", "my voucher is no good! ABC2020".

    It may be something else's id all the same.
    """
    found = []
    for one in USED.finditer(text):
        also: re.Match[str] | None = one
        while also is not None and _is_mixed(also["code"]):  # "try ABC1, ABC2 and ABC3"
            found.append(also["code"])
            also = ALSO_USED.match(text, also.end())
    if NAMES_CODES.search(text):
        found += [one[0] for one in WRITTEN.finditer(text) if _is_mixed(one[0]) and _is_alone(text, one.span())]
    return tuple(dict.fromkeys(found))[:MOST]


def read(text: str, known: Collection[str]) -> CodeWish | None:
    """What a message wants of codes; None where it wants nothing of any, or takes it all back itself.

    `known` of the candidates are codes.
    """
    if is_retracted(text):
        return None
    hangs = conditional(text)
    wish = read(hangs.rest, known) if hangs is not None and hangs.rest and not orders(hangs.rest) else None
    if wish is not None and wish.codes:
        told = Act.ABOUT if wish.act is Act.USE else wish.act  # on a condition nothing is used, only told
        return replace(wish, act=told, said=text)
    spans = _known_spans(text, known) or _said_spans(text)
    codes = tuple(dict.fromkeys(text[start:end] for start, end in spans))
    if codes:
        wanted = [span for span in spans if not NOT_IT.search(text[: span[0]][-40:])]
        clauses = " ".join(_clause(text, span) for span in wanted)
        saved = SAVED.search(text, spans[0][1]) is not None
        act = Act.ABOUT if saved else _act(clauses) if wanted else Act.REMOVE
        rest = _rest(text, spans, asks=act is Act.ABOUT)
        codes = tuple(dict.fromkeys(text[start:end] for start, end in wanted)) or codes
        return CodeWish(act=act, codes=codes, rest=rest, said=text, alone=not rest)
    return _without_code(text)


def _known_spans(text: str, known: Collection[str]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for code in sorted(known, key=len, reverse=True):
        for found in re.finditer(rf"(?<![\w-]){re.escape(code)}(?![\w-])", text):
            if not any(start < found.end() and found.start() < end for start, end in spans):
                spans.append(found.span())
    return sorted(spans)


def _said_spans(text: str) -> list[tuple[int, int]]:
    """What is called a code though there is none such: in capitals, with a digit, or behind "is" or a colon."""
    spans = []
    for found in BEHIND.finditer(text):
        code, first = found["code"], found["code"].split()[0]
        looks = (any(map(str.isdigit, code)) and any(map(str.isalpha, first))) or (first.isupper() and len(first) > 3)
        lettered = any(map(str.isalpha, first))  # a number alone is a code that was mailed
        if lettered and first.lower() not in NO_CODES and (looks or (found["sure"] and found["sure"].strip() in ":=")):
            bare = code if any(map(str.isdigit, first)) is False and looks else first
            spans.append((found.start("code"), found.start("code") + len(bare)))
    return spans


def _clause(text: str, span: tuple[int, int]) -> str:
    """The part of a message around a code."""
    start = max((found.end() for found in PIECES.finditer(text, 0, span[0])), default=0)
    end = next((found.start() for found in PIECES.finditer(text, span[1])), len(text))
    return text[start:end] + (text[end : end + 2] if text[end : end + 1] == "?" else "")


def _act(clause: str) -> Act:
    if FAILS.search(clause):
        return Act.ABOUT
    if REMOVES.search(clause) and not HOW.search(clause) and not TAKES_OFF.search(clause):
        return Act.REMOVE
    if OF_OTHERS.search(clause) or LATER.search(clause):
        return Act.ABOUT
    asks = ASKS.search(clause) is not None or "?" in clause
    wonders = REQUESTS.search(clause) is None or ASKS_WHICH.search(clause) is not None
    return Act.ABOUT if asks and wonders else Act.USE


def _without_code(text: str) -> CodeWish | None:
    if len(text) > 160:
        return None
    if BARE_ASK.fullmatch(text):
        return CodeWish(act=Act.ANY if TALKS_OF_CODES.search(text) else Act.SALE, rest=text)
    talks, pieces = TALKS_OF_CODES.search(text), PIECES.split(text)
    wonders = (ASKS_STATE.search(text) or FAILS.search(text)) and NAMES_THE_ONE.search(text)
    if wonders or any(map(KEEPS.fullmatch, pieces)):
        return _besides(Act.STATE, text)
    if HAS_NONE.search(text):
        return _besides(Act.NONE, HAS_NONE.sub(" ", text))
    if any(REMOVES.search(one) and NAMES_CODES.search(one) for one in pieces):
        asks = "?" in text and not REQUESTS.search(text)
        return None if asks else _besides(Act.REMOVE, text)
    if talks and HOW.search(text):
        return CodeWish(act=Act.WHICH, rest=text)
    if MINE.search(text) and not ASKS_THEM.search(text):
        return _besides(Act.WHICH, text)
    questions = (TALKS_OF_CODES, ASKS_ANY, ASKS_SALE)
    if not all(_says_nothing(one) or any(ask.search(one) for ask in questions) for one in pieces):
        return None  # among other wishes it is a question to the shop
    if ASKS_ANY.search(text):
        return CodeWish(act=Act.ANY, rest=text)
    counts = any(map(str.isdigit, text))  # "on sale for under 20 dollars" looks for something
    return CodeWish(act=Act.SALE, rest=text) if ASKS_SALE.search(text) and not counts else None


def _besides(act: Act, text: str) -> CodeWish:
    """A wish that names no code, and what is said besides; the message as it is where that is nothing."""
    asks = ASKS_STATE.search if act is Act.STATE else TALKS_OF_CODES.search
    pieces = [piece for piece in PIECES.split(text) if not TALKS_OF_CODES.search(piece) and not asks(piece)]
    said = ", ".join(piece.strip() for piece in pieces if not _says_nothing(piece))
    return CodeWish(act=act, rest=said or text, alone=not said)


def _rest(text: str, spans: list[tuple[int, int]], *, asks: bool) -> str:
    """A message without what it says of its codes; blank where that is all.

    Where it `asks` about them, what the same clause names is part of the question: nothing is ordered by it.
    """
    cut = [_phrase(text, span) for span in spans]
    out, at, kept = [], 0, []
    for found in (*PIECES.finditer(text), None):
        end = len(text) if found is None else found.start()
        kept.append((at, end))
        at = end if found is None else found.end()
    for start, end in kept:
        inside = [span for span in cut if span[0] < end and span[1] > start]
        piece = text[start:end]
        if not inside:
            if not (TALKS_OF_CODES.search(piece) or SAVED.search(piece) or _says_nothing(piece)):
                out.append(text[start:end])
            continue
        before, after = text[start : max(start, inside[0][0])], text[min(end, inside[-1][1]) : end]
        after = "" if COMES_FROM.match(after) else after
        own = [before] if asks and ASKS_WHICH.match(before) else [] if asks else [before, after]
        out += [part for part in own if ORDERS.search(part) and not _says_nothing(part)]
    return " ".join(_joined(out, text).split())


def _joined(parts: list[str], text: str) -> str:
    """The parts as they follow each other in the text, with what stands between neighbours."""
    whole, at = "", 0
    for part in parts:
        start = text.index(part, at)
        between = text[at:start] if whole and len(text[at:start].strip()) <= 3 else ", "
        whole += (between if whole else "") + part
        at = start + len(part)
    return whole.strip(" ,;") if parts else ""


def _phrase(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A code with the words that only lead to it and those that only end it."""
    lead, tail = LEAD.search(text[max(0, span[0] - 60) : span[0]]), TAIL.match(text, span[1])
    return span[0] - (len(lead[0]) if lead else 0), span[1] + (len(tail[0]) if tail else 0)


def _says_nothing(piece: str) -> bool:
    return {word.lower() for word in WORD.findall(piece)} <= FILLERS or SAYS_MORE.fullmatch(piece) is not None


def _is_alone(text: str, span: tuple[int, int]) -> bool:
    """Whether its clause says nothing but what stands there."""
    words = text[span[0] : span[1]].lower().split()
    others = _clause(text, span).replace(text[span[0] : span[1]], " ", 1)
    return words[0] not in FILLERS | NO_CODES and _says_nothing(others)


def _is_mixed(word: str) -> bool:
    """Whether letters come before digits and at least three signs are there, as in codes: no size, unit or street."""
    return re.fullmatch(r"[A-Za-z]{3,20}\d{1,8}[A-Za-z]{0,8}", word) is not None
