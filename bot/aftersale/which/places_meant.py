"""Which places an object of a message may mean: by its name, by what describes it, and by what was said before."""

import re
from collections.abc import Collection, Sequence

from bot.aftersale.heard import Heard
from bot.aftersale.which import options
from bot.aftersale.which.naming import alike
from bot.aftersale.which.orders_meant import orders_meant
from bot.aftersale.which.telling import described
from bot.aftersale.world import World
from domain.model import Order
from domain.plans import Deed, Place, PlannedWish
from domain.products.catalogue import plain_words, singular
from nlu.rules.aftersale_phrases import (
    HAD_BEFORE,
    HAS_COME,
    IS_TO_COME,
    NOT_THAT_ONE,
    OTHER_SUCH,
    PICKS_OF,
    THAT_ORDER,
    TO_COME_BEFORE,
)
from nlu.rules.aftersale_portions import Object, Scope

SWAPS = {Deed.EXCHANGE, Deed.CHANGE, Deed.EITHER}
BEFORE = 40  # letters before a name or a pronoun that tell which of several it is


class PlacesMeant:
    """Finds what the objects of one message mean; what it said before is in `_heard`."""

    def __init__(self, text: str, world: World, known: Sequence[PlannedWish], lately: Sequence[Place] = ()) -> None:
        self._text = text
        self._world = world
        self._known = known
        self._lately = [place for place in lately if place in world.places()]
        self._gone = bool(lately) and not self._lately  # what was spoken of last is theirs no more
        self._heard = Heard()
        self._last: list[int] = []  # the wishes of this message that were said last
        self._orders: tuple[Order, ...] = ()

    def _spoken_of(self) -> tuple[Order, ...]:
        ids = {place.order_id for wish in self._known for place in wish.among}
        ids = ids or {place.order_id for place in self._world.spoken_of} or {*self._world.lately[-1:]}
        return tuple(order for order in self._world.orders if order.order_id in ids)

    def _orders_of(self, objects: Sequence[Object]) -> tuple[Order, ...]:
        found: list[Order] = []
        known = {place.order_id for wish in self._known for place in wish.among if wish.place is not None}
        for one in objects:
            if one.order is not None:
                meant = orders_meant(self._world, one.order, self._orders or self._spoken_of())
                told = [order for order in meant if order.order_id in known] if one.order.holds else []
                found += told or meant  # "the order that tablet came in", of the tablet that is planned
        if not found and not self._orders and any(one.order and THAT_ORDER.search(one.order.said) for one in objects):
            found += self._orders_of_last()
        return tuple(dict.fromkeys(found)) or self._orders

    def _orders_of_last(self) -> list[Order]:
        """The orders of what was wished for last, or else named: "the lamp came broken, return everything in it"."""
        last = [self._heard.wishes[at].among for at in self._last] or self._heard.named
        ids = {place.order_id for places in last for place in places if len({*places}) == 1}
        return [order for order in self._world.orders if order.order_id in ids]

    def _suits(self, deed: Deed, order_id: int) -> bool:
        """Whether a deed is first of all said of an order that is where this one is."""
        if deed in (Deed.RETURN, Deed.EXCHANGE, Deed.EITHER):
            return self._world.is_delivered(order_id)
        if deed in (Deed.CHANGE, Deed.CANCEL):
            return self._world.is_open(order_id)
        return self._world.is_open(order_id) or self._world.is_delivered(order_id)

    def _picked_of(self, one: Object, places: Sequence[Place]) -> tuple[Place, ...]:
        """Those of them that are meant by "the pricier of them"; none where all of them are."""
        before = PICKS_OF.search(self._text[max(0, one.start - BEFORE) : one.start].lower())
        left = (
            described(self._world, places or self._spoken, before["how"])
            if before and (places or self._spoken)
            else None
        )
        return tuple(left or ())

    @property
    def _names_now(self) -> bool:
        """Whether the message has named something itself: then "it" is that, and not what was spoken of before."""
        return any(place.product_id for places in self._heard.named for place in places)

    @property
    def _spoken(self) -> tuple[Place, ...]:
        """What was named last without a deed, or what an answer was about before."""
        before = tuple(place for place in self._world.spoken_of if place.product_id)
        return next((places for places in reversed(self._heard.named) if places), before)

    def _places(self, one: Object, deed: Deed, *, swaps: bool = False) -> list[Place]:
        """The places that may be meant by an object; what `swaps` may say behind a name what it shall become."""
        if one.scope is Scope.NAMED:
            return self._named_places(one, deed, swaps=swaps)
        orders = self._orders_of([one])
        known = [place for wish in (*self._known, *self._heard.wishes) for place in wish.among if len(wish.among) == 1]
        of_items = [place for place in known if place.product_id] or ([] if self._names_now else self._lately)
        if one.scope in (Scope.REST, Scope.OTHER):
            kept = [place for place in self._heard.dropped if place.product_id]
            ids = {
                place.order_id for place in of_items[-1:] or (kept if len({one.order_id for one in kept}) == 1 else ())
            }
            orders = orders or tuple(order for order in self._world.orders if order.order_id in ids)
            told = {*of_items, *kept}
            rest = [place for order in orders for place in self._world.places_of(order) if place not in told]
            return rest if one.scope is Scope.REST or len(rest) == 1 else []
        if one.scope is Scope.BOTH:
            there = [place for order in orders for place in self._world.places_of(order)]
            return there if len(there) == 2 else of_items[-2:] if len(of_items) > 1 else []
        if one.scope is Scope.ALL:
            return [place for order in orders for place in self._world.places_of(order)]
        if one.scope is Scope.THEM:
            return of_items
        if one.scope is Scope.IT:
            if only := self._only_one_in_it(one):
                return only
            if of_items or (self._gone and not self._names_now):
                return of_items[-1:]
            places = [place for order in orders for place in self._world.places_of(order)] or self._world.places()
            suits = [place for place in places if self._suits(deed, place.order_id)]
            return suits if len(suits) == 1 and deed is not Deed.CANCEL else []
        return []

    def _only_one_in_it(self, one: Object) -> list[Place]:
        """The only thing of the orders that this message speaks of: "send it to my home, and make the item red"."""
        if self._text[one.start : one.end].lower().split()[-1:] not in (["thing"], ["item"], ["product"], ["article"]):
            return []
        addressed = [order for order in self._world.orders if order.order_id in self._world.addressed]
        places = [place for order in self._orders or addressed for place in self._world.places_of(order)]
        return places if len(places) == 1 else []

    def _named_places(self, one: Object, deed: Deed, *, swaps: bool) -> list[Place]:
        left = [place for place in self._world.places() if place.product_id in one.keys]
        orders = orders_meant(self._world, one.order, self._orders) if one.order is not None else ()
        left = self._where_it_is(one, left)
        if not orders and not any(self._suits(deed, place.order_id) for place in self._within(left, self._orders)):
            left = [place for place in left if self._suits(deed, place.order_id)] or left  # "cancel it. Return the mug"
        for chosen in (orders, self._orders):
            left = self._within(left, chosen) or left
        known = {place for wish in (*self._known, *self._heard.wishes) for place in wish.among if wish.place}
        if (other := self._other_such(one)) is not None and (such := described(self._world, left, other["how"])):
            return list(such)  # "change the white shelf, and return the black one"
        compared = NOT_THAT_ONE.search(one.after.lower())
        after = one.after[: compared.start()] if compared is not None else one.after
        described_as = one.before if swaps else f"{one.before} {after}".strip()
        scores = {place: self._fit(place, described_as) for place in left}
        best = max(scores.values(), default=0)
        left = [place for place in left if scores[place] == best]
        if deed not in SWAPS and len(left) > 1:
            beside = "" if NOT_THAT_ONE.match(self._text[one.end :].lower()) else one.beside
            left = list(described(self._world, left, f"{described_as} {beside}") or left)
        left = [place for place in left if place in known] or left
        suits = [place for place in left if self._suits(deed, place.order_id)]
        left = suits or [place for place in left if self._suits(Deed.DISCARD, place.order_id)] or left
        return left if one.every or self._is_plural(one, left) else self._spoken_before(left)

    def _other_such(self, one: Object) -> re.Match[str] | None:
        """What is told right behind a deed of another one of what was named: "and return the black one"."""
        at = self._text.find(one.beside.split(",")[0]) if one.beside else -1
        before = self._text[: max(0, at)].lower().rstrip()
        others = at < 0 or before.endswith((",", ";", ".", "than", "instead of", "place of", "not"))
        return None if others else OTHER_SUCH.match(one.beside.lower())

    @staticmethod
    def _within(places: Sequence[Place], orders: Sequence[Order]) -> list[Place]:
        ids = {order.order_id for order in orders}
        return [place for place in places if place.order_id in ids]

    def _where_it_is(self, one: Object, places: list[Place]) -> list[Place]:
        """Those that are where it is said right beside the name: "the watch that I got", "my pending shoes"."""
        before, after = self._text[max(0, one.start - BEFORE) : one.start].lower(), self._text[one.end :].lower()
        come = HAS_COME.match(after) or HAD_BEFORE.search(before)
        to_come = IS_TO_COME.match(after) or TO_COME_BEFORE.search(before)
        if bool(come) is bool(to_come):
            return places
        there = self._world.is_delivered if come else self._world.is_open
        return [place for place in places if there(place.order_id)] or places

    def _spoken_before(self, places: list[Place]) -> list[Place]:
        """Of several places that may be meant, those that were spoken of before this message."""
        lately = [place for place in places if place.order_id in self._world.lately[-1:]]
        return [place for place in places if place in self._world.spoken_of] or lately or places

    def _fit(self, place: Place, described: str) -> int:
        product, group = self._world.products[place.product_id], self._world.group_of(place.product_id)
        words = {singular(word) for word in plain_words(described)}
        name = {singular(word) for word in plain_words(product.name)}
        return 2 * options.fits(described, product, group) + 3 * sum(alike(word, name) for word in words)

    def _is_plural(self, one: Object, places: Collection[Place]) -> bool:
        """Whether several are meant by a plural, of what is not called so anyhow: "the lamps", and no "boots"."""
        said = self._text[one.start : one.end].lower().split()
        last = said[-1] if said else ""
        names = [self._world.name_of(place.product_id).lower().split()[-1] for place in places]
        return singular(last) != last and not any(singular(name) != name for name in names)
