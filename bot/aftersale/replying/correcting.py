"""Reads short corrections of a summary: how many of something, or one thing in the place of another."""

from dataclasses import replace

from bot.aftersale.planning.deciding import without
from bot.aftersale.which import options
from bot.aftersale.which.naming import find_named
from bot.aftersale.world import World
from domain.plans import Deed, Plan, PlannedWish
from nlu.rules.aftersale_marks import marks_of
from nlu.rules.aftersale_words import DEEDS
from nlu.rules.plan_corrections import read_count, read_replaced

_VERBS = {
    Deed.RETURN: "return",
    Deed.EITHER: "return",
    Deed.EXCHANGE: "exchange",
    Deed.CHANGE: "change",
    Deed.DISCARD: "remove",
}


def counted(world: World, plan: Plan, text: str) -> Plan | None:
    """The plan with as many as a message says of the one thing that it may be said of; None of other messages."""
    count = read_count(text)
    items = [wish for wish in plan.wishes if wish.deed in _VERBS and wish.place is not None and wish.place.product_id]
    several = [one for one in items if one.place is not None and world.quantity(one.place) > 1]
    meant = several if several else items
    if not count or len(meant) != 1 or _says_option(world, meant[0], text):
        return None
    return replace(plan, wishes=tuple(replace(one, quantity=count) if one is meant[0] else one for one in plan.wishes))


def in_its_place(world: World, plan: Plan, text: str) -> tuple[Plan, str]:
    """The plan without what something else shall come in the place of, and the wish for that; else both as they are."""
    found = read_replaced(text)
    if found is None or not {piece.mark for piece in marks_of(found.new.lower(), [], [])}.isdisjoint(DEEDS):
        return plan, text
    new = {key for span in find_named(found.new.lower(), world).things for key in span.keys}
    items = [wish for wish in plan.wishes if wish.deed in _VERBS and wish.among]
    if found.old:
        old = {key for span in find_named(found.old.lower(), world).things for key in span.keys}
        gone = [wish for wish in items if {place.product_id for place in wish.among} & old]
    else:
        gone = items if len(items) == 1 else []
    planned = {place.product_id for wish in gone for place in wish.among}
    if not new or not gone or new & planned:
        return plan, text
    left = without(plan, [place for wish in gone for place in wish.among])
    return left, f"{_VERBS[gone[0].deed]} {found.new}"


def _says_option(world: World, wish: PlannedWish, text: str) -> bool:
    return any(options.says_options(text, world.group_of(place.product_id)) for place in wish.among)
