"""Finds numbers and positions ("two dozen", "the second one") in a cleaned message."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlu.rules.patterns import rule

_ONES_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = {word: value for value, word in enumerate(_ONES_WORDS.split())}
_TENS = {word: 10 * tens for tens, word in enumerate(_TENS_WORDS.split(), start=2)}
_MISSPELT = {"fourty": 40, "fivteen": 15, "twelwe": 12, "fiv": 5, "ninty": 90, "eigth": 8, "thre": 3, "sevn": 7}
_SIMPLE = {**_ONES, **_TENS, **_MISSPELT}
ORDINALS = {
    word: place
    for place, words in enumerate(
        (
            "first 1st", "second 2nd secnd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th",
            "eighth 8th", "ninth 9th", "tenth 10th",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip

_ONE_TO_NINE = "|".join(word for word, value in _ONES.items() if 0 < value < 10)
_TENS_PATTERN = rf"(?:{'|'.join(_TENS)})(?:[ -](?:{_ONE_TO_NINE})\b)?"
_BELOW_HUNDRED = rf"(?:{_TENS_PATTERN}|{'|'.join(sorted(_SIMPLE, key=len, reverse=True))})"
_UNITS = (
    r"pack|piece|inch|gram|kilo|lit|met|tier|watt|volt|hour|year|month|week|day|min|person|people|ounce"
    r"|pound"
    r"|cent"
    r"|seat"
    r"|ply"
    r"|ways?\b"
)
_DIGITS = r"\d{1,3}(?:,\d{3}){1,4}|\d{1,9}"
_NUMBER = rule(
    rf"""
    (?P<dozens>(?:(?P<half>half\s+an?|1/2|half)|(?P<count>\d{{1,4}}|{_BELOW_HUNDRED})|an?)?\s*\bdo[sz]ens?\b)
    | (?P<couple>\b(?:an?\s+)?couple\b)
    | (?P<hundreds>\b(?:an?|{_BELOW_HUNDRED})\s+(?:hundred|thousand)(?:\s+(?:and\s+)?{_BELOW_HUNDRED})?\b)
    | (?P<words>\b{_BELOW_HUNDRED}\b(?!-\w))
    | (?P<digits>(?<!\d[.,])(?<![\w/#@'$£€-])(?:-(?=\d))?(?:{_DIGITS})(?=x?(?![\w/%$£€"'°]|[.,]\d|-\w)
      |x(?=[A-Za-z]{{3}})))
    | (?P<glued>(?<!\d[.,])(?<![\w/#@'$£€-])\d{{1,3}}(?=(?!{_UNITS})[a-z]{{4,}}\b))
    | (?P<times>(?<=\bx)(?:\d{{1,5}})(?![\w.]))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REPEATED = rule(r"\s*\(\s*(\d{1,6})\s*\)")

POSITION_NOUN = r"(?:ones?|item|product|thing|option|choice|article|position|line|entry|row|result|1)"
_POSITION = rule(
    rf"""
    \b(?:the\s+)?(?P<ordinal>{"|".join(sorted(ORDINALS, key=len, reverse=True))})\b
        (?:\s+{POSITION_NOUN}\b|(?=\s*(?:$|[,.;!?)]|\b(?:and|in|on|off|out|please|pls|plz|from|is|should|shoud|shld|to|back|as|too|instead|thx|thanks)\b)))
    | (?:\b(?:number|numero|nr|no|num|item|option|line|position|article|row|choice|product)\b\.?\s*\#?\s*|\#\s?)
        (?P<digit>\d{{1,2}}|{_BELOW_HUNDRED})(?![\w-]|[.,]\d)
    | \b(?:the\s+)?(?P<last>last|final|latest|bottom)\s+(?:{POSITION_NOUN}|added|1)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A whole number as said; `times` tells that an x or * stands beside it."""

    value: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Position:
    """A place in the list that was shown: "1", "2" … or "last"."""

    value: str
    start: int
    end: int


def find_numbers(text: str) -> Iterator[Number]:
    """Yields every whole number of a cleaned text, in digits and in words, left to right.

    "three (3)" is one number. Numbers inside a name (85123A, 250g, A4, 1.5) are none.
    """
    end_of_last = -1
    for match in _NUMBER.finditer(text):
        if match.start() < end_of_last:
            continue
        value, end = _value(match), match.end()
        repeated = _REPEATED.match(text, end)
        if repeated and int(repeated[1]) == value:
            end = repeated.end()
        end_of_last = end
        yield Number(value=value, start=match.start() + _leading_space(match[0]), end=end)


def find_positions(text: str) -> Iterator[Position]:
    """Yields places in a list: "the second one", "number 3", "#2", "item 4", "the last one"."""
    for match in _POSITION.finditer(text):
        if match["ordinal"]:
            value = str(ORDINALS[match["ordinal"].lower()])
        elif match["last"]:
            value = "last"
        else:
            value = str(number_from_words(match["digit"]))
        yield Position(value=value, start=match.start(), end=match.end())


def number_from_words(words: str) -> int:
    """Reads one number: "12", "1,200", "twenty-five", "one hundred and fifty", "a thousand".

    Raises:
        ValueError: `words` is no number.
    """
    words = words.lower().strip()
    digits = words.replace(",", "")
    if digits.lstrip("-").isdigit():
        return int(digits)
    total = 0
    for word in re.split(r"[\s-]+", words):
        if word in _SIMPLE:
            total += _SIMPLE[word]
        elif word in ("hundred", "thousand"):
            total = max(total, 1) * (100 if word == "hundred" else 1000)
        elif word not in ("a", "an", "and"):
            raise ValueError(words)
    return total


def _value(match: re.Match[str]) -> int:
    if match["dozens"]:
        if match["half"]:
            return 6
        return 12 * (number_from_words(match["count"]) if match["count"] else 1)
    if match["couple"]:
        return 2
    return number_from_words(match["hundreds"] or match["words"] or match["digits"] or match["glued"] or match["times"])


def _leading_space(matched: str) -> int:
    return len(matched) - len(matched.lstrip())
