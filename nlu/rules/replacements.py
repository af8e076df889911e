"""Finds what is to replace what: "swap the teapot for a recipe box", "the blue one instead"."""

import re
from dataclasses import dataclass
from fractions import Fraction

from nlu.rules.patterns import rule

_BEFORE = r"(?:(?:no|nope|sorry|oh|ok|okay|actually|wait|hm{1,9}|oops|please|yes|and)\b[,!.]{0,3}\s+){0,5}"
_ASKING = r"(?:(?:can|could|would)\s+you\s+|let'?s\s+|i(?:'d|\s+would)?\s+(?:like|want)\s+to\s+)?(?:please\s+)?"
_WANTING = (
    r"(?:i(?:'d|\s+would)?\s+(?:like|want|prefer|need|rather\s+(?:have|take))|i'?ll\s+(?:take|have)|give\s+me"
    r"|make\s+(?:it|that|them)|take|send)\s+"
)
_AFTER = r"(?:\s+(?:please|pls|thanks|thank\s+you))?\s*[.!?]{0,9}"
_FORMS = (
    rf"{_ASKING}(?:swap|replace|exchange|switch|change)\s+(?:out\s+)?(?P<old>.{{1,100}}?)\s+(?:for|with|to|by|into)\s+(?P<new>.{{1,100}}?)(?:\s+instead)?",
    rf"(?:{_WANTING})?(?P<new>.{{1,100}}?)\s+(?:instead\s+of|rather\s+than|in\s+place\s+of)\s+(?P<old>.{{1,100}}?)",
    rf"(?:{_WANTING}|i\s+(?:meant|mean)\s+)?not\s+(?P<old>.{{1,100}}?)(?:,|\s+but|,\s*but)\s+(?P<new>.{{1,100}}?)",
    rf"(?:{_WANTING}|i\s+(?:meant|mean|said)\s+)(?P<new>.{{1,100}}?),?\s+not\s+(?P<old>.{{1,100}}?)",
    rf"(?:{_WANTING})?(?P<new>.{{1,100}}?)\s+instead",
)
_SWAPS = tuple(rule(r"\A" + _BEFORE + form + _AFTER, re.IGNORECASE) for form in _FORMS)
# Without "instead" only another kind of the same thing is meant: "no, the green one", "make it blue".
_VARIANT = rule(
    r"\A(?:(?:no|nope|sorry|oops|actually|wait)\b[,!.]{0,3}\s+|(?:i\s+(?:meant|mean|said)|make\s+(?:it|that|them)|rather)\s+){1,5}"
    rf"(?:in\s+)?(?P<new>.{{1,100}}?){_AFTER}",
    re.IGNORECASE,
)
_MEANT = rule(r"\bi\s+mean(?:t)?\b", re.IGNORECASE)
_LAST_NAMED = rule(r"(?:it|that|this|them|those|these|that\s+one|this\s+one)", re.IGNORECASE)
_IN_ANOTHER = rule(
    r"(?:(?P<part>half|\d{1,3})\s+(?:of\s+)?)?(?:the|my|those|that)\s+(?P<old>[\w' -]{1,60}?)\s+in"
    r"\s+(?P<new>[\w-]{1,30})",
    re.IGNORECASE,
)
_ARTICLE = rule(r"^(?:an?|the|some|my|those|these|that|this)\s+", re.IGNORECASE)
_ONES = rule(r"(?:^|\s+)ones?$", re.IGNORECASE)
_NUMBER_WORD = rule(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|a dozen|half)", re.IGNORECASE
)
_NUMBER = rule(r"^(\d{1,4})(?:\s*x)?(?:\s+|$)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Replacement:
    """The words for the new product and the old one; `old` is empty for what was named last.

    `quantity` is how many of the new come, `part` how many of the old go, where not all of them do; 1/2 is half.
    `explicit` says that the message leaves no doubt that something is replaced ("swap", "instead").
    """

    new: str
    old: str = ""
    quantity: int | None = None
    part: Fraction | None = None
    explicit: bool = True


def find_replacement(text: str) -> Replacement | None:
    """What a message wants replaced; None when it replaces nothing. Only a catalogue can tell whether it exists."""
    said = " ".join(text.split())
    if len(said) > 120:
        return None
    for form in _SWAPS:
        if match := form.fullmatch(said):
            old = match.groupdict().get("old") or ""
            if not old and (other := _IN_ANOTHER.fullmatch(match["new"])):
                return _replacement(other["new"], other["old"], part=_part(other["part"]))
            return _replacement(match["new"], "" if _LAST_NAMED.fullmatch(old) else old, explicit=True)
    match = _VARIANT.fullmatch(said)
    return _replacement(match["new"], "", explicit=_MEANT.search(said) is not None) if match else None


def _part(said: str | None) -> Fraction | None:
    if said is None:
        return None
    return (Fraction(int(said)) or None) if said.isdecimal() else Fraction(1, 2)


def _replacement(new: str, old: str, *, explicit: bool = True, part: Fraction | None = None) -> Replacement | None:
    number = _NUMBER.match(_ARTICLE.sub("", new))
    new = _bare(_NUMBER.sub("", _ARTICLE.sub("", new)))
    if not new or new.isdigit() or _NUMBER_WORD.fullmatch(new):
        return None
    quantity = int(number[1]) if number else None
    return Replacement(new=new, old=_bare(old), quantity=quantity, part=part, explicit=explicit)


def _bare(phrase: str) -> str:
    return _ONES.sub("", _ARTICLE.sub("", phrase.strip())).strip()
