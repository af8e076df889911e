"""Puts an answer to which order or which thing is meant into the plan, for every wish that it tells something of."""

from dataclasses import replace

from bot.aftersale.hearing.listening import Listened
from bot.aftersale.which.kinds import with_kinds
from bot.aftersale.which.naming import find_named
from bot.aftersale.which.narrowing import Asking, narrow
from bot.aftersale.world import World
from domain.plans import Deed, Plan, PlannedWish
from nlu.rules.aftersale_phrases import JOINS_MORE
from nlu.rules.aftersale_which import Role, read_which

_MOVES = {Deed.SHIP_TO, Deed.LIVE_AT}


def chosen(world: World, plan: Plan, said: Listened, *, of_one_order: bool = False) -> tuple[Plan, Listened]:
    """The plan with what was chosen, and what the message says besides; both as they are where it chooses nothing.

    Asked for one of the things of an order, it may name more of them: "the robotic one, and the purifier".
    """
    asked = Asking(about=plan.about, text=said.text, words=said.heard.words)
    wishes = tuple(with_kinds(world, plan.wishes, said.text))
    wishes = tuple(narrow(world, plan.wishes, said.text, asked)) if wishes == plan.wishes else wishes
    if wishes == plan.wishes:
        return plan, said
    if of_one_order and plan.about < len(plan.wishes):
        wishes = (*wishes, *_added(world, plan, said.text))
    known = {place for wish in plan.wishes for place in wish.among}
    left = {place for wish in wishes for place in wish.among}

    def is_new(wish: PlannedWish) -> bool:
        if wish.deed in _MOVES:
            return bool(wish.address_id)
        return not {*wish.among} <= known

    heard = replace(
        said.heard,
        wishes=[wish for wish in said.heard.wishes if is_new(wish)],
        dropped=[place for place in said.heard.dropped if place not in left],
    )
    addresses = replace(said.addresses, wishes=tuple(wish for wish in said.addresses.wishes if is_new(wish)))
    return replace(plan, wishes=wishes), replace(said, heard=heard, addresses=addresses)


def _added(world: World, plan: Plan, text: str) -> list[PlannedWish]:
    """The same for what is named besides, in the same order, and is no wish yet."""
    asked = plan.wishes[plan.about]
    named = find_named(text.lower(), world)
    known = {place.product_id for wish in plan.wishes for place in wish.among}
    orders = {place.order_id for place in asked.among}
    added = []
    for clause in read_which(text.lower(), named.things, named.orders):
        for one in clause.named(Role.SUBJECT) if JOINS_MORE.search(clause.text) else ():
            there = [place for place in world.places() if place.product_id in one.keys and place.order_id in orders]
            if there and known.isdisjoint(one.keys):
                added.append(PlannedWish(deed=asked.deed, among=tuple(there)))
    return added
