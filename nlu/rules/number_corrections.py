"""Reads which number takes another one's place, where that is all that a message says: "not 2, 1", "5 and not 4"."""

import re
from typing import NamedTuple

from nlu.rules.patterns import rule
from nlu.rules.values import number_from_words

_NUMBER = (
    r"(?:\d{1,6}[a-z]?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty)"
)
_LED = (
    r"(?:(?:no|nope|nah|oh|ah|o{1,3}ps|wait|sorry|ok|okay|well|but|and|hey|hm+|please|pls|actually|rather|it'?s|it is"
    r"|that'?s|it should be|should be|make it|make that|make them|i said|i meant|i mean|i wanted|i want|i need|i'd like"
    r"|only|just|number|the number is|house number)\b[\s,.;:!–—-]{0,3}){0,5}"
)
_TAIL = r"(?:[\s,.!]{1,3}(?:please|pls|plz|thanks|thank you|sorry|of them|of those|instead|only|rather)\b){0,3}"
_NOT = r"(?:not|instead of|rather than)"
_CORRECTED = rule(
    rf"\W{{0,3}}{_LED}(?:{_NOT} (?P<old>{_NUMBER})(?![\w-])(?:[\s,.;:!–—-]{{1,4}}{_LED}(?P<new>{_NUMBER}))?"
    rf"|(?P<first>{_NUMBER})[\s,;:–—-]{{1,4}}(?:(?:and|but)\s)?{_NOT} (?P<last>{_NUMBER}))(?![\w-]){_TAIL}\W{{0,4}}",
    re.IGNORECASE,
)


class NumberCorrection(NamedTuple):
    """A number that is wrong, and the right one; empty where that is not said. Both in digits."""

    old: str
    new: str


def corrected(text: str) -> NumberCorrection | None:
    """Which number takes the place of which; None where a message says anything else."""
    found = _CORRECTED.fullmatch(text.replace("’", "'"))
    if found is None:
        return None
    old, new = found["old"] or found["last"], found["new"] or found["first"] or ""
    return NumberCorrection(old=_digits(old), new=_digits(new))


def _digits(said: str) -> str:
    return said if not said or said[0].isdecimal() else str(number_from_words(said.lower()))
