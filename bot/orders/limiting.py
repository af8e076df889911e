"""Takes a cancelling, or the emptying of the cart, that is asked about for no more than the answer wants gone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.messages import Reply
from bot.orders import cancelling, changing, parting
from bot.orders.choosing_orders import recent
from bot.shopping import basket, checkout
from bot.turn import Handler, Turn
from domain.conversation import Asked
from domain.model import Order
from nlu.rules.cancel_limits import Limit, read_limit
from nlu.rules.moods import only_asks
from nlu.rules.order_words import numbers_said

SHORT = 7  # words that name what is meant; longer ones may tell why
_ASKED = (Asked.CANCEL_ORDER, Asked.CANCEL_MEANING, Asked.CLEAR_CART)


def around(turn: Turn, otherwise: Handler) -> list[Reply]:
    """The answer to a message that bounds what is asked about; behind one that only speaks of a part no plain yes is.

    What is meant is shown as a change; what is not clear is asked, and the whole goes at no yes to that.
    """
    pending = turn.conversation.pending
    if pending is None or pending.kind not in _ASKED or turn.message.choice is not None or turn.message.command:
        return otherwise(turn)
    if numbers_said(turn.message.text, digits=3):
        return otherwise(turn)  # which order is meant
    if pending.kind is Asked.CLEAR_CART:
        told, bounded = _of_the_cart(turn)
    else:
        numbers = pending.options or (pending.subject,)
        found = [turn.own_order(int(number)) for number in numbers if number.isdecimal()]
        told, bounded = _of_orders(turn, [one for one in found if one is not None and one.cancellable(turn.now)])
    if told is not None:
        return told
    replies = otherwise(turn)
    now = turn.conversation.pending
    if bounded and now is not None and now.kind is pending.kind and now.options == pending.options:
        turn.conversation.pending = replace(now, by_name=True)
    return replies


def _of_the_cart(turn: Turn) -> tuple[list[Reply] | None, bool]:
    there = {line.product_id: line.quantity for line in turn.conversation.cart}
    limit = _limit(turn, there)
    left = _left(there, limit)
    bounded = _bounds(limit) or left is not None
    if left is None or only_asks(turn.message.text) or not _is_plain(turn, limit):
        return None, bounded
    turn.conversation.pending = None
    notes = [note for one in there for note in basket.change(turn, [one], "set", left[one]) if left[one] != there[one]]
    turn.note_done("remove_from_cart")
    return checkout.next_step(turn, notes), bounded


def _of_orders(turn: Turn, orders: Sequence[Order]) -> tuple[list[Reply] | None, bool]:
    there = {order.order_id: _pieces(order) for order in orders}
    limit = _limit(turn, {one: 0 for pieces in there.values() for one in pieces})
    if not limit.names and limit.only and (other := _of_another(turn, orders)) is not None:
        return other, True
    lefts = {order.order_id: _left(there[order.order_id], limit) for order in orders}
    bounded = _bounds(limit) or any(left is not None for left in lefts.values())
    if only_asks(turn.message.text) or turn.shop.terms.variants_only or not orders:
        return None, bounded
    if len(orders) > 1:
        return _of_several(turn, orders, limit), bounded
    (order,) = orders
    left = lefts[order.order_id]
    if left is not None and _is_plain(turn, limit):
        return parting.leave(turn, order, left), bounded
    unclear = left is not None or (limit.partly and not limit.names and "orders" not in turn.plain_words)
    return (parting.ask(turn, order) if unclear else None), bounded


def _of_several(turn: Turn, orders: Sequence[Order], limit: Limit) -> list[Reply] | None:
    """The question about those orders alone that are meant as a whole; None where a part of one is."""
    held = {order.order_id: _pieces(order) for order in orders}
    named = {one: any(key in limit.goes for key in pieces) for one, pieces in held.items()}
    kept = {one: any(key in limit.keeps for key in pieces) for one, pieces in held.items()}
    goes = [one for one in held if (named[one] if limit.goes else not kept[one])]
    wholly = all(_left(held[one], limit) is None for one in goes)
    if not limit.names or not goes or len(goes) == len(held) or not wholly:
        return None
    return cancelling.ask(turn, *goes)


def _of_another(turn: Turn, asked: Sequence[Order]) -> list[Reply] | None:
    """The same of another order than those that were asked about, which alone holds what alone is to go."""
    if only_asks(turn.message.text) or turn.shop.terms.variants_only:
        return None
    others = [one for one in recent(turn) if one.cancellable(turn.now) and one not in asked]
    found = [(order, _limit(turn, _pieces(order))) for order in others]
    named = [(order, limit) for order, limit in found if limit.goes]
    if len(named) != 1:
        return None
    (order, limit) = named[0]
    left = _left(_pieces(order), limit)
    return cancelling.ask(turn, order.order_id) if left is None else parting.leave(turn, order, left)


def _pieces(order: Order) -> dict[str, int]:
    return {line.product_id: line.quantity for line in changing.cart_of(order)}


def _limit(turn: Turn, there: Mapping[str, int]) -> Limit:
    products = turn.products(there)
    return read_limit(turn.message.text, {key: one.title for key, one in products.items()})


def _left(there: Mapping[str, int], limit: Limit) -> dict[str, int] | None:
    """How many of each then stay; None where all goes, or all stays."""
    left = dict(there)
    if limit.goes:
        for one in there:
            if one in limit.goes:
                left[one] = max(0, there[one] - (limit.goes[one] or there[one]))
    elif limit.keeps:
        left = {one: min(there[one], limit.keeps[one] or there[one]) if one in limit.keeps else 0 for one in there}
    return left if any(left.values()) and left != dict(there) else None


def _bounds(limit: Limit) -> bool:
    return limit.partly or (limit.names and not limit.whole)


def _is_plain(turn: Turn, limit: Limit) -> bool:
    """Whether what is named is surely what is meant, and not told for another reason."""
    return bool(limit.keeps) or limit.bounds or len(turn.plain_words) <= SHORT
