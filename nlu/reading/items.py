"""Puts the spans of an act together to items: which number counts which product."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from nlu.reading.decoding import Span
from nlu.reading.labels import ADDRESS, OLD, PRODUCT, QUANTITY, REFERENCE
from nlu.reading.quantities import is_of_each, read_count
from nlu.rules.patterns import rule

_PARTS = rule(r"[,;\n+&|/]|\band\b|\bplus\b|\bn\b|\bwith\b|\.\s", re.IGNORECASE)
_SEPARATORS = ((3, rule(r"\n")), (2, rule(r"[;|]|[.!?]\s")), (1, _PARTS))
_COUNTED = rule(
    r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s(?:pieces?|pcs|units?|items?)",
    re.IGNORECASE,
)
_SIGN = rule(r"[x×*]", re.IGNORECASE)
_NUMBER = rule(r"\W{0,2}\d{1,4}\s?[x×]|[x×]\s?\d{1,4}|\(\d{1,4}\)", re.IGNORECASE)
_PACKAGING = rule(
    r"(?:boxe?s?|packs?|packets?|bags?|jars?|bottles?|tins?|rolls?|cases?|crates?|bunch(?:es)?|tubs?|pieces?|pcs|units?"
    r"|copies|copy|pairs?|prs?|pkts?|bars?|tubes?|sheets?|cartons?|cans?|sacks?|trays?|pots?|bundles?|sets?|lots?|kilos?|kg|litres?|metres?)"
    r"\s(?:of\s(?:the\s|that\s|those\s|your\s|these\s)?)?",
    re.IGNORECASE,
)
_JOINED = rule(r"\n")
_COUNTS = rule(r"[\s+]{0,4}(?P<count>\d{1,4})\s?[x×]\s(?=\w)", re.IGNORECASE)
_POINTER = rule(r"it|that|this|them|those|these", re.IGNORECASE)
_ALL_OF_IT = rule(r"it|that|this|them|those|these|each|both|all|every one", re.IGNORECASE)
_SHORT_NUMBER = rule(r"\d{1,3}")
_BEFORE = rule(
    r"(?:^|(?<=[\s,(]))(?P<count>\d{1,4}(?=\s?[x×]?\s)|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)(?=\s))"
    r"\s?[x×]?\s?\Z",
    re.IGNORECASE,
)
_NOTHING = rule(r"[\s,;:(-]{0,4}(?:the\s)?", re.IGNORECASE)
_AS = rule(r"\bas (?:an? )?\Z", re.IGNORECASE)
_AND = rule(r"(?:\b(?:and|plus|also|with|or)|[&+])\s{1,3}(?:all )?\Z", re.IGNORECASE)
_ONE = rule(r"\bones?\b", re.IGNORECASE)
_EVERY = rule(r"(?:both|all|every|each)(?: of)?(?: (?:the|my|those|these))? ", re.IGNORECASE)
_NAMES = (PRODUCT, REFERENCE, OLD)
LONGEST_BEFORE = 9  # characters of a number before a name
BEHIND = 16  # characters after a number in which "of each" belongs to it


@dataclass(slots=True, kw_only=True)
class Item:
    """A product or what points at one, what describes it further, and the number that counts it, where one does."""

    name: Span | None = None
    quantity: Span | None = None
    further: list[Span] = field(default_factory=list)  # "the white ones" of "rubber mallets, the white ones"
    every: bool = False  # all that are called so: "both mugs"


def pair(text: str, spans: Sequence[Span], *, start: int = 0) -> list[Item]:
    """The items of an act that begins at `start`, in the order of the text."""
    taken = [one for span in spans if (one := _as_item(text, span)) is not None]
    said = list(_mended(text, _glued(text, [part for span in taken for part in _parted(text, span)])))
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
        ends = following is not None and following.kind != REFERENCE
        behind = min(span.end + BEHIND, following.start) if following is not None and ends else span.end + BEHIND
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
    items = _without_pointing_back(text, items)
    _count_by_numbers_before(text, items, start)
    if for_all is not None and all(item.name is not None and _means_all(text, item.name) for item in items):
        return [Item(quantity=for_all, every=True)]  # "it should be 5 of each"
    if for_all is not None:
        for item in items:
            item.quantity = item.quantity or for_all
    return items


def _without_pointing_back(text: str, items: Sequence[Item]) -> list[Item]:
    """The items without those that only mean the one before: "the scissors, take them off"; "and that" is another."""
    kept: list[Item] = []
    for item in items:
        last, name = kept[-1].name if kept else None, item.name
        named = last is not None and last.kind == PRODUCT and name is not None and _only_points(text, name)
        if last is None or name is None or not named or item.quantity or _AND.search(text, last.end, name.start):
            kept.append(item)
    return kept


def _means_all(text: str, name: Span) -> bool:
    return name.kind == REFERENCE and _ALL_OF_IT.fullmatch(text, name.start, name.end) is not None


def _only_points(text: str, name: Span) -> bool:
    return name.kind == REFERENCE and _POINTER.fullmatch(text, name.start, name.end) is not None


def _count_by_numbers_before(text: str, items: Sequence[Item], start: int) -> None:
    """Counts what has a number right before it that was read as nothing: "20 glass teapots"."""
    read = {span.start for item in items for span in (item.name, item.quantity) if span is not None}
    for item in items:
        if item.name is None or item.quantity is not None or item.name.kind != PRODUCT:
            continue
        before = _BEFORE.search(text, max(item.name.start - LONGEST_BEFORE, start), item.name.start)
        if before is not None and before.start("count") not in read:
            item.quantity = Span(start=before.start("count"), end=before.end("count"), kind=QUANTITY)


def _as_item(text: str, span: Span) -> Span | None:
    """A span that names or counts; a single word is no address, but an id, and what something shall be is no name."""
    if span.kind == PRODUCT and _AS.search(text, max(span.start - LONGEST_BEFORE, 0), span.start):
        return None  # "as a gift for a friend", "as plan B"
    said = text[span.start : span.end]
    if span.kind == ADDRESS and " " not in said and any(map(str.isdecimal, said)):
        return Span(start=span.start, end=span.end, kind=PRODUCT)
    return span if span.kind in (*_NAMES, QUANTITY) else None


def _glued(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans; numbers that nothing separates are one, "x" and "4", and a name with what it is in: "mug in red"."""
    glued: list[Span] = []
    for span in spans:
        last = glued[-1] if glued else None
        alike = last is not None and last.kind == span.kind
        between = text[last.end : span.start] if last is not None and alike else None
        pieces = between == " with " and _COUNTED.fullmatch(text, span.start, span.end) is not None
        sign = between == " " and _SIGN.fullmatch(text, span.start, span.end) is not None
        number = span.kind == QUANTITY and (between in ("", "-") or sign)
        name = span.kind == PRODUCT and (pieces or between == " in ")
        if last is not None and (number or name):
            glued[-1] = Span(start=last.start, end=span.end, kind=span.kind)
        else:
            glued.append(span)
    return glued


def _parted(text: str, span: Span) -> Iterator[Span]:
    """A name as it is, or as the names and the numbers that it is made of: "24 x mugs", or two lines of a list."""
    if span.kind != PRODUCT:
        yield span
        return
    start = span.start
    for end in (*(sign.start() for sign in _JOINED.finditer(text, span.start, span.end)), span.end):
        if (counted := _COUNTS.match(text, start, end)) is not None:
            yield Span(start=counted.start("count"), end=counted.end("count"), kind=QUANTITY)
            start = counted.end()
        if text[start:end].strip(" +\n"):
            begin = start + len(text[start:end]) - len(text[start:end].lstrip(" +\n"))
            yield Span(start=begin, end=end, kind=PRODUCT)
        start = end


def _mended(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans without the packaging before "of" a name, and with numbers as numbers, whatever they were read as."""
    for place, span in enumerate(spans):
        said = text[span.start : span.end]
        follows = spans[place + 1] if place + 1 < len(spans) else None
        named = follows is not None and follows.kind in _NAMES and not text[span.end : follows.start].strip()
        number = _NUMBER.fullmatch(said) or _COUNTED.fullmatch(said) or (named and _SHORT_NUMBER.fullmatch(said))
        if (place and _says_again(text, spans[place - 1], span)) or _leads(text, spans[place : place + 3]):
            continue
        if span.kind in _NAMES and number and read_count(said) is not None:
            yield Span(start=span.start, end=span.end, kind=QUANTITY)
            continue
        packs = span.kind in _NAMES and follows is not None and follows.kind in _NAMES
        if packs and follows and _PACKAGING.fullmatch(text[span.start : follows.start]):
            continue
        yield span


def _leads(text: str, spans: Sequence[Span]) -> bool:
    """Whether a word that points only leads a counted name: "make it 3 mugs"."""
    if [span.kind for span in spans] != [REFERENCE, QUANTITY, PRODUCT]:
        return False
    first, _, last = spans
    return _POINTER.fullmatch(text, first.start, first.end) is not None and not _apart(text[first.end : last.start])


def _says_again(text: str, before: Span, span: Span) -> bool:
    """Whether a number is that of the words right before it: "ten (10) of those"."""
    said = text[span.start : span.end]
    count = read_count(said)
    return (
        before.kind == QUANTITY
        and (span.kind == QUANTITY or _NUMBER.fullmatch(said) is not None)
        and not text[before.end : span.start].strip(" (")
        and count is not None
        and count == read_count(text[before.start : before.end])
    )


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
    """Whether a number between two names counts the one before it: that from which less separates it."""
    near, far = _apart(text[before.end : number.start]), _apart(text[number.end : behind.start])
    return near < far if near != far else names_first and not near


def _apart(between: str) -> int:
    """How much separates two things in a list: a line's end most, a comma or an "and" least."""
    return next((rank for rank, sign in _SEPARATORS if sign.search(between)), 0)
