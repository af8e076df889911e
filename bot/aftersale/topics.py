"""What of placed orders is being talked of: kept for the next message, and meant by one that names nothing."""

from collections.abc import Sequence
from dataclasses import replace

from bot.aftersale.hearing.listening import Listened
from bot.aftersale.planning.failing import failed_before
from bot.aftersale.which import options
from bot.aftersale.which.naming import find_named
from bot.aftersale.world import World
from bot.messages import Reply
from bot.phrases import topics as phrases
from bot.turn import Turn
from domain.plans import Deed, Place, PlannedWish, Spoken
from nlu.rules.aftersale_phrases import HAS_IT, PREFERS
from nlu.rules.aftersale_pieces import Span
from nlu.rules.openers import opens_several, opens_topic, speaks_of_buying, wants_a_different_one

MOST_SHOWN = 5
MOST_BARE = 12  # words that say how something shall be, and no more
_VAGUE = {Deed.DISCARD, Deed.EITHER, Deed.CHANGE}  # why another one is wanted
_OF_THINGS = {Deed.EXCHANGE, Deed.CHANGE, Deed.EITHER, Deed.RETURN, Deed.DISCARD}


def may_be_meant(plain: str) -> bool:
    """Whether a message in small letters may say how what was spoken of shall be; cheap, and asks no database."""
    short = "?" not in plain and len(plain.split()) <= MOST_BARE
    return (short or PREFERS.search(plain) is not None) and not speaks_of_buying(plain)


def note(turn: Turn, world: World, said: Listened, text: str) -> None:
    """Keeps what of theirs somebody tells of or asks about, for what they want of "it" next; `text` is all they say."""
    plain = text.lower()
    named = {place for places in said.heard.named for place in places}
    spans = [{*span.keys} for span in find_named(plain, world).things]
    every = [place for place in world.places() if any(place.product_id in keys for keys in spans)]
    things = tuple(place for place in every if place in named) or tuple(every)
    orders = tuple(Place(order_id=order.order_id) for order in said.heard.orders)
    if not (things or orders):
        return
    if HAS_IT.search(plain) is not None or opens_topic(plain) or opens_several(plain):
        failed = failed_before(turn)
        turn.conversation.spoken = Spoken(places=things or orders, at=turn.now, failed=failed)


def opened(turn: Turn, world: World, said: Listened) -> list[Reply] | None:
    """The answer to who only begins to speak of something: that it is known, and may be spoken of; it asks nothing."""
    if not (opens_topic(said.text) or opens_several(said.text)) or said.text.rstrip().endswith("?"):
        return None
    ids = {order.order_id for order in said.heard.orders}
    places = (
        [place for places in said.heard.named for place in places]
        if find_named(said.text.lower(), world).things
        else []
    )
    places = list(dict.fromkeys(places or (place for place in world.places() if place.order_id in ids)))
    if not places and not opens_several(said.text):
        return None
    turn.note_done("plan")
    lines = [_line(world, place) for place in places[:MOST_SHOWN]]
    return [Reply(body=(*lines, phrases.of_these(several=len(places) != 1)))]


def _line(world: World, place: Place) -> str:
    where = world.is_delivered(place.order_id), world.is_open(place.order_id)
    return phrases.thing(title=world.title_of(place.product_id), order_id=place.order_id, came=where[0], waits=where[1])


def meant(world: World, said: Listened) -> Listened:
    """The same; what names nothing is of what was spoken of last, and "a different one" of what is named."""
    named = find_named(said.text.lower(), world).things
    if said.addresses.wishes or said.heard.general:
        return said
    if named:
        if wants_a_different_one(said.text) and (other := _named_otherwise(world, said, named)) is not None:
            said.heard.wishes = [other]
        return said
    there = _topic(world)
    if not there or said.heard.orders or said.heard.dropped:
        return said
    if said.heard.wishes:
        said.heard.wishes = [_of_topic(wish, there) for wish in said.heard.wishes]
    elif (wish := _how_it_shall_be(world, said, there)) is not None:
        said.heard.wishes.append(wish)
    return said


def so_already(world: World, said: Listened) -> str | None:
    """What of that which was spoken of last is as a message, that names nothing else, says that it should be."""
    plain = said.text.lower()
    if said.wishes or find_named(plain, world).things or speaks_of_buying(plain) or "?" in plain:
        return None
    for place in _topic(world):
        product, group = world.products[place.product_id], world.group_of(place.product_id)
        told = options.says_options(said.text, group)
        if told.wanted and not options.differs_from(said.text, product, group):
            return product.title
    return None


def _topic(world: World) -> tuple[Place, ...]:
    """The things that were spoken of last and are theirs; those of an order that was."""
    found: list[Place] = []
    for place in world.spoken_of:
        order = world.order(place.order_id)
        if place.product_id and world.quantity(place):
            found.append(place)
        elif not place.product_id and order is not None:
            found += world.places_of(order)
    return tuple(dict.fromkeys(found))


def _of_topic(wish: PlannedWish, there: Sequence[Place]) -> PlannedWish:
    vague = wish.several or len(wish.among) != 1
    among = tuple(there)
    if wish.deed not in _OF_THINGS or not vague or not all(place.product_id for place in wish.among):
        return wish
    return replace(wish, among=among, several=len(among) > 1)


def _named_otherwise(world: World, said: Listened, named: Sequence[Span]) -> PlannedWish | None:
    """An exchange of the one thing that is named, where a different one of it is wanted and nothing else is heard."""
    keys = {key for span in named for key in span.keys}
    among = tuple(place for place in world.places() if place.product_id in keys)
    names = {world.name_of(place.product_id) for place in among}
    heard = [wish for wish in said.heard.wishes if wish.deed not in _VAGUE or not {*wish.among} <= {*among}]
    if len(names) != 1 or heard:
        return None
    known = said.heard.wishes[0].among if said.heard.wishes else ()
    told = said.text if options.says_options(said.text, world.group_of(among[0].product_id)).wanted else ""
    return PlannedWish(deed=Deed.EXCHANGE, among=known or among, words=(told,) if told else ())


def _how_it_shall_be(world: World, said: Listened, there: Sequence[Place]) -> PlannedWish | None:
    """How what was spoken of shall be, or that it shall be a different one; of several those that it can be said of."""
    plain = said.text.lower()
    bare = "?" not in plain and len(plain.split()) <= MOST_BARE
    fits = [
        place
        for place in there
        if options.differs_from(said.text, world.products[place.product_id], world.group_of(place.product_id))
    ]
    if fits and (bare or PREFERS.search(plain)):
        alike = {world.name_of(place.product_id) for place in fits}
        return PlannedWish(deed=Deed.EXCHANGE, among=tuple(fits), words=(said.text,)) if len(alike) == 1 else None
    if wants_a_different_one(plain):
        return PlannedWish(deed=Deed.EXCHANGE, among=tuple(there), several=len(there) > 1)
    return None
