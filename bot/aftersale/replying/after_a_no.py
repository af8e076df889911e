"""Hears what shall be done in the place of what was told to be impossible a short while ago."""

from collections.abc import Sequence

from bot.aftersale.hearing.deeds import hear
from bot.aftersale.hearing.listening import Listened, listen
from bot.aftersale.which.naming import find_named
from bot.aftersale.world import World
from bot.turn import Turn
from domain.plans import PlannedWish
from nlu.rules.giving_up import lets_it_be


def instead(turn: Turn, world: World, said: Listened, failed: Sequence[PlannedWish]) -> Listened:
    """The same; a way out that it says is one of what failed."""
    if failed and said.heard.settled and not said.addresses.wishes:
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
