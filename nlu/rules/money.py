"""Reads amounts of money ("$2.50", "twenty quid", "99p", "a tenner", "2k") and the currency that they name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from nlu.rules.patterns import rule
from nlu.rules.values import number_from_words

# What names a currency, by its sign; what every shop's customers say of any money ("bucks", "cents") names none.
_SIGNS = {
    "$": r"us\s?\$|\$|usd|dollars?|dollers?",
    "£": r"£|gbp|pounds?|quid|squid|pence|(?<=\d)p\b",
    "€": r"€|eur|euros?",
    "¥": r"¥|jpy|yen",
    "CHF": r"chf|francs?|franken",
    "₹": r"₹|inr|rupees?",
}
_NAMED = tuple((sign, rule(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)) for sign, words in _SIGNS.items())
_BEFORE = r"(?:us\s?\$|[$£€¥₹]|usd|eur|gbp|chf)"
_UNIT = (
    r"(?:dollars?|dollers?|bucks?|quid|euros?|eur|pounds?|usd|gbp|chf|francs?|yen|rupees?|[$£€¥₹]|squid|notes"
    r"|cents?|pence|p|c)"
)
_TENS = r"(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_BELOW_HUNDRED = rf"(?:{_TENS}(?:[ -]{_ONES}\b)?|{_TEENS}|{_ONES})"
_WORDS = rf"(?:(?:an?|{_ONES})\s+(?:hundred|thousand)(?:\s+(?:and\s+)?{_BELOW_HUNDRED})?|hundred|{_BELOW_HUNDRED})"
_DIGITS = r"(?:(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,7})(?:[.,]\d{1,2})?(?:k\b)?|\.\d{1,2})"
_NICKNAMES = {"fiver": 5, "fivers": 5, "tenner": 10, "tenners": 10, "grand": 1000}
_AMOUNT = rule(
    rf"(?<![\w.#/])(?<![a-z]-)(?:"
    rf"(?P<signed>{_BEFORE}\s?{_DIGITS}(?:\s?{_UNIT}(?!\w))?|(?:{_DIGITS}|\b{_WORDS}\b)\s*-?{_UNIT}(?!\w)"
    rf"|\b(?:an?\s+)?(?:fiver|tenner)\b|\ba\s+grand\b|\b(?:an?|one|single)\s+(?:buck|dollar|quid|pound|euro)\b(?!\s+of\b))"
    rf"|(?P<bare>{_DIGITS}|\b{_WORDS}\b))(?=ish\b|(?![\w%-])|-(?:ish|{_BEFORE}?\d|\s))",
    re.IGNORECASE,
)
# A number before one of these counts or measures: it is no money.
_MEASURED = rule(
    r"\s?(?:[x×]|o'?clock|percent|%|oz|ounces?|ml|cl|l|lit(?:re|er)s?|kg|kilos?|g|grams?|lbs?|mm|cm|m|met(?:re|er)s?|km|miles?|in"
    r"|inch(?:es)?|ft|feet|foot|v|volts?|w|watts?|amps?|years?|yrs?|yo|y/o|months?|weeks?|days?|hours?|minutes?|mins?"
    r"|people|persons?|guests|kids|children|friends|packs?|pieces?|pcs|items?|products?|things|options|ideas|ones|ply|gb|mb)\b",
    re.IGNORECASE,
)
_HUNDREDTHS = rule(r"(?:cents?|pence|\dp|\d\s?c|\d\s?p)$")
_UNIT_BEHIND = rule(rf"[ -]{{0,4}}{_UNIT}$")
_NUMBER = rule(r"\d[\d.,]*|\.\d+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """A number that may be money; `signed` where its words say that it is, `currency` the sign of what they name."""

    value: Decimal
    start: int
    end: int
    signed: bool
    currency: str = ""


def find_amounts(text: str) -> Iterator[Amount]:
    """Yields the amounts of a cleaned text, left to right; numbers that measure something are none."""
    for match in _AMOUNT.finditer(text):
        signed = match["signed"] is not None
        if not signed and _MEASURED.match(text, match.end()):
            continue
        value = _value(match[0])
        if value is not None:
            currency = next((sign for sign, named in _NAMED if named.search(match[0])), "") if signed else ""
            yield Amount(value=value, start=match.start(), end=match.end(), signed=signed, currency=currency)


def _value(words: str) -> Decimal | None:
    words = words.lower().strip()
    nickname = _NICKNAMES.get(words.rpartition(" ")[2])
    if nickname is not None:
        return Decimal(nickname)
    digits = _NUMBER.search(words)
    if digits is None:
        try:
            value = Decimal(number_from_words(_UNIT_BEHIND.sub("", words)) or 1)  # "a dollar" is one
        except ValueError:
            return None
        return value / 100 if words.endswith(("cent", "cents", "pence")) else value
    number = digits[0].rstrip(".,")
    number = re.sub(r",(?=\d{3}(?:\D|$))", "", number).replace(",", ".")
    try:
        value = Decimal(number)
    except InvalidOperation:
        return None
    if _HUNDREDTHS.search(words) and "$" not in words and "£" not in words:
        value /= 100
    return value * 1000 if words.endswith("k") else value
