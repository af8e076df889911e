"""Turns a message into marks: its deeds, what is named, orders and what joins them, in the order of its words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from nlu.rules.aftersale_conditions import conditions
from nlu.rules.aftersale_pieces import Piece, Span
from nlu.rules.aftersale_words import (
    DEEDS,
    DONE,
    DONE_PARTED,
    FARTHEST,
    IDLE,
    LEADS_OBJECT,
    PARTED,
    SETTLED,
    TABLE,
    TELLERS,
    Mark,
)

LONGEST = 5  # words of a phrase
_PIECE = re.compile(r"->|=>|→|>|#?[^\W_]+(?:['.\-][^\W_]+){0,5}%?|'[^\W_]{1,4}|[.,;:!?\n()&+…-]")
ARROWS = frozenset({"->", "=>", "→"})
_STOPS = frozenset(".;!?\n…")
_THINGS = frozenset({Mark.NAMED, Mark.IT, Mark.THEM, Mark.BOTH, Mark.ALL})
_PAUSES = frozenset({Mark.COMMA, Mark.AND, Mark.END, Mark.ASKS})
_ORDERS = frozenset("order orders purchase purchases package packages parcel parcels shipment shipments ordr".split())


def marks_of(
    text: str, named: Sequence[Span], orders: Sequence[Span], nouns: frozenset[str] = frozenset()
) -> list[Piece]:
    """The marks of a message.

    Args:
        text: the message in small letters, with plain quotes; its offsets are those of the spans.
        named: where it names what the customer ordered.
        orders: where it names orders by their numbers.
        nouns: words by which the options of those things are called, so that they may be no verbs.
    """
    words = [(match[0], match.start(), match.end()) for match in _PIECE.finditer(text)]
    spans = {span.start: (Mark.NAMED, span) for span in named} | {span.start: (Mark.ORDER, span) for span in orders}
    pieces = list(_marked(text, words, spans, nouns))
    return list(conditions(list(_wished(_parted(list(_becoming(pieces)))))))


def _marked(
    text: str,
    words: Sequence[tuple[str, int, int]],
    spans: Mapping[int, tuple[Mark, Span]],
    nouns: frozenset[str],
) -> Iterator[Piece]:
    at = 0
    while at < len(words):
        word, start, end = words[at]
        if start in spans:
            mark, span = spans[start]
            yield Piece(mark=mark, text=text[start : span.end], start=start, end=span.end, keys=span.keys)
            while at < len(words) and words[at][1] < span.end:
                at += 1
            continue
        if word in _STOPS or word in ",:()-":
            mark = Mark.ASKS if word == "?" else Mark.END if word in _STOPS else Mark.COMMA
            yield Piece(mark=mark, text=word, start=start, end=end)
            at += 1
            continue
        length, mark = _phrase(words, at, spans)
        behind = words[at + 1][0] if at + 1 < len(words) else ""
        if length == 1 and mark in DEEDS and word in nouns and behind not in LEADS_OBJECT:
            led = at + 1 < len(words) and words[at + 1][1] in spans and not (at and words[at - 1][0] in LEADS_OBJECT)
            mark = mark if led else Mark.WORD
        last = words[at + length - 1][2]
        yield Piece(mark=mark, text=text[start:last], start=start, end=last)
        at += length
    if words:
        yield Piece(mark=Mark.END, text="", start=words[-1][2], end=words[-1][2])


def _phrase(words: Sequence[tuple[str, int, int]], at: int, spans: Mapping[int, tuple[Mark, Span]]) -> tuple[int, Mark]:
    """How many words from `at` on are the longest phrase that means something, and what; a lone word else."""
    free = 1
    while free < LONGEST and at + free < len(words) and words[at + free][1] not in spans:
        free += 1
    for length in range(free, 0, -1):
        said = " ".join(word for word, _, _ in words[at : at + length])
        if said in IDLE:
            return length, Mark.WORD
        if said in TABLE:
            behind = words[at + length][0] if at + length < len(words) else ""
            denies = TABLE[said] is Mark.DISCARD and behind == "to" and said.endswith(("want", "need"))
            return length, Mark.NOT if denies else TABLE[said]  # "I don't want to return it"
        if length == 1 and said in _ORDERS:
            return 1, Mark.ORDER
    return 1, Mark.WORD


def _becoming(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The same; what follows "become" is what something shall be, and an arrow without a deed is one to change it."""
    told: set[Mark] = set()  # in this sentence
    for piece in pieces:
        told = set() if piece.mark in (Mark.END, Mark.ASKS) else told | {piece.mark}
        if piece.text in ARROWS and Mark.NAMED in told and told.isdisjoint(DEEDS - {Mark.CHANGE}):
            told.add(Mark.CHANGE)
            yield Piece(mark=Mark.CHANGE, text=piece.text, start=piece.start, end=piece.start)
        yield piece
        if piece.text == "become":
            yield Piece(mark=Mark.TO, text="", start=piece.end, end=piece.end)


def _parted(pieces: list[Piece]) -> list[Piece]:
    """The same, where a verb and its particle stand apart: "send the lamp back"."""
    for at, piece in enumerate(pieces):
        if piece.text == "back" and at and pieces[at - 1].mark in _THINGS and pieces[at + 1 : at + 2]:
            if pieces[at + 1].mark in _PAUSES | {Mark.OF} and all(
                one.mark not in DEEDS and one.text not in PARTED for one in pieces
            ):
                pieces[at] = replace(piece, mark=Mark.RETURN)  # "the lamp back, please"
            continue
        parted = PARTED.get(piece.text)
        if parted is None:
            continue
        for behind in range(at + 1, min(at + 1 + FARTHEST, len(pieces))):
            other = pieces[behind]
            if other.mark in (Mark.END, Mark.ASKS, Mark.IF) or (other.mark in DEEDS and behind > at + 1):
                break
            particle = other.text.partition(" ")[0]  # also that of "out of"
            if particle in parted:
                pieces[at] = replace(piece, mark=parted[particle])
                if other.mark not in (Mark.TO, Mark.OF):
                    pieces[behind] = replace(other, mark=Mark.WORD)
                break
    return pieces


def _parted_done(pieces: Sequence[Piece], at: int) -> Mark | None:
    """The deed of such a form with its particle a few words behind: "sent back"."""
    parted = DONE_PARTED.get(pieces[at].text, {})
    for piece in pieces[at + 1 : at + 1 + FARTHEST] if parted else ():
        if piece.mark in (Mark.END, Mark.ASKS, Mark.IF) or piece.mark in DEEDS:
            break
        if deed := parted.get(piece.text.partition(" ")[0]):
            return deed
    return None


def _wished(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The same, with the forms that tell of a deed where it is wished to be done: "I want it returned"."""
    for at, piece in enumerate(pieces):
        deed = DONE.get(piece.text) or _parted_done(pieces, at)
        if deed is None or piece.mark is not Mark.WORD:
            yield piece
            continue
        before: list[str] = []
        for other in reversed(pieces[max(0, at - 6) : at]):
            if other.mark in (Mark.END, Mark.ASKS):
                break
            before += [*other.text.split()][::-1]
        alone = not before or pieces[at - 1].mark is Mark.COMMA
        if alone and pieces[at + 1 : at + 2] and pieces[at + 1].mark in _PAUSES:
            yield replace(piece, mark=deed)  # "those that have not left: cancelled, please"
            continue
        told = bool(before) and before[0] in TELLERS
        thought_of = told and before[1:2] == ["if"]  # "what if I returned it?"
        yield replace(piece, mark=deed) if thought_of or (not told and SETTLED & set(before)) else piece
