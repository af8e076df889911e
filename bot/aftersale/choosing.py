"""Puts an answer to which order or which thing is meant into the plan, for every wish that it tells something of."""

from dataclasses import replace

from bot.aftersale.kinds import with_kinds
from bot.aftersale.listening import Listened
from bot.aftersale.narrowing import Asking, narrow
from bot.aftersale.world import World
from domain.plans import Deed, Plan, PlannedWish

_MOVES = {Deed.SHIP_TO, Deed.LIVE_AT}


def chosen(world: World, plan: Plan, said: Listened) -> tuple[Plan, Listened]:
    """The plan with what was chosen, and what the message says besides; both as they are where it chooses nothing."""
    asked = Asking(about=plan.about, text=said.text, words=said.heard.words)
    wishes = tuple(with_kinds(world, plan.wishes, said.text))
    wishes = tuple(narrow(world, plan.wishes, said.text, asked)) if wishes == plan.wishes else wishes
    if wishes == plan.wishes:
        return plan, said
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
