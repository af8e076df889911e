"""Which product a question is about: the one it names, points at in a list, or the one that was spoken of last."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from bot.answering.facts import COMMON
from bot.shopping import basket, cart_lines, meaning
from bot.turn import Turn
from domain.model import Product
from domain.products.catalogue import Match, words
from domain.products.measures import CARRIERS
from nlu.rules.choices import ordinals_said
from nlu.understanding import WantedLine

MOST_MEANT = 3
CANDIDATES = 60
LEAST_OF_NAME = 0.5  # the share of a name's words that must be said
POINTERS = frozenset(words("it them they"))
SLIP = 86  # of 100, from which on a long word is another with a typing error


def products_meant(turn: Turn) -> Sequence[Product]:
    """The products, several where a name fits several; none where it is not clear."""
    if turn.named:
        return list(turn.named.values())
    if read := _as_said(turn, _read(turn)):
        return read
    said = [word for word in words(turn.message.text) if word not in COMMON]
    listed = turn.products(turn.conversation.listing.product_ids)
    shown = [listed[one] for one in turn.conversation.listing.product_ids if one in listed]
    ordinals = ordinals_said(turn.message.text.lower())
    if picked := [shown[number - 1] for number in ordinals if 0 < number <= len(shown)]:
        return picked
    focus, _ = basket.by_reference(turn, "it")
    if focus is not None and turn.understanding.wishes and not _named_in(turn):
        return [focus]
    near = [*([focus] if focus else []), *shown]
    if (best := _named(said, near, least=0.0)) and len(best) == 1:
        return best
    candidates = turn.uow.catalogue.candidates(" ".join(said), CANDIDATES) if said else []
    found = _as_said(turn, _named(said, candidates, least=LEAST_OF_NAME))
    return found or ([focus] if focus else _few_with_most(said, candidates))


def _as_said(turn: Turn, products: Sequence[Product]) -> Sequence[Product]:
    """The products; where "it" is asked about, those of which a word is said: its "handle" is no candle."""
    said = set(words(turn.message.text))
    if turn.focus is None or said.isdisjoint(POINTERS):
        return products
    return [one for one in products if said & set(words(one.title))]


def _named_in(turn: Turn) -> list[str]:
    """The words that name products; "one pack" names none."""
    said = [entity.value for entity in turn.understanding.all("product")]
    return [name for name in said if not {word for word in words(name) if not word.isdecimal()} <= CARRIERS]


def _read(turn: Turn) -> Sequence[Product]:
    """The products that the message was read to be about, as the whole catalogue knows them."""
    names = _named_in(turn)
    match = meaning.found(turn, names[0]) if len(names) == 1 else Match()
    if names and (shown := meaning.on_screen(turn, names[0], match)) is not None:
        return [shown]
    if names and meaning.only_describes(names[0]):  # "is size 2 up to 6 kilos": of what is in the cart
        there = cart_lines.target(turn, WantedLine(phrase=names[0])).product_ids
        if len(there) == 1:
            return list(turn.products(there).values())
    if (len(names) == 1 and match.product is None) or (names and meaning.only_describes(names[0])):
        match = meaning.in_sight(turn, names[0], meaning.look_up(turn, names[0], turn.conversation.focus))
    if match.product is not None:
        return [match.product]
    return match.options if len(match.options) <= MOST_MEANT else ()


def _few_with_most(said: Sequence[str], products: Iterable[Product]) -> list[Product]:
    """The products that have most of the words that are said, where they are few: "Stilton" is in one name."""
    scored = [(len(_said(said, words(product.title))), product) for product in products]
    most = max((count for count, _ in scored), default=0)
    best = [product for count, product in scored if count == most]
    return best if most and len(best) <= MOST_MEANT else []


def _named(said: Sequence[str], products: Iterable[Product], *, least: float) -> list[Product]:
    """The products of whose names most words are said; for a share of `least` of a name, or its last word."""
    scored = [(_said(said, words(product.title)), product) for product in products]
    good = [
        (len(found), len(found) / max(len(words(product.title)), 1), product)
        for found, product in scored
        if found and (len(found) / len(words(product.title)) >= least or words(product.title)[-1] in found)
    ]
    if not good:
        return []
    most = max(count for count, _, _ in good)
    share = max(share for count, share, _ in good if count == most)
    return [product for count, its, product in good if count == most and its >= share - 0.01]


def _said(said: Sequence[str], name: Sequence[str]) -> set[str]:
    return {word for word in name if any(word == other or _slipped(word, other) for other in said)}


def _slipped(word: str, other: str) -> bool:
    return min(len(word), len(other)) > 4 and fuzz.ratio(word, other) >= SLIP
