"""Answers who wishes once more for what is done already, or regrets it: how it stands, and what takes it back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.aftersale.heard import Heard
from bot.aftersale.hearing.listening import listen
from bot.aftersale.replying import said_again
from bot.aftersale.which import options
from bot.aftersale.which.naming import find_named
from bot.aftersale.world import World
from bot.messages import Reply
from bot.orders import calling_returns_off
from bot.turn import Turn
from domain.model import Product
from domain.plans import Deed, Place
from domain.products.variants import value_of
from domain.records.returns import number_of
from nlu.rules.aftersale_phrases import REGRETS, WANTS_MORE
from nlu.rules.returns_called_off import SPEAKS_OF_ORDERS

_BACK = (Deed.RETURN, Deed.DISCARD, Deed.CANCEL, Deed.EITHER, Deed.EXCHANGE)


def told(turn: Turn, world: World, text: str, heard: Heard, lately: Sequence[Place]) -> list[Reply] | None:
    """How returns stand that a message is about which were asked for `lately`; None where it is about anything else."""
    gone = [place for place in lately if place.product_id and not world.quantity(place)]
    if not gone:
        return None
    before = replace(world, returns={}, _pieces={})
    plain = text.lower()
    keys = {place.product_id for place in gone}
    if find_named(plain, world).things:
        return None  # something that is still with them
    if SPEAKS_OF_ORDERS.search(plain):
        return None
    if not heard.wishes and _described_again(world, gone, plain):
        return said_again.stands(world, gone)
    if not heard.wishes or any(keys & {*span.keys} for span in find_named(plain, before).things):
        heard = listen(turn, text, before, lately=gone).heard
    wishes = [wish for wish in heard.wishes if wish.among]
    if any(wish.deed not in _BACK or wish.address_id for wish in heard.wishes):
        return None
    meant = {place for wish in wishes for place in wish.among} | {*heard.dropped}
    about = [place for place in gone if place in meant]
    if not about or any(not {*wish.among} & {*gone} for wish in wishes):
        return None
    return _returns_of(turn, world, about) if REGRETS.search(plain) else said_again.stands(world, about)


def _described_again(world: World, gone: Sequence[Place], plain: str) -> bool:
    """Whether words but tell once more what something was exchanged for, or how it was."""
    if WANTS_MORE.search(plain) is not None:
        return False
    lines = [line for place in gone for one in world.returns.get(place.order_id, ()) for line in one.lines]
    for line in lines:
        group = world.group_of(line.product_id)
        both = [world.products[one] for one in (line.product_id, line.replacement_id) if one in world.products]
        wanted = options.says_options(plain, group).wanted
        if len(both) == 2 and len(wanted) > 1 and all(_fits(both, axis, wanted[axis]) for axis in wanted):
            return True
    return False


def _fits(either: Sequence[Product], axis: str, values: Sequence[str]) -> bool:
    return any(value_of(one, axis) in values for one in either)


def _returns_of(turn: Turn, world: World, places: Sequence[Place]) -> list[Reply] | None:
    numbers = [
        number_of(one.return_id)
        for place in places
        for one in world.returns.get(place.order_id, ())
        if one.state.is_open and any(line.product_id == place.product_id for line in one.lines)
    ]
    return calling_returns_off.told(turn, list(dict.fromkeys(numbers))) or None
