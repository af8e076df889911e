"""Hears what shall be done in the place of what was told to be impossible a short while ago."""

from collections.abc import Sequence

from bot.aftersale.hearing.deeds import hear
from bot.aftersale.hearing.listening import Listened, listen
from bot.aftersale.planning.deciding import meaning
from bot.aftersale.which.naming import find_named
from bot.aftersale.world import World
from bot.turn import Turn
from domain.plans import Deed, Place, PlannedWish
from nlu.rules.whole_orders import lets_it_be, lets_whole_orders_go


def instead(turn: Turn, world: World, said: Listened, failed: Sequence[PlannedWish]) -> Listened:
    """The same; a way out that it says is one of what failed, and so is that whole orders may go."""
    if not failed:
        return said
    if whole := _whole_orders(world, said, failed):
        said.heard.wishes = list(whole)
        return said
    if said.heard.settled and not said.addresses.wishes:
        again = listen(turn, said.text, world, failed=failed)
        return again if again.heard.wishes else said
    return said


def let_be(world: World, said: Listened, failed: Sequence[PlannedWish]) -> bool:
    """Whether a message but gives up what failed: "then leave it, I'll do it on the website"."""
    names_more = find_named(said.text.lower(), world).things
    known = {place.product_id for wish in failed for place in wish.among}
    if not failed or not lets_it_be(said.text) or any(known.isdisjoint(span.keys) for span in names_more):
        return False
    return not hear(said.text, world).wishes and not said.addresses.wishes


def _whole_orders(world: World, said: Listened, failed: Sequence[PlannedWish]) -> tuple[PlannedWish, ...]:
    """The orders of which nothing can be taken out alone, each to be cancelled, where a message agrees to that."""
    parts = [wish for wish in failed if meaning(world, wish) is Deed.DISCARD]
    if not parts or not lets_whole_orders_go(said.text) or any(wish.ways_out for wish in said.heard.wishes):
        return ()
    known = {place.product_id for wish in parts for place in wish.among}
    if any(known.isdisjoint(span.keys) for span in find_named(said.text.lower(), world).things):
        return ()  # it is of something else
    told = {int(one) for span in find_named(said.text.lower(), world).orders for one in span.keys}
    ids = dict.fromkeys(place.order_id for wish in parts for place in wish.among)
    return tuple(PlannedWish(deed=Deed.CANCEL, among=(Place(order_id=one),)) for one in ids if not told or one in told)
