"""Makes wishes of one deed and what it is said to be done to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.aftersale.which import options
from bot.aftersale.which.counted import counted, counted_of
from bot.aftersale.which.places_meant import BEFORE, SWAPS, PlacesMeant
from bot.aftersale.which.telling import described
from bot.aftersale.world import World
from domain.model import Order, OrderState
from domain.plans import Deed, Place, PlannedWish
from nlu.rules.aftersale import Said
from nlu.rules.aftersale_phrases import (
    ALL_IN_IT,
    ALL_OF_THEM,
    ALL_ORDERS,
    ALL_THERE_ARE,
    AND_OTHER_SUCH,
    ANOTHER_ONE,
    OF_MONEY,
    ONE_OF_SEVERAL,
    ONE_OF_TWO,
    PICKS_OF,
    PICKS_OF_THEM,
    PRICED_ONE,
)
from nlu.rules.aftersale_portions import Becomes, Object, Scope

_WHOLLY = {Scope.BOTH, Scope.ALL, Scope.IT, Scope.THEM}


class Wishing(PlacesMeant):
    """Adds to what was heard of a message what its deeds wish for."""

    def __init__(self, text: str, world: World, known: Sequence[PlannedWish], lately: Sequence[Place] = ()) -> None:
        super().__init__(text, world, known, lately)
        self._open: Deed | None = None  # a deed of which nobody said yet what it is done to
        self._done: set[tuple[Deed, int]] = set()  # deeds with where what they are done to is named

    def _says(self, text: str, places: Sequence[Place]) -> bool:
        return any(options.tells(text, self._world.group_of(place.product_id)) for place in places)

    def _drop_open(self) -> None:
        """What was left open, "some items", is named by now."""
        self._heard.wishes = [wish for wish in self._heard.wishes if not (wish.several and wish.deed is self._open)]

    def _wish(self, said: Said, deed: Deed) -> None:
        things = [one for one in said.objects if one.scope is Scope.NAMED]
        named = things or [one for one in said.objects if one.scope is not Scope.ORDER]
        if not said.objects:
            self._of_nothing(said, deed)
            return
        of_order = len(named) < len(said.objects) and all(one.scope in _WHOLLY for one in named)
        if of_order and not things:
            self._of_orders(said, deed)
            return
        for at, one in enumerate(named):
            text = _target(said.becomes, one, at, len(named))
            self._of_object(said, deed, one, text)

    def _of_nothing(self, said: Said, deed: Deed) -> None:
        if deed is Deed.CANCEL:
            if self._orders or not any(wish.deed is Deed.DISCARD for wish in self._heard.wishes):
                self._cancel(self._orders)
            return  # "I need no mug any more, please cancel"
        text = said.becomes[0].text if said.becomes else ""
        if self._last and deed in SWAPS and text:
            for at in self._last:
                wish = self._heard.wishes[at]
                self._heard.wishes[at] = replace(wish, words=(*wish.words, text))
            return
        if deed is Deed.RETURN and self._cancels_all():
            came = [order for order in self._world.orders if self._world.is_delivered(order.order_id)]
            self._heard.wishes += [PlannedWish(deed=deed, among=(Place(order_id=one.order_id),)) for one in came]
            return  # "all orders: cancel, return, whatever is possible"
        if deed is Deed.DISCARD or (deed is Deed.RETURN and self._last):
            return  # why, or that money goes back
        if self._known:
            self._heard.bare = deed
            self._heard.loose += [text] if text else []
            return
        told = bool(said.orders) and all(self._world.is_open(order.order_id) for order in self._orders)
        if deed is Deed.RETURN and told and self._orders:
            self._whole(deed, self._orders)
            return
        self._leave_open(deed, self._orders, text)

    def _cancels_all(self) -> bool:
        """Whether all orders were just wished to be cancelled that can be."""
        cancelled = {place.order_id for wish in self._heard.wishes if wish.deed is Deed.CANCEL for place in wish.among}
        still_open = {order.order_id for order in self._world.orders if self._world.is_open(order.order_id)}
        return bool(still_open) and cancelled == still_open and ALL_ORDERS.search(self._text.lower()) is not None

    def _of_orders(self, said: Said, deed: Deed) -> None:
        orders = self._orders_of(said.objects)
        if deed is Deed.CANCEL or (deed is Deed.DISCARD and orders):
            self._cancel(orders or self._that_came())
            return
        text = said.becomes[0].text if said.becomes else ""
        if deed in SWAPS and text and any(one.order and ALL_IN_IT.search(one.order.said) for one in said.objects):
            self._whole(deed, orders, text)
        elif deed is Deed.RETURN and not (text and ANOTHER_ONE.search(text.lower())):
            self._whole(deed, orders)
        else:
            self._leave_open(deed, orders, text)

    def _cancel(self, orders: Sequence[Order]) -> None:
        """Whole orders: those that are meant, or one of those that may be cancelled."""
        several = [order for order in orders if len(orders) > 1 and self._world.is_open(order.order_id)]
        if orders:
            for order in several or orders:
                self._heard.wishes.append(PlannedWish(deed=Deed.CANCEL, among=(Place(order_id=order.order_id),)))
            return
        still_open = tuple(
            Place(order_id=order.order_id) for order in self._world.orders if self._world.is_open(order.order_id)
        )
        self._heard.wishes.append(PlannedWish(deed=Deed.CANCEL, among=still_open))

    def _that_came(self) -> tuple[Order, ...]:
        """The order that was delivered last, where none is newer: who wants theirs cancelled can only send it back."""
        there = [order for order in self._world.orders if order.state is not OrderState.CANCELLED]
        if any(wish.deed is Deed.CANCEL for wish in self._heard.wishes):
            return ()
        return tuple(there[:1]) if there and self._world.is_delivered(there[0].order_id) else ()

    def _whole(self, deed: Deed, orders: Sequence[Order], text: str = "") -> None:
        """All of an order; where it is not said of which, of one of those that it may be."""
        meant = [order.order_id for order in orders] or [
            order.order_id for order in self._world.orders if self._suits(deed, order.order_id)
        ]
        among = tuple(Place(order_id=order_id) for order_id in meant)
        words = (text,) if text else ()
        if orders and len(orders) > 1:
            self._heard.wishes += [PlannedWish(deed=deed, among=(place,), words=words) for place in among]
        else:
            self._heard.wishes.append(PlannedWish(deed=deed, among=among, words=words))

    def _leave_open(self, deed: Deed, orders: Sequence[Order], text: str) -> None:
        """Something of what was ordered, and nobody said what."""
        places = [place for order in orders for place in self._world.places_of(order)] or self._world.places()
        suits = [place for place in places if self._suits(deed, place.order_id)] or places
        if deed not in SWAPS and (one := self._one_of_two(suits)):
            self._add(deed, one, "", None)
            return
        self._open = deed
        self._heard.wishes.append(
            PlannedWish(deed=deed, among=tuple(suits), several=True, words=(text,) if text else ())
        )

    def _one_of_two(self, places: Sequence[Place]) -> tuple[Place, ...]:
        """ "The pricier one" of what was spoken of last, or else of what they have twice; none where nobody says so."""
        told = ONE_OF_TWO.search(self._text.lower())
        if told is None:
            return ()
        names = Counter(self._world.name_of(place.product_id) for place in places)
        twice = [place for place in places if names[self._world.name_of(place.product_id)] > 1]
        kinds = {self._world.name_of(place.product_id) for place in twice}
        among = self._spoken if len(self._spoken) > 1 else twice if len(kinds) == 1 else ()
        how = told["how"] or told["with"] or told["cost"]
        left = described(self._world, among, how) if among else None
        return tuple(left) if left is not None and len(left) == 1 else ()

    def _of_object(self, said: Said, deed: Deed, one: Object, text: str) -> None:
        match one.scope:
            case Scope.NAMED:
                places = self._places(one, deed, swaps=deed in SWAPS and not text)
                if one.single and len(places) > 1 and PRICED_ONE.search(self._text.lower()):
                    places = list(described(self._world, places, self._text) or places)
                if (deed, one.start) not in self._done or self._says(text, places):
                    self._add(deed, tuple(places), text, one)
                    self._add_other_such(deed, one, places, text)
                self._done.add((deed, one.start))  # "return the lamp, with the refund to my card" is one wish
            case Scope.ALL if self._known and ALL_OF_THEM.match(self._text[one.start : one.end].lower()):
                for place in self._places(replace(one, scope=Scope.THEM), deed):
                    self._add(deed, (place,), text, None)
            case Scope.ALL if self._means_everything(one):
                orders = self._world.orders
                suits = [order for order in orders if self._suits(deed, order.order_id)]
                self._whole(deed, suits or [one for one in orders if self._suits(Deed.DISCARD, one.order_id)], text)
            case Scope.ALL:
                self._whole(deed, self._orders_of([one]) or self._orders_of_last(), text)
            case Scope.BOTH if deed is Deed.CANCEL and len(self._orders) == 2:
                self._cancel(self._orders)
            case Scope.BOTH | Scope.REST | Scope.OTHER:
                places = self._places(one, deed)
                if not places and self._spoken and one.scope is Scope.BOTH:
                    self._of_spoken(deed, one.scope, text)
                elif not places and one.scope is Scope.REST and (self._heard.wishes or not self._orders):
                    self._whole_rest(deed)
                elif not places:
                    self._leave_open(deed, self._orders_of([one]), text)
                for place in places:
                    self._add(deed, (place,), text, None)
            case Scope.IT | Scope.THEM:
                places = self._places(one, deed)
                if picked := self._picked_of(one, places):
                    self._add(deed, picked, text, None)
                    return
                if not places and self._last:
                    self._done_to_last(deed, text)
                    return
                if not places and self._gone and not self._names_now:
                    return  # "I'd like the money for it", of what was cancelled
                if deed is Deed.CANCEL and not places and not _is_of_item(self._text[one.start : one.end]):
                    self._cancel(self._orders)
                elif not places and self._spoken:
                    self._of_spoken(deed, one.scope, text)
                elif not places:
                    self._leave_open(deed, self._orders, text)
                for place in places:
                    self._add(deed, (place,), text, None)
            case _:
                self._leave_open(deed, self._orders_of([one]), text)

    def _add_other_such(self, deed: Deed, one: Object, places: Sequence[Place], text: str) -> None:
        """The same for "and the black one" that follows a name."""
        other = AND_OTHER_SUCH.match(self._text[one.end :].lower())
        names = {self._world.name_of(place.product_id) for place in places}
        left = [
            one for one in self._world.places() if self._world.name_of(one.product_id) in names and one not in places
        ]
        if (
            other is not None
            and left
            and (such := described(self._world, left, other["how"]) or (len(left) == 1 and left))
        ):
            self._add(deed, tuple(such), text, None)

    def _whole_rest(self, deed: Deed) -> None:
        """All orders that nothing was said of, where of those spoken of nothing is left: "cancel the rest"."""
        spoken = {place.order_id for wish in self._heard.wishes for place in wish.among}
        spoken |= {place.order_id for place in (*self._heard.dropped, *self._lately)}
        orders = [order for order in self._world.orders if order.order_id not in spoken]
        for order in orders:
            if self._suits(deed, order.order_id) and self._world.places_of(order):
                self._heard.wishes.append(PlannedWish(deed=deed, among=(Place(order_id=order.order_id),)))

    def _means_everything(self, one: Object) -> bool:
        """Whether "everything" is all that they have: nothing was said of an order, or of things, before."""
        return one.order is None and not self._orders and not self._known and not self._heard.wishes

    def _of_spoken(self, deed: Deed, scope: Scope, text: str) -> None:
        """What is said of "it" or "both" is said of what was named before: "the mugs are broken, take them back"."""
        groups = [self._spoken] if scope is Scope.IT else [(place,) for place in self._spoken]
        for places in groups:
            self._add(deed, places, text, None)

    def _done_to_last(self, deed: Deed, text: str) -> None:
        """What is said of "it" is said of what was wished for last; why it is not wanted changes nothing."""
        for at in self._last if deed not in (Deed.DISCARD, Deed.EITHER) else ():
            wish = self._heard.wishes[at]
            self._heard.wishes[at] = replace(wish, deed=deed, words=(*wish.words, text) if text else wish.words)

    def _add(self, deed: Deed, places: Sequence[Place], text: str, one: Object | None) -> None:
        """A wish for what is named: of each place, where several are surely meant."""
        if not places:
            return
        group = self._world.group_of(places[0].product_id)
        product = self._world.products[places[0].product_id]
        before, after = ("", "") if one is None else (one.before, one.after)
        if not self._says(text, places) and deed in SWAPS and after and options.differs_from(after, product, group):
            text = after
        if text and group is not None:
            asked = [axis.name for axis in group.axes if axis.name.lower() in before.lower()]
            asked = asked or list(options.says_options(before, group).asked)
            asked = [axis for axis in asked if axis.lower() not in text.lower()]
            text = f"{asked[0]} {text}" if len(asked) == 1 else text
        if deed in SWAPS and OF_MONEY.search(text.lower()) and not self._says(text, places):
            deed, text = Deed.RETURN, ""
        elif deed not in SWAPS and len(places) > 1 and (left := described(self._world, places, text)):
            places, text = left, ""  # it tells which: "give back the one with the higher price"
        elif deed in (Deed.RETURN, Deed.EITHER) and text:
            swaps = self._says(text, places) or (
                OF_MONEY.search(text.lower()) is None and ANOTHER_ONE.search(text.lower())
            )
            deed, text = (Deed.EXCHANGE, text) if swaps else (deed, "")
        beside = one.beside if one is not None and deed not in SWAPS else ""
        quantity = (counted_of(beside) or counted(before)) if one is not None else 0
        if one is not None and PICKS_OF.search(self._text[max(0, one.start - BEFORE) : one.start].lower()):
            quantity = 0  # "the cheaper of my two tablets"
        several = any(self._world.quantity(place) > 1 for place in places)
        if several and not quantity and one is not None and not one.every and ONE_OF_SEVERAL.search(before.lower()):
            quantity = 1
        wish = PlannedWish(deed=deed, among=tuple(places), words=(text,) if text else (), quantity=quantity)
        self._heard.dropped = [place for place in self._heard.dropped if place not in places]  # what is said last holds
        if deed is Deed.EITHER and any(set(known.among) & set(places) for known in self._heard.wishes):
            return  # why it is not wanted
        plural = (
            one is not None
            and not one.single
            and self._is_plural(one, places)
            and not PICKS_OF_THEM.search(self._text.lower())
        )
        within = len({place.order_id for place in places}) == 1
        told = plural and ALL_THERE_ARE.search(self._text.lower()) is not None
        told = told or (one is not None and (one.every or within or quantity > 1))
        every = one is not None and (one.every or plural) and quantity in (0, len(places)) and told
        if every and several and len(places) == 1 and not quantity:
            wish = replace(wish, quantity=self._world.quantity(places[0]))
        if every and len(places) > 1:
            self._heard.wishes += [replace(wish, among=(place,), quantity=0) for place in places]
        else:
            self._heard.wishes.append(wish)


def _target(becomes: Sequence[Becomes], one: Object, at: int, objects: int) -> str:
    """What one of several objects shall become: what is said of it by its name, in its place, or of all."""
    own = [part.text for part in becomes if set(part.keys) & set(one.keys)]
    if own:
        return ", ".join(own)
    free = [part.text for part in becomes if not part.keys]
    if len(free) == objects > 1:
        return free[at]
    return ", ".join(free) if not any(part.keys for part in becomes) else ""


def _is_of_item(said: str) -> bool:
    """Whether a pronoun stands for a thing, and for no order: "that item", "just that one"."""
    return said.lower().split()[-1] in ("item", "thing", "one", "mine", "bought", "have")
