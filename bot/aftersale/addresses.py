"""Hears where orders, or a customer, shall go: an address that is written out, or one that is kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.aftersale.naming import find_named
from bot.aftersale.orders_meant import is_every, orders_meant
from bot.aftersale.towns import names_town
from bot.aftersale.world import World
from bot.turn import Turn
from domain.model import Order
from domain.people.addresses import read_address
from domain.people.shipping_countries import ships_there
from domain.plans import Deed, Place, PlannedWish
from domain.records.people import KeptAddress
from nlu.rules.address_frames import without_frame
from nlu.rules.addresses import find_address
from nlu.rules.aftersale_marks import marks_of
from nlu.rules.aftersale_phrases import (
    ADDRESS_OF_ORDER,
    CHANGES_DETAILS,
    CLAUSE_ENDS,
    MORE_FOR_ADDRESS,
    OTHER_ADDRESS,
    OWN_ADDRESS,
    OWN_DETAILS,
    REFUSES_ADDRESS,
    SPEAKS_OF_ADDRESS,
    TOWARDS,
)
from nlu.rules.aftersale_pieces import Span
from nlu.rules.aftersale_portions import OrderWords, read_portion
from nlu.rules.streets import find_streets


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressesHeard:
    """What a message wants of addresses; `rest` is the message without it, with blanks in its place."""

    wishes: tuple[PlannedWish, ...] = ()
    rest: str = ""
    written: str = ""  # an address that is written out in it
    kept: bool = False  # whether it wants one of those that are kept
    of_own: bool = False
    orders: tuple[Order, ...] = field(default=())


def speaks_of_address(text: str) -> bool:
    """Whether a message may want something of addresses; `text` is in small letters."""
    return SPEAKS_OF_ADDRESS.search(text) is not None


def kept_addresses(turn: Turn, world: World) -> list[KeptAddress]:
    """The customer's own addresses: of their proven e-mail, and of the orders that they see."""
    proven = turn.conversation.proven_email
    kept = list(turn.uow.people.addresses_of(proven)) if proven is not None else []
    for order in world.orders:
        known = {one.address_id for one in kept}
        if order.address_id is not None and order.address_id not in known:
            text = turn.uow.people.address(order.address_id)
            if text not in {one.text for one in kept}:
                kept.append(KeptAddress(address_id=order.address_id, text=text))
    return kept


def hear_addresses(turn: Turn, text: str, world: World, known: Sequence[PlannedWish]) -> AddressesHeard:
    """What a message wants of addresses."""
    if not speaks_of_address(text.lower()):
        return AddressesHeard(rest=text)
    written = written_address(text)
    plain = text if not written else text.replace(written, " " * len(written), 1)
    wishes: list[PlannedWish] = []
    rest, kept_one, own_one = plain, False, False
    spoken: tuple[Order, ...] = ()
    goes_on = False  # whether the clause before was about addresses
    for begin, end in _clauses(plain):
        clause = plain[begin:end]
        if REFUSES_ADDRESS.search(clause.lower()):
            continue
        if (
            goes_on
            and written
            and MORE_FOR_ADDRESS.search(clause.lower())
            and not find_named(clause.lower(), world).things
        ):
            rest = f"{rest[:begin]}{' ' * (end - begin)}{rest[end:]}"
            wishes += _more(turn, clause.lower(), world, spoken, written)
            own_one = own_one or any(wish.deed is Deed.LIVE_AT for wish in wishes)
            continue
        details = CHANGES_DETAILS.search(clause.lower()) is not None
        if details and not speaks_of_address(clause.lower()):
            rest = f"{rest[:begin]}{' ' * (end - begin)}{rest[end:]}"
            own_one = True
            continue
        if not speaks_of_address(clause.lower()):
            named = find_named(clause.lower(), world)
            numbers = {key for span in named.orders for key in span.keys}
            spoken = tuple(order for order in world.orders if str(order.order_id) in numbers) or spoken
            goes_on = goes_on and not clause.strip(" ,.")
            continue
        goes_on = True
        rest = f"{rest[:begin]}{' ' * (end - begin)}{rest[end:]}"
        said = _clause(turn, clause, world, known, spoken, written=written)
        wishes += said.wishes
        kept_one, own_one = kept_one or said.kept, own_one or said.of_own
        spoken = said.orders or spoken
    if own_one and written and not any(wish.deed is Deed.LIVE_AT for wish in wishes):
        wishes.append(PlannedWish(deed=Deed.LIVE_AT, address_id=_remember(turn, written)))
    return AddressesHeard(
        wishes=tuple(dict.fromkeys(wishes)), rest=rest, written=written, kept=kept_one, of_own=own_one, orders=spoken
    )


def _more(turn: Turn, clause: str, world: World, spoken: tuple[Order, ...], written: str) -> list[PlannedWish]:
    """What else the address that was written out is for: "use it for all my orders and my account"."""
    address_id = _remember(turn, written)
    if OWN_DETAILS.search(clause) and "order" not in clause:
        return [PlannedWish(deed=Deed.LIVE_AT, address_id=address_id)]
    orders = [order for order in _orders(clause, world, (), spoken, beside=None) if world.is_open(order.order_id)]
    return _to_orders(world, orders, address_id, every=is_every(clause.split()) or "orders" in clause)


def written_address(text: str, *, expected: bool = False) -> str:
    """The address that a message writes out; empty where it has none that a parcel would find."""
    streets = [text[begin:end] for begin, end in find_streets(text)]
    if streets:
        return streets[-1].strip()
    if not expected:
        return ""
    found = next((one.value for one in find_address(text, expected=True) if one.name == "address"), "")
    return found if read_address(without_frame(found)).street else ""


def _clauses(text: str) -> list[tuple[int, int]]:
    """Where the clauses of a message stand."""
    cuts = [0, *(match.end() for match in CLAUSE_ENDS.finditer(text)), len(text)]
    return [(begin, end) for begin, end in pairwise(cuts) if begin < end]


def _clause(
    turn: Turn, clause: str, world: World, known: Sequence[PlannedWish], spoken: tuple[Order, ...], *, written: str
) -> AddressesHeard:
    plain = clause.lower()
    addresses = kept_addresses(turn, world)
    source, where = _source(plain, world, spoken)
    goal = where if where >= 0 else _towards(plain)
    object_part = plain if goal < 0 else plain[:goal] or plain
    address_id, kept = 0, False
    if source is not None and source.address_id is not None:
        address_id, kept = source.address_id, True
    elif written:
        address_id = _remember(turn, written)
    elif meant := _kept(plain, _beside(world, addresses, plain, known, spoken), goal):
        address_id, kept = (meant[0].address_id if len(meant) == 1 else 0), True
    own_goal = kept and OWN_ADDRESS.search(plain[max(goal, 0) :]) is not None
    of_own = OWN_DETAILS.search(object_part if own_goal or goal > 0 else plain) is not None
    if source is not None and not _orders(object_part, world, known, spoken, beside=source):
        object_part = plain
    orders = _orders(object_part, world, known, spoken, beside=source)
    ships = bool(orders) or _names_order(object_part)
    wishes: list[PlannedWish] = []
    if of_own:
        wishes.append(PlannedWish(deed=Deed.LIVE_AT, address_id=address_id))
    if ships or (not of_own and (own_goal or kept)):
        wishes += _to_orders(world, orders, address_id, every=is_every(object_part.split()) or "orders" in object_part)
    return AddressesHeard(wishes=tuple(wishes), kept=kept, of_own=of_own, orders=tuple(orders))


def _beside(
    world: World, addresses: Sequence[KeptAddress], part: str, known: Sequence[PlannedWish], spoken: tuple[Order, ...]
) -> list[KeptAddress]:
    """The addresses but those where the orders go that are spoken of: "the other address" is none of them."""
    goes = {order.address_id for order in _orders(part, world, known, spoken, beside=None)}
    texts = {one.text for one in addresses if one.address_id in goes}
    return [one for one in addresses if one.text not in texts] if OTHER_ADDRESS.search(part) else list(addresses)


def _to_orders(world: World, orders: Sequence[Order], address_id: int, *, every: bool) -> list[PlannedWish]:
    meant = list(orders) or [order for order in world.orders if world.is_open(order.order_id)]
    places = tuple(Place(order_id=order.order_id) for order in meant)
    if not places:
        return []
    if orders or every:
        return [PlannedWish(deed=Deed.SHIP_TO, among=(place,), address_id=address_id) for place in places]
    return [PlannedWish(deed=Deed.SHIP_TO, among=places, address_id=address_id)]


def _towards(plain: str) -> int:
    """Where the words begin that say where to; -1 where none do."""
    found = [match.start() for match in TOWARDS.finditer(plain)]
    return found[-1] if found else -1


def _source(plain: str, world: World, spoken: tuple[Order, ...]) -> tuple[Order | None, int]:
    """The order whose address is wanted, "the same address as order 1001", and where that is said."""
    for match in ADDRESS_OF_ORDER.finditer(plain):
        towards = TOWARDS.search(plain[max(0, match.start() - 30) : match.start()])
        same = match[0].startswith(("same", "match"))
        if not (towards or same or plain[: match.start()].rstrip().endswith(("use", "the"))):
            continue
        behind = plain[match.end() :]
        orders = _orders(behind, world, (), spoken, beside=None)
        first = _first_number(behind, orders) or (orders[0] if len(orders) == 1 else None)
        if first is not None and (same or towards):
            return first, match.start()
    return None, -1


def _first_number(text: str, orders: Sequence[Order]) -> Order | None:
    """The order whose number comes first."""
    places = {text.find(str(order.order_id)): order for order in orders if str(order.order_id) in text}
    return places[min(places)] if places else None


def _orders(
    part: str, world: World, known: Sequence[PlannedWish], spoken: tuple[Order, ...], *, beside: Order | None
) -> list[Order]:
    """The orders that a part of a clause speaks of: by their words, or by what is in them."""
    named = find_named(part, world)
    pieces = marks_of(part, _without(named.things, named.orders), named.orders)
    (portion, *_) = read_portion(part, pieces, deed=None, carried=False)
    found: list[Order] = []
    for words in portion.orders:
        found += orders_meant(world, words, [beside] if beside is not None else list(spoken))
    if not found and portion.objects:
        keys = {key for one in portion.objects for key in one.keys}
        found = [
            order
            for order in world.orders
            if world.is_open(order.order_id) and keys & {place.product_id for place in world.places_of(order)}
        ]
    if not found and any(words.said for words in portion.orders):
        ids = {place.order_id for wish in known for place in wish.among}
        found = [*spoken, *(one for one in world.orders if one.order_id in ids)]
    if not found and (" it" in f" {part}" or " them" in f" {part}"):
        found = list(spoken)
    return [order for order in dict.fromkeys(found) if order is not beside]


def _without(things: Sequence[Span], orders: Sequence[Span]) -> list[Span]:
    return [one for one in things if all(one.end <= other.start or one.start >= other.end for other in orders)]


def _names_order(part: str) -> bool:
    words = OrderWords(said=part)
    return bool({"order", "orders", "package", "parcel", "purchase", "shipment"} & set(words.said.split()))


def _kept(plain: str, addresses: Sequence[KeptAddress], goal: int) -> list[KeptAddress]:
    """Those of the kept addresses that words may mean: where they live, the other one, or some by their town."""
    part = plain[max(goal, 0) :]
    if told := [one for one in addresses if names_town(part, one.text)]:
        return told
    if OWN_ADDRESS.search(part):
        return [one for one in addresses if one.own] or list(addresses)
    if not OTHER_ADDRESS.search(part):
        return []
    return [one for one in addresses if not one.own] or list(addresses)


def _remember(turn: Turn, written: str) -> int:
    """The key of an address that was written out; 0 where no parcel would find it, or the shop sends none there."""
    read = read_address(without_frame(written))
    if not read.ships or not ships_there(read, turn.shop.ships_to):
        return 0
    owner = turn.conversation.proven_email or turn.conversation.hashed_email
    return turn.uow.people.remember_address(owner, turn.conversation.identity_id, read.text, turn.now)


def remembered(turn: Turn, text: str) -> int:
    """The key of an address that a text surely writes out; 0 where it has none."""
    written = written_address(text)
    return _remember(turn, written) if written else 0


def answered_address(turn: Turn, text: str, world: World) -> int:
    """The address that an answer to where it shall go means; 0 where it means none."""
    if written := written_address(text, expected=True):
        return _remember(turn, written)
    plain = text.lower()
    source, _ = _source(f"use the address of {plain}" if "order" in plain else plain, world, ())
    if source is not None and source.address_id is not None:
        return source.address_id
    addresses = kept_addresses(turn, world)
    meant = _kept(plain, addresses, 0)
    return meant[0].address_id if len(meant) == 1 else 0
