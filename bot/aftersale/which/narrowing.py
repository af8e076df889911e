"""Narrows wishes down to what is meant among a customer's own orders, by all that a message tells of which one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.aftersale.which import options
from bot.aftersale.which.naming import find_named
from bot.aftersale.which.telling import Places, described, elsewhere, names_it, sieved
from bot.aftersale.world import World
from domain.plans import Deed, Place, PlannedWish
from domain.products.catalogue import singular
from nlu.rules.aftersale_phrases import CALLED_THE
from nlu.rules.aftersale_which import Clause, Mention, Role, positions_said, read_which

_ABOUT = {
    Deed.RETURN: {"return", "cancel"},
    Deed.DISCARD: {"return", "cancel"},
    Deed.CANCEL: {"return", "cancel"},
    Deed.EITHER: {"return", "exchange"},
    Deed.EXCHANGE: {"exchange"},
    Deed.CHANGE: {"exchange"},
    Deed.SHIP_TO: {"ship_to"},
}
_SWAPS = {Deed.EXCHANGE, Deed.CHANGE, Deed.EITHER}
_OWN, _NEUTRAL, _FOREIGN = 2, 1, 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """Which wish a message answers about, and how each thing shall be, where it says that too."""

    about: int
    text: str = ""
    words: Sequence[tuple[tuple[Place, ...], str]] = ()


def narrow(world: World, wishes: Sequence[PlannedWish], text: str, asked: Asking | None = None) -> list[PlannedWish]:
    """The wishes, each narrowed down by what a message tells of it; several in the place of one that means several.

    Args:
        world: the customer's orders.
        wishes: those of a plan, or of the message itself.
        text: the message.
        asked: what it answers, if it does: what is said of nothing else is said of that.
    """
    if all(len(wish.among) < 2 for wish in wishes):
        return list(wishes)
    plain = text.lower()
    named = find_named(plain, world)
    clauses = read_which(plain, named.things, named.orders)
    keys = [set() if wish.several else {place.product_id for place in wish.among} - {""} for wish in wishes]
    found: list[PlannedWish] = []
    for at, wish in enumerate(wishes):
        others = set().union(*(one for place, one in enumerate(keys) if place != at)) - keys[at]
        about = asked is not None and asked.about == at
        if len(wish.among) < 2:
            found.append(wish)
            continue
        telling = _Telling(world, wish, clauses, others=others, own=keys[at], asked=asked, about=about)
        found += telling.itself() if asked is None else telling.answered(asked)
    return _in_the_same(world, found, clauses)


def _in_the_same(world: World, wishes: Sequence[PlannedWish], clauses: Sequence[Clause]) -> list[PlannedWish]:
    """The wishes; what is said to be in the same order as others is in the one where those are."""
    keys = {key for clause in clauses if clause.same for one in clause.mentions for key in one.keys}
    if not keys:
        return list(wishes)
    orders = {wish.place.order_id for wish in wishes if wish.place is not None}
    for one in (one for clause in clauses for one in clause.mentions):
        holding = {place.order_id for place in world.places() if place.product_id in one.keys}
        orders |= holding if len(holding) == 1 else set()
    told = []
    for wish in wishes:
        left = tuple(place for place in wish.among if place.order_id in orders)
        said = {place.product_id for place in wish.among} & keys
        told.append(replace(wish, among=left) if len(wish.among) > 1 and said and left else wish)
    return told


class _Telling:
    """What the clauses of a message tell of one wish."""

    def __init__(
        self,
        world: World,
        wish: PlannedWish,
        clauses: Sequence[Clause],
        *,
        others: Collection[str],
        own: Collection[str],
        asked: Asking | None,
        about: bool,
    ) -> None:
        self._world = world
        self._wish = wish
        self._asked = asked
        self._about = about
        self._own = own
        self._others = others
        self._describes = asked is not None or not (wish.several or wish.deed in _SWAPS)
        self._told = clauses
        self._clauses = self._relevant(clauses)

    def answered(self, asked: Asking) -> list[PlannedWish]:
        """What becomes of the wish where it was asked which one is meant, of it or of another."""
        wish = self._wish
        if not self._clauses:
            left = self._described_beside(asked.text)
            return [replace(wish, among=tuple(left), several=wish.several and len(left) > 1) if left else wish]
        if self._about and wish.several and (picked := self._every_named() or self._picked()):
            return picked
        left, told = self._sieved(elsewhere(self._world, wish, self._clauses))
        if self._means_all(told=told):
            return [replace(wish, among=(place,), several=False) for place in left]
        if len(left) == len(wish.among) and self._about and not wish.several:
            left = (
                self._by_position()
                or self._described_beside(asked.text)
                or (left[:1] if options.leaves_open(asked.text) else left)
            )
            told = len(left) < len(wish.among)
        return [replace(wish, among=tuple(left), several=wish.several and len(left) > 1) if told else wish]

    def itself(self) -> list[PlannedWish]:
        """What the message that says the wish tells of it."""
        wish = self._wish
        if not wish.among[0].product_id:
            if any(clause.all_orders for clause in self._told):
                return [replace(wish, among=(place,)) for place in wish.among]
            return [replace(wish, among=self._holding(wish.but) or wish.among)]
        utmost = next((clause.utmost for clause in self._told if clause.utmost), "") if wish.several else ""
        if utmost and (left := described(self._world, wish.among, utmost)):
            return [replace(wish, among=tuple(left), several=False)]
        if wish.several and (one := self._called()):
            return [replace(wish, among=(one,), several=False)]
        left, told = self._sieved(wish.among)
        return [replace(wish, among=tuple(left)) if told else wish]

    def _called(self) -> Place | None:
        """The only one that has a word of its title said of it, where nothing is named: "return the wireless one"."""
        if any(clause.mentions for clause in self._told):
            return None
        said = " ".join(match["what"] for clause in self._told for match in CALLED_THE.finditer(clause.text))
        scores = {place: names_it(self._world, place, said) for place in self._wish.among}
        best = max(scores.values(), default=0)
        called = [place for place, score in scores.items() if score == best > 0]
        return called[0] if len(called) == 1 else None

    def _described_beside(self, text: str) -> Places | None:
        """Those that an answer describes without a name, beside what else it names: "the red one, and the mug"."""
        among = self._wish.among
        if not self._about or not among[0].product_id:
            return None
        plain = text.lower()
        for span in find_named(plain, self._world).things:
            plain = f"{plain[: span.start]}{' ' * (span.end - span.start)}{plain[span.end :]}"
        left = described(self._world, among, plain)
        return left if left is not None and len(left) < len(among) else None

    def _every_named(self) -> list[PlannedWish]:
        """All that are named, of an answer that means all orders: "all of them that have a mug"."""
        if not any(clause.every or clause.every_order for clause in self._clauses):
            return []
        keys = {key for clause in self._clauses for one in clause.named(Role.SUBJECT, Role.HELD) for key in one.keys}
        places = [place for place in self._wish.among if place.product_id in keys]
        alone = len({self._world.name_of(place.product_id) for place in places}) == 1
        return [replace(self._wish, among=(place,), several=False) for place in places] if alone else []

    def _holding(self, product_ids: Collection[str]) -> tuple[Place, ...]:
        """The orders that hold something: what is left out of an order is in it."""
        orders = (order for order in map(self._world.order, (one.order_id for one in self._wish.among)) if order)
        return tuple(
            Place(order_id=order.order_id)
            for order in orders
            if any(place.product_id in product_ids for place in self._world.places_of(order))
        )

    def _means_all(self, *, told: bool) -> bool:
        """Whether an answer means each of those that are left."""
        if self._wish.several:
            return any(clause.every_order and not clause.mentions for clause in self._clauses)
        whole = not self._wish.among[0].product_id
        if any(clause.every_order if whole else clause.every for clause in self._clauses):
            return True
        told = told or any({*one.keys} & {*self._own} for clause in self._clauses for one in clause.mentions)
        return told and any(clause.several for clause in self._clauses)

    def _sieved(self, places: Sequence[Place]) -> tuple[Sequence[Place], bool]:
        told = False
        names = any(clause.mentions for clause in self._clauses)
        for clause in self._clauses:
            describes = self._describes and (bool(clause.mentions) or not names or not self._wish.several)
            left = sieved(self._world, places, clause, self._own, describes=describes)
            told, places = told or left is not None, left or places
        return places, told

    def _relevant(self, clauses: Sequence[Clause]) -> list[Clause]:
        """The clauses that are about the wish: those that say so, else those that are about nothing else."""
        levels, before = [], _NEUTRAL
        for clause in clauses:
            before = self._level(clause, before)
            levels.append(before)
        most = max(levels, default=_FOREIGN)
        least = max(most, _NEUTRAL) if self._about else _OWN
        return [clause for clause, level in zip(clauses, levels, strict=True) if level >= least]

    def _level(self, clause: Clause, before: int) -> int:
        """How surely a clause is about the wish; one that names nothing goes on about what the one before was about."""
        subjects = {key for one in clause.named(Role.SUBJECT) for key in one.keys}
        named = {key for one in clause.mentions for key in one.keys}
        about = bool(clause.about & _ABOUT.get(self._wish.deed, set()))
        if self._own and named & {*self._own}:
            return _OWN
        if subjects & {*self._others} or (self._own and subjects):
            return _OWN if about and not self._own else _FOREIGN
        if clause.about:
            return _OWN if about else _FOREIGN
        return _NEUTRAL if named or clause.numbers else before

    def _picked(self) -> list[PlannedWish]:
        """Those of several things that an answer names, or all but what it leaves out; none where it tells none."""
        wish, among = self._wish, self._wish.among
        inside = {place.product_id for place in among}
        groups: list[tuple[Place, ...]] = []
        lacked: set[Place] = set()
        named = {key for clause in self._clauses for one in clause.named(Role.SUBJECT) for key in one.keys}
        if named.isdisjoint(inside) and any(clause.named(Role.HELD) for clause in self._clauses):
            return []  # that is of an order
        for clause in self._clauses:
            for one in () if clause.another else clause.mentions:
                there = [place for place in among if place.product_id in one.keys]
                if not there:
                    continue
                there = list(described(self._world, there, one.described) or there)
                if one.role is Role.LACKED:
                    lacked |= {*there}
                elif one.role is Role.SUBJECT:
                    own = {*one.keys} & inside
                    there = list(sieved(self._world, there, clause, own, describes=False) or there)
                    groups += [(place,) for place in there] if clause.every or self._plural(one) else [tuple(there)]
        groups = [group for group in groups if not lacked & {*group}]
        if not groups and not any(clause.mentions for clause in self._clauses):
            groups = [(place,) for place in self._by_position() or self._by_title()]
        if not groups and (lacked or any(clause.every for clause in self._clauses)):
            left, _ = self._sieved(among)
            groups = [(place,) for place in left if place not in lacked]
        return [
            replace(wish, among=group, several=False, words=(*wish.words, *self._words(group)))
            for group in dict.fromkeys(groups)
        ]

    def _plural(self, mention: Mention) -> bool:
        """Whether a plural is said of what is not called so anyhow: "the lamps", and no "boots"."""
        last = mention.text.split()[-1]
        names = {self._world.name_of(one).lower().split()[-1] for one in mention.keys}
        return singular(last) != last and not any(singular(name) != name for name in names)

    def _words(self, group: Sequence[Place]) -> tuple[str, ...]:
        words = self._asked.words if self._asked is not None and self._wish.deed in _SWAPS else ()
        kind = self._world.group_of(group[0].product_id)
        return tuple(text for places, text in words if {*places} & {*group} and options.says_options(text, kind))[:1]

    def _by_position(self) -> list[Place]:
        """Those that are meant by their places in what was shown: "the first and the third"."""
        ids = list(dict.fromkeys(place.product_id for place in self._wish.among))
        said = positions_said(" ".join(clause.text for clause in self._clauses), len(ids))
        chosen = {ids[place - 1] for place in said}
        return [place for place in self._wish.among if place.product_id in chosen]

    def _by_title(self) -> list[Place]:
        """Those whose titles have most of the words; nothing where all have as many."""
        text = " ".join(clause.text for clause in self._clauses)
        if left := described(self._world, self._wish.among, text):
            return list(left)
        scores = {place: names_it(self._world, place, text) for place in self._wish.among}
        best = max(scores.values(), default=0)
        return [place for place, score in scores.items() if score == best] if best > min(scores.values()) else []
