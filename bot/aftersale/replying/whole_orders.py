"""Takes the answer to it that things cannot be taken out of their order alone: the whole order goes, or all stays."""

from bot.aftersale.addresses.speaking import speaks_of_address
from bot.aftersale.hearing.deeds import hear
from bot.aftersale.planning.deciding import with_wishes, without
from bot.aftersale.planning.stepping import next_step
from bot.aftersale.replying.finishing import refuses
from bot.aftersale.which.naming import find_named
from bot.aftersale.world import SITTING_MINUTES, World
from bot.messages import Reply
from bot.phrases import aftersale as phrases
from bot.turn import Turn
from domain.plans import Deed, Place, Plan, PlannedWish
from nlu.rules.aftersale_whole import leaves_whole, takes_whole
from nlu.rules.moods import only_asks


def answered(turn: Turn, world: World, text: str, plan: Plan | None = None) -> list[Reply] | None:
    """The summary with the whole orders, or that all stays; None where a message says neither.

    Args:
        turn: the message.
        world: the customer's orders.
        text: what it says.
        plan: what is wished besides, and waits for its yes.
    """
    places, plain = _told_of(turn, world), text.lower()
    if not places or only_asks(text) or _names_else(world, plain, places) or _swaps(world, text):
        return None
    if speaks_of_address(plain):
        return None  # it goes elsewhere as a whole
    if takes_whole(plain):
        known = without(plan, places) if plan is not None else Plan()
        wishes = [PlannedWish(deed=Deed.CANCEL, among=(place,)) for place in places]
        turn.conversation.refused = None
        turn.note_done("plan")
        return next_step(turn, world, with_wishes(known, wishes))
    if plan is None and (leaves_whole(plain) or refuses(text)):
        turn.conversation.refused = None
        turn.note_done("plan")
        return [Reply(text=phrases.KEPT)]
    return None


def _told_of(turn: Turn, world: World) -> tuple[Place, ...]:
    """The orders of which that was told a short while ago, and that can still be cancelled."""
    told = turn.conversation.refused
    if told is None or (turn.now - told.at).total_seconds() > SITTING_MINUTES * 60:
        return ()
    return tuple(place for place in told.places if world.is_open(place.order_id))


def _swaps(world: World, text: str) -> bool:
    """Whether something shall become another variant: "then switch everything to the cheapest, and do it"."""
    return any(wish.deed in (Deed.EXCHANGE, Deed.CHANGE) for wish in hear(text, world).wishes)


def _names_else(world: World, plain: str, places: tuple[Place, ...]) -> bool:
    """Whether something else of theirs is named."""
    ids = {place.order_id for place in places}
    inside = {one.product_id for one in world.places() if one.order_id in ids}
    named = find_named(plain, world)
    numbers = {key for one in named.orders for key in one.keys}
    return bool(numbers - {str(one) for one in ids}) or any(inside.isdisjoint(one.keys) for one in named.things)
