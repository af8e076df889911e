"""What a question about placed orders is asked of: orders and things, by its words and by what was spoken of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.aftersale.which import options
from bot.aftersale.which.naming import find_named
from bot.aftersale.which.orders_meant import orders_meant
from bot.aftersale.which.towns import names_town
from bot.aftersale.world import World
from domain.model import Order, OrderState
from domain.plans import Place
from nlu.rules.aftersale_marks import marks_of
from nlu.rules.aftersale_pieces import Span
from nlu.rules.aftersale_portions import OrderWords, read_portion
from nlu.rules.aftersale_question_words import EVERY_ORDER, LATEST, OF_CANCELLED, SPEAKS_OF_ORDER


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What a question is about.

    Attributes:
        places: the things that it names, in all orders that it may mean.
        orders: the orders that it tells, or that those things are in.
        tells: whether its own words tell which orders.
    """

    places: tuple[Place, ...] = ()
    orders: tuple[Order, ...] = ()
    tells: bool = False


def subject_of(text: str, world: World, spoken_of: Sequence[Place] = ()) -> Subject:
    """What words are about; nothing where they name no thing and tell no order."""
    plain = text.lower()
    if OF_CANCELLED.search(plain):
        world = _with_cancelled(world, only=SPEAKS_OF_ORDER.search(plain) is not None)
    named = find_named(plain, world)
    told = _orders_told(plain, world, named.things, named.orders, spoken_of)
    if EVERY_ORDER.search(plain):
        told = told or tuple(order for order in world.orders if order.state is not OrderState.CANCELLED)
    if not told and LATEST.search(plain):
        told = orders_meant(world, OrderWords(said="latest"))
    if not told and not named.orders:
        told = _by_town(plain, world)
    keys = [key for span in named.things for key in span.keys]
    places = [place for place in world.places() if place.product_id in keys]
    fitting = _fitting(plain, world, places)
    if told:
        ids = {order.order_id for order in told}
        fitting = [place for place in fitting if place.order_id in ids]
        return Subject(places=tuple(fitting), orders=told, tells=True)
    holding = dict.fromkeys(place.order_id for place in fitting)
    orders = tuple(order for one in holding if (order := world.order(one)) is not None)
    return Subject(
        places=tuple(fitting), orders=orders, tells=bool(orders) and SPEAKS_OF_ORDER.search(plain) is not None
    )


def _orders_told(
    plain: str, world: World, things: Sequence[Span], numbers: Sequence[Span], spoken_of: Sequence[Place]
) -> tuple[Order, ...]:
    if OF_CANCELLED.search(plain) and not numbers:
        return world.orders
    before = tuple(order for place in spoken_of if (order := world.order(place.order_id)) is not None)
    found: list[Order] = []
    pieces = marks_of(plain, things, numbers)
    for portion in read_portion(plain, pieces, deed=None, carried=False):
        for words in portion.orders:
            found += orders_meant(world, words, before)
    return tuple(dict.fromkeys(found))


def _by_town(plain: str, world: World) -> tuple[Order, ...]:
    """The orders that go where words name, unless all of them do."""
    there = tuple(order for order in world.orders if names_town(plain, world.goes_to(order)))
    return there if len(there) < len(world.orders) else ()


def _fitting(plain: str, world: World, places: Sequence[Place]) -> list[Place]:
    """Those of some things of which words say most: "the blue jacket"."""
    scores = {
        place: options.fits(plain, world.products[place.product_id], world.group_of(place.product_id))
        for place in places
        if place.product_id in world.products
    }
    best = max(scores.values(), default=0)
    return [place for place in places if scores.get(place, 0) == best] if best > 0 else list(places)


def _with_cancelled(world: World, *, only: bool) -> World:
    """The world in which cancelled orders have their things, for who asks of those."""
    cancelled = tuple(
        replace(order, state=OrderState.SHIPPED) for order in world.orders if order.state is OrderState.CANCELLED
    )
    others = () if only else tuple(order for order in world.orders if order.state is not OrderState.CANCELLED)
    return replace(world, orders=(*others, *cancelled), _pieces={})
