"""Reads what describes one of several orders: numbers, places, sums of money, words of time and size, what is excepted.

All texts here are `plain` ones.
"""

from dataclasses import dataclass
from decimal import Decimal

from nlu.rules.choices import ORDINALS
from nlu.rules.patterns import rule

_WORD = rule(r"[^\W_]+(?:'[^\W_]+)?")
_AMOUNT = rule(
    r"(?P<bound>\b(?:over|above|under|below|more than|less than)\s{1,3})?"
    r"(?:[$£€]\s?(?P<signed>\d{1,7}(?:[.,]\d{2})?)"
    r"|\b(?P<said>\d{1,7}(?:[.,]\d{2})?)\s?(?:[$£€]|(?:dollars?|bucks?|euros?|pounds?|quid)\b))"
)
_NUMBER = rule(r"(?<![\w.,$£€])#?(\d{1,18})(?![\w]|[.,]\d)")
_LABEL = rule(r"(?:orders?|number|nr|ref|reference|invoice|parcel|package|from|on|no)\W{0,3}\Z|#\s?\Z")
_PLACE = rule(r"\b(?:(?P<nth>1st|2nd|3rd|4th|5th)|number (?P<number>\d))\b")
_COUNTED = rule(r"(?<![\w.,$£€#])\d{1,3}\s{1,4}[^\W\d]{3}")
_EXCEPT = rule(r"\b(?:except|but|besides|other than|apart from|not|excluding)\b")
_COMPARED = rule(r"\b(?:more|most) expensive\b")

EVERY = {"both", "all", "everything", "each", "every"}
NEWEST = {"latest", "newest", "newer", "recent", "last", "new"}
OLDEST = {"oldest", "older", "old", "earliest", "earlier", "previous", "former"}
SMALLEST = set("cheaper cheapest cheap smaller smallest small little lowest lower tiny least".split())
BIGGEST = set(
    "bigger biggest big large larger largest dearer dearest expensive pricier priciest pricey dear highest higher"
    " huge".split()
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PARTS_OF_DAY = {"morning": (0, 12), "afternoon": (12, 18), "evening": (17, 24), "night": (17, 24)}
# What wishes for something, and describes no order.
SHOPPING = set(
    "add buy show have sell stock price recommend much more another also put want need give make include".split()
)
NOT_NAMES = EVERY | NEWEST | OLDEST | SMALLEST | BIGGEST | set(WEEKDAYS) | set(ORDINALS) | set(PARTS_OF_DAY)
NOT_NAMES |= set(
    """
    one ones
    cancel cancelled canceled cancelling order orders purchase which is was were it that this those these them i
    you we he she they my me mine had has have from no not yes ok just placed made today yesterday other others
    containing contains included including where what two three of most less more than over under dollar dollars
    bucks euro euros pounds please pls thanks get got bought ordered rid want would like to be can could do don't
    the by at on first second third mean meant think take pick choose call off in there thing stuff so both option
    number except but apart besides only actually wait hmm guess neither again wanted ago hour hours minute
    minutes day days an
    """.split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Amount:
    """A sum of money: itself, or what lies above or below it; a `whole` one says nothing of cents."""

    value: Decimal
    whole: bool
    above: bool = False
    below: bool = False


def plain(text: str) -> str:
    """A message in small letters, in which "more expensive" is one word."""
    return _COMPARED.sub("expensive", text.lower().replace("’", "'"))


def words_of(text: str) -> list[str]:
    """Its words, without signs."""
    return _WORD.findall(text)


def amount_said(text: str) -> Amount | None:
    """The first sum of money."""
    match = _AMOUNT.search(text)
    if match is None:
        return None
    written, bound = match["signed"] or match["said"], (match["bound"] or "").strip()
    return Amount(
        value=Decimal(written.replace(",", ".")),
        whole="." not in written and "," not in written,
        above=bound in ("over", "above", "more than"),
        below=bound in ("under", "below", "less than"),
    )


def numbers_said(text: str, *, digits: int = 1) -> list[int]:
    """The numbers that stand alone, and are no money; those of fewer `digits` are left out."""
    return [int(number) for number in _NUMBER.findall(text) if len(number) >= digits]


def is_labelled(text: str, start: int) -> bool:
    """Whether a number there is called an order's, and not one that stands by itself: "page 212"."""
    return _LABEL.search(text[max(start - 20, 0) : start]) is not None


def places_said(text: str) -> list[int]:
    """The places in what was shown: "the second", "2nd", "number 2"."""
    ordinals = [ORDINALS[word] for word in words_of(text) if word in ORDINALS]
    return ordinals + [int((match["nth"] or match["number"])[0]) for match in _PLACE.finditer(text)]


def is_name(word: str) -> bool:
    """Whether a word may be part of a product's name, since it describes nothing else."""
    return word not in NOT_NAMES and not word.isdecimal()


def counts_things(text: str) -> bool:
    """Whether it says how many of something: "2 linen aprons"."""
    return _COUNTED.search(text) is not None


def split_except(text: str) -> tuple[str, str | None]:
    """What is meant, and what is excepted from it; None where nothing is."""
    without = _EXCEPT.search(text)
    return (text, None) if without is None else (text[: without.start()], text[without.end() :])
