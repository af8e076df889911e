"""Finds price bounds and price orders ("under $20", "between 15 and 35", "cheapest first") in a cleaned message."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from nlu.rules.patterns import rule
from nlu.rules.values import number_from_words
from nlu.understanding import Entity

_SYMBOL = r"(?:[$£€]|us\$|usd|eur|gbp)"
_UNIT = r"(?:dollars?|dollers?|bucks?|quid|euros?|eur|pounds?|usd|gbp|[$£€]|squid|notes)"
_WORDS = (
    r"(?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten)\s+hundred"
    r"(?:\s+(?:and\s+)?[a-z]{1,12}(?:[ -][a-z]{1,12})?)?"
    r"|(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six"
    r"|seven|eight|nine))?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|(?:an?\s+)?hundred)"
)
_AMOUNT = (
    rf"(?:{_SYMBOL}\s*)?(?:(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}|\d{{1,7}})(?:[.,]\d{{1,2}})?(?:k\b)?|\.\d{{1,2}}|\b{_WORDS}\b)"
    rf"(?:\s*{_UNIT}(?![\w]))?(?:\s*(?:cents?|pence|p|c)\b)?|\b(?:a\s+)?(?:fiver|tenner|grand)\b|\bone buck\b"
)
_SIGNED = (
    rf"(?:{_SYMBOL}\s*\d{{1,7}}(?:[.,]\d{{1,3}}){{0,4}}|(?:\d{{1,7}}(?:[.,]\d{{1,2}})?|\b{_WORDS})\s*{_UNIT}(?!\w)"
    rf"|\b(?:a\s+)?(?:fiver|tenner)\b)"
)
_BOUND_WORDS = {
    "below": r"under|underneath|below|beneath|less\s+th[ae]n|lower\s+th[ae]n|cheaper\s+th[ae]n"
             r"|smaller\s+th[ae]n|<(?!=)|sub[- ]?|south\s+of|short\s+of"
             r"|undr|lessthan|bellow|belo",
    "at_most": r"up\s*to|upto|at\s+(?:the\s+)?most|(?:a\s+|my\s+)?max(?:imum|imal)?(?:\s+(?:price|budget"
               r"|spend))?(?:\s+(?:is|of))?[:=]?"
               r"|no\s+more\s+th[ae]n|not\s+(?:more|over|above|exceeding)(?:\s+th[ae]n)?|nothing\s+(?:over|above|more\s+than)|not\s+cost(?:ing)?\s+more\s+th[ae]n"
               r"|(?:don'?t|doesn'?t|do\s+not|does\s+not|shouldn'?t)\s+(?:cost|be|exceed|go)\s*(?:more\s+th[ae]n|over|above)?"
               r"|(?:price\s+)?(?:cap|limit)(?:ped)?(?:\s+(?:is|of|it\s+to|at|to))?[:=]?|limit\s+(?:it\s+)?(?:to|of)|budget(?:\s+(?:is|of))?(?:\s+(?:like|about|around))?[:=]?"
               r"|within|<=|=<|for\s+(?:only\s+)?up\s+to|spend(?:\s+(?:only|just|max))?|(?:i|we)(?:'ve|\s+have|ve)?\s+(?:only\s+)?(?:got|have)(?:\s+only)?|with\s+(?:only|just)?|less\s+or\s+equal(?:\s+to)?",
    "above": r"over|above|more\s+(?:expensive\s+)?th[ae]n|greater\s+th[ae]n|higher\s+th[ae]n|dearer\s+th[ae]n"
             r"|pricier\s+th[ae]n|>(?!=)|north\s+of|exceeding"
             r"|nothing\s+(?:under|below|less\s+than)",
    "at_least": r"at\s+least|(?:no|not)\s+(?:cheaper|lower)\s+th[ae]n|min(?:imum"
                r"|imal)?(?:\s+price)?(?:\s+(?:is|of))?[:=]?|no\s+less\s+th[ae]n|not\s+(?:under|below|less\s+th[ae]n)|starting\s+(?:from|at)"
                r"|from|upwards?\s+of|>=|=>",
    "exactly": r"exactly|precisely|for\s+exactly|(?:that\s+)?costs?(?:\s+exactly)?|priced\s+(?:exactly\s+)?at|==?",
}  # fmt: skip
_BEHIND = {
    "at_most": r"(?:or|and|n)\s+(?:less|under|below|cheaper|lower|fewer)|tops|max(?:imum)?"
               r"|at\s+(?:the\s+)?most|is\s+(?:my|the|our)\s+(?:max(?:imum)?|limit|budget|cap|ceiling|most)"
               r"|to\s+spend|budget|limit|cap|ceiling|tops|and\s+(?:nothing|no)\s+more|or\s+so\s+max",
    "at_least": r"(?:or|and|n)\s+(?:more|up|above|over|higher|upwards?|dearer)|\+|min(?:imum)?|upwards?|at\s+least",
    "exactly": r"exactly|each\s+exactly",
}  # fmt: skip
_BETWEEN = rule(
    rf"(?:\b(?:between|betwen|btw|btwn|from|in\s+the|range(?:\s+of)?)\s*(?P<low>{_AMOUNT})\s*(?:and|to|-|&|till|until|til|up\s+to)\s*(?P<high>{_AMOUNT}))"
    rf"|(?<![\w.-])(?P<low2>{_AMOUNT})\s*(?:-|to|till?|until)\s*(?P<high2>{_AMOUNT})(?![\w-])",
    re.IGNORECASE,
)
_MIN_MAX = rule(
    rf"\bmin(?:imum)?\s*:?\s*(?P<low>{_AMOUNT})\W{{1,4}}max(?:imum)?\s*:?\s*(?P<high>{_AMOUNT})", re.IGNORECASE
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
_BEFORE = {
    role: rule(rf"(?:(?<!\w)|(?=<|>|=))(?:{words})\s*(?:(?:about|around|a|the|is|like|than|say"
                     rf"|just)\s+)?(?P<amount>{_AMOUNT})(?![\w%])", re.IGNORECASE)
    for role, words in _BOUND_WORDS.items()
}  # fmt: skip
_AFTER = {
    role: rule(rf"(?<![\w.])(?P<amount>{_AMOUNT})\s*,?\s*(?:each\s+|apiece\s+)?(?:{words})(?!\w)", re.IGNORECASE)
    for role, words in _BEHIND.items()
}
_HUNDREDTHS = rule(r"\d\s*(?:cents?|pence|p|c)$")
_UNIT_BEHIND = rule(rf"\s*{_UNIT}$")
_MONEY = rule(rf"(?<![\w.])(?P<amount>{_SIGNED})", re.IGNORECASE)
_NUMBER = rule(rf"(?<![\w.#-])(?P<amount>{_AMOUNT})(?![\w-])", re.IGNORECASE)

_PRICED_NOUN = rule(
    r"\s+(?!(?:or|and|to|for|pls|please|plz|on|in|is|max|tops|ish|from|thx|thanks|left|here|note|gift|can|that|what)\b)[a-z]{3,}",
    re.IGNORECASE,
)
_ORDERS = (
    ("cheaper", r"\b(?:cheaper|less\s+expensive|more\s+affordable|lower[- ]priced?|less\s+pricey"
                r"|not\s+so\s+(?:expensive|pricey|dear)|too\s+(?:expensive|pricey|dear|steep|much)|bit\s+(?:steep|pricey|dear)|out\s+of\s+my\s+budget)\b"),
    ("dearer", r"\b(?:pricier|dearer|more\s+(?:expensive|upscale|pricey|luxurious|premium|exclusive)"
               r"|(?:fancier|posher|higher[- ](?:priced|end))|too\s+cheap)\b"),
    ("asc", r"\b(?:cheap(?:est|y)?|lowest|least\s+expensive|most\s+affordable|inexpensive|affordable"
            r"|budget\s+(?:option|friendly|stuff|items?)|low\s+to\s+high|low[- ]high|ascending|asc|price\s+up"
            r"|bargains?|(?:low(?:er)?)\s+(?:price|cost)s?\s+first)\b"),
    ("desc", r"\b(?:most\s+expensive|priciest|dearest|high\s+to\s+low|descending|desc|highest|expensive"
             r"|luxury|premium|fanciest|poshest|costliest)\b"),
)  # fmt: skip
_PRICE_ORDERS = tuple((value, rule(pattern, re.IGNORECASE)) for value, pattern in _ORDERS)
_SORTING = rule(
    r"(?P<asc>cheap(?:er|est)?\s+(?:first|on\s+top|to\s+(?:dear|expensive))|low(?:est)?\s+(?:price\s+)?(?:first|to\s+high)|ascending)"
    r"|\bcheapest\b|(?P<desc>most\s+expensive|priciest|(?:expensive|dear(?:est)?|priciest|pricey)\s+(?:first|on\s+top)|high(?:est)?\s+(?:price\s+)?(?:first|to\s+low)|descending)",
    re.IGNORECASE,
)


_ONE_OF_THEM = rule(
    r"\b(?:cheap(?:er|est)|dear(?:er|est)|pricier|expensive|affordable|other|same)\s+ones?\b", re.IGNORECASE
)


def find_prices(text: str, *, loose: bool) -> Iterator[Entity]:
    """Yields price bounds, each with its role, in the order of the text.

    Args:
        text: a cleaned message.
        loose: the message asks for a price range, so that a plain number is a price too ("mugs below 8") and an
            amount without a bound counts as a highest price. Without it only bounds that name money are found.
    """
    without_pronouns = _ONE_OF_THEM.sub(lambda match: " " * len(match[0]), text)
    yield from sorted(_bounds(without_pronouns, loose), key=lambda entity: entity.start)


def find_ranges(text: str) -> list[tuple[int, int]]:
    """Begin and end of each price between two bounds: "2 and 7 dollars" of "between 2 and 7 dollars"."""
    bounds = pairwise(find_prices(text, loose=False))
    return [(low.start, high.end) for low, high in bounds if (low.role, high.role) == ("at_least", "at_most")]


def find_price_order(text: str, *, bounded: bool) -> Entity | None:
    """Returns how to sort by price, or that something cheaper or dearer than before is wanted.

    With `bounded` the message names a price already, and only a plain wish to sort counts.
    """
    sorting = _SORTING.search(text)
    if sorting:
        value = "desc" if sorting["desc"] else "asc"
        return Entity(name="price_order", value=value, start=sorting.start(), end=sorting.end())
    for value, pattern in () if bounded else _PRICE_ORDERS:
        match = pattern.search(text)
        if match:
            return Entity(name="price_order", value=value, start=match.start(), end=match.end())
    return None


def _bounds(text: str, loose: bool) -> Iterator[Entity]:
    taken: list[tuple[int, int]] = []

    def free(start: int, end: int) -> bool:
        return all(end <= begin or start >= stop for begin, stop in taken)

    for pattern in (_MIN_MAX, _BETWEEN):
        for match in pattern.finditer(text):
            groups = ("low", "high") if match["low"] else ("low2", "high2")
            plain = not loose and not _MONEY.search(match[0])
            if plain or not free(*match.span()):
                continue
            low, high = (_amount(match[group]) for group in groups)
            if low is None or high is None or low > high:
                continue
            taken.append(match.span())
            yield _price(low, "at_least", *match.span(groups[0]))
            yield _price(high, "at_most", *match.span(groups[1]))
    for match in _DECADE.finditer(text):
        if not loose or not free(*match.span()):
            continue
        taken.append(match.span())
        low = Decimal(match["digits"] or _DECADE_WORDS[match["word"].lower()])
        yield _price(low, "at_least", *match.span())
        yield _price(low + 10, "below", *match.span())
    roles = [(role, _BEFORE[role]) for role in ("at_most", "at_least", "above", "below", "exactly")]
    roles += [(role, _AFTER[role]) for role in _AFTER]
    for role, pattern in roles:
        for match in pattern.finditer(text):
            amount = _amount(match["amount"])
            if amount is None or not free(*match.span()) or (not loose and not _MONEY.search(match[0])):
                continue
            taken.append(match.span())
            yield _price(amount, role, *match.span("amount"))
    if not loose or taken:
        return
    for pattern in (_MONEY, _NUMBER):
        for match in pattern.finditer(text):
            amount = _amount(match["amount"])
            if amount is not None:
                exact = pattern is _MONEY and _PRICED_NOUN.match(text, match.end())
                yield _price(amount, "exactly" if exact else "at_most", *match.span("amount"))
                return


def _price(amount: Decimal, role: str, start: int, end: int) -> Entity:
    return Entity(name="price", value=format(amount, "f"), start=start, end=end, role=role)


def _amount(words: str) -> Decimal | None:
    """Reads "$2.50", "1,000", "2,50", "twenty quid", "a fiver", "50 cents", "2k"."""
    words = words.lower().strip()
    for nickname, value in (("fiver", 5), ("tenner", 10), ("grand", 1000)):
        if words.endswith(nickname):
            return Decimal(value)
    hundredth = _HUNDREDTHS.search(words)
    thousand = words.rstrip().endswith("k")
    digits = re.search(r"\d[\d.,]*|\.\d+", words)
    if digits is None:
        without_unit = _UNIT_BEHIND.sub("", words)
        try:
            return Decimal(number_from_words(without_unit))
        except ValueError:
            return None
    number = digits[0].rstrip(".,")
    number = re.sub(r",(?=\d{3}(?:\D|$))", "", number).replace(",", ".")
    try:
        amount = Decimal(number)
    except InvalidOperation:
        return None
    if hundredth and "$" not in words:
        amount /= 100
    return amount * 1000 if thousand else amount
