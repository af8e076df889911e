"""Makes wishes of the clauses that want orders, or their customer, to be elsewhere: each with the address it means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.aftersale.addresses.meant import Kept, address_meant
from bot.aftersale.addresses.written import corrected, remember
from bot.aftersale.which.towns import told_by
from bot.aftersale.world import SITTING_MINUTES, World
from bot.turn import Turn
from domain.model import Order
from domain.plans import Deed, Place, PlannedWish
from nlu.rules.aftersale_address_clauses import ALSO, HERS, points_back
from nlu.rules.aftersale_addresses import LABELLED, MORE_FOR_ADDRESS, OTHER_ADDRESS, SAME_PLACE, USED_FOR

MOVES = (Deed.SHIP_TO, Deed.LIVE_AT)
SITTING = timedelta(minutes=SITTING_MINUTES)


def lately_moved(turn: Turn, world: World) -> list[int]:
    """The addresses that something was sent to, or changed to, in this sitting; the last one first."""
    sitting = turn.conversation.sitting
    if sitting is None or turn.now - sitting.at > SITTING:
        return []
    proven = turn.conversation.proven_email
    kept = turn.uow.people.addresses_of(proven) if proven is not None else []
    lives = [one.address_id for one in kept if one.own and one.lived_since and turn.now - one.lived_since < SITTING]
    orders = [world.order(order_id) for order_id in reversed(sitting.moved)]
    return [*(order.address_id for order in orders if order is not None and order.address_id), *lives]


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A clause that wants orders, or their customer, to be elsewhere."""

    deed: Deed
    clause: str
    goal: str = ""
    orders: tuple[Order, ...] = ()
    every: bool = False
    vague: bool = False  # nothing says that it is about an order
    own: bool = False  # it speaks of their address, and may mean where they live
    pointed: bool = False  # it calls the orders by no more than "it"
    written: bool = False  # it writes out where to
    spoken: tuple[Order, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Moved:
    """All that a message says of where something shall go.

    Attributes:
        kept: the addresses that are known.
        moves: what is wanted.
        text: the message.
        written: the address that it writes out; empty where it writes none.
        hints: where it says that the address is to be found.
        before: the orders that it spoke of, in its order.
        known: what is wished for already.
        moving: whether they are about to live where nobody knows yet.
    """

    kept: Kept
    moves: Sequence[Move]
    text: str
    written: str
    hints: Sequence[str]
    before: Sequence[Order]
    known: Sequence[PlannedWish]
    moving: bool = False

    def wishes(self) -> Iterator[PlannedWish]:
        """All that is wanted, each with the address that is meant, where one is."""
        ids = [self._address(move) for move in self.moves]
        shared = next((one for one in ids if one), 0)
        sure = any(not move.vague for move in self.moves if move.deed is Deed.SHIP_TO)
        lives = any(move.deed is Deed.LIVE_AT for move in self.moves)
        for move, address_id in zip(self.moves, ids, strict=True):
            own = move.vague and move.own and sure and not lives  # "change my address, and on all orders, too"
            if move.vague and (sure or lives) and not own:
                continue
            goes_to = address_id or shared
            if own or move.deed is Deed.LIVE_AT:
                yield PlannedWish(deed=Deed.LIVE_AT, address_id=goes_to)
            else:
                yield from self._to_orders(move, goes_to)

    def _address(self, move: Move) -> int:
        """The address that a clause means; 0 where it says nothing of it."""
        lives = move.deed is Deed.LIVE_AT
        if move.written:
            return remember(self.kept.turn, self.written)
        for said, anywhere in ((move.goal, False), (move.clause, False), (" ".join(self.hints), True)):
            if not said or (self.moving and OTHER_ADDRESS.search(said.lower()) and not self._names_place(said)):
                continue
            meant = address_meant(
                self.kept, said, moved=move.orders, spoken=move.spoken, lives=lives, anywhere=anywhere
            )
            if meant.address_id:
                return meant.address_id
        if self.written:
            return remember(self.kept.turn, self.written)
        if self.kept.labels and (SAME_PLACE.search(move.clause.lower()) or USED_FOR.search(move.clause.lower())):
            said = [*self.kept.labels.values()][-1]
            return next((one.address_id for one in self.kept.addresses if one.text == said), 0)
        if HERS.search(move.clause.lower()) and (theirs := self._of_spoken()):
            return theirs
        if self._means_the_same(move) and (same := self._same(move)):
            return same
        goes = [self.kept.text_of(order) for order in move.orders]
        goes += [one.text for one in self.kept.addresses if one.own and (lives or not goes)]
        return corrected(self.kept.turn, self.text, goes[0]) if goes else 0

    def _names_place(self, said: str) -> bool:
        return any(told_by(said, one.text) for one in self.kept.addresses)

    def _means_the_same(self, move: Move) -> bool:
        """Whether a clause goes on with an address that was spoken of, or used just now: "and my profile, too"."""
        plain = move.clause.lower()
        if SAME_PLACE.search(f"{plain} {self.text.lower()}"):
            return True
        if OTHER_ADDRESS.search(plain) or LABELLED.search(plain) or not MORE_FOR_ADDRESS.search(plain):
            return False
        return ALSO.search(self.text.lower()) is not None or points_back(plain)

    def _of_spoken(self) -> int:
        """Where the orders go that were spoken of last; 0 where that is not one place."""
        turn = self.kept.turn
        orders = [self.kept.world.order(place.order_id) for place in turn.conversation.spoken_of]
        ids = {order.address_id for order in orders if order is not None}
        return next(iter(ids)) or 0 if len(ids) == 1 else 0

    def _same(self, move: Move) -> int:
        """The address that was spoken of before, in the plan or just now; no order goes where it goes already."""
        known = [wish.address_id for wish in self.known if wish.deed in MOVES and wish.address_id]
        if move.deed is Deed.LIVE_AT:
            there = {one.text for one in self.kept.addresses if one.own}
        else:
            orders = move.orders or [one for one in self.kept.world.orders if self.kept.world.is_open(one.order_id)]
            there = {self.kept.text_of(order) for order in orders}
            there = there if len(there) == 1 else set()
        found = (*known, *lately_moved(self.kept.turn, self.kept.world))
        elsewhere = [one for one in found if self.kept.turn.uow.people.address(one) not in there]
        return next(iter(elsewhere or (found if move.deed is Deed.LIVE_AT else ())), 0)

    def _to_orders(self, move: Move, address_id: int) -> Iterator[PlannedWish]:
        """A wish for each order; where it is not said which, for one of those that do not go there yet."""
        there = self.kept.turn.uow.people.address(address_id) if address_id else ""
        orders = list(move.orders) or [one for one in self.kept.world.orders if self.kept.world.is_open(one.order_id)]
        elsewhere = [one for one in orders if not there or self.kept.text_of(one) != there]
        if not elsewhere and move.pointed:  # "it" is the one of those before that does not go there
            elsewhere = [one for one in self.before if self.kept.text_of(one) != there][-1:]
        places = tuple(Place(order_id=order.order_id) for order in elsewhere or orders)
        wish = PlannedWish(deed=Deed.SHIP_TO, among=places, address_id=address_id)
        if places and not (move.orders or move.every):
            yield wish
        else:
            yield from (replace(wish, among=(place,)) for place in places)
