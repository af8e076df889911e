"""Finds price bounds ("under $20", "between 35 and 15", "around a tenner", "two for 30") in a cleaned message.

Amounts stand as one sign each while the idioms are sought, so that an idiom is words around a sign, whatever the
amount looks like.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from nlu.rules.cleaning import blank
from nlu.rules.money import Amount, find_amounts
from nlu.rules.patterns import rule
from nlu.rules.price_orders import find_counted
from nlu.understanding import Entity

_MONEY, _BARE, _REST = "\ue000", "\ue001", "\ue002"  # `cleaning.clean` lets none of these into a text
_A = rf"[{_MONEY}{_BARE}]{_REST}{{0,60}}"
_UP = (
    r"(?:over|above|beyond|past|exceed(?:ing|s)?|(?:more|higher|greater|bigger|dearer|pricier|costlier)(?:\s+expensive)?"
    r"\s+th[ae]n|upwards?\s+of|north\s+of)"
)
_DOWN = (
    r"(?:und[e]?r|underneath|bel+ow?|beneath|lessthan|south\s+of|short\s+of"
    r"|(?:less|lower|cheaper|smaller|fewer)(?:\s+expensive)?\s+th[ae]n)"
)
_NOT = (
    r"(?:no|not|nothing|none|never|without|cannot|can'?t|don'?t|doesn'?t|won'?t|shouldn'?t|mustn'?t|isn'?t|aren'?t)"
    r"(?:\s+(?!but\b|except\b|and\b|only\b)[a-z']{1,12}){0,3}?"
)
_FILLER = r"(?:\s+(?:about|around|like|say|just|a|the|is|only|maybe|roughly|exactly|of|at)){0,2}"
_BEFORE_WORDS = (
    ("at_most", rf"{_NOT}\s+{_UP}|{_NOT}\s+(?:exceed|top)"
                r"|up\s*to|at\s+(?:the\s+)?(?:very\s+)?most|max(?:imum|imal)?(?:\s+(?:price|budget|spend))?(?:\s+(?:is|of))?[:=]?"
                r"|less\s+(?:than\s+)?or\s+equal(?:\s+to)?|(?:price\s+)?(?:cap|limit|ceiling)(?:ped)?(?:\s+(?:is|of|it\s+to|at|to))?[:=]?"
                r"|limit\s+(?:it\s+)?(?:to|of)|budget(?:'s)?(?:\s+(?:is|of))?[:=]?|within|<=|=<"
                r"|(?:can|could|will|would|'ll|to|wanna)?\s*(?:spend|pay|afford)(?:\s+(?:only|just|max|up\s+to))?"
                r"|(?:i|we)(?:'ve|\s+have|ve|\s+only)?\s+(?:only\s+)?(?:got|have)(?:\s+only)?|with\s+(?:only|just)?"),
    ("at_least", rf"{_NOT}\s+{_DOWN}|at\s+(?:the\s+)?least|min(?:imum|imal)?(?:\s+price)?(?:\s+(?:is|of))?[:=]?"
                 r"|starting\s+(?:from|at)|from|upwards?\s+of|>=|=>"),
    ("above", rf"{_UP}|>(?!=)"),
    ("below", rf"{_DOWN}|<(?!=)|sub[- ]?"),
    ("around", r"around|about|roughly|approx(?:imately|\.)?|circa|nearly|close\s+to|near|in\s+the\s+region\s+of"
               r"|(?:ball\s?park|neighbou?rhood)(?:\s+of)?|more\s+or\s+less|round\s+about|~"),
    ("exactly", r"exactly|precisely|(?:that\s+)?costs?|costing|priced(?:\s+at)?|at|==?"),
)  # fmt: skip
_AFTER_WORDS = (
    ("at_most", r"(?:or|and|n|&)\s+(?:less|und[e]?r|below|cheaper|lower|fewer)|tops|max(?:imum)?"
                r"|at\s+(?:the\s+)?(?:very\s+)?most|is\s+(?:my|the|our)\s+(?:absolute\s+)?(?:max(?:imum)?|limit|budget|cap|ceiling|most)"
                r"|(?:left\s+)?to\s+spend|budget|limit|cap|ceiling|and\s+(?:nothing|no)\s+more|or\s+so\s+max"),
    ("at_least", r"(?:or|and|n|&)\s+(?:more|up|above|over|higher|upwards?|dearer)|\+|min(?:imum)?|upwards?|at\s+least"),
    ("around", r"-?ish|or\s+so|or\s+thereabouts|give\s+or\s+take|more\s+or\s+less|roughly|approx(?:imately)?"),
    ("exactly", r"exactly|each\s+exactly|on\s+the\s+(?:nose|dot)"),
)  # fmt: skip
_BETWEEN = rule(
    rf"\b(?:(?:between|betwen|betw|btw|btwn|from|anywhere\s+from|in\s+the|range(?:\s+of)?|of){_FILLER}\s*(?P<low>{_A})"
    rf"\s*(?:and|n|to|or|-|–|&|till|until|til|up\s+to|through){_FILLER}\s*(?P<high>{_A}))"
    rf"|(?<![\w.-])(?P<low2>{_A})\s*(?:-|–|to|till?|until|up\s+to){_FILLER}\s*(?P<high2>{_A})(?![\w-])"
    rf"|\bmin(?:imum)?\s*:?\s*(?P<low3>{_A})\W{{1,4}}(?:and\s+)?max(?:imum)?\s*:?\s*(?P<high3>{_A})",
    re.IGNORECASE,
)
_BEFORE = tuple(
    (role, rule(rf"(?:(?<!\w)|(?=<|>|=|~))(?:{words}){_FILLER}\s*(?P<amount>{_A})(?![%])", re.IGNORECASE))
    for role, words in _BEFORE_WORDS
)
_AFTER = tuple(
    (role, rule(rf"(?<![\w.])(?P<amount>{_A})\s*,?\s*(?:each\s+|apiece\s+)?(?:{words})(?!\w)", re.IGNORECASE))
    for role, words in _AFTER_WORDS
)
_DECADE = rule(
    r"(?<![\w.])(?:(?:low|mid|high)[ -])?(?P<digits>[1-9]0)'?s\b|\bthe\s+(?P<word>twenties|thirties|forties"
    r"|fifties|sixties|seventies|eighties|nineties)\b",
    re.IGNORECASE,
)
_DECADE_WORDS = dict(
    zip(
        ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"],
        range(20, 100, 10),
        strict=True,
    )
)
# "Two for 30", "3 mugs for less than 20": what several cost together, unless it is said of each.
_ALTOGETHER = rule(
    rf"(?<!of )(?P<many>{_BARE}{_REST}{{0,60}})(?:\s+[a-z]{{3,15}}){{0,3}}?\s+for(?:\s+[a-z]{{2,9}}){{0,3}}?\s*{_A}"
    r"(?P<each>\s*(?:dollars?\s+|bucks\s+)?(?:each|apiece|per\b|a\s+piece))?",
    re.IGNORECASE,
)
_MOST_TOGETHER = 20
# A number behind one of these is somebody's age.
_AGED = rule(
    r"\b(?:kids?|child(?:ren)?|boys?|girls?|toddlers?|babies|ages?|aged)\s+(?:(?:under|over|below|above|from|of|about)\s+)?$",
    re.IGNORECASE,
)
_OF_MONEY = rule(r"budget|spend|cost|price|afford|pay\b", re.IGNORECASE)
_PRICED_NOUN = rule(
    r"\s+(?!(?:or|and|to|for|pls|please|plz|on|in|is|max|tops|ish|from|thx|thanks|left|here|note|gift|can|that|what)\b)[a-z]{3,}",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A price idiom: from where to where it stands, and the bounds that it sets."""

    start: int
    end: int
    bounds: tuple[Entity, ...]


def find_prices(text: str, *, loose: bool) -> Iterator[Entity]:
    """Yields price bounds, each with its role and the currency it names, in the order of the text.

    Args:
        text: a cleaned message.
        loose: the message asks for a price range, so that a plain number is a price too ("mugs below 8") and an
            amount without a bound counts as a highest price. Without it only bounds that name money are found.
    """
    yield from (bound for idiom in find_price_idioms(text, loose=loose) for bound in idiom.bounds)


def find_price_idioms(text: str, *, loose: bool) -> list[Found]:
    """The same as whole idioms, in the order of the text."""
    reader = _Reader(text, loose)
    reader.read()
    return sorted(reader.found, key=lambda idiom: idiom.start)


class _Reader:
    """Reads one text; `found` are its idioms."""

    def __init__(self, text: str, loose: bool) -> None:
        self._loose = loose
        text = blank(text, find_counted(text))
        self._amounts = {
            amount.start: amount
            for amount in find_amounts(text)
            if amount.signed or not _AGED.search(text[max(0, amount.start - 40) : amount.start])
        }
        signs = list(text)
        for amount in self._amounts.values():
            signs[amount.start : amount.end] = (_MONEY if amount.signed else _BARE) + _REST * (
                amount.end - amount.start - 1
            )
        self._text = "".join(signs)
        self._plain = text
        self.found: list[Found] = []

    def read(self) -> None:
        self._decades()
        together = self._together() if self._loose else None
        for match in _BETWEEN.finditer(self._text):
            low, high = (self._amount(match, f"{side}{way}") for side, way in self._sides(match))
            if self._free(match) and self._is_money(match):
                self._range(match, low, high)
        for role, pattern in (*_BEFORE[:4], *_AFTER, *_BEFORE[4:]):
            for match in pattern.finditer(self._text):
                amount = self._amounts.get(match.start("amount"))
                if amount is not None and self._free(match) and self._is_money(match):
                    self._add(match, self._bound(amount, role))
        if self._loose and not self.found:
            self._lone()
        if together is not None:
            self._share(*together)

    def _sides(self, match: re.Match[str]) -> tuple[tuple[str, str], tuple[str, str]]:
        way = next(way for way in ("", "2", "3") if match[f"low{way}"])
        return ("low", way), ("high", way)

    def _amount(self, match: re.Match[str], group: str) -> Amount:
        return self._amounts[match.start(group)]

    def _free(self, match: re.Match[str]) -> bool:
        return all(match.end() <= idiom.start or match.start() >= idiom.end for idiom in self.found)

    def _is_money(self, match: re.Match[str]) -> bool:
        return self._loose or _MONEY in match[0] or _OF_MONEY.search(match[0]) is not None

    def _add(self, match: re.Match[str], *bounds: Entity) -> None:
        self.found.append(Found(start=match.start(), end=match.end(), bounds=bounds))

    def _bound(self, amount: Amount, role: str) -> Entity:
        value = format(amount.value, "f")
        return Entity(name="price", value=value, start=amount.start, end=amount.end, role=role, group=amount.currency)

    def _range(self, match: re.Match[str], one: Amount, other: Amount) -> None:
        """Whichever was said first is the lower one; the currency may be named once for both."""
        currency = one.currency or other.currency
        low, high = sorted((one.value, other.value))
        bounds = (
            replace(self._bound(one, "at_least"), value=format(low, "f"), group=currency),
            replace(self._bound(other, "at_most"), value=format(high, "f"), group=currency),
        )
        self._add(match, *bounds)

    def _decades(self) -> None:
        for match in _DECADE.finditer(self._plain):
            if not self._loose:
                return
            low = Decimal(match["digits"] or _DECADE_WORDS[match["word"].lower()])
            decade = Amount(value=low, start=match.start(), end=match.end(), signed=False)
            self._add(match, self._bound(decade, "at_least"), self._bound(replace(decade, value=low + 10), "below"))

    def _lone(self) -> None:
        """An amount without a bound: what a thing of that price costs, or the most that is to be spent."""
        amounts = sorted(self._amounts.values(), key=lambda amount: (not amount.signed, amount.start))
        for amount in amounts[:1]:
            exact = amount.signed and _PRICED_NOUN.match(self._plain, amount.end)
            bound = self._bound(amount, "exactly" if exact else "at_most")
            self.found.append(Found(start=amount.start, end=amount.end, bounds=(bound,)))

    def _together(self) -> tuple[re.Match[str], Entity | None] | None:
        """Takes the number of things out of the amounts; None where no price of several is named."""
        match = _ALTOGETHER.search(self._text)
        many = self._amounts.get(match.start("many")) if match else None
        if match is None or many is None or not 2 <= many.value <= _MOST_TOGETHER or many.value % 1:
            return None
        del self._amounts[many.start]
        self._text = blank(self._text, [(many.start, many.end)])
        value = str(int(many.value))
        return match, None if match["each"] else Entity(name="price_for", value=value, start=many.start, end=many.end)

    def _share(self, match: re.Match[str], many: Entity | None) -> None:
        """Has the bound of several things say for how many it is."""
        for index, idiom in enumerate(self.found):
            if many is not None and match.start() <= idiom.start < match.end():
                self.found[index] = replace(idiom, start=match.start(), bounds=(many, *idiom.bounds))
                return
