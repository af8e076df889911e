"""Decides what comes next of a plan: the one question that is still open, or the acts that are to be confirmed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.aftersale.into.variants_meant import Choice, choose_variant
from bot.aftersale.which.options import wish_of
from bot.aftersale.world import World
from domain.aftersale.acts import (
    Act,
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangeOwnAddress,
    ExchangeItems,
    Pieces,
    ReturnItems,
    together,
)
from domain.conversation import Asked
from domain.errors import ActsContradict
from domain.model import Product
from domain.plans import Deed, Place, Plan, PlannedWish
from domain.records.returns import ReturnKind, ReturnReason
from nlu.rules.aftersale_phrases import THERE_IS_NONE

SAME_AGAIN = (ReturnReason.BROKEN, ReturnReason.WRONG_ITEM)  # why the very same may come once more
_SWAPS = {Deed.EXCHANGE, Deed.CHANGE}


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """A question about the wish at a place of the plan; `choice` is what is there, where an option is asked for.

    It is asked `again` of who wants the same once more, which the shop does not do.
    """

    kind: Asked
    about: int = 0
    choice: Choice | None = None
    again: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """Nothing is open: what is to be done, and the wishes that nothing can be done about."""

    acts: tuple[Act, ...]
    cannot: tuple[PlannedWish, ...] = ()


def decide(world: World, plan: Plan, *, asks_why: bool = True) -> tuple[Plan, Ask | Ready]:
    """The plan with what follows from the customer's data, and what comes next of it."""
    plan = replace(plan, wishes=tuple(_expanded(world, _gone_along(plan.wishes))))
    for at, wish in enumerate(plan.wishes):
        if len(wish.among) > 1:
            within = len({place.order_id for place in wish.among}) == 1
            return plan, Ask(kind=Asked.WHICH_ITEM if within else Asked.PLAN_ORDER, about=at)
    for at, wish in enumerate(plan.wishes):
        asked, settled = _settled(world, wish, at)
        if asked is None and _comes_again(settled):
            asked = _may_come_again(plan, at)
        plan = replace(plan, wishes=(*plan.wishes[:at], settled, *plan.wishes[at + 1 :]))
        if _is_whole(settled) and settled.deed in _SWAPS and not _is_whole(wish):
            return decide(world, plan, asks_why=asks_why)  # a way out for the whole order is one for each thing in it
        if asked is not None:
            return plan, asked
    acts, cannot = acts_of(world, plan.wishes)
    returns = any(isinstance(act, ReturnItems) for act in acts)
    if returns and asks_why and not plan.reason and not plan.asked_why:
        return plan, Ask(kind=Asked.WHY_RETURN)
    return plan, Ready(acts=acts, cannot=cannot)


def _comes_again(wish: PlannedWish) -> bool:
    """Whether something comes back and the very same is to come once more."""
    return wish.deed in _SWAPS and wish.place is not None and wish.becomes == wish.place.product_id != ""


def _may_come_again(plan: Plan, at: int) -> Ask | None:
    """What is asked of who wants the same once more: it is only for what came broken, or is not what was ordered."""
    if not plan.reason and not plan.asked_why:
        return Ask(kind=Asked.WHY_RETURN, about=at)
    return None if plan.reason in SAME_AGAIN else Ask(kind=Asked.EXCHANGE_OR_REFUND, about=at, again=True)


def meaning(world: World, wish: PlannedWish) -> Deed | None:
    """What a wish comes to where its order is now; None where nothing can be done with that order."""
    place = wish.place
    if place is None or wish.deed in (Deed.SHIP_TO, Deed.LIVE_AT, Deed.LEAVE):
        return wish.deed
    if world.is_open(place.order_id):
        if wish.deed in (Deed.EXCHANGE, Deed.CHANGE, Deed.EITHER):
            return Deed.CHANGE
        return Deed.DISCARD if place.product_id else Deed.CANCEL
    if world.is_delivered(place.order_id):
        if wish.deed in (Deed.EXCHANGE, Deed.CHANGE):
            return Deed.EXCHANGE
        return Deed.EITHER if wish.deed is Deed.EITHER else Deed.RETURN
    return None


def _gone_along(wishes: Sequence[PlannedWish]) -> Sequence[PlannedWish]:
    """The wishes; where nobody said which order goes elsewhere, it is the only one that the others are about."""
    ids = {place.order_id for wish in wishes if wish.deed is not Deed.SHIP_TO for place in wish.among}
    return [
        replace(wish, among=tuple(place for place in wish.among if place.order_id in ids) or wish.among)
        if wish.deed is Deed.SHIP_TO and len(ids) == 1
        else wish
        for wish in wishes
    ]


def _expanded(world: World, wishes: Sequence[PlannedWish]) -> Iterable[PlannedWish]:
    """The wishes; one of a whole order is one of each thing in it, unless the order is cancelled.

    What is said of one of these things besides holds for it, with how all of them shall be.
    """
    of_all = {
        place.order_id: wish.words
        for wish in wishes
        if wish.deed in _SWAPS and (place := wish.place) is not None and not place.product_id
    }
    for wish in wishes:
        if wish.deed in _SWAPS and wish.place is not None and wish.place.product_id:
            yield replace(wish, words=(*of_all.get(wish.place.order_id, ()), *wish.words))
            continue
        place = wish.place
        order = None if place is None else world.order(place.order_id)
        whole = place is not None and not place.product_id and wish.deed not in (Deed.SHIP_TO, Deed.LIVE_AT)
        means = meaning(world, wish)
        spares = order is not None and any(one.product_id in wish.but for one in world.places_of(order))
        if not whole or order is None or means is None or (means is Deed.CANCEL and not spares):
            yield wish
            continue
        own = {one.place for one in wishes if one.place is not None and one.place.product_id}
        left = [one for one in world.places_of(order) if one.product_id not in wish.but and one not in own]
        deed = Deed.DISCARD if means is Deed.CANCEL else wish.deed
        yield from (replace(wish, deed=deed, among=(one,), but=()) for one in left)


def _settled(world: World, wish: PlannedWish, at: int) -> tuple[Ask | None, PlannedWish]:
    """A wish whose place is known, and what must still be asked of it."""
    means, place = meaning(world, wish), wish.place
    if wish.deed in (Deed.SHIP_TO, Deed.LIVE_AT):
        return (None if wish.address_id else Ask(kind=Asked.PLAN_ADDRESS, about=at)), wish
    if means is Deed.EITHER:
        return Ask(kind=Asked.EXCHANGE_OR_REFUND, about=at), wish
    if place is None or not place.product_id or means not in (Deed.CHANGE, Deed.EXCHANGE):
        return None, wish
    delivered = means is Deed.EXCHANGE
    choice = choose_variant(world, place.product_id, _said_first(wish), delivered=delivered)
    if _is_strange(world, wish) and (out := way_out(wish)) is not None:
        return _settled(world, out, at)
    if choice.product is not None and _is_too_dear(world, wish, choice.product):
        if (out := way_out(wish)) is not None:
            return _settled(world, out, at)
        return None, replace(wish, becomes="")
    if choice.product is not None:
        return None, replace(wish, becomes=choice.product.product_id)
    if choice.already:  # then nothing is lacking that there was a way out for
        return None, replace(wish, becomes="", ways_out=())
    wish = replace(wish, becomes="")
    if choice.said and not choice.variants and (out := way_out(wish)) is not None:
        return _settled(world, out, at)
    if choice.other:
        return None, wish
    if not choice.variants and not choice.close:
        return (Ask(kind=Asked.EXCHANGE_OR_REFUND, about=at), wish) if delivered else (None, wish)
    return Ask(kind=Asked.WHICH_OPTION, about=at, choice=choice), wish


def _is_strange(world: World, wish: PlannedWish) -> bool:
    """Whether something shall be what no variant of it is: the nearest is no answer to who has a way out."""
    group = None if wish.place is None else world.group_of(wish.place.product_id)
    return group is not None and bool(wish_of(wish.words, group).strange)


def _said_first(wish: PlannedWish) -> tuple[str, ...]:
    """What was said of how it shall be, without what was said of the case that there is none: that has its way out."""
    if not wish.ways_out:
        return wish.words
    first = tuple(text for text in wish.words if THERE_IS_NONE.match(text.lower()) is None)
    return first or wish.words


def way_out(wish: PlannedWish) -> PlannedWish | None:
    """What shall be done where a wish cannot be; None where nothing was said of that."""
    if not wish.ways_out:
        return None
    first, *rest = wish.ways_out
    among = first.among or wish.among
    if first.deed is Deed.CANCEL and not first.among:
        among = tuple(dict.fromkeys(Place(order_id=place.order_id) for place in wish.among))
    return replace(first, among=among, ways_out=tuple(rest), gone_by=True)


def _is_too_dear(world: World, wish: PlannedWish, product: Product) -> bool:
    """Whether something would cost more than its customer said."""
    if not wish.at_most or wish.place is None:
        return False
    return product.sale_price - world.price_of(wish.place) > Decimal(wish.at_most)


def acts_of(world: World, wishes: Sequence[PlannedWish]) -> tuple[tuple[Act, ...], tuple[PlannedWish, ...]]:
    """The acts that the wishes come to, and the wishes that nothing can be done about."""
    acts: list[Act] = []
    cannot: list[PlannedWish] = []
    left = tuple(_not_cancelled(wishes))
    for wish in left:
        if wish.deed is Deed.LEAVE:
            continue
        act = _act(world, wish) if not _takes_out(world, wish, left) else None
        if act is None:
            cannot.append(wish)
        else:
            acts.append(act)
    try:
        merged = together(acts)
    except ActsContradict as error:  # what was said last holds
        rest = [act for act in acts[:-1] if getattr(act, "order_id", 0) != error.order_id]
        merged = together([*rest, *(act for act in acts[-1:])])
    return tuple(_whole(world, act) for act in merged), tuple(cannot)


def _not_cancelled(wishes: Sequence[PlannedWish]) -> Iterable[PlannedWish]:
    """The wishes without those of an order that is cancelled because one of them cannot be."""
    last = {wish.among: wish for wish in wishes if wish.gone_by and wish.deed is Deed.CANCEL and _is_whole(wish)}
    gone = {place.order_id for among in last for place in among}
    for wish in wishes:
        if wish.place is None or wish.place.order_id not in gone or last.get(wish.among) is wish:
            yield wish


def _takes_out(world: World, wish: PlannedWish, wishes: Sequence[PlannedWish]) -> bool:
    """Whether only a part of an order shall be taken out of it, where that is not done."""
    place = wish.place
    if not world.variants_only or place is None or not place.product_id or meaning(world, wish) is not Deed.DISCARD:
        return False
    order = world.order(place.order_id)
    there = [] if order is None else world.places_of(order)
    gone = {one.place for one in wishes if meaning(world, one) is Deed.DISCARD and _is_all(world, one)}
    return not set(there) <= gone


def _is_all(world: World, wish: PlannedWish) -> bool:
    """Whether a wish is about all pieces that are there."""
    return not wish.quantity or (wish.place is not None and wish.quantity >= world.quantity(wish.place))


def _is_whole(wish: PlannedWish) -> bool:
    return wish.place is not None and not wish.place.product_id


def _act(world: World, wish: PlannedWish) -> Act | None:
    place, means = wish.place, meaning(world, wish)
    if wish.deed is Deed.LIVE_AT:
        return ChangeOwnAddress(address_id=wish.address_id)
    if place is None:
        return None
    if wish.deed is Deed.SHIP_TO:
        open_to_it = world.is_open(place.order_id)
        return ChangeAddress(order_id=place.order_id, address_id=wish.address_id) if open_to_it else None
    there = world.quantity(place) if place.product_id else 0
    quantity = min(wish.quantity or there, there)
    piece = Pieces(product_id=place.product_id, quantity=quantity, becomes=wish.becomes)
    match means:
        case Deed.CANCEL:
            return CancelOrder(order_id=place.order_id)
        case Deed.DISCARD:
            return ChangeItems(order_id=place.order_id, pieces=(replace(piece, becomes=""),))
        case Deed.CHANGE if wish.becomes:
            return ChangeItems(order_id=place.order_id, pieces=(piece,))
        case Deed.EXCHANGE if wish.becomes:
            return ExchangeItems(order_id=place.order_id, pieces=(piece,))
        case Deed.RETURN:
            return ReturnItems(order_id=place.order_id, pieces=(replace(piece, becomes=""),))
        case _:
            return None


def _whole(world: World, act: Act) -> Act:
    """The act; what takes everything out of an order cancels it."""
    if not isinstance(act, ChangeItems) or any(piece.becomes for piece in act.pieces):
        return act
    order = world.order(act.order_id)
    there = {} if order is None else {place.product_id: world.quantity(place) for place in world.places_of(order)}
    gone = {piece.product_id: piece.quantity for piece in act.pieces}
    return CancelOrder(order_id=act.order_id) if gone == there else act


def with_wishes(plan: Plan, new: Iterable[PlannedWish]) -> Plan:
    """The plan with more wishes: of one place, and of one order, what was said last holds."""
    wishes = list(plan.wishes)
    for one in new:
        wish, place = one, one.place
        if wish.deed is Deed.EITHER and any(_same(kept, wish) for kept in wishes):
            continue  # why it is not wanted
        if wish.deed is Deed.CANCEL and place is not None and not place.product_id:
            wishes = [kept for kept in wishes if kept.place is None or kept.place.order_id != place.order_id]
        same = [kept for kept in wishes if _same(kept, wish)]
        if same and not wish.words and wish.deed in (Deed.EXCHANGE, Deed.CHANGE):
            wish = replace(wish, words=same[0].words)
        if same and not wish.quantity and wish.place is not None:
            wish = replace(wish, quantity=same[0].quantity)  # said once more, it is not more than it was
        wishes = [*(kept for kept in wishes if not _same(kept, wish) and not _cancels(kept, place)), wish]
    return replace(plan, wishes=tuple(wishes))


def _same(one: PlannedWish, other: PlannedWish) -> bool:
    if (one.deed is Deed.LIVE_AT) != (other.deed is Deed.LIVE_AT):
        return False
    if (one.deed is Deed.SHIP_TO) != (other.deed is Deed.SHIP_TO):
        return False
    return one.deed is Deed.LIVE_AT or (one.place is not None and one.place == other.place) or one.among == other.among


def _cancels(one: PlannedWish, place: Place | None) -> bool:
    """Whether a wish cancels the order of which something else is wanted now."""
    if place is None or one.deed is not Deed.CANCEL or one.place is None or not place.product_id:
        return False
    return not one.place.product_id and one.place.order_id == place.order_id


def without(plan: Plan, places: Iterable[Place], spared: Iterable[int] = ()) -> Plan:
    """The plan without what is wished of these places, and of these orders; `spared` orders are not cancelled."""
    gone = set(places)
    orders = {place.order_id for place in gone if not place.product_id}
    whole = set(spared)
    kept: list[PlannedWish] = []
    for wish in plan.wishes:
        if (
            wish.deed is Deed.CANCEL
            and wish.place is not None
            and wish.place.order_id in whole
            and not wish.place.product_id
        ):
            continue
        left = tuple(place for place in wish.among if place not in gone and place.order_id not in orders)
        if left or not wish.among:
            kept.append(replace(wish, among=left))
    return replace(plan, wishes=tuple(kept))


KINDS = {ReturnItems: ReturnKind.RETURN, ExchangeItems: ReturnKind.EXCHANGE}
