"""Makes wishes of words: what shall be done with which products and orders of the customer's own."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.aftersale import options
from bot.aftersale.alike import without_models
from bot.aftersale.heard import Heard
from bot.aftersale.kinds import with_kinds
from bot.aftersale.naming import Named, find_named
from bot.aftersale.narrowing import narrow
from bot.aftersale.orders_meant import orders_meant
from bot.aftersale.places_meant import SWAPS, PlacesMeant
from bot.aftersale.targets import with_targets
from bot.aftersale.world import World
from domain.model import Order, OrderState
from domain.plans import Deed, Place, PlannedWish
from nlu.rules.aftersale import Said, read_aftersale
from nlu.rules.aftersale_phrases import (
    ALL_OF_THEM,
    ANOTHER_ONE,
    LEAVES_AS_IT_IS,
    LOST,
    OF_MONEY,
    ONE_OF_SEVERAL,
    PICKS_OF_THEM,
    SO_MANY_BEFORE,
    SO_MANY_BESIDE,
    TAKES_ANOTHER,
    TAKES_OUT,
    THERE_IS_NONE,
)
from nlu.rules.aftersale_portions import Becomes, Object, Scope
from nlu.rules.aftersale_which import came_with
from nlu.rules.aftersale_words import Mark
from nlu.rules.order_states import is_so
from nlu.rules.price_limits import holds, is_of_whole_price, price_limit
from nlu.rules.values import number_from_words

_DEEDS = {
    Mark.RETURN: Deed.RETURN,
    Mark.EXCHANGE: Deed.EXCHANGE,
    Mark.CHANGE: Deed.CHANGE,
    Mark.CANCEL: Deed.CANCEL,
    Mark.DISCARD: Deed.DISCARD,
    Mark.UNHAPPY: Deed.EITHER,
}
_OF_ITEMS = {Deed.RETURN, Deed.EXCHANGE, Deed.EITHER, Deed.CHANGE, Deed.DISCARD}
_SENDS_BACK = {Deed.RETURN, Deed.EXCHANGE, Deed.EITHER, Deed.DISCARD, Deed.CHANGE}
_WHOLLY = {Scope.BOTH, Scope.ALL, Scope.IT, Scope.THEM}


class _Ears(PlacesMeant):
    """Hears one message; what was said before in it leads what follows."""

    def __init__(
        self,
        text: str,
        world: World,
        known: Sequence[PlannedWish],
        keys: tuple[str, ...] = (),
        lately: Sequence[Place] = (),
    ) -> None:
        super().__init__(text, world, known, lately)
        self._keys = keys
        self._why = False  # whether a deed may only tell why
        self._open: Deed | None = None  # a deed of which nobody said yet what it is done to
        self._done: set[tuple[Deed, int]] = set()  # deeds with where what they are done to is named

    def hear(self, named: Named) -> Heard:
        self._heard.strange = named.strange
        self._heard.names = bool(named.things or named.orders)
        beside = came_with(self._text.lower(), named.things)
        things = [one for one in named.things if one not in beside]
        for said in read_aftersale(self._text, things, named.orders, self._world.option_words(), self._keys):
            self._take(said)
        self._heard.orders = self._orders
        self._tell_of_before()
        self._spare()
        self._leave_what_is_lost()
        self._drop_what_was_told()
        self._heard.wishes = with_kinds(self._world, self._heard.wishes, self._text)
        self._heard.wishes = narrow(self._world, self._heard.wishes, self._text)
        self._take_another()
        return self._heard

    def _take_another(self) -> None:
        """ "The dearer tablet instead" takes the place of the tablet that was wished for before."""
        if not self._known or TAKES_ANOTHER.search(self._text.lower()) is None:
            return
        for wish in self._heard.wishes:
            new = wish.place
            for known in self._known if new is not None and new.product_id else ():
                old = known.place
                if new and old and old.product_id and old != new and known.deed is wish.deed:
                    alike_named = self._world.name_of(old.product_id) == self._world.name_of(new.product_id)
                    self._heard.dropped += [old] if alike_named else []

    def _tell_of_before(self) -> None:
        """How something shall be may have been said before what shall be done with it."""
        for places, text in list(self._heard.words):
            for at, wish in enumerate(self._heard.wishes):
                product = self._world.products[wish.among[0].product_id] if _of_one_thing(wish, places) else None
                group = None if product is None else self._world.group_of(product.product_id)
                if product is not None and wish.deed in SWAPS and options.differs_from(text, product, group):
                    self._heard.wishes[at] = replace(wish, words=(text, *wish.words))
                    self._heard.words.remove((places, text))
                    break

    def _spare(self) -> None:
        """An order that shall by no means be cancelled is not, and that is no way out either."""
        kept: list[PlannedWish] = []
        for wish in self._heard.wishes:
            left = tuple(one for one in wish.among if one.product_id or one.order_id not in self._heard.spared)
            outs = tuple(
                PlannedWish(deed=Deed.LEAVE) if _cancels_whole(wish, out, self._heard.spared) else out
                for out in wish.ways_out
            )
            if left or not wish.among or wish.deed is not Deed.CANCEL:
                among = left if wish.deed is Deed.CANCEL else wish.among
                kept.append(replace(wish, among=among, ways_out=outs))
        self._heard.wishes = kept

    def _leave_what_is_lost(self) -> None:
        """What is lost cannot be sent back: no money and nothing else comes for it."""
        if LOST.search(self._text.lower()) is None:
            return
        named = {place for places in self._heard.named for place in places}
        for wish in list(self._heard.wishes):
            place = wish.place
            told = place is not None and (len(self._heard.wishes) == 1 or place in named)
            if told and place is not None and wish.deed in _SENDS_BACK and self._world.is_delivered(place.order_id):
                self._heard.lost.append(place)
                self._heard.wishes.remove(wish)

    def _drop_what_was_told(self) -> None:
        """What nobody said of what is wanted, nor of which order, is no wish beside others: "a few changes"."""
        sure = {wish.deed for wish in self._heard.wishes if not wish.several and wish.among}
        returns = Deed.RETURN in sure or Deed.CANCEL in sure

        def is_vague(wish: PlannedWish) -> bool:
            anywhere = len({place.order_id for place in wish.among}) > 1
            return wish.deed in sure or (wish.deed is Deed.RETURN and returns) or (bool(sure) and anywhere)

        self._heard.wishes = [wish for wish in self._heard.wishes if not (wish.several and is_vague(wish))]

    def _take(self, said: Said) -> None:
        for words in said.orders:
            found = orders_meant(self._world, words, self._orders or self._spoken_of())
            self._orders = found or self._orders
        if said.general and not any(one.scope is Scope.NAMED for one in said.objects):
            self._heard.general = True
            return
        leaves = said.deed is Mark.WANT and said.otherwise and _leaves(said)
        self._heard.settled |= said.otherwise and not self._last
        excepted = [] if leaves else [place for one in said.excepted for place in self._places(one, Deed.DISCARD)]
        self._heard.dropped += excepted
        if said.deed is Mark.KEEP and said.refused:  # "I won't keep the lamp"
            if not any(one.scope is Scope.NAMED for one in said.objects):
                return
            said = replace(said, deed=Mark.DISCARD, refused=False)
        if leaves:
            self._way_out(replace(said, deed=Mark.KEEP))
            return
        if said.deed is Mark.WANT:
            self._want(said)
            return
        if said.otherwise and self._last:
            self._way_out(said)
            return
        if said.deed is Mark.KEEP and self._heard.wishes and all(one.scope in _WHOLLY for one in said.objects):
            return  # "I still want all that", of what nothing was said
        if said.refused or said.deed is Mark.KEEP:
            limit = price_limit(said.condition.lower(), refuses=True) if said.condition else None
            if not said.condition:
                self._refuse(said)
            for at in self._last if said.condition else ():
                self._heard.wishes[at] = _on_condition(self._heard.wishes[at], said.condition, limit)
            return
        if said.deed is Mark.DISCARD and (spared := self._taken_out(said)):
            self._heard.dropped += spared
            return
        deed = Deed.EITHER if said.either else _DEEDS[said.deed]
        if self._why and deed in (Deed.DISCARD, Deed.EITHER) and self._is_of_last(said.objects):
            return  # "else cancel it, for I no longer need it"
        self._why = False
        before = len(self._heard.wishes)
        self._wish(said, deed)
        new = list(range(before, len(self._heard.wishes)))
        for at in new if excepted else ():
            but = tuple(dict.fromkeys(place.product_id for place in excepted if place.product_id))
            self._heard.wishes[at] = replace(self._heard.wishes[at], but=but)
        if said.condition:
            self._hang(new, said.condition)
            new = list(range(before, len(self._heard.wishes)))
        self._last = new or self._last

    def _taken_out(self, said: Said) -> list[Place]:
        """What is left out of what was to be sent back: "leave the lamp out" is said of the plan, not of the order."""
        if TAKES_OUT.search(self._text.lower()) is None:
            return []
        named = [place for one in said.objects if one.scope is Scope.NAMED for place in self._places(one, Deed.DISCARD)]
        planned = {place for wish in self._known if wish.deed in _SENDS_BACK for place in wish.among}
        return [one for one in named if one in planned and self._world.is_delivered(one.order_id)]

    def _hang(self, new: Sequence[int], condition: str) -> None:
        """Lets new wishes hang on a condition, as far as the shop's own prices do not tell by now."""
        for at in reversed(new):
            wish = self._heard.wishes[at]
            place = wish.place
            price = self._world.price_of(place) if place is not None and place.product_id else None
            told = next((one for one in self._world.orders if str(one.order_id) in condition), None)
            order = told or (None if place is None else self._world.order(place.order_id))
            left = order is not None and order.state is not OrderState.PLACED
            so = is_so(condition.lower(), left=left, came=order is not None and order.state is OrderState.DELIVERED)
            if order is not None and so is not None:
                if not so:
                    del self._heard.wishes[at]
                    self._heard.unmet.append(condition)
                continue
            if price is not None and wish.deed not in SWAPS and (true := holds(condition.lower(), price)) is not None:
                if not true:
                    del self._heard.wishes[at]
                    self._heard.unmet.append(condition)
                continue
            limit = price_limit(condition.lower(), refuses=False)
            if limit is not None and price is not None and is_of_whole_price(condition.lower(), limit, price):
                limit -= price
            self._heard.wishes[at] = _on_condition(wish, condition, limit)

    def _way_out(self, said: Said) -> None:
        """What shall be done where what was wished for last cannot be: with the same, its whole order, or another."""
        if said.refused or said.deed is Mark.KEEP:
            out = PlannedWish(deed=Deed.LEAVE)
        else:
            deed = Deed.EITHER if said.either else _DEEDS[said.deed]
            text = said.becomes[0].text if said.becomes else ""
            if (others := self._but_for(said, deed)) is not None:
                for at in others:
                    left = PlannedWish(deed=Deed.LEAVE)
                    self._heard.wishes[at] = replace(
                        self._heard.wishes[at], ways_out=(*self._heard.wishes[at].ways_out, left)
                    )
                return
            among = self._elsewhere(said, deed)
            whole = any(one.scope in (Scope.ORDER, Scope.ALL) for one in said.objects)
            cancels = deed in (Deed.CANCEL, Deed.DISCARD) and not among
            deed = Deed.CANCEL if cancels and whole else Deed.DISCARD if cancels else deed
            out = PlannedWish(deed=deed, among=among, words=(text,) if text and deed in SWAPS else ())
        self._why = True
        for at in self._last[-1:] if out.among else self._failing(said):
            wish = self._heard.wishes[at]
            self._heard.wishes[at] = replace(wish, ways_out=(*wish.ways_out, out))

    def _but_for(self, said: Said, deed: Deed) -> list[int] | None:
        """The wishes that stay undone where only others of them shall be done then: "then exchange only the lamp"."""
        keys = {key for one in said.objects if one.scope is Scope.NAMED for key in one.keys}
        wishes = self._heard.wishes
        same = [
            at
            for at, wish in enumerate(wishes)
            if wish.deed is deed and any(one.product_id in keys for one in wish.among)
        ]
        others = [at for at in range(len(wishes)) if at not in same]
        return others if same and others and not said.becomes else None

    def _failing(self, said: Said) -> list[int]:
        """The wishes of this message that a way out is for: those of what is named, else those that were said last."""
        keys = {key for one in said.objects if one.scope is Scope.NAMED for key in one.keys}
        wishes = enumerate(self._heard.wishes)
        named = [at for at, wish in wishes if any(place.product_id in keys for place in wish.among)]
        return named or self._last

    def _elsewhere(self, said: Said, deed: Deed) -> tuple[Place, ...]:
        """The places that a way out is about where it is not about what was wished for last."""
        things = [one for one in said.objects if one.scope is Scope.NAMED]
        if things:
            return () if self._is_of_last(things) else tuple(self._places(things[0], deed))
        last = {place.order_id for at in self._last for place in self._heard.wishes[at].among}
        told = [one for one in said.objects if one.order is not None and one.scope is Scope.ORDER]
        orders = [order for one in told if one.order for order in orders_meant(self._world, one.order)]
        others = [order.order_id for order in orders if order.order_id not in last]
        return tuple(Place(order_id=order_id) for order_id in others) if len(others) == len(orders) == 1 else ()

    def _is_of_last(self, objects: Iterable[Object]) -> bool:
        last = {place.product_id for at in self._last for place in self._heard.wishes[at].among}
        return all(set(one.keys) & last for one in objects if one.scope is Scope.NAMED)

    def _refuse(self, said: Said) -> None:
        if said.deed is Mark.UNHAPPY:
            return  # "although I will not be happy with it" takes nothing back
        if said.deed in _DEEDS:
            self._heard.refused.append(_DEEDS[said.deed])
        for one in said.objects:
            if one.scope is Scope.ORDER and said.deed is Mark.CANCEL:
                last = [place.order_id for at in self._last for place in self._heard.wishes[at].among]
                known = [place.order_id for wish in self._known for place in wish.among]
                self._heard.spared += [order.order_id for order in self._orders_of([one])] or last or known
            elif one.scope is Scope.ORDER:
                self._heard.dropped += [Place(order_id=order.order_id) for order in self._orders]
            else:
                self._heard.dropped += self._places(one, Deed.DISCARD)

    def _only_one(self, said: Said) -> tuple[Place, ...]:
        """The only thing of the orders that its sentence speaks of: "the thing in my last order should be red"."""
        places = [place for order in self._orders for place in self._world.places_of(order)] if said.orders else []
        return tuple(places) if len(places) == 1 else ()

    def _want(self, said: Said) -> None:
        """How something shall be: of what is named, or else of what was said last."""
        text = said.becomes[0].text if said.becomes else ""
        if said.otherwise and (about := self._about_options(f"{said.failing} {text}")):
            self._or_else(about, said.failing, text)
            return
        if not said.objects:
            if self._last and text:
                for at in self._last:
                    wish = self._heard.wishes[at]
                    outs = tuple(
                        replace(out, words=(*out.words, text)) if out.deed in SWAPS else out for out in wish.ways_out
                    )
                    self._heard.wishes[at] = replace(wish, words=(*wish.words, text), ways_out=outs)
            elif text and not said.excepted:
                self._heard.loose.append(text)
            return
        for one in said.objects:
            if one.scope is not Scope.NAMED:
                only = self._only_one(said)
                self._heard.named.append(only or tuple(self._places(one, Deed.EXCHANGE)))
                if only and text and self._says(text, only):
                    self._add(self._open or Deed.EXCHANGE, only, text, None)
                continue
            places = tuple(self._places(one, self._open or Deed.DISCARD, swaps=True))
            wishes = enumerate(self._heard.wishes)
            there = [at for at, wish in wishes if not wish.several and {*wish.among} & {*places}]
            if there:
                at = there[0]
                wish = self._heard.wishes[at]
                swaps = wish.deed in SWAPS or self._says(text, places)
                deed = Deed.EXCHANGE if wish.deed is Deed.EITHER and self._says(text, places) else wish.deed
                self._heard.wishes[at] = replace(wish, deed=deed, words=(*wish.words, text) if swaps else wish.words)
            elif self._open is not None or (self._last and self._says(text, places)):
                last = self._heard.wishes[self._last[0]].deed if self._last else Deed.EXCHANGE
                deed = self._open or (last if last in SWAPS else Deed.EXCHANGE)
                self._drop_open()
                before = len(self._heard.wishes)
                self._add(deed, places, text, one)
                self._last = list(range(before, len(self._heard.wishes))) or self._last
            else:
                self._heard.named.append(places)
                if text:
                    self._heard.words.append((places, text))

    def _about_options(self, text: str) -> list[int]:
        """The wishes of this message that a text says an option of; of several those that were said last."""
        found = [
            at
            for at, wish in enumerate(self._heard.wishes)
            if wish.deed in SWAPS and not wish.several and self._says(text, wish.among)
        ]
        return [at for at in found if at in self._last] or found[-1:]

    def _or_else(self, about: Sequence[int], failing: str, text: str) -> None:
        """What something shall become where there is none as it was wanted, which may be said by the way."""
        for at in about:
            wish = self._heard.wishes[at]
            *before, last = [wish, *wish.ways_out]
            if self._says(failing, wish.among):
                last = replace(last, words=(*last.words, THERE_IS_NONE.sub("", failing)))
            wish, *outs = [*before, last]
            if self._says(text, wish.among):
                outs.append(PlannedWish(deed=wish.deed, words=(*wish.words, text)))
            self._heard.wishes[at] = replace(wish, ways_out=tuple(outs))

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
            self._cancel(self._orders)
            return
        text = said.becomes[0].text if said.becomes else ""
        if self._last and deed in SWAPS and text:
            for at in self._last:
                wish = self._heard.wishes[at]
                self._heard.wishes[at] = replace(wish, words=(*wish.words, text))
            return
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

    def _of_orders(self, said: Said, deed: Deed) -> None:
        orders = self._orders_of(said.objects)
        if deed is Deed.CANCEL or (deed is Deed.DISCARD and orders):
            self._cancel(orders or self._that_came())
            return
        text = said.becomes[0].text if said.becomes else ""
        if deed is Deed.RETURN and not (text and ANOTHER_ONE.search(text.lower())):
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
        self._open = deed
        self._heard.wishes.append(
            PlannedWish(deed=deed, among=tuple(suits), several=True, words=(text,) if text else ())
        )

    def _of_object(self, said: Said, deed: Deed, one: Object, text: str) -> None:
        match one.scope:
            case Scope.NAMED:
                places = self._places(one, deed, swaps=deed in SWAPS and not text)
                if (deed, one.start) not in self._done or self._says(text, places):
                    self._add(deed, tuple(places), text, one)
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
            case Scope.BOTH | Scope.REST | Scope.OTHER:
                places = self._places(one, deed)
                if not places and self._spoken and one.scope is Scope.BOTH:
                    self._of_spoken(deed, one.scope, text)
                elif not places and one.scope is Scope.REST and self._heard.wishes:
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

    def _whole_rest(self, deed: Deed) -> None:
        """All orders that nothing was said of, where of those spoken of nothing is left: "cancel the rest"."""
        spoken = {place.order_id for wish in self._heard.wishes for place in wish.among}
        spoken |= {place.order_id for place in self._heard.dropped}
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
        elif deed in (Deed.RETURN, Deed.EITHER) and text:
            swaps = self._says(text, places) or (
                OF_MONEY.search(text.lower()) is None and ANOTHER_ONE.search(text.lower())
            )
            deed, text = (Deed.EXCHANGE, text) if swaps else (deed, "")
        beside = one.beside if one is not None and deed not in SWAPS else ""
        quantity = (_counted_of(beside) or _counted(before)) if one is not None else 0
        several = any(self._world.quantity(place) > 1 for place in places)
        if several and not quantity and one is not None and not one.every and ONE_OF_SEVERAL.search(before.lower()):
            quantity = 1
        wish = PlannedWish(deed=deed, among=tuple(places), words=(text,) if text else (), quantity=quantity)
        self._heard.dropped = [place for place in self._heard.dropped if place not in places]  # what is said last holds
        if deed is Deed.EITHER and any(set(known.among) & set(places) for known in self._heard.wishes):
            return  # why it is not wanted
        plural = one is not None and self._is_plural(one, places) and not PICKS_OF_THEM.search(self._text.lower())
        told = one is not None and (one.every or len({place.order_id for place in places}) == 1 or quantity > 1)
        every = one is not None and (one.every or plural) and quantity in (0, len(places)) and told
        if every and several and len(places) == 1 and not quantity:
            wish = replace(wish, quantity=self._world.quantity(places[0]))
        if every and len(places) > 1:
            self._heard.wishes += [replace(wish, among=(place,), quantity=0) for place in places]
        else:
            self._heard.wishes.append(wish)


def _cancels_whole(wish: PlannedWish, out: PlannedWish, orders: Collection[int]) -> bool:
    """Whether a way out cancels one of these orders."""
    return out.deed is Deed.CANCEL and any(place.order_id in orders for place in out.among or wish.among)


def _leaves(said: Said) -> bool:
    """Whether all shall stay as it is where what was wanted cannot be."""
    return any(LEAVES_AS_IT_IS.search(one.text.lower()) for one in said.becomes)


def _is_of_item(said: str) -> bool:
    """Whether a pronoun stands for a thing, and for no order: "that item", "just that one"."""
    return said.lower().split()[-1] in ("item", "thing", "one", "mine", "bought", "have")


def _on_condition(wish: PlannedWish, condition: str, limit: Decimal | None) -> PlannedWish:
    """The wish with what it hangs on: a price that the shop can look at, or what only its customer can tell."""
    return replace(wish, condition=condition) if limit is None else replace(wish, at_most=str(limit))


def _of_one_thing(wish: PlannedWish, places: Sequence[Place]) -> bool:
    return bool(wish.among) and bool(wish.among[0].product_id) and not set(places).isdisjoint(wish.among)


def _target(becomes: Sequence[Becomes], one: Object, at: int, objects: int) -> str:
    """What one of several objects shall become: what is said of it by its name, in its place, or of all."""
    own = [part.text for part in becomes if set(part.keys) & set(one.keys)]
    if own:
        return ", ".join(own)
    free = [part.text for part in becomes if not part.keys]
    if len(free) == objects > 1:
        return free[at]
    return ", ".join(free) if not any(part.keys for part in becomes) else ""


def _counted(before: str) -> int:
    found = SO_MANY_BEFORE.search(before.lower())
    if found is None:
        return 0
    return int(found["count"]) if found["count"].isdecimal() else number_from_words(found["count"])


def _counted_of(beside: str) -> int:
    """How many of something are meant, where it is said behind it: "just one of them", "send one back"."""
    found = SO_MANY_BESIDE.search(beside.lower())
    if found is None:
        return 0
    return int(found["count"]) if found["count"].isdecimal() else number_from_words(found["count"])


def hear(
    text: str,
    world: World,
    known: Sequence[PlannedWish] = (),
    keys: tuple[str, ...] = (),
    lately: Sequence[Place] = (),
) -> Heard:
    """What a message says of placed orders.

    Args:
        text: the message with plain quotes.
        world: the customer's own orders.
        known: what is wished for already.
        keys: the products that "it" means before anything is named.
        lately: the places that were spoken of last, for "it" and "them".
    """
    named = find_named(text.lower(), world)
    heard = _Ears(without_models(text), world, known, keys, lately).hear(named)
    heard.wishes = list(with_targets(text, world, heard.wishes, named))
    return heard


def iter_items(wishes: Iterable[PlannedWish]) -> Iterator[PlannedWish]:
    """Those of the wishes that are about products."""
    return (wish for wish in wishes if wish.deed in _OF_ITEMS)
