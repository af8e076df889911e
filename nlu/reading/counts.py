"""Finds the numbers that count what is ordered, whatever the model took them for: "order 12 dotty lunch bags to …"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from nlu.reading.decoding import ReadAct, Span
from nlu.reading.labels import ACTS, ADDRESS, EMAIL, OLD, OLD_QUANTITY, ORDER_NUMBER, PRODUCT, QUANTITY, WITH
from nlu.rules.addresses import find_address
from nlu.rules.patterns import rule

_ORDERS = {"add", "address", "change_address", "change_order", "email", "swap", "set", "more"}
_MISREAD = {"address", "change_address", "change_order", "swap"}  # as which an order is read now and then
_ONLY_COUNTED = {QUANTITY, ADDRESS, EMAIL}
_MAY_COUNT = {PRODUCT, ORDER_NUMBER, ADDRESS}
_UNSURE = 0.5
_HOUSE = rule(r"[,;]\s?\d{1,5}\s\S")
_COUNT = rule(r"\d{1,4}\s?[x×]?", re.IGNORECASE)
_LONGEST_COUNT = 3  # digits of what was read as an order's number, which has more
_ORDERING = rule(
    r"\W{0,3}(?:(?:please|pls|and|also|can you|could you) ){0,2}(?:order|send|ship|deliver|bring|get|\d)", re.IGNORECASE
)
_NO_WORD = r"to|for|with|from|by|in|on|at|of|and|or|is|was|has|had|have|my|the|an?|that|which|as|not|no"
_PLAIN = rf"(?!(?:{_NO_WORD})\b)[a-z][a-z'-]{{1,20}}"
_WORDS_BETWEEN = rule(rf"\s?[x×*]?\s(?:{_PLAIN}\s){{0,3}}", re.IGNORECASE)
_NAME_BEHIND = rule(rf"\s?[x×*]?\s(?P<name>{_PLAIN}(?: {_PLAIN}){{0,3}})(?=\W|\Z)", re.IGNORECASE)
_UNREAD = rule(
    rf"(?<![\w#$€£])(?<!size )(?<!number )(?<!no )(?P<count>\d{{1,4}})"
    rf"(?:\s?(?:pcs?|pieces?|pces?|units?|nos)\.?\s(?:of\s)?|\s?[x×]?\s(?:{_PLAIN}\s){{1,2}})\Z",
    re.IGNORECASE,
)
_LONGEST_UNREAD = 48  # characters before a name


def counted(text: str, act: ReadAct) -> ReadAct:
    """The act with these numbers as quantities; then it orders, also where it was read to say only where to."""
    if act.label not in _ORDERS:
        return act
    spans = tuple(_named(text, act, tuple(_counting(text, act))))
    counts = spans != act.spans and act.label in _MISREAD | {"add"}
    counts |= act.label == "set" and act.sure < _UNSURE and _ORDERING.match(text, act.start) is not None
    if not counts or any(span.kind in (OLD, WITH) for span in spans):
        return replace(act, spans=spans)
    both = sum(score for label, score in zip(ACTS, act.scores, strict=False) if label in _ORDERS)
    return replace(act, spans=spans, label="add", sure=max(act.sure, both))


def _counting(text: str, act: ReadAct) -> Iterator[Span]:
    """The spans; a number before a name counts it, and one that was not read at all stands before its name."""
    end = 0 if _UNREAD.match(text, 0, act.start) else act.start  # "2pcs red mugs" may be read from "red" on
    for place, read in enumerate(act.spans):
        span = _without_address(text, read)
        follows = act.spans[place + 1] if place + 1 < len(act.spans) else None
        before = act.spans[place - 1] if place else None
        if follows is not None and _counts(text, span, follows, act.label):
            yield replace(span, kind=QUANTITY)
        else:
            if span.kind == PRODUCT and (before is None or before.kind != QUANTITY):
                unread = _UNREAD.search(text, max(end, span.start - _LONGEST_UNREAD), span.start)
                if unread is not None:
                    yield Span(start=unread.start("count"), end=unread.end("count"), kind=QUANTITY)
            yield span
        end = span.end


def _without_address(text: str, span: Span) -> Span:
    """The span; a name ends where the address begins that was read into it."""
    if span.kind != PRODUCT or _HOUSE.search(text, span.start, span.end) is None:
        return span
    found = next(find_address(text[span.start : span.end], expected=False), None)
    name = text[span.start : span.start + found.start] if found is not None else ""
    return replace(span, end=span.start + len(name.rstrip(" ,;"))) if name.strip(" ,;") else span


def _counts(text: str, span: Span, follows: Span, label: str) -> bool:
    said = text[span.start : span.end]
    kinds = _MAY_COUNT | ({OLD_QUANTITY} if label == "add" else set())
    if span.kind not in kinds or follows.kind != PRODUCT or not _COUNT.fullmatch(said):
        return False
    if span.kind == ORDER_NUMBER and len(said) > _LONGEST_COUNT:
        return False
    return _WORDS_BETWEEN.fullmatch(text, span.end, follows.start) is not None


def _named(text: str, act: ReadAct, spans: tuple[Span, ...]) -> Iterator[Span]:
    """The spans; of an order that names nothing, the words behind its number are what is ordered."""
    kinds = [span.kind for span in spans]
    for span in spans:
        yield span
        if act.label != "add" or kinds.count(QUANTITY) != 1 or span.kind != QUANTITY or set(kinds) - _ONLY_COUNTED:
            continue
        if set(kinds) != {QUANTITY} and (name := _NAME_BEHIND.match(text, span.end, act.end)) is not None:
            yield Span(start=name.start("name"), end=name.end("name"), kind=PRODUCT)
