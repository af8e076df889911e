"""Hears where orders, or a customer, shall go: an address that is written out, or one that is kept of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.aftersale.address_meant import Kept, address_meant, holding, kept_of, orders_of
from bot.aftersale.naming import find_named
from bot.aftersale.orders_meant import is_every
from bot.aftersale.world import World
from bot.aftersale.written_addresses import corrected, corrects_part, remember, written_address
from bot.turn import Turn
from domain.model import Order
from domain.plans import Deed, Place, PlannedWish
from nlu.rules.aftersale_addresses import (
    ASKS_ADDRESS,
    CHANGES,
    CHANGES_DETAILS,
    CHECKS,
    CLAUSE_ENDS,
    COMES_BACK,
    FOUND_THERE,
    GOES,
    HAVE_MOVED,
    LIVES_ELSEWHERE,
    MORE_FOR_ADDRESS,
    NAMES_ORDER,
    NO_WANT,
    OF_ADDRESS,
    OF_MONEY,
    OTHER_OF_THEM,
    REFUSES_ADDRESS,
    SAME_PLACE,
    SENDS,
    SPEAKS_OF_ADDRESS,
    THAT_OTHER,
    TOPIC,
    TOPIC_ONLY,
    TOWARDS,
    WANTS,
)

_SITTING_MINUTES = 30
_MOVES = (Deed.SHIP_TO, Deed.LIVE_AT)


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressesHeard:
    """What a message wants of addresses; `rest` is the message without it, with blanks in its place."""

    wishes: tuple[PlannedWish, ...] = ()
    rest: str = ""
    written: str = ""  # an address that is written out in it


@dataclass(frozen=True, kw_only=True, slots=True)
class _Move:
    """A clause that wants orders, or their customer, to be elsewhere."""

    deed: Deed
    clause: str
    goal: str = ""
    orders: tuple[Order, ...] = ()
    every: bool = False
    vague: bool = False  # nothing says that it is about an order
    written: bool = False  # it writes out where to
    spoken: tuple[Order, ...] = field(default=())


def speaks_of_address(text: str) -> bool:
    """Whether a message may want something of addresses; `text` is in small letters."""
    return SPEAKS_OF_ADDRESS.search(text) is not None or corrects_part(text)


def hear_addresses(turn: Turn, text: str, world: World, known: Sequence[PlannedWish]) -> AddressesHeard:
    """What a message wants of addresses."""
    goes_on = any(wish.deed in _MOVES for wish in known) and LIVES_ELSEWHERE.search(text.lower())
    if not (speaks_of_address(text.lower()) or goes_on):
        return AddressesHeard(rest=text)
    return _Ears(turn, text, world, known).hear()


class _Ears:
    """Hears one message, clause by clause; what was said before in it leads what follows."""

    def __init__(self, turn: Turn, text: str, world: World, known: Sequence[PlannedWish]) -> None:
        self._turn, self._world, self._known = turn, world, known
        self._kept: Kept = kept_of(turn, world)
        self._written = written_address(text)
        self._at = text.find(self._written)
        self._text = text.replace(self._written, " " * len(self._written), 1) if self._written else text
        self._spoken: tuple[Order, ...] = ()
        self._other: tuple[Order, ...] = ()  # those that were called other ones
        self._moves: list[_Move] = []
        self._hints: list[str] = []  # where the address is to be found

    def hear(self) -> AddressesHeard:
        rest, goes_on = "", False  # whether the clause before was about addresses
        for begin, core, end in _clauses(self._text):
            clause = self._text[begin:core]
            written = bool(self._written) and begin <= self._at < end
            about = self._take(clause, goes_on=goes_on, written=written)
            rest += self._text[begin:end] if about is None else about or " " * (end - begin)
            goes_on = about is not None or (goes_on and not clause.strip(" ,."))
        if not self._moves and corrects_part(self._text.lower()):
            orders = tuple(self._orders(self._text.lower()))
            self._moves.append(_Move(deed=Deed.SHIP_TO, clause="", orders=orders))
        if self._written and not self._moves and HAVE_MOVED.search(self._text.lower()):
            self._moves.append(_Move(deed=Deed.LIVE_AT, clause=""))
            if any(self._world.is_open(order.order_id) for order in self._world.orders):
                self._moves.append(_Move(deed=Deed.SHIP_TO, clause="", every=True))
        return AddressesHeard(wishes=tuple(dict.fromkeys(self._wishes())), rest=rest, written=self._written)

    def _take(self, clause: str, *, goes_on: bool, written: bool) -> str | None:
        """Takes a clause; None where it is about something else, or else what of it is to be heard there."""
        plain = " ".join(clause.lower().split())  # a written address left blanks
        if OF_MONEY.search(plain) and not OF_ADDRESS.search(plain):
            return None
        if REFUSES_ADDRESS.search(plain):
            return "" if goes_on and not find_named(plain, self._world).things else None
        lives = LIVES_ELSEWHERE.search(plain.strip()) is not None
        wants = WANTS.search(NO_WANT.sub(" ", plain)) is not None
        if not wants and not lives and COMES_BACK.search(plain):
            self._note(plain)
            return None
        if not wants and not lives and GOES.search(plain):
            return self._told(plain)
        changes = CHANGES.search(plain) is not None
        if not changes and not lives and FOUND_THERE.search(plain):
            self._hints.append(clause)
            return ""
        if CHECKS.search(plain) and not changes:
            return ""
        if ASKS_ADDRESS.search(plain) and not changes:
            return None
        named = find_named(plain, self._world)
        more = goes_on and bool(self._moves) and MORE_FOR_ADDRESS.search(plain) is not None and not named.things
        if not (speaks_of_address(plain) or lives or more):
            self._note(plain)
            return None
        if CHANGES_DETAILS.search(plain) or lives:
            self._moves.append(_Move(deed=Deed.LIVE_AT, clause=clause, spoken=self._spoken, written=written))
        if wants or more or written:
            self._ship(clause, lives=lives, written=written)
        if FOUND_THERE.search(plain):
            self._hints.append(clause)
        return ""

    def _note(self, plain: str) -> None:
        """What a clause that wants nothing of addresses speaks of."""
        numbers = {key for span in find_named(plain, self._world).orders for key in span.keys}
        told = tuple(order for order in self._world.orders if str(order.order_id) in numbers)
        if not told:
            keys = {key for span in find_named(plain, self._world).things for key in span.keys}
            told = tuple(one for one in holding(self._world, keys) if self._world.is_open(one.order_id))
        same = tuple(one for one in told if one in self._spoken)  # things of the order that is spoken of
        self._spoken = same or told or self._spoken

    def _told(self, plain: str) -> str:
        """What a clause tells of where orders go: "the tent goes to the new house"."""
        found = self._orders(plain)
        if len(found) > 1:
            found = self._kept.orders_going(plain, found) or found
        self._kept.labelled(plain, found)
        if OTHER_OF_THEM.search(plain):
            self._other = tuple(found)
        self._spoken = tuple(found) or self._spoken
        topic = TOPIC.match(plain)
        return f"{topic[0]} {found[0].order_id}, " if topic is not None and len(found) == 1 else ""

    def _ship(self, clause: str, *, lives: bool, written: bool) -> None:
        plain = clause.lower()
        found = [match.start() for match in TOWARDS.finditer(plain)]
        at = found[-1] if found else -1
        object_part = plain[:at] if at > 0 else plain
        orders = tuple(self._orders(object_part))
        says_order = NAMES_ORDER.search(object_part) is not None
        if lives and not says_order:
            return
        every = says_order and (is_every(object_part.split()) or "orders" in object_part or "order addresses" in plain)
        if not (orders or says_order or SENDS.search(plain) or at >= 0):
            return
        goal = clause[at:] if at >= 0 else clause
        self._moves.append(
            _Move(
                deed=Deed.SHIP_TO,
                clause=clause,
                goal=goal,
                orders=orders,
                every=every,
                vague=not (orders or every or says_order),
                spoken=self._spoken,
                written=written,
            )
        )
        self._spoken = orders or self._spoken

    def _orders(self, part: str) -> list[Order]:
        """The orders that a part of a clause speaks of."""
        world = self._world
        if self._other and THAT_OTHER.search(part):
            return list(self._other)
        found = orders_of(self._kept, part, self._spoken)
        if not found and _points_back(part):
            ids = {place.order_id for wish in self._known for place in wish.among}
            found = [*self._spoken] or [one for one in world.orders if one.order_id in ids] or self._lately()
        is_open = [one for one in found if world.is_open(one.order_id)]
        return is_open or found

    def _lately(self) -> list[Order]:
        """The order that something was done with last, in the same sitting."""
        sitting = self._turn.conversation.sitting
        if sitting is None or (self._turn.now - sitting.at).total_seconds() > _SITTING_MINUTES * 60:
            return []
        last = [self._world.order(order_id) for order_id in reversed(sitting.order_ids)]
        return [one for one in last if one is not None and self._world.is_open(one.order_id)][:1]

    def _wishes(self) -> Iterator[PlannedWish]:
        """All that is wanted, each with the address that is meant, where one is."""
        ids = [self._address(move) for move in self._moves]
        shared = next((one for one in ids if one), 0)
        sure = any(not move.vague for move in self._moves)
        for move, address_id in zip(self._moves, ids, strict=True):
            if move.vague and sure:
                continue
            goes_to = address_id or shared
            if move.deed is Deed.LIVE_AT:
                yield PlannedWish(deed=Deed.LIVE_AT, address_id=goes_to)
            else:
                yield from self._to_orders(move, goes_to)

    def _address(self, move: _Move) -> int:
        """The address that a clause means; 0 where it says nothing of it."""
        lives = move.deed is Deed.LIVE_AT
        if move.written:
            return remember(self._turn, self._written)
        for said, anywhere in ((move.goal, False), (move.clause, False), (" ".join(self._hints), True)):
            if not said:
                continue
            meant = address_meant(
                self._kept, said, moved=move.orders, spoken=move.spoken, lives=lives, anywhere=anywhere
            )
            if meant.address_id:
                return meant.address_id
        if self._written:
            return remember(self._turn, self._written)
        if SAME_PLACE.search(move.clause.lower()) and (same := self._same()):
            return same
        goes = [self._kept.text_of(order) for order in move.orders]
        goes += [one.text for one in self._kept.addresses if one.own and (lives or not goes)]
        return corrected(self._turn, self._text, goes[0]) if goes else 0

    def _same(self) -> int:
        """The address that was spoken of before: in the plan, or of what went elsewhere just now."""
        known = [wish.address_id for wish in self._known if wish.deed in _MOVES and wish.address_id]
        sitting = self._turn.conversation.sitting
        moved = [self._world.order(order_id) for order_id in (sitting.moved if sitting is not None else ())]
        return next(iter([*known, *(one.address_id or 0 for one in reversed(moved) if one is not None)]), 0)

    def _to_orders(self, move: _Move, address_id: int) -> Iterator[PlannedWish]:
        """A wish for each order; where it is not said which, for one of those that do not go there yet."""
        there = self._turn.uow.people.address(address_id) if address_id else ""
        orders = list(move.orders) or [one for one in self._world.orders if self._world.is_open(one.order_id)]
        elsewhere = [one for one in orders if not there or self._kept.text_of(one) != there]
        places = tuple(Place(order_id=order.order_id) for order in elsewhere or orders)
        wish = PlannedWish(deed=Deed.SHIP_TO, among=places, address_id=address_id)
        if places and not (move.orders or move.every):
            yield wish
        else:
            yield from (replace(wish, among=(place,)) for place in places)


def _clauses(text: str) -> list[tuple[int, int, int]]:
    """Where each clause of a message begins and ends, and where what parts it from the next one does."""
    ends = list(CLAUSE_ENDS.finditer(text))
    begins = [0, *(match.end() for match in ends)]
    cores = [*(match.start() for match in ends), len(text)]
    closes = [*begins[1:], len(text)]
    found: list[tuple[int, int, int]] = []
    for begin, core, close in zip(begins, cores, closes, strict=True):
        led = (
            bool(found)
            and text[found[-1][1] : found[-1][2]].strip() == ","
            and TOPIC_ONLY.match(text[found[-1][0] : found[-1][1]].lower())
        )
        found.append((found.pop()[0] if led else begin, core, close))
    return [one for one in found if one[0] < one[2]]


def _points_back(part: str) -> bool:
    """Whether something is pointed at that was spoken of before."""
    return any(f" {word} " in f" {part} " for word in ("it", "them", "this", "that", "these", "those", "its"))
