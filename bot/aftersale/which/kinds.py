"""Takes wishes to the things of a kind that they speak of: "the office stuff", "everything that is not for camping"."""

from collections.abc import Iterable
from dataclasses import replace

from bot.aftersale.world import World
from domain.plans import Deed, Place, PlannedWish
from domain.products.catalogue import plain_words
from nlu.rules.aftersale_marks import marks_of
from nlu.rules.aftersale_words import DEEDS
from nlu.rules.kinds_of_things import Kind, is_of_kind, read_kinds
from nlu.rules.patterns import rule

_SENTENCE = rule(r"[^.!?;\n]{1,600}")


def with_kinds(world: World, wishes: Iterable[PlannedWish], text: str) -> list[PlannedWish]:
    """The wishes; each that is not of certain things already is of those of the kind that the text speaks of."""
    kinds = _kinds_wished(text.lower())
    told = [one for wish in wishes for one in _told(world, wish, kinds)] if kinds else []
    return told or list(wishes)


def _kinds_wished(text: str) -> list[Kind]:
    """The kinds that sentences with a deed speak of; without any all: "an order of office and hiking stuff"."""
    deeds = [one for one in _SENTENCE.findall(text) if any(piece.mark in DEEDS for piece in marks_of(one, [], []))]
    return [kind for one in deeds for kind in read_kinds(one)] or read_kinds(text)


def _told(world: World, wish: PlannedWish, kinds: list[Kind]) -> list[PlannedWish]:
    whole = bool(wish.among) and not wish.among[0].product_id
    if not (wish.several or whole) or wish.deed in (Deed.SHIP_TO, Deed.LIVE_AT):
        return [wish]
    orders = [order for place in wish.among if (order := world.order(place.order_id)) is not None]
    places = [place for order in dict.fromkeys(orders) for place in world.places_of(order)] if whole else wish.among
    left = [place for place in places if _fits(world, place, kinds)]
    if len(left) == len(places):
        return [wish]
    if whole and left and all(kind.denied for kind in kinds):
        but = tuple(dict.fromkeys(place.product_id for place in places if place not in left))
        return [replace(wish, but=tuple(dict.fromkeys((*wish.but, *but))))]
    return [replace(wish, among=(place,), several=False, but=()) for place in left]


def _fits(world: World, place: Place, kinds: list[Kind]) -> bool:
    product = world.products.get(place.product_id)
    said = f"{world.name_of(place.product_id)} {product.category if product is not None else ''}"
    names = {*said.lower().split(), *plain_words(said)}
    wanted = [kind for kind in kinds if not kind.denied]
    if wanted and not any(is_of_kind(names, kind.name) for kind in wanted):
        return False
    return not any(is_of_kind(names, kind.name) for kind in kinds if kind.denied)
