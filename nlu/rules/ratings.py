"""Reads the answer to the question how an order was, from 1 to 5: a number, and what else is said beside it.

Only who was just asked answers so: elsewhere the same words order, count or choose.
"""

import re
from dataclasses import dataclass

from nlu.rules.patterns import rule

BEST = 5
_WORDS = {word: number for number, word in enumerate("zero one two three four five six seven eight nine ten".split())}
_STAR_SIGNS = frozenset("⭐★🌟")
_EDGES = " \n.,;:!?-–—()"

_NUMBER = rf"(?<![\w$£€#.,/%-])(?P<score>\d{{1,3}}(?:[.,]\d)?|{'|'.join(_WORDS)})"
_STARS = r"(?:[- ]?(?:stars?|points?)\b)"
_OUT_OF = rf"(?: ?(?:/|out of|of) ?(?P<best>\d{{1,3}}|{'|'.join(_WORDS)}))"
_ENDS = r"(?![\w%]|[.,]\d)"
_BEFORE = (
    r"(?:i'?d|i'?ll|i|we'?d|we'?ll|we|would|will|only|just|say|give|gives|gave|rate|rated|score|it'?s|its|it|this order"
    r"|the order|my order|this|that'?s|that|you|them|gets|was|is|a|an|the|my|our|rating|vote|answer|number|solid|strong"
    r"|clear|easy|full|definitely|probably|maybe|hmm|hm|well|oh|ok|okay|yes|so|and|as|at|to|with|go|for|everything|all"
    r"|overall|thanks|thank you|hi|hello|sure)"
)
_BEHIND = (
    r"(?:please|pls|thanks|thank you|thx|ty|cheers|from me|from us|for me|for you|for that|for this|for it|for sure"
    r"|for the order|i'?d say|i guess|i think|i suppose|definitely|overall|again|then|now|of course|to you|guys|maybe"
    r"|probably|tbh|honestly|imo|sorry)"
)
# Behind a number stand the words that explain it.
_WHY = r"(?:\W{0,2}[.,;:!()\n–—-]\W{0,2}| (?=(?:because|cause|cuz|since|but|though)\b))(?P<why>\w.*)"

_SAID = (
    rf"\W{{0,5}}(?:{_BEFORE}\W{{1,3}}){{0,7}}{_NUMBER}{_STARS}?{_OUT_OF}?{_STARS}?{_ENDS}"
    rf"(?:\W{{1,3}}{_BEHIND}\b){{0,4}}"
)
_ALONE = rule(rf"{_SAID}\W{{0,9}}", re.IGNORECASE)
_EXPLAINED = rule(rf"{_SAID}{_WHY}", re.IGNORECASE | re.DOTALL)
_EXPLICIT = rule(
    rf"{_NUMBER}(?: ?(?:/|out of) ?(?P<best>\d{{1,3}}|five|ten)\b{_STARS}?|{_STARS}){_ENDS}", re.IGNORECASE
)

_POLITE = rule(r"\W{0,9}(?:(?:thanks|thank you|thx|ty|please|ok|yes)\W{0,3}){0,4}", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """What somebody gives: None where it is no one number from 1 to `BEST`; `why` is what they say beside it.

    It is `clear` where stars are named, or how many there could be; a number before other words may count things.
    """

    number: int | None
    why: str = ""
    clear: bool = False


def score_said(text: str, written: str) -> Score | None:
    """The score that a message gives; None where it gives none.

    Args:
        text: the message, with its emoji in words.
        written: the same with its emoji: stars count where no number is said.
    """
    if alone := _ALONE.fullmatch(text):
        return Score(number=_number(alone), clear=True)
    if explicit := list(_EXPLICIT.finditer(text)):
        numbers = {_number(one) for one in explicit}
        return Score(number=numbers.pop() if len(numbers) == 1 else None, why=_beside(text, explicit[0]), clear=True)
    if explained := _EXPLAINED.fullmatch(text):
        return Score(number=_number(explained), why=explained["why"].strip(_EDGES))
    stars = sum(sign in _STAR_SIGNS for sign in written)
    why = "" if _POLITE.fullmatch(text) else text.strip(_EDGES)
    return Score(number=stars, why=why, clear=True) if 1 <= stars <= BEST else None


def _number(said: re.Match[str]) -> int | None:
    best = _read(said["best"] or str(BEST))
    score = _read(said["score"])
    return score if best == BEST and score is not None and 1 <= score <= BEST else None


def _read(number: str) -> int | None:
    return _WORDS.get(number.lower(), int(number) if number.isdecimal() else None)


def _beside(text: str, said: re.Match[str]) -> str:
    """What stands behind the number; or else before it."""
    return text[said.end() :].strip(_EDGES) or text[: said.start()].strip(_EDGES)
