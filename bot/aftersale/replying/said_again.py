"""Answers who tells once more, or in more words, what was done in this sitting: that it is done, and how."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.aftersale.hearing.listening import Listened
from bot.aftersale.into.variants_meant import choose_variant
from bot.aftersale.which import options
from bot.aftersale.which.naming import find_named
from bot.aftersale.world import World
from bot.messages import Reply
from bot.orders import calling_returns_off
from bot.phrases import returns as phrases_returns
from bot.phrases import topics as phrases
from domain.model import OrderState, Product
from domain.plans import Deed, Place
from domain.products.variants import value_of
from domain.records.returns import Return, ReturnLine, ReturnState, number_of
from nlu.rules.moods import only_asks
from nlu.rules.openers import speaks_of_another, speaks_of_buying

_SWAPS = {Deed.EXCHANGE, Deed.CHANGE, Deed.EITHER}
_Back = dict[Place, tuple[Return, ReturnLine]]


def told(world: World, said: Listened) -> list[Reply] | None:
    """How it stands with what a message names or describes that was done just now; None where it says anything new."""
    plain = said.text.lower()
    if not world.lately or plain.rstrip().endswith("?") or only_asks(said.text) or speaks_of_buying(plain):
        return None
    had = _as_it_was(world)
    back = dict(_coming_back(world))
    gone = [place for place in had.places() if place.order_id in world.lately and not world.quantity(place)]
    if not gone:
        return None
    kept = {place.product_id for place in said.heard.dropped}
    named = [keys for span in find_named(plain, had).things if not (keys := {*span.keys}) <= kept]
    if named:
        keys = {place.product_id for place in gone}
        about = [place for place in gone if any(place.product_id in one for one in named)]
        about = about if all(one & keys for one in named) else []
    else:
        about = [place for place in back if _describes(world, back[place][1], said.text)]
    return _lines_of(world, back, about)


def stands(world: World, places: Sequence[Place]) -> list[Reply] | None:
    """How it stands with things that were sent back."""
    return _lines_of(world, dict(_coming_back(world)), list(places))


def wished_again(world: World, said: Listened) -> list[Reply] | None:
    """The same, of who seems to wish it of another thing of that name, and tells but what this one became."""
    wishes = [wish for wish in said.wishes if wish.deed in _SWAPS]
    if not wishes or len(wishes) != len(said.wishes) or said.heard.orders or speaks_of_another(said.text.lower()):
        return None
    had, back = _as_it_was(world), dict(_coming_back(world))
    about: list[Place] = []
    for wish in wishes:
        names = {world.name_of(place.product_id) for place in wish.among}
        same = [place for place in back if place.order_id in world.lately and world.name_of(place.product_id) in names]
        became = [
            place
            for place in same
            if wish.words and _becomes(had, place, wish.words) == back[place][1].replacement_id != ""
        ]
        if not became:
            return None
        about += became
    return _lines_of(world, back, about)


def _becomes(had: World, place: Place, words: tuple[str, ...]) -> str:
    chosen = choose_variant(had, place.product_id, words, delivered=True).product
    return "" if chosen is None else chosen.product_id


def _as_it_was(world: World) -> World:
    """The world with all that came back, and with the orders of this sitting that were cancelled."""
    orders = tuple(
        replace(one, state=OrderState.DELIVERED)
        if one.order_id in world.lately and one.state is OrderState.CANCELLED
        else one
        for one in world.orders
    )
    return replace(world, orders=orders, returns={}, _pieces={})


def _coming_back(world: World) -> Iterator[tuple[Place, tuple[Return, ReturnLine]]]:
    for order_id in world.lately:
        for one in world.returns.get(order_id, ()):
            for line in one.lines if one.state.is_open else ():
                yield Place(order_id=order_id, product_id=line.product_id), (one, line)


def _describes(world: World, line: ReturnLine, text: str) -> bool:
    """Whether words tell what something was exchanged for, and nothing that it is not."""
    new, group = world.products.get(line.replacement_id), world.group_of(line.product_id)
    wanted = options.says_options(text, group).wanted
    return new is not None and bool(wanted) and all(_is_so(new, axis, wanted[axis]) for axis in wanted)


def _is_so(product: Product, axis: str, values: tuple[str, ...]) -> bool:
    return value_of(product, axis) in values


def _lines_of(world: World, back: _Back, places: list[Place]) -> list[Reply] | None:
    """What was done with each of some things, and what takes it back."""
    lines: list[str] = []
    returns: list[Return] = []
    for place in sorted({*places}, key=places.index):
        title = world.title_of(place.product_id)
        if place in back:
            one, line = back[place]
            becomes = world.title_of(line.replacement_id) if line.replacement_id else ""
            lines.append(phrases.comes_back(number=number_of(one.return_id), title=title, becomes=becomes))
            returns += [one] if one not in returns else []
        else:
            lines.append(phrases.was_cancelled(title=title, order_id=place.order_id))
    waiting = [one for one in returns if one.state is ReturnState.REQUESTED]
    ends = [phrases_returns.CAN_BE_CALLED_OFF] if waiting else []
    body = (phrases.DONE_ALREADY, *lines, *ends)
    return [Reply(body=body, buttons=calling_returns_off.buttons(waiting))] if lines else None
