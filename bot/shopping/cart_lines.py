"""Which line of the cart is meant: the named one, all, the last named, or the only one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.shopping import meaning
from bot.shopping.references import of_size
from bot.turn import Turn
from domain.model import Product
from domain.products.catalogue import narrow, words
from domain.products.product_ids import same
from nlu.understanding import WantedLine

_ALL_OF = r"\b(?:both|all|every|each)(?: of)?(?: (?:the|my|those|these))? "
_EVERY, _ENDS_IN_EVERY = re.compile(_ALL_OF, re.IGNORECASE), re.compile(rf"{_ALL_OF}\Z", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Target:
    """The cart lines a change is about; empty with `unclear` when the customer must say which."""

    product_ids: tuple[str, ...] = ()
    unclear: bool = False


def target(turn: Turn, line: WantedLine) -> Target:
    """Which cart lines a correction means: the named one, all, the last named, or the only one."""
    cart = turn.conversation.cart
    ids = tuple(cart_line.product_id for cart_line in cart)
    if not ids:
        return Target()
    if line.reference == "all" and not line.phrase:
        return Target(product_ids=ids)
    if line.phrase:
        every = _EVERY.match(line.phrase)
        phrase = line.phrase if every is None else line.phrase[every.end() :]
        named = narrow(phrase, turn.products(ids).values()) or _by_id(turn, phrase, ids)
        if len(named) != 1 and (sized := of_size(phrase, tuple(turn.products(ids).values()))):
            named = sized
        if len(named) > 1 and len(plain := _not_as_a_measure(phrase, named)) == 1:
            named = plain
        if len(named) == 1 and _means_another(turn, phrase, named[0]):
            return Target()
        every_one = line.reference == "all" or _means_every(turn, line.phrase)
        if len(named) == 1 or (named and every_one):
            return Target(product_ids=tuple(product.product_id for product in named))
        return Target(unclear=bool(named))
    if line.reference.isdecimal() and 1 <= int(line.reference) <= len(ids):
        return Target(product_ids=(ids[int(line.reference) - 1],))
    if turn.conversation.focus in ids:
        return Target(product_ids=(turn.conversation.focus,))
    return Target(product_ids=ids) if len(ids) == 1 else Target(unclear=True)


def _means_another(turn: Turn, phrase: str, product: Product) -> bool:
    """Whether words that fit a line of the cart in part name something else that the shop has, as its sibling."""
    if set(words(phrase)) <= set(words(product.title)):
        return False
    other = turn.named.get(phrase) or meaning.look_up(turn, phrase).product
    return other is not None and other.product_id != product.product_id


def _not_as_a_measure(phrase: str, products: Sequence[Product]) -> tuple[Product, ...]:
    """Those whose name has the words otherwise than behind a number: "the cups" is no "Muffin Tin 12 cups"."""
    said = set(words(phrase))
    measures = {one: {after for before, after in pairwise(words(one.title)) if before.isdecimal()} for one in products}
    return tuple(one for one in products if not said & measures[one])


def _by_id(turn: Turn, phrase: str, ids: Sequence[str]) -> tuple[Product, ...]:
    """The product among `ids` whose id or exact name a phrase is."""
    named = turn.named.get(phrase)
    said = same(phrase) if named is None else same(named.product_id)
    return tuple(product for product_id, product in turn.products(ids).items() if same(product_id) == said)


def _means_every(turn: Turn, phrase: str) -> bool:
    """Whether several of a name are meant: "both lamps", "all the mugs"."""
    text, names = turn.understanding.text, turn.understanding.all("product")
    before = [text[: entity.start] for entity in names if entity.value == phrase]
    return _EVERY.match(phrase) is not None or (bool(before) and all(map(_ENDS_IN_EVERY.search, before)))
