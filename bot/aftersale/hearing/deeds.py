"""Makes wishes of words: what shall be done with which products and orders of the customer's own."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.aftersale.heard import Heard
from bot.aftersale.hearing.ways_out import DEEDS, WaysOut, on_condition
from bot.aftersale.into.targets import with_targets
from bot.aftersale.which import options
from bot.aftersale.which.kinds import with_kinds
from bot.aftersale.which.naming import Named, find_named
from bot.aftersale.which.narrowing import narrow
from bot.aftersale.which.orders_meant import orders_meant
from bot.aftersale.which.places_meant import SWAPS
from bot.aftersale.which.telling import described
from bot.aftersale.world import World
from domain.plans import Deed, Place, PlannedWish
from nlu.rules.aftersale import Said, read_aftersale
from nlu.rules.aftersale_models import without_models
from nlu.rules.aftersale_phrases import (
    LEAVES_AS_IT_IS,
    LOST,
    NOTHING_ELSE,
    ONE_TOO_MANY,
    PRICED_ONE,
    TAKES_ANOTHER,
    TAKES_OUT,
)
from nlu.rules.aftersale_portions import Becomes, Scope
from nlu.rules.aftersale_which import came_with
from nlu.rules.aftersale_words import Mark
from nlu.rules.price_limits import price_limit

_SENDS_BACK = {Deed.RETURN, Deed.EXCHANGE, Deed.EITHER, Deed.DISCARD, Deed.CHANGE}
_WHOLLY = {Scope.BOTH, Scope.ALL, Scope.IT, Scope.THEM}


class _Ears(WaysOut):
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

    def hear(self, named: Named, failed: Sequence[PlannedWish] = ()) -> Heard:
        self._heard.strange = named.strange
        self._heard.wishes, self._last = [*failed], list(range(len(failed)))
        self._heard.names = bool(named.things or named.orders)
        beside = came_with(self._text.lower(), named.things)
        things = [one for one in named.things if one not in beside]
        for said in read_aftersale(self._text, things, named.orders, self._world.option_words(), self._keys):
            self._take(said)
        self._heard.wishes = self._heard.wishes if not failed else [*_said_anew(self._heard.wishes, failed)]
        self._heard.orders = self._orders
        self._leave_out()
        self._one_too_many()
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

    def _leave_out(self) -> None:
        """What shall not be done to a thing is not done to it with its whole order: "return all. Not the boots"."""
        but = {place for place in self._heard.dropped if place.product_id}
        kept: list[PlannedWish] = []
        for wish in self._heard.wishes:
            place = wish.place
            order = self._world.order(place.order_id) if place is not None and not place.product_id else None
            inside = self._world.places_of(order) if order is not None and wish.deed is not Deed.SHIP_TO else []
            left_out = tuple(dict.fromkeys((*wish.but, *(one.product_id for one in inside if one in but))))
            if not inside or any(one.product_id not in left_out for one in inside):
                kept.append(replace(wish, but=left_out))
        self._heard.wishes = kept

    def _one_too_many(self) -> None:
        """ "I have two tablets and need only one": one of them goes, and it is asked which."""
        if ONE_TOO_MANY.search(self._text.lower()) is None:
            return
        places = next((one for one in reversed(self._heard.named) if self._are_alike(one)), ())
        told = {place for wish in self._heard.wishes for place in wish.among}
        if not places or not (told <= {*places} or all(wish.several for wish in self._heard.wishes)):
            return
        left = described(self._world, places, self._text) if PRICED_ONE.search(self._text.lower()) else None
        self._heard.wishes = [PlannedWish(deed=Deed.RETURN, among=tuple(left or places))]

    def _are_alike(self, places: Sequence[Place]) -> bool:
        """Whether they are several of one name."""
        names = {self._world.name_of(place.product_id) for place in places if place.product_id}
        return len(places) > 1 and len(names) == 1

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
                self._heard.wishes[at] = on_condition(self._heard.wishes[at], said.condition, limit)
            return
        if said.deed is Mark.DISCARD and (spared := self._taken_out(said)):
            self._heard.dropped += spared
            return
        deed = Deed.EITHER if said.either else DEEDS[said.deed]
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

    def _refuse(self, said: Said) -> None:
        if said.deed in (Mark.CHANGE, Mark.EXCHANGE) and self._is_of_options(said):
            return  # "its colour should not change"
        if said.deed is Mark.UNHAPPY:
            return  # "although I will not be happy with it" takes nothing back
        if said.deed in DEEDS:
            self._heard.refused.append(DEEDS[said.deed])
        for one in said.objects:
            if one.scope is Scope.ORDER and said.deed is Mark.CANCEL:
                last = [place.order_id for at in self._last for place in self._heard.wishes[at].among]
                known = [place.order_id for wish in self._known for place in wish.among]
                self._heard.spared += [order.order_id for order in self._orders_of([one])] or last or known
            elif one.scope is Scope.ORDER and NOTHING_ELSE.search(self._text[: one.start].lower()):
                continue  # "the bench, but nothing else of that order" takes nothing back
            elif one.scope is Scope.ORDER:
                self._heard.dropped += [Place(order_id=order.order_id) for order in self._orders]
            else:
                self._heard.dropped += self._places(one, Deed.DISCARD)

    def _is_of_options(self, said: Said) -> bool:
        """Whether only options of something are spoken of."""
        texts = [*(one.beside for one in said.objects), *(one.text for one in said.becomes)]
        groups = [self._world.group_of(key) for one in said.objects for key in one.keys]
        return any(options.speaks_of(text, group) for group in groups for text in texts)

    def _only_one(self, said: Said) -> tuple[Place, ...]:
        """The only thing of the orders that its sentence speaks of: "the thing in my last order should be red"."""
        places = [place for order in self._orders for place in self._world.places_of(order)] if said.orders else []
        in_it = [place for one in said.objects for place in self._only_one_in_it(one)]
        return tuple(places if len(places) == 1 else in_it)

    def _wants_all_so(self, said: Said, text: str) -> bool:
        """Whether all shall be the dearest or cheapest there is: "I want the priciest kind of everything I ordered"."""
        if self._known or self._last or [one.scope for one in said.objects] != [Scope.ALL]:
            return False
        priced = all(
            options.is_by_price(text, self._world.group_of(place.product_id)) for place in self._world.places()
        )
        if priced:
            before = len(self._heard.wishes)
            self._wish(replace(said, becomes=(Becomes(text=text, keys=()),)), Deed.CHANGE)
            self._last = list(range(before, len(self._heard.wishes)))
        return priced

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
        if self._wants_all_so(said, text):
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


def _said_anew(wishes: Sequence[PlannedWish], failed: Sequence[PlannedWish]) -> Iterable[PlannedWish]:
    """The wishes without those that failed before, where nothing is said that shall be instead of them."""
    before = {(one.deed, one.among): one for one in failed}
    for wish in wishes:
        known = before.get((wish.deed, wish.among))
        if known is None or wish.ways_out != known.ways_out or (wish.deed in SWAPS and wish.words != known.words):
            yield wish


def _cancels_whole(wish: PlannedWish, out: PlannedWish, orders: Collection[int]) -> bool:
    """Whether a way out cancels one of these orders."""
    return out.deed is Deed.CANCEL and any(place.order_id in orders for place in out.among or wish.among)


def _leaves(said: Said) -> bool:
    """Whether all shall stay as it is where what was wanted cannot be."""
    return any(LEAVES_AS_IT_IS.search(one.text.lower()) for one in said.becomes)


def _of_one_thing(wish: PlannedWish, places: Sequence[Place]) -> bool:
    return bool(wish.among) and bool(wish.among[0].product_id) and not set(places).isdisjoint(wish.among)


def hear(
    text: str,
    world: World,
    known: Sequence[PlannedWish] = (),
    keys: tuple[str, ...] = (),
    lately: Sequence[Place] = (),
    failed: Sequence[PlannedWish] = (),
) -> Heard:
    """What a message says of placed orders.

    Args:
        text: the message with plain quotes.
        world: the customer's own orders.
        known: what is wished for already.
        keys: the products that "it" means before anything is named.
        lately: the places that were spoken of last, for "it" and "them".
        failed: what was told before to be impossible, which a message may say a way out of.
    """
    named = find_named(text.lower(), world)
    heard = _Ears(without_models(text), world, known, keys, lately).hear(named, failed)
    heard.wishes = list(with_targets(text, world, heard.wishes, named))
    return heard
