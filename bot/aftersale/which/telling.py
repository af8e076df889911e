"""Sieves what may be meant by one clause: by number, where it is, what came with it, where it goes, and how it is."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from bot.aftersale.which import options
from bot.aftersale.which.counted import counted
from bot.aftersale.which.towns import names_town
from bot.aftersale.world import World
from domain.model import Order, OrderState
from domain.plans import Place, PlannedWish
from domain.products.catalogue import plain_words, singular
from domain.products.variants import choose
from nlu.rules.aftersale_phrases import PRICED_ONE
from nlu.rules.aftersale_which import Clause, Mention, Role
from nlu.rules.option_degrees import as_utmost
from nlu.rules.options import OptionWish

_STATES = {"open": OrderState.PLACED, "come": OrderState.DELIVERED, "left": OrderState.SHIPPED}
Places = Sequence[Place]
Sieve = Callable[[World, Places, Clause, Collection[str]], "Places | None"]


def sieved(world: World, places: Places, clause: Clause, own: Collection[str], *, describes: bool) -> Places | None:
    """The places that a clause leaves; None where it tells nothing, and what contradicts all of them is not heard.

    Args:
        world: the customer's orders.
        places: what may be meant.
        clause: what is told.
        own: the products that may be meant, where it is one of them.
        describes: whether words of options tell which one it is, and not what it shall become.
    """
    told = False
    for sieve in (*_OF_ORDERS, *((_by_words, _by_age) if describes else ())):
        left = sieve(world, places, clause, own)
        told = told or bool(left)
        places = left or places
    return places if told else None


def described(world: World, places: Places, text: str) -> Places | None:
    """The places that words describe best: by their options, else by words of their names, and the utmost of those."""
    if len(places) > 1 and (priced := PRICED_ONE.search(text.lower())) is not None:
        return _utmost(world, places, OptionWish(by_price=-1 if priced["less"] or priced["costs_less"] else 1))
    wishes = {place: options.says_options(text, world.group_of(place.product_id)) for place in places}
    scores = {
        place: options.fits(text, world.products[place.product_id], world.group_of(place.product_id))
        for place in wishes
    }
    best = max(scores.values(), default=0)
    left = [place for place, score in scores.items() if score == best] if best > 0 else list(places)
    wish = next((one for one in wishes.values() if one.by_price or one.steps), None)
    if wish is None and not best and len(places) > 1:
        utmost_said = as_utmost(text.lower())
        told = (options.says_options(utmost_said, world.group_of(place.product_id)) for place in places)
        wish = next((one for one in told if one.by_price or one.steps), None) if utmost_said != text.lower() else None
    utmost = _utmost(world, left, wish) if wish is not None else []
    return utmost or (left if best > 0 else None)


def _utmost(world: World, places: Places, wish: OptionWish) -> list[Place]:
    """Those of the most or the least: "the pricier one" of two is the dearest, and "the bigger one" the biggest."""
    if wish.by_price:
        worth = {place: world.price_of(place) * wish.by_price for place in places}
        return [place for place in places if worth[place] == max(worth.values())]
    group = world.group_of(places[0].product_id)
    ids = {place.product_id for place in places}
    if group is None or not ids <= {one.product_id for one in group.variants}:
        return []
    there = tuple(replace(one, quantity=1) for one in group.variants if one.product_id in ids)
    steps = tuple(replace(step, to_the_end=True) for step in wish.steps)
    best = {one.product_id for one in choose(replace(group, variants=there), OptionWish(steps=steps))}
    return [place for place in places if place.product_id in best] if len(best) < len(ids) else []


def elsewhere(world: World, wish: PlannedWish, clauses: Sequence[Clause]) -> Places:
    """What may be meant by a wish; where an order is named by its number that is none of those, what is in that."""
    numbers = {number for clause in clauses for number in clause.numbers}
    named = [order for order in world.orders if str(order.order_id) in numbers]
    if not named or {order.order_id for order in named} & {place.order_id for place in wish.among}:
        return wish.among
    if not wish.among[0].product_id:
        return [Place(order_id=order.order_id) for order in named]
    there = [place for order in named for place in world.places_of(order)]
    names = {world.name_of(place.product_id) for place in wish.among}
    return [one for one in there if wish.several or world.name_of(one.product_id) in names] or wish.among


def _in_orders(places: Places, orders: Collection[int]) -> list[Place]:
    return [place for place in places if place.order_id in orders]


def _orders(world: World, places: Places) -> list[Order]:
    ids = {place.order_id for place in places}
    return [order for order in world.orders if order.order_id in ids]


def _by_number(world: World, places: Places, clause: Clause, own: Collection[str]) -> Places | None:
    """Those of the orders that are named; a number that is none's may be one with a slip, or the end of one."""
    if clause.numbers:
        return [place for place in places if str(place.order_id) in clause.numbers]
    ids = {str(place.order_id) for place in places}
    meant = {one for said in clause.strange for one in ids if OSA.distance(said, one) == 1}
    meant = meant or {one for said in clause.strange for one in ids if one.endswith(said)}
    return [place for place in places if str(place.order_id) in meant] if len(meant) == 1 else None


def _by_state(world: World, places: Places, clause: Clause, own: Collection[str]) -> Places | None:
    state = _STATES.get(clause.state)
    return (
        None
        if state is None
        else _in_orders(places, {one.order_id for one in _orders(world, places) if one.state is state})
    )


def _by_company(world: World, places: Places, clause: Clause, own: Collection[str]) -> Places | None:
    """Those that came with the most of what is named beside them."""
    company = [one for one in clause.named(Role.SUBJECT, Role.HELD) if not {*one.keys} & {*own}]
    there = [one for one in clause.mentions if {*one.keys} & {*own}]
    if not company or (clause.either and there):
        return None
    counts = {order.order_id: sum(_holds(world, order, one) for one in company) for order in _orders(world, places)}
    most = max(counts.values(), default=0)
    return _in_orders(places, {one for one, count in counts.items() if count and (clause.either or count == most)})


def _by_lack(world: World, places: Places, clause: Clause, own: Collection[str]) -> Places | None:
    lacks = [one for one in clause.named(Role.LACKED) if not {*one.keys} & {*own}]
    if not lacks:
        return None
    orders = _orders(world, places)
    return _in_orders(places, {o.order_id for o in orders if not any(_holds(world, o, one) for one in lacks)})


def _by_count(world: World, places: Places, clause: Clause, own: Collection[str]) -> Places | None:
    """Those of an order that has so many of it: "the one with two shirts"."""
    many = [(one, count) for one in clause.mentions if (count := counted(one.before)) > 1]
    if not many:
        return None
    orders = _orders(world, places)
    fits = {o.order_id for o in orders if all(_many(world, o, one) == count for one, count in many)}
    return _in_orders(places, fits)


def _by_alone(world: World, places: Places, clause: Clause, own: Collection[str]) -> Places | None:
    alone = {order.order_id for order in _orders(world, places) if len(world.places_of(order)) == 1}
    return _in_orders(places, alone) if clause.alone else None


def _by_town(world: World, places: Places, clause: Clause, own: Collection[str]) -> Places | None:
    there = {one.order_id for one in _orders(world, places) if names_town(clause.text, world.goes_to(one))}
    return _in_orders(places, there) if there else None


def _by_words(world: World, places: Places, clause: Clause, own: Collection[str]) -> Places | None:
    """Those that are as it is said: of what is named, or of all where nothing is; of orders what is in them."""
    if not clause.mentions:
        return described(world, places, clause.text) if places[0].product_id else None
    found: list[Place] = []
    for one in clause.mentions:
        inside = [
            place
            for order in _orders(world, places)
            for place in world.places_of(order)
            if place.product_id in one.keys
        ]
        if (not own or {*one.keys} & {*own}) and (left := described(world, inside, one.described)):
            found += left
    ids = {place.order_id for place in found}
    return [place for place in places if (place in found if own else place.order_id in ids)] if found else None


def _by_age(world: World, places: Places, clause: Clause, own: Collection[str]) -> Places | None:
    if not clause.age or len({place.order_id for place in places}) < 2:
        return None
    orders = sorted(_orders(world, places), key=lambda order: (order.placed_at, order.order_id))
    return _in_orders(places, {orders[-1 if clause.age > 0 else 0].order_id})


def _holds(world: World, order: Order, mention: Mention) -> bool:
    return any(place.product_id in mention.keys for place in world.places_of(order))


def _many(world: World, order: Order, mention: Mention) -> int:
    return sum(world.quantity(place) for place in world.places_of(order) if place.product_id in mention.keys)


def names_it(world: World, place: Place, text: str) -> int:
    """How many words of a text are in what something is called."""
    title = {singular(word) for word in plain_words(world.title_of(place.product_id))}
    return len({singular(word) for word in plain_words(text)} & title)


_OF_ORDERS: tuple[Sieve, ...] = (_by_number, _by_state, _by_company, _by_lack, _by_count, _by_alone, _by_town)
