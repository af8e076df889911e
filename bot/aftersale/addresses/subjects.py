"""Keeps which orders a message spoke of while its addresses are heard, and finds those that a clause means."""

from collections.abc import Sequence

from bot.aftersale.addresses.meant import Kept, holding, kept_of, orders_of
from bot.aftersale.addresses.moves import lately_moved
from bot.aftersale.which.naming import find_named
from bot.aftersale.world import World
from bot.turn import Turn
from domain.model import Order
from domain.plans import PlannedWish
from nlu.rules.aftersale_address_clauses import points_back
from nlu.rules.aftersale_addresses import (
    NAMES_ORDER,
    OTHER_OF_THEM,
    SENTENCE,
    SOME_ORDER,
    THAT_OTHER,
    TOPIC,
    WHERE_IT_GOES,
)

_SITTING_MINUTES = 30


class Subjects:
    """The orders that a message speaks of, one clause after another."""

    def __init__(self, turn: Turn, world: World, known: Sequence[PlannedWish]) -> None:
        self._turn, self._world, self._known = turn, world, known
        self._kept: Kept = kept_of(turn, world)
        self._spoken: tuple[Order, ...] = ()
        self._before: tuple[Order, ...] = ()  # all that were spoken of
        self._other: tuple[Order, ...] = ()  # those that were called other ones
        self._led: tuple[Order, ...] = ()  # those that a clause before only names: "my lamp order and the tent"
        self._untold = False  # whether an order was spoken of last of which nobody knows yet which it is
        self._unknown = False  # the same of any before
        self._hints: list[str] = []  # where the address is to be found

    def _find_labels(self, text: str) -> None:
        """Notes which places sentences tell of by what goes there: "the new house, where the tent goes"."""
        if lately := lately_moved(self._turn, self._world):
            self._kept.labels["new"] = self._turn.uow.people.address(lately[0])
        for sentence in SENTENCE.split(text.lower()):
            for match in WHERE_IT_GOES.finditer(sentence):
                self._kept.labelled(sentence, orders_of(self._kept, match["what"], ()))
                self._hints.append(match[0])

    def _note(self, plain: str) -> None:
        """What a clause that wants nothing of addresses speaks of."""
        numbers = {key for span in find_named(plain, self._world).orders for key in span.keys}
        told = tuple(order for order in self._world.orders if str(order.order_id) in numbers)
        if not told:
            keys = {key for span in find_named(plain, self._world).things for key in span.keys}
            told = tuple(one for one in holding(self._world, keys) if self._world.is_open(one.order_id))
        same = tuple(one for one in told if one in self._spoken)  # things of the order that is spoken of
        self._spoken = same or told or self._spoken
        self._before += self._spoken

    def _told(self, plain: str) -> str:
        """What a clause tells of where orders go: "the tent goes to the new house"."""
        unknown = SOME_ORDER.search(plain) is not None
        found = self._kept.orders_going(plain, self._world.orders) if unknown else self._orders(plain)
        if len(found) > 1:
            found = self._kept.orders_going(plain, found) or found
        self._kept.labelled(plain, found)
        if OTHER_OF_THEM.search(plain):
            self._other = tuple(found)
        self._untold = len(found) != 1 and NAMES_ORDER.search(plain) is not None
        self._unknown |= self._untold
        self._spoken = tuple(found) or (() if self._untold else self._spoken)
        topic = TOPIC.match(plain)
        return f"{topic[0]} {found[0].order_id}, " if topic is not None and len(found) == 1 else ""

    def _orders(self, part: str) -> list[Order]:
        """The orders that a part of a clause speaks of."""
        world = self._world
        if self._other and THAT_OTHER.search(part):
            return list(self._other)
        found = orders_of(self._kept, part, self._spoken)
        if not found and not self._untold and points_back(part):
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
