"""Tells whether a message wishes for what only a plan can do; all else that is wished of orders has its own way."""

from collections.abc import Sequence

from bot.aftersale.hearing.listening import Listened
from bot.aftersale.planning.deciding import meaning
from bot.aftersale.which import options
from bot.aftersale.world import World
from bot.turn import Turn
from domain.plans import Deed, PlannedWish
from nlu.rules.aftersale_phrases import ADDS
from nlu.rules.conditions import conditional
from nlu.rules.deeds import CANCELLING
from nlu.rules.moods import Mood, mood_of
from nlu.rules.order_words import plain, split_except
from nlu.rules.retractions import is_retracted

_MOVES = {Deed.SHIP_TO, Deed.LIVE_AT}
_GONE = {Deed.DISCARD, Deed.CANCEL}


def claims(turn: Turn, world: World, said: Listened, asked: Sequence[PlannedWish]) -> bool:
    """Whether a message wishes for what only a plan can do; everything else has its own way."""
    wishes = said.wishes
    if said.heard.general and not wishes:
        return False
    if asked:
        return bool(wishes) and any(wish.deed is not Deed.CANCEL for wish in wishes)
    if not wishes:
        return bool(said.heard.lost or said.heard.unmet)
    if said.heard.spared or any(_hangs(wish) for wish in wishes):
        return True
    if any(_is_of_returns(world, wish) or _is_of_variants(world, wish) for wish in wishes):
        return True
    if _moves_nothing(world, wishes):
        return False
    counts = any(wish.deed in (Deed.CHANGE, Deed.EXCHANGE) for wish in wishes)
    if counts and not turn.shop.terms.variants_only:
        return False  # how many of something there shall be, or something else altogether
    if any(wish.deed in _MOVES for wish in wishes):
        own = any(wish.deed is Deed.LIVE_AT for wish in wishes)
        return turn.conversation.proven_email is not None or own or len(wishes) > 1
    if counts:
        return not ADDS.search(said.text.lower()) and any(wish.among for wish in wishes)  # no other way does it
    kinds = {_kind(world, wish) for wish in wishes}
    if len(kinds) > 1:
        return True
    goes = all(wish.deed in _GONE for wish in wishes) and any(wish.among for wish in wishes)
    if goes and (said.payments or turn.shop.terms.variants_only):
        return True
    orders_too = any(wish.intent in ("order", "add_to_cart") for wish in turn.understanding.wishes)
    return not orders_too and is_lone_cancelling(world, said)


def _hangs(wish: PlannedWish) -> bool:
    """Whether no other way knows how to do it: it is said what shall be done if it cannot be."""
    return bool(wish.ways_out and wish.among)


def _moves_nothing(world: World, wishes: Sequence[PlannedWish]) -> bool:
    """Whether only orders that have left shall go elsewhere, of which support is to hear."""
    places = [place for wish in wishes if wish.deed is Deed.SHIP_TO for place in wish.among]
    return len(wishes) == 1 and bool(places) and not any(world.is_open(place.order_id) for place in places)


def _is_of_returns(world: World, wish: PlannedWish) -> bool:
    """Whether something that was delivered comes back; or is to, and has not arrived yet."""
    if not wish.among or wish.deed in _MOVES or wish.deed is Deed.CHANGE:
        return False
    delivered = [place for place in wish.among if world.is_delivered(place.order_id)]
    if delivered:
        return True
    return wish.deed is Deed.RETURN and not wish.several


def _is_of_variants(world: World, wish: PlannedWish) -> bool:
    """Whether something of an order that has not left shall be another variant of itself."""
    if wish.deed not in (Deed.CHANGE, Deed.EXCHANGE, Deed.EITHER):
        return False
    groups = [world.group_of(place.product_id) for place in wish.among if place.product_id]
    groups = [group for group in groups if group is not None]
    if not groups or (wish.several and not wish.words and len(wish.among) > 1 and wish.deed is Deed.CHANGE):
        return False
    return not wish.words or any(options.tells(text, group) for text in wish.words for group in groups)


def _kind(world: World, wish: PlannedWish) -> Deed | None:
    """What a wish comes to, for telling whether a message wants several kinds of things."""
    means = wish.deed if wish.place is None else meaning(world, wish)
    return Deed.CANCEL if means is Deed.DISCARD else means


def is_lone_cancelling(world: World, said: Listened) -> bool:
    """Whether nothing is wished for but that one order is cancelled, which is told, at once and without an if."""
    place = said.wishes[0].place if len(said.wishes) == 1 else None
    if place is None or said.wishes[0].deed is not Deed.CANCEL or place.product_id or not said.heard.orders:
        return False
    bounded = bool(
        said.heard.dropped or said.heard.spared or said.wishes[0].but or said.wishes[0].condition or said.payments
    )
    bounded = bounded or split_except(plain(said.text))[1] is not None
    if bounded or conditional(said.text) is not None or is_retracted(said.text):
        return False
    return world.is_open(place.order_id) and mood_of(said.text, CANCELLING) is Mood.COMMAND
