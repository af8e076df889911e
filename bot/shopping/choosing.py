"""Reads which of several shown products an answer means: "2", "the second", "the cheaper one", "both", "2 green"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.shopping import basket
from bot.turn import Slot, Turn
from domain.model import Product
from domain.products.catalogue import narrow
from nlu.understanding import WantedLine

LONGEST_ANSWER = 8  # words; a longer message is more than a choice

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_POLITE = r"(?:\s{0,4},?\s{0,4}(?:please|pls|thanks))?[.!)]*"
_BARE_NUMBER = re.compile(rf"(?:#|no\.?|number|option)?\s{{0,4}}(\d{{1,2}}){_POLITE}")
_ORDINAL = re.compile(rf"\b({'|'.join(ORDINALS)})\b")
_CHEAPER = re.compile(r"\b(cheap(er|est)?|least expensive|lowest)\b")
_DEARER = re.compile(r"\b(dear(er|est)?|(more|most) expensive|pric(ier|iest))\b")
_TAKING = r"(?:(?:yes|ok|okay|take|i'?ll (?:take|have)|give me|i want|i'd like|add|make it|let's do)[, ]{1,4}){0,5}"
_ONE_OF_EACH = re.compile(rf"{_TAKING}(?:one|1|a|just one) (?:of )?(?:each|both|every)(?: one)?{_POLITE}")
_EVERY = re.compile(rf"{_TAKING}(?:both|each|all(?: (?:three|four|3|4))?)(?: of (?:them|these|those))?{_POLITE}")
_SURE = 0.6


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A product and how many of it the answer says; None where it says no number."""

    product: Product
    quantity: int | None = None


@dataclass(frozen=True, kw_only=True)
class Choosing:
    """What an answer chose, between what it still hesitates, and what it names besides the options."""

    chosen: tuple[Chosen, ...] = ()
    left: tuple[Product, ...] = ()
    besides: tuple[WantedLine, ...] = ()


def choose_by_words(turn: Turn, options: Sequence[Product], quantity: int = 1) -> Choosing:
    """What a message chooses among `options`, of which `quantity` pieces are wanted."""
    text = turn.message.text.strip().lower()
    number = number_said(text)
    if number is not None:
        return _several(options[number - 1 : number]) if 1 <= number <= len(options) else Choosing()
    if len(text.split()) <= LONGEST_ANSWER:
        if _ONE_OF_EACH.fullmatch(text) or (_EVERY.fullmatch(text) and quantity == len(options)):
            return Choosing(chosen=tuple(Chosen(product=product, quantity=1) for product in options))
        if _EVERY.fullmatch(text):
            return _several(options)
        if priced := _by_price(text, options):
            return _one(priced, None, options)
        if ordered := _by_ordinals(text, options):
            return _several(ordered)
    if Slot.CHOICE in turn.meant.never and turn.understanding.confidence >= _SURE:
        return Choosing()  # even if it names an option
    lines = [line for line in basket.lines_said(turn) if line.phrase]
    if len(lines) < 2:
        named = narrow(text, options) or (narrow(lines[0].phrase, options) if lines else ())
        said = lines[0].quantity if lines else None
        return _one(named, said, options)
    return _named(lines, options)


def number_said(text: str) -> int | None:
    """The number that an answer is: "2", "option 2", "the second"; None where it is more than that."""
    bare = _BARE_NUMBER.fullmatch(text)
    if bare:
        return int(bare.group(1))
    ordinals = _ORDINAL.findall(text)
    return ORDINALS[ordinals[0]] if len(ordinals) == 1 and len(text.split()) <= 4 else None


def _by_price(text: str, options: Sequence[Product]) -> Sequence[Product]:
    """The cheapest or the dearest of the options, several where they cost the same."""
    prices = [product.sale_price for product in options]
    if _CHEAPER.search(text):
        return [product for product in options if product.sale_price == min(prices)]
    if _DEARER.search(text):
        return [product for product in options if product.sale_price == max(prices)]
    return []


def _by_ordinals(text: str, options: Sequence[Product]) -> Sequence[Product]:
    numbers = [ORDINALS[word] for word in _ORDINAL.findall(text)]
    return [options[number - 1] for number in numbers if number <= len(options)]


def _several(products: Sequence[Product]) -> Choosing:
    return Choosing(chosen=tuple(Chosen(product=product) for product in products))


def _one(named: Sequence[Product], quantity: int | None, options: Sequence[Product]) -> Choosing:
    if len(named) == 1:
        return Choosing(chosen=(Chosen(product=named[0], quantity=quantity),))
    return Choosing(left=tuple(named)) if len(named) < len(options) else Choosing()


def _named(lines: Sequence[WantedLine], options: Sequence[Product]) -> Choosing:
    """Several products are named: those among the options are chosen, the others come besides."""
    chosen: list[Chosen] = []
    besides: list[WantedLine] = []
    for line in lines:
        named = narrow(line.phrase, options)
        if len(named) == 1:
            chosen.append(Chosen(product=named[0], quantity=line.quantity))
        else:
            besides.append(line)
    return Choosing(chosen=tuple(chosen), besides=tuple(besides)) if chosen else Choosing()
