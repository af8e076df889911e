"""Tells ahead of a plan what of its message is not even planned, and what an order that came can still be."""

from collections.abc import Sequence

from bot.aftersale.addresses.written import goal_of
from bot.aftersale.hearing.listening import Listened
from bot.aftersale.hearing.unheard import unheard
from bot.aftersale.replying.taking_in import what_cannot_be
from bot.aftersale.world import World
from bot.phrases import aftersale as phrases
from bot.phrases import orders as phrases_orders
from bot.phrases import talk as phrases_talk
from bot.turn import Turn
from domain.plans import Deed, PlannedWish


def left_undone(turn: Turn, world: World, said: Listened, text: str) -> list[str]:
    """What was not found, cannot be or is not done: orders and things that are none of theirs, and where else to."""
    heard = said.heard
    told = [phrases.no_such_order(numbers=heard.strange)] if heard.strange and not heard.orders else []
    told += what_cannot_be(world, heard)
    if not said.addresses.wishes and (written := said.addresses.written or goal_of(text)):
        told.append(phrases_talk.not_done(words=written))
    return [*told, *(phrases_talk.not_done(words=words) for words in unheard(turn.understanding.parts, world, heard))]


def came_already(turn: Turn, world: World, wishes: Sequence[PlannedWish]) -> list[str]:
    """That an order was delivered, to who wants it cancelled: it can only come back."""
    orders = [world.order(wish.place.order_id) for wish in wishes if wish.deed is Deed.CANCEL and wish.place]
    told = [
        phrases.only_comes_back(
            where=phrases_orders.left(turn.shop, order_id=one.order_id, delivered_at=one.delivered_at)
        )
        for one in orders
        if one is not None and world.is_delivered(one.order_id)
    ]
    return list(dict.fromkeys(told))
