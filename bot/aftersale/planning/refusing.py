"""Tells why nothing can be done about wishes, and keeps which orders things cannot be taken out of alone."""

from collections.abc import Iterable, Sequence

from bot.aftersale.into.variants_meant import choose_variant
from bot.aftersale.planning.deciding import meaning
from bot.aftersale.world import SITTING_MINUTES, World
from bot.phrases import aftersale as phrases
from bot.turn import Turn
from domain.model import OrderState
from domain.plans import Deed, Place, PlannedWish, Spoken


def whys(world: World, wishes: Sequence[PlannedWish]) -> Iterable[str]:
    """Why nothing can be done about some wishes; for all that cannot be taken out of an order it is said at once."""
    taken_out: dict[int, list[str]] = {}
    for wish in wishes:
        place = wish.place
        if place is not None and _stays_in(world, wish):
            taken_out.setdefault(place.order_id, []).append(world.title_of(place.product_id))
        else:
            yield _why(world, wish)
    for order_id, titles in taken_out.items():
        yield phrases.only_variants(order_id=order_id, titles=titles)


def _stays_in(world: World, wish: PlannedWish) -> bool:
    """Whether something is to be taken out of an order that can only go as a whole."""
    return world.variants_only and wish.place is not None and meaning(world, wish) is Deed.DISCARD


def refused_orders(turn: Turn, world: World, wishes: Sequence[PlannedWish]) -> Spoken | None:
    """The orders of which that is told, with those of the last refusals; for who wants the whole of them cancelled."""
    ids = dict.fromkeys(wish.place.order_id for wish in wishes if wish.place is not None and _stays_in(world, wish))
    if not ids:
        return None
    told = turn.conversation.refused
    fresh = told is not None and (turn.now - told.at).total_seconds() < SITTING_MINUTES * 60
    before = [place.order_id for place in told.places] if told is not None and fresh else []
    places = tuple(Place(order_id=one) for one in dict.fromkeys((*before, *ids)) if world.is_open(one))
    return Spoken(places=places, at=turn.now, deed=Deed.DISCARD)


def _why(world: World, wish: PlannedWish) -> str:
    """Why nothing can be done about a wish."""
    place = wish.place
    order = None if place is None else world.order(place.order_id)
    if place is None or order is None:
        return phrases.NOTHING_LEFT_TO_DO
    if order.state is OrderState.CANCELLED:
        return phrases.is_cancelled(order_id=order.order_id)
    if order.state is OrderState.SHIPPED:
        return phrases.on_its_way(order_id=order.order_id)
    if order.state is OrderState.PLACED and not world.is_open(order.order_id):
        return phrases.closed(order_id=order.order_id)
    if wish.deed is Deed.SHIP_TO:
        return phrases.goes_nowhere_else(order_id=order.order_id)
    if wish.at_most and wish.words:
        return phrases.too_dear(title=world.name_of(place.product_id))
    delivered = world.is_delivered(place.order_id)
    chosen = choose_variant(world, place.product_id, wish.words, delivered=delivered) if place.product_id else None
    if chosen is not None and chosen.already:
        return phrases.is_so_already(title=world.title_of(place.product_id))
    if chosen is not None and chosen.other:
        return phrases.another_thing(title=world.name_of(place.product_id))
    return phrases.no_variants(title=world.name_of(place.product_id))
