"""Finds e-mail addresses, order numbers and the time of an order in a cleaned message."""

import re
from collections.abc import Iterator
from functools import lru_cache

from nlu.rules.patterns import rule
from nlu.understanding import Entity

_LABEL = r"[A-Za-z0-9\u00a1-\uffff](?:[A-Za-z0-9\u00a1-\uffff-]{0,61}[A-Za-z0-9\u00a1-\uffff])?"
_EMAIL = rule(rf"(?<![\w.+-])[A-Za-z0-9_%+\u00a1-\uffff](?:[\w.%+'-]{{0,62}}[\w+-])?@{_LABEL}(?:\.{_LABEL}){{1,6}}")
_SPOKEN_EMAIL = rule(
    r"""(?<![\w@])(?P<local>[\w+-]{1,40}(?:(?:\s+dot\s+|\.|\s+underscore\s+)[\w+-]{1,40}){0,4})
    \s*(?:\(at\)|\[at\]|\s+at\s+|@)\s*
    (?P<domain>[\w-]{1,60}(?:(?:\s+dot\s+|\s*\(dot\)\s*|\s*\[dot\]\s*|\.)[\w-]{1,60}){0,3}
    (?:\s+dot\s+|\s*\(dot\)\s*|\s*\[dot\]\s*)[A-Za-z]{2,24})\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DOT = rule(r"\s*(?:\(dot\)|\[dot\]|\bdot\b|\.)\s*", re.IGNORECASE)
_UNDERSCORE = rule(r"\s+underscore\s+", re.IGNORECASE)

_ORDER_WORD = r"(?:orders?|ordr|oder|ord|purchase|invoice|receipt|delivery|parcel|package|shipment)"
_NUMBER_SIGN = r"(?:\#|no\.?|nr\.?|num\.?|number|numbr|id|ref\.?|reference)"
_ORDER_NUMBER = rule(
    rf"""
    \b{_ORDER_WORD}\s*(?:{_NUMBER_SIGN}\s*(?::\s*)?){{1,3}}(?:[A-Z]{{1,4}}-?)?(?P<labelled>\d{{1,12}})(?![\w-]|[.,]\d)
    | (?<![\w&])\#\s?(?:[A-Z]{{1,4}}-?)?(?P<signed>\d{{3,12}})(?![\w-])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BARE_ORDER_NUMBER = rule(
    rf"""
    \b{_ORDER_WORD}\s*:?\s*(?:is\s+)?(?:[A-Z]{{1,4}}-)?(?P<named>\d{{2,12}})(?![\w-]|[.,]\d)
    | \b(?:{_NUMBER_SIGN})\s*:?\s*(?:[A-Z]{{1,4}}-)?(?P<numbered>\d{{2,12}})(?![\w-]|[.,]\d)
    | (?<![\w.,$£€-])(?:[A-Z]{{1,4}}-)?(?P<bare>\d{{3,12}})(?![\w-]|[.,]\d|\s*(?:th|days?|weeks?|hours?|mins?
      |minutes?|months?|years?|dollars?|bucks?|euros?|pounds?|quid|times|items?|pieces|pcs|ml|cl|l|g|grams?|kg|cm|mm|m
      |w|watts?|v|volts?|gb|oz|lbs?|inch(?:es)?|litres?|liters?|metres?|meters?|pack|lumens?|sheets|pages)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_YEAR = rule(r"\b(?:in|since|from|of)\s+(?:19|20)\d\d\b", re.IGNORECASE)

_TIMES = (
    ("duplicate", r"\b(?:twice|duplicates?|duplicated|doubled?|two times|same order (?:again|twice)"
                  r"|second time|one of the (?:two|2|orders))\b"),
    ("all", r"\b(?:all|every|both|each|any)(?:\s+of)?(?:\s+(?:my|the|our|open|those|these|single|pending"
            r"|current|recent))*\s+(?:orders?|purchases?)\b"
            r"|\beverything\s+(?:i|we)(?:'ve|\s+have)?\s+(?:ever\s+)?order|\ball\s+(?:of\s+)?them\b"),
    ("yesterday", r"\b(?:yesterday(?:'?s)?|yday|ystrday|yesterdays|last\s+(?:night|evening))\b"),
    ("today", r"\b(?:to-?day(?:'?s)?|2day|this\s+(?:morning|afternoon|evening|noon)|(?:at|around)\s+noon"
              r"|(?:at|around)\s+\d{1,2}(?::\d\d)?\s*(?:am|pm|o'?clock)|tonight|earlier\s+on|just\s+now"
              r"|(?:an?|one|two|few|\d+)\s+(?:hours?|minutes?|mins?|moments?)\s+ago)\b"),
    ("last", r"\b(?:last|latest|newest|most\s+recent|recent)\s+(?:order|purchase|one|delivery|parcel|package)\b"
             r"|\b(?:just)\s+(?:placed|made|ordered|bought|did|submitted|sent|paid)\b"),
)  # fmt: skip
_ORDER_TIME = tuple((value, rule(pattern, re.IGNORECASE)) for value, pattern in _TIMES)
_NOT_A_TIME = rule(
    r"\b(?:arrive|arrives|come|comes|delivered|deliver|here|get|by|until|before)\s+today\b", re.IGNORECASE
)


def find_emails(text: str) -> Iterator[Entity]:
    """Yields e-mail addresses as typed, without the sentence's punctuation; "kate dot lowe at example dot com" too."""
    plain = list(_EMAIL.finditer(text))
    for match in plain:
        yield Entity(name="email", value=match[0], start=match.start(), end=match.end())
    if plain or (" dot " not in text.lower() and "dot" not in text.lower()):
        return
    for match in _SPOKEN_EMAIL.finditer(text):
        local = _UNDERSCORE.sub("_", match["local"])
        value = f"{_DOT.sub('.', local)}@{_DOT.sub('.', match['domain'])}"
        yield Entity(name="email", value=value, start=match.start(), end=match.end())


def find_order_numbers(text: str, *, bare: bool) -> Iterator[Entity]:
    """Yields order numbers: "#1042", "order no. 1042".

    With `bare`, "order 1042" and a number of three digits or more on its own count too; without it they do not,
    because "order 1042" may ask for 1042 pieces.
    """
    patterns = (_ORDER_NUMBER, _BARE_ORDER_NUMBER) if bare else (_ORDER_NUMBER,)
    years = [match.span() for match in _YEAR.finditer(text)]
    for pattern in patterns:
        found = False
        for match in pattern.finditer(text):
            group = match.lastgroup or ""
            start, end = match.span(group)
            if any(begin <= start < stop for begin, stop in years):
                continue
            found = True
            yield Entity(name="order_number", value=match[group], start=start, end=end)
        if found:
            return


def plain_order_numbers(text: str, prefix: str) -> str:
    """The text with "#1042" for the numbers of orders that are written with the letters the shop puts before them.

    With the prefix "W" these are "W1042", "#W1042", "#w-1042". Without a prefix the text stays as it is.
    """
    return _prefixed(prefix).sub("#", text) if prefix else text


@lru_cache(maxsize=8)
def _prefixed(prefix: str) -> re.Pattern[str]:
    return rule(rf"(?<![\w#-])(?:#\s?{prefix}[ -]?|{prefix}-?)(?=\d{{3,12}}(?![\w-]))", re.IGNORECASE)


def find_order_time(text: str) -> Entity | None:
    """Returns which order is meant by its time: "last", "today", "yesterday", "all" or "duplicate"."""
    for value, pattern in _ORDER_TIME:
        match = pattern.search(text)
        if match and not (value == "today" and _NOT_A_TIME.search(text)):
            return Entity(name="order_time", value=value, start=match.start(), end=match.end())
    return None
