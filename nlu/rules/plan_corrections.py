"""Reads short corrections of what is shown: "make it 2", "only one of them", "the stove instead of the jacket"."""

from dataclasses import dataclass

from nlu.rules.patterns import rule
from nlu.rules.values import number_from_words

_LED = r"\W{0,3}(?:(?:no|oh|ok|okay|yes|actually|wait|sorry|please|but|and|well|rather|hm+)\W{1,3}){0,3}"
_NUMBER = r"(?P<count>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
_OF_THEM = r"(?:\s(?:of\s(?:them|those|these|it)|pieces?|instead|please|back|only|thanks|then|will\sdo))"
_COUNT = rule(
    rf"{_LED}(?:(?:make|let\sit\sbe|it'?s)\s(?:it|that|them|those|this)?\s?(?:only\s|just\s)?|(?:only|just)\s|i\s(?:only\s|just\s)?(?:want|meant|need|said)\s"
    rf"(?:to\s(?:return|exchange|send\sback|give\sback|change|cancel|remove)\s)?(?:only\s|just\s)?|(?:return|exchange|send|cancel|remove)\s(?:only\s|just\s)?)"
    rf"{_NUMBER}{_OF_THEM}{{0,3}}\W{{0,3}}|{_LED}{_NUMBER.replace('count', 'few')}{_OF_THEM}{{1,3}}\W{{0,3}}"
)
_INSTEAD_OF = rule(
    rf"{_LED}(?P<new>[^,.;!?]{{2,80}}?)\s(?:instead\sof|rather\sthan|in\splace\sof|and\snot)\s(?P<old>[^,.;!?]{{2,60}}?)(?:\s(?:please|thanks))?\W{{0,3}}"
)
_INSTEAD = rule(rf"{_LED}(?P<new>[^,.;!?]{{2,80}}?)\s(?:instead|rather)(?:\s(?:please|thanks))?\W{{0,3}}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Replaced:
    """What shall come in the place of something; `old` is empty where that is not said."""

    new: str
    old: str = ""


def read_count(text: str) -> int:
    """How many of what is shown a message wants, where it says nothing else; 0 of other messages."""
    found = _COUNT.fullmatch(text.lower().replace("’", "'"))
    if found is None:
        return 0
    count = next(one for one in found.groups() if one)
    return int(count) if count.isdecimal() else number_from_words(count)


def read_replaced(text: str) -> Replaced | None:
    """What a message wants in the place of what is shown; None where it says more or less."""
    found = _INSTEAD_OF.fullmatch(text)
    if found is not None:
        return Replaced(new=found["new"], old=found["old"])
    found = _INSTEAD.fullmatch(text)
    return None if found is None else Replaced(new=found["new"])
