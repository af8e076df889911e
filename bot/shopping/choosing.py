"""Reads which of several shown products an answer means: "2", "the second", "the cheaper one", "both", "2 green"."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.shopping import basket, joining, meaning
from bot.shopping.references import resolve
from bot.turn import CLEAR, Slot, Turn
from domain.model import Product
from domain.products.catalogue import narrow, words
from domain.products.measures import SIZES
from nlu.rules.choices import number_said, ordinals_said
from nlu.rules.said import Saying
from nlu.sayings import hear
from nlu.understanding import WantedLine

_NEGATING = {"not", "without", "except", "never", "nor", "than", "don't", "dont"}
LONGEST_ANSWER = 8  # words; a longer message is more than a choice


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
    called = [one for one in options if str(number) in words(one.title)]
    if number is not None and number > len(options) and len(called) == 1:
        return _several(called)  # "40" of lamps of 40 and 60 cm
    if number is not None:
        return _several(options[number - 1 : number]) if 1 <= number <= len(options) else Choosing()
    if len(text.split()) <= LONGEST_ANSWER:
        if hear(text, Saying.HALVES):
            return Choosing(chosen=_halves(text, options, quantity))
        if hear(text, Saying.ONE_OF_EACH) or (hear(text, Saying.EVERY_ONE) and quantity == len(options)):
            return Choosing(chosen=tuple(Chosen(product=product, quantity=1) for product in options))
        if hear(text, Saying.EVERY_ONE):
            return _several(options)
        if meant := resolve(text, screen=options):
            if meant.unclear:
                return Choosing(left=meant.products) if len(meant.products) < len(options) else Choosing()
            return Choosing(chosen=tuple(Chosen(product=one, quantity=meant.quantity) for one in meant.products))
        if ordered := _by_ordinals(text, options):
            return _several(ordered)
        if priced := _by_price(text, options):
            return _one(priced, None, options)
    if Slot.CHOICE in turn.meant.never and turn.understanding.confidence >= CLEAR:
        return Choosing()  # even if it names an option
    said_lines = basket.lines_said(turn)
    refuses = turn.understanding.first("left_out") is not None or bool(_NEGATING & set(text.split()))
    every_one = any(line.reference == "all" for line in said_lines) and not any(line.phrase for line in said_lines)
    if every_one and not refuses:
        said = next((line.quantity for line in said_lines if line.quantity), None)  # "both, 3 of each"
        return Choosing(chosen=tuple(Chosen(product=product, quantity=said) for product in options))
    lines = [line for line in joining.joined(turn, said_lines) if line.phrase]
    if len(lines) < 2:
        named = narrow(text, options) or (_called(lines[0].phrase, options) if lines else ())
        said = lines[0].quantity if lines else None
        return _one(named or _told_by_a_word(turn, text, lines, options), said, options)
    named_ones = _named(turn, lines, options)
    told = () if named_ones.chosen and not named_ones.besides else _told_by_all(turn, text, lines, options)
    return _one(told, None, options) if told else named_ones


def _halves(text: str, options: Sequence[Product], quantity: int) -> tuple[Chosen, ...]:
    """Both options of "half blue, half green" with half of the quantity; none where it is not that."""
    said = hear(text, Saying.HALVES)
    named = [narrow(said.values[one], options) for one in ("first", "second")] if said else []
    if [len(products) for products in named] != [1, 1] or quantity < 2:
        return ()
    (first,), (second,) = named
    return (Chosen(product=first, quantity=quantity - quantity // 2), Chosen(product=second, quantity=quantity // 2))


def _called(phrase: str, options: Sequence[Product]) -> Sequence[Product]:
    """The options that have the words, or the size that a letter says: "m" is Medium."""
    sized = " ".join(SIZES.get(word, word) for word in phrase.lower().split())
    return narrow(phrase, options) or narrow(sized, options)


def _told_by_all(turn: Turn, text: str, lines: Sequence[WantedLine], options: Sequence[Product]) -> Sequence[Product]:
    """The option that has most of the words of an answer that names nothing else: "the big one, 200, blue check"."""
    found = [meaning.found(turn, one.phrase) for one in lines if not meaning.only_describes(one.phrase)]
    known = [one for match in found for one in (match.product, *match.options) if one is not None]
    counted = any(line.quantity is not None and line.quantity > 1 for line in lines)
    if len(text.split()) > LONGEST_ANSWER or counted or any(product not in options for product in known):
        return ()
    if any(narrow(line.phrase, options) == () and not meaning.points(turn, line.phrase) for line in lines):
        return ()
    told = {one.product_id: len(set(words(text)) & set(words(one.title))) for one in options}
    most = max(told.values())
    best = [one for one in options if told[one.product_id] == most]
    return best if most and len(best) < len(options) else ()


def _told_by_a_word(
    turn: Turn, text: str, lines: Sequence[WantedLine], options: Sequence[Product]
) -> Sequence[Product]:
    """The options that have a word of the answer which others have not: "paperback obviously".

    A longer message, a question, a wish of another kind, and what names a product of its own are no such answers.
    """
    another = turn.sure and not turn.meant.buys and turn.meant.name not in ("change_quantity", "out_of_scope")
    if another or "?" in text or len(text.split()) > LONGEST_ANSWER or len(options) < 2:
        return ()
    said = {word.strip(",.!") for word in text.split()}
    if turn.understanding.first("left_out") is not None or said & _NEGATING:
        return ()
    if any(meaning.found(turn, line.phrase).product is not None for line in lines) or turn.said(Saying.GOES_ON):
        return ()
    names = [set(words(product.title)) for product in options]
    telling = set(words(text)) - names[0].intersection(*names)
    having = [product for product, name in zip(options, names, strict=True) if name & telling]
    return having if len(having) < len(options) else ()


def _by_price(text: str, options: Sequence[Product]) -> Sequence[Product]:
    """The cheapest or the dearest of the options, several where they cost the same."""
    prices = [product.sale_price for product in options]
    if hear(text, Saying.CHEAPEST):
        return [product for product in options if product.sale_price == min(prices)]
    if hear(text, Saying.DEAREST):
        return [product for product in options if product.sale_price == max(prices)]
    return []


def _by_ordinals(text: str, options: Sequence[Product]) -> Sequence[Product]:
    return [options[number - 1] for number in ordinals_said(text) if number <= len(options)]


def _several(products: Sequence[Product]) -> Choosing:
    return Choosing(chosen=tuple(Chosen(product=product) for product in products))


def _one(named: Sequence[Product], quantity: int | None, options: Sequence[Product]) -> Choosing:
    if len(named) == 1:
        return Choosing(chosen=(Chosen(product=named[0], quantity=quantity),))
    return Choosing(left=tuple(named)) if len(named) < len(options) else Choosing()


def _named(turn: Turn, lines: Sequence[WantedLine], options: Sequence[Product]) -> Choosing:
    """Several products are named: those among the options are chosen, the others come besides."""
    chosen: list[Chosen] = []
    besides: list[WantedLine] = []
    for line in lines:
        named = narrow(line.phrase, options)
        if len(named) == 1 and meaning.found(turn, line.phrase).product in (None, *named):
            chosen.append(Chosen(product=named[0], quantity=line.quantity))
        else:
            besides.append(line)
    return Choosing(chosen=tuple(chosen), besides=tuple(besides)) if chosen else Choosing()
