"""Hears what shall be done where something cannot be done, and what a wish hangs on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.aftersale.hearing.wishing import Wishing
from bot.aftersale.which.orders_meant import orders_meant
from bot.aftersale.which.places_meant import SWAPS
from domain.model import OrderState
from domain.plans import Deed, Place, PlannedWish
from nlu.rules.aftersale import Said
from nlu.rules.aftersale_phrases import LEAVES_OUT, THERE_IS_NONE
from nlu.rules.aftersale_portions import Object, Scope
from nlu.rules.aftersale_words import Mark
from nlu.rules.order_states import is_so
from nlu.rules.price_limits import holds, is_of_whole_price, price_limit

DEEDS = {  # what a deed that was heard wishes for
    Mark.RETURN: Deed.RETURN,
    Mark.EXCHANGE: Deed.EXCHANGE,
    Mark.CHANGE: Deed.CHANGE,
    Mark.CANCEL: Deed.CANCEL,
    Mark.DISCARD: Deed.DISCARD,
    Mark.UNHAPPY: Deed.EITHER,
}


class WaysOut(Wishing):
    """Adds ways out and conditions to the wishes that were heard."""

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
            self._heard.wishes[at] = on_condition(wish, condition, limit)

    def _way_out(self, said: Said) -> None:
        """What shall be done where what was wished for last cannot be: with the same, its whole order, or another."""
        left_out = said.deed is Mark.DISCARD and LEAVES_OUT.search(self._text.lower()) is not None
        if said.refused or said.deed is Mark.KEEP or left_out:
            out = PlannedWish(deed=Deed.LEAVE)
        else:
            deed = Deed.EITHER if said.either else DEEDS[said.deed]
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
            if deed in SWAPS and not among and any(one.scope is Scope.ALL for one in said.objects):
                among = self._whole_of_last()
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

    def _whole_of_last(self) -> tuple[Place, ...]:
        """The order of what was wished for last, as a whole; none where it is not known."""
        ids = {place.order_id for at in self._last for place in self._heard.wishes[at].among}
        return tuple(Place(order_id=order_id) for order_id in ids) if len(ids) == 1 else ()

    def _is_of_last(self, objects: Iterable[Object]) -> bool:
        last = {place.product_id for at in self._last for place in self._heard.wishes[at].among}
        return all(set(one.keys) & last for one in objects if one.scope is Scope.NAMED)

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


def on_condition(wish: PlannedWish, condition: str, limit: Decimal | None) -> PlannedWish:
    """The wish with what it hangs on: a price that the shop can look at, or what only its customer can tell."""
    return replace(wish, condition=condition) if limit is None else replace(wish, at_most=str(limit))
