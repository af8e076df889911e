"""Puts the spans of an act together to items: which number counts which product."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nlu.reading.decoding import Span
from nlu.reading.labels import OLD, PRODUCT, QUANTITY, REFERENCE
from nlu.reading.quantities import is_of_each, read_count
from nlu.rules.patterns import rule

_PARTS = rule(r"[,;\n+&|/]|\band\b|\bplus\b|\bn\b|\bwith\b|\.\s", re.IGNORECASE)
_COUNTED = rule(
    r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s(?:pieces?|pcs|units?|items?)",
    re.IGNORECASE,
)
_NUMBER = rule(r"\W{0,2}\d{1,4}\s?[x×]|[x×]\s?\d{1,4}|\(\d{1,4}\)", re.IGNORECASE)
_PACKAGING = rule(
    r"(?:boxe?s?|packs?|packets?|bags?|jars?|bottles?|tins?|rolls?|cases?|crates?|bunch(?:es)?|tubs?|pieces?|pcs|units?"
    r"|copies|copy|bars?|tubes?|sheets?|cartons?|cans?|sacks?|trays?|pots?|bundles?|sets?|lots?|kilos?|kg|litres?|metres?)"
    r"\s(?:of\s(?:the\s|that\s|those\s|your\s|these\s)?)?",
    re.IGNORECASE,
)
_NOTHING = rule(r"[\s,;:(-]{0,4}(?:the\s)?", re.IGNORECASE)
_ONE = rule(r"\bones?\b", re.IGNORECASE)
_EVERY = rule(r"(?:both|all|every|each)(?: of)?(?: (?:the|my|those|these))? ", re.IGNORECASE)
_NAMES = (PRODUCT, REFERENCE, OLD)
BEHIND = 16  # characters after a number in which "of each" belongs to it


@dataclass(slots=True, kw_only=True)
class Item:
    """A product or what points at one, what describes it further, and the number that counts it, where one does."""

    name: Span | None = None
    quantity: Span | None = None
    further: list[Span] = field(default_factory=list)  # "the white ones" of "rubber mallets, the white ones"
    every: bool = False  # all that are called so: "both mugs"


def pair(text: str, spans: Sequence[Span]) -> list[Item]:
    """The items of an act, in the order of the text."""
    said = list(_mended(text, [span for span in spans if span.kind in (*_NAMES, QUANTITY)]))
    names_first = bool(said) and said[0].kind != QUANTITY
    items: list[Item] = []
    for_all: Span | None = None
    for place, span in enumerate(said):
        last = items[-1] if items else None
        if span.kind != QUANTITY:
            if last is not None and last.name is None:
                last.name = span
            elif last is not None and _is_every(text, last, span):
                last.name, last.every = span, True
            elif last is not None and _describes(text, last, span):
                last.further.append(span)
            else:
                items.append(Item(name=span))
            continue
        following = said[place + 1] if place + 1 < len(said) else None
        behind = span.end + BEHIND if following is None else min(span.end + BEHIND, following.start)
        if is_of_each(text[span.start : behind]):
            for_all = span
        elif (
            last is not None
            and last.name is not None
            and last.quantity is None
            and (
                following is None
                or following.kind == QUANTITY
                or _counts_before(text, last.name, span, following, names_first)
            )
        ):
            last.quantity = span
        else:
            items.append(Item(quantity=span))
    if for_all is not None:
        for item in items:
            item.quantity = item.quantity or for_all
        return items or [Item(quantity=for_all)]
    return items


def _mended(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans without the packaging before "of" a name, and with numbers as numbers, whatever they were read as."""
    for place, span in enumerate(spans):
        said = text[span.start : span.end]
        number = _NUMBER.fullmatch(said) or _COUNTED.fullmatch(said)
        if span.kind in _NAMES and number and read_count(said) is not None:
            yield Span(start=span.start, end=span.end, kind=QUANTITY)
            continue
        follows = spans[place + 1] if place + 1 < len(spans) else None
        packs = span.kind in _NAMES and follows is not None and follows.kind in _NAMES
        if packs and follows and _PACKAGING.fullmatch(text[span.start : follows.start]):
            continue
        yield span


def _is_every(text: str, before: Item, span: Span) -> bool:
    """Whether the words before a name say that all are meant which are called so: "both mugs", "all of the jam"."""
    if before.name is None or before.name.kind != REFERENCE or span.kind != PRODUCT:
        return False
    return _EVERY.fullmatch(text[before.name.start : span.start]) is not None


def _describes(text: str, before: Item, span: Span) -> bool:
    """Whether words that point tell which of what stands right before them is meant: "…, the white ones"."""
    if before.name is None or before.name.kind != PRODUCT or span.kind != REFERENCE:
        return False
    behind = before.further[-1] if before.further else before.name
    if before.quantity is not None and before.quantity.start > behind.end:
        return False
    return (
        _NOTHING.fullmatch(text[behind.end : span.start]) is not None
        and _ONE.search(text, span.start, span.end) is not None
    )


def _counts_before(text: str, before: Span, number: Span, behind: Span, names_first: bool) -> bool:
    """Whether a number between two names counts the one before it."""
    parts_before = _PARTS.search(text, before.end, number.start) is not None
    parts_behind = _PARTS.search(text, number.end, behind.start) is not None
    if parts_before != parts_behind:
        return parts_behind
    return names_first and not parts_before
