"""Finds how to sort by price and how many are wanted: "cheapest first", "the 4 cheapest", "second dearest"."""

import re

from nlu.rules.patterns import rule
from nlu.rules.values import number_from_words
from nlu.understanding import Entity

_CHEAPEST = r"(?:cheapest|lowest[- ]priced|least\s+(?:expensive|pricey|dear)|most\s+affordable|lowest)"
_DEAREST = (
    r"(?:most\s+(?:expensive|pricey|costly)|priciest|dearest|costliest|fanciest|poshest|highest[- ]priced|highest)"
)
_NUMBER = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|dozen|couple(?:\s+of)?)"
_PLACES = {
    word: str(place)
    for place, words in enumerate(("second 2nd", "third 3rd", "fourth 4th", "fifth 5th"), start=2)
    for word in words.split()
}
_SUPERLATIVE = rf"(?:(?P<asc>{_CHEAPEST})|(?P<desc>{_DEAREST}))"
_COUNTED = (
    rule(rf"(?<![\w.])(?P<many>{_NUMBER})\s+(?:[a-z]{{2,12}}\s+)?{_SUPERLATIVE}\b", re.IGNORECASE),
    rule(
        rf"\b{_SUPERLATIVE}\s+(?P<many>{_NUMBER})(?![\w.])(?!\s*(?:dollars?|bucks?|pounds?|quid|euros?|cents?|pence|[$£€]))",
        re.IGNORECASE,
    ),
    rule(rf"\b(?P<place>{'|'.join(_PLACES)})[\s-]+{_SUPERLATIVE}\b", re.IGNORECASE),
)
_ORDERS = (
    ("same", r"\b(?:at|for|around|about)\s+(?:that|this|the\s+same)\s+(?:price|money|cost)\b"
             r"|\bsame\s+price(?:\s+range)?\b|\b(?:that|this)\s+price\s+range\b"),
    ("cheaper", r"\b(?:cheaper|less\s+(?:expensive|dear)|more\s+affordable|lower[- ]priced?|less\s+pricey"
                r"|not\s+(?:so|as|that)\s+(?:expensive|pricey|dear)|too\s+(?:expensive|pricey|dear|steep|much)|bit\s+(?:steep|pricey|dear)|out\s+of\s+my\s+budget)\b"),
    ("dearer", r"\b(?:pricier|dearer|more\s+(?:expensive|upscale|pricey|luxurious|premium|exclusive)"
               r"|(?:fancier|posher|higher[- ](?:priced|end))|too\s+cheap)\b"),
    ("asc", rf"\b(?:{_CHEAPEST}|cheapy?|inexpensive|affordable"
            r"|budget\s+(?:option|friendly|stuff|items?)|low\s+to\s+high|low[- ]high|ascending|asc|price\s+up"
            r"|bargains?|(?:low(?:er)?)\s+(?:price|cost)s?\s+first)\b"),
    ("desc", rf"\b(?:{_DEAREST}|high\s+to\s+low|descending|desc|expensive|luxury|premium)\b"),
)  # fmt: skip
_PRICE_ORDERS = tuple((value, rule(pattern, re.IGNORECASE)) for value, pattern in _ORDERS)
_SORTING = rule(
    r"(?P<asc>cheap(?:er|est)?\s+(?:first|on\s+top|to\s+(?:dear|expensive))|low(?:est)?\s+(?:price\s+)?(?:first|to\s+high)|ascending)"
    r"|\bcheapest\b|(?P<desc>most\s+expensive|priciest|dearest|(?:expensive|dear(?:est)?|priciest|pricey)\s+(?:first|on\s+top)|high(?:est)?\s+(?:price\s+)?(?:first|to\s+low)|descending)",
    re.IGNORECASE,
)


def find_counted(text: str) -> list[tuple[int, int]]:
    """Where it stands how many of the cheapest or dearest are wanted, or which of them; these numbers are no prices."""
    return [match.span() for pattern in _COUNTED for match in pattern.finditer(text)]


def find_price_order(text: str, *, bounded: bool) -> Entity | None:
    """Returns how to sort by price, or that something cheaper, dearer or of the same price as before is wanted.

    "The 4 cheapest" has the role "count" and the group "4", "second cheapest" the role "place" and the group "2".
    With `bounded` the message names a price already, and only a plain wish to sort counts.
    """
    for pattern in _COUNTED:
        if match := pattern.search(text):
            place = match.groupdict().get("place")
            return Entity(
                name="price_order",
                value="desc" if match["desc"] else "asc",
                start=match.start(),
                end=match.end(),
                role="place" if place else "count",
                group=_PLACES[place.lower()] if place else _many(match["many"]),
            )
    sorting = _SORTING.search(text)
    if sorting:
        value = "desc" if sorting["desc"] else "asc"
        return Entity(name="price_order", value=value, start=sorting.start(), end=sorting.end())
    for value, pattern in () if bounded else _PRICE_ORDERS:
        match = pattern.search(text)
        if match:
            return Entity(name="price_order", value=value, start=match.start(), end=match.end())
    return None


def _many(words: str) -> str:
    words = words.lower()
    return "12" if words == "dozen" else "2" if words.startswith("couple") else str(number_from_words(words))
