"""Whether a number counts packs, pieces of a pack, or is part of a product's name; in doubt it is asked."""

import re
from dataclasses import dataclass
from itertools import pairwise

from domain.model import Product
from domain.products.catalogue import words
from nlu.rules.values import find_numbers

# "box of 50", "50 pack", "6-piece": how many pieces a name says there are in what is sold.
_IN_NAME = re.compile(
    r"\b(?:box|pack|packet|set|bag|case|tin|carton|tray|bunch|roll)s? of (?P<of>\d{1,4})\b"
    r"|\b(?P<of_kind>\d{1,4})[ -]?(?:pack|pcs?|pieces?|count|sheets|bags|pods|rolls|tablets)\b"
    r"|\((?P<in_brackets>\d{1,4})\)",
    re.IGNORECASE,
)
_LEADS = re.compile(r"(?P<count>\d{1,4}) (?=\D)")
_PACKS = frozenset(
    "box boxes pack packs packet packets pkt pkts set sets bag case cases tin tins carton cartons tray trays bunch"
    " bunches pair pairs piece pc multipack multipacks bundle bundles unit units".split()
)
_PIECES = frozenset("piece pieces pc pcs single singles individual loose".split())
_A_PAIR = re.compile(r"\b(?:a|an|one|1) (?:\w{1,12} )?pair(?: of)?(?: the| those| your)? \Z")
LONGEST_ANSWER = 8  # words
_ARTICLES = frozenset("a an the that this one".split())
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """How many of what is sold are wanted; `pieces` is what the number would count otherwise, of one pack's `size`."""

    quantity: int
    size: int = 1
    in_doubt: bool = False


def size_of(product: Product) -> int:
    """How many pieces are in what is sold as one; 1 where nothing says so."""
    if product.pack_size > 1:
        return product.pack_size
    said = _IN_NAME.search(product.name)
    if said is not None:
        return max(int(next(number for number in said.groups() if number)), 1)
    leads = _LEADS.match(product.name)
    return max(int(leads["count"]), 1) if leads and product.name.rstrip().endswith("s") else 1


def count(text: str, phrase: str, quantity: int, product: Product) -> Counted:
    """What a number that stands before a phrase counts, as the product's name and pack explain it."""
    said, named = [word.lower() for word in _WORD.findall(text)], [word.lower() for word in _WORD.findall(phrase)]
    before, behind = _around(said, str(quantity), named)
    if _is_of_the_name(quantity, named, product) and before in _ARTICLES:
        return Counted(quantity=_packs_of(said, str(quantity)))
    if quantity == 2 and "pair" in words(product.title) and _A_PAIR.search(text.lower().partition(phrase.lower())[0]):
        return Counted(quantity=1)
    if _names_a_unit(quantity, named, product):
        return Counted(quantity=1)
    size = size_of(product)
    counts_packs = behind in _PACKS or _PACKS & set(named[:1]) or str(size) in words(phrase)
    if size == 1 or quantity < size or counts_packs or _PACKS & set(said):
        return Counted(quantity=quantity)
    return Counted(quantity=quantity, size=size, in_doubt=True)


def packs_for(pieces: int, size: int) -> int:
    """How many packs hold so many pieces."""
    return -(-pieces // max(size, 1))


def answered(text: str, quantity: int, size: int) -> int | None:
    """How many packs an answer means, "pieces", "the packs" or "2 packs"; None where it says neither.

    `quantity` is the number that was asked about.
    """
    said = _WORD.findall(text.lower())
    numbers = [number.value for number in find_numbers(text)]
    if len(said) > LONGEST_ANSWER or len(numbers) > 1:
        return None
    pieces = bool(_PIECES & set(said))
    if pieces == bool(_PACKS & set(said) - _PIECES):
        return numbers[0] if numbers and not pieces and len(said) == 1 else None
    number = numbers[0] if numbers else quantity
    return packs_for(number, size) if pieces else number


def _packs_of(said: list[str], number: str) -> int:
    """ "4 packs of the 25 bolts": the number of packs before the one that belongs to the name; else one."""
    place = said.index(number)
    counted = next(iter(find_numbers(said[place - 4])), None) if place >= 4 else None
    return counted.value if counted and said[place - 3] in _PACKS and said[place - 2] == "of" else 1


def _around(said: list[str], number: str, named: list[str]) -> tuple[str, str]:
    """The words before and behind a number that stands in a message in digits."""
    for place, word in enumerate(said):
        if word == number and (not named or named[0] in said[place + 1 : place + 4]):
            return said[place - 1] if place else "", said[place + 1] if place + 1 < len(said) else ""
    return "", ""


def _is_of_the_name(quantity: int, named: list[str], product: Product) -> bool:
    return str(quantity) in words(product.title) and str(quantity) not in named


def _names_a_unit(quantity: int, named: list[str], product: Product) -> bool:
    """ "16 piece cutlery set", "6 mm drill bit": the name has this number before this very unit."""
    title = [word.lower() for word in _WORD.findall(product.title)]
    units = {behind for word, behind in pairwise(title) if word == str(quantity)}
    return bool(named) and named[0] in units and (named[0] in _PACKS or len(named[0]) <= 2)
