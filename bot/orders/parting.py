"""Cancelling a part of what was ordered: that is a change of the order, or a question; only the whole is cancelled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.messages import Reply, Verb
from bot.orders import cancelling, changing
from bot.orders.choosing_orders import choose_orders, recent
from bot.phrases import changing as phrases_changing
from bot.phrases import labels
from bot.phrases import orders as phrases_orders
from bot.shopping import asking, basket, cards, checkout, meaning
from bot.shopping.cards import button
from bot.turn import Turn
from domain.conversation import Asked, CartLine, PendingQuestion
from domain.model import Order, OrderLine, OrderState
from domain.products.catalogue import narrow
from nlu.rules.cancelled import Cancelled, Extent, Thing, cancelled, counted, names
from nlu.rules.deeds import CANCEL
from nlu.rules.moods import Mood, mood_of
from nlu.rules.order_words import EVERY, numbers_said, plain, words_of

_MORE_OF_IT = {"another", "more", "again"}


def of_a_part(turn: Turn, *, alone: bool) -> list[Reply] | None:
    """The answer to who cancels a part, or all but something; None where whole orders are meant.

    Args:
        turn: the message.
        alone: whether it wants nothing else, so that what is not understood of it is asked about here.
    """
    told = cancelled(turn.message.text)
    if told is None or turn.message.choice is not None or turn.only_names:
        return None
    if mood_of(told.said, CANCEL) is not Mood.COMMAND:
        return None
    if turn.conversation.cart or turn.conversation.open_lines:
        return _of_the_cart(turn, told)
    orders = [order for order in recent(turn) if order.cancellable(turn.now)]
    if not orders:
        return None
    if told.extent is Extent.WHOLE:
        return _all_but(turn, told, orders) if told.kept else None
    if told.extent is Extent.SOME:
        several = len(orders) > 1
        return (None if told.which else _which(turn, orders)) if several else ask(turn, orders[0])
    if told.which and len(orders) > 1 and told.things[0].count is None:
        return None  # "the teapot one" is an order
    holding = [order for order in orders if _meant(turn, told.things[:1], order.lines)]
    if len(holding) != 1:
        return ask(turn, orders[0]) if len(orders) == 1 and told.things[0].named else None
    (order,) = holding
    goes = _meant(turn, told.things, order.lines)
    if goes is None:
        return ask(turn, order) if alone or all(thing.named for thing in told.things) else None
    return leave(turn, order, _without(order, goes))


def of_what_is_left_out(turn: Turn) -> list[Reply] | None:
    """The change of a placed order without what a message does not want; None where it is not of a placed order.

    Nothing is on its way, and nothing else is wanted: "no mugs please" is then said of what was ordered.
    """
    conversation = turn.conversation
    named = [entity.value for entity in turn.understanding.all("left_out")]
    if turn.plain_words & _MORE_OF_IT:
        return None  # "don't add another teapot"
    if not named or conversation.cart or conversation.open_lines or turn.message.chat.public or _wants(turn):
        return None
    things = [Thing(name=names(name) or name.lower()) for name in named]
    if narrow(things[0].name, turn.products(turn.shown).values()):
        return None  # it is not wanted of what is shown
    orders = recent(turn)
    holding = [order for order in orders if _meant(turn, things[:1], order.lines)]
    still_open = [order for order in holding if order.cancellable(turn.now)]
    if len(still_open) > 1:
        return _which(turn, still_open)
    if not still_open:
        stays = holding and holding[0] is orders[0] and holding[0].state is not OrderState.CANCELLED
        return changing.begin(turn, holding[0].order_id) if stays else None
    (order,) = still_open
    goes = _meant(turn, things, order.lines) or _meant(turn, things[:1], order.lines)
    return leave(turn, order, _without(order, goes or {}))


def _wants(turn: Turn) -> bool:
    """Whether a message names something to buy, which the shop has."""
    lines = basket.lines_said(turn)
    found = [meaning.found(turn, line.phrase) for line in lines if line.phrase]
    return any(line.quantity is not None for line in lines) or any(one.product or one.options for one in found)


def ask(turn: Turn, order: Order) -> list[Reply]:
    """The one question where it is not clear what shall go: the whole order, or a change of it."""
    number = str(order.order_id)
    turn.conversation.pending = PendingQuestion(kind=Asked.CANCEL_MEANING, subject=number)
    buttons = (
        button(labels.change_order(order_id=order.order_id), Verb.CHANGE_ORDER, number),
        button(labels.cancel_order(order_id=order.order_id), Verb.CANCEL, number),
        button(labels.KEEP_IT, Verb.NO, asking.token(turn)),
    )
    title = phrases_orders.order(order_id=order.order_id)
    reply = Reply(
        title=title, body=(*cards.rows(turn, order.lines), cards.total(turn.shop, order.total)), buttons=buttons
    )
    return [reply.with_lines(below=[phrases_orders.CANCEL_PARTS])]


def answer(turn: Turn, order_id: int) -> list[Reply] | None:
    """The answer to that question in words: all of it, what shall go, or no clear one."""
    order = turn.own_order(order_id)
    told = cancelled(f"cancel {turn.message.text}")
    if order is None or told is None or not order.cancellable(turn.now):
        return None
    if goes := _meant(turn, told.things, order.lines):
        return leave(turn, order, _without(order, goes))
    if turn.understanding.intent == "affirm" or told.extent is Extent.SOME:
        return ask(turn, order)
    whole = {"whole", "all", "everything", "entire", "cancel"} & turn.plain_words
    return cancelling.ask(turn, order_id) if whole and told.extent is Extent.WHOLE else None


def leave(turn: Turn, order: Order, left: Mapping[str, int]) -> list[Reply]:
    """The change of the order to what is left of it, on its card; where nothing is, the question about all of it."""
    if not any(left.values()):
        return cancelling.ask(turn, order.order_id)
    turn.note_done("change_order")
    return checkout.next_step(turn, [*changing.enter(turn, order), *_set(turn, left)])


def _set(turn: Turn, left: Mapping[str, int]) -> list[str]:
    different = {one: many for one, many in left.items() if many != turn.conversation.quantity_of(one)}
    return [note for one, many in different.items() for note in basket.change(turn, [one], "set", many)]


def _of_the_cart(turn: Turn, told: Cancelled) -> list[Reply] | None:
    """The same of what is on its way, or of an order that is being changed."""
    cart = turn.conversation.cart
    goes = _meant(turn, told.things, cart) if told.things else None
    left = {line.product_id: line.quantity - (goes or {}).get(line.product_id, 0) for line in cart}
    if not goes or not any(left.values()):
        return None
    turn.note_done("remove_from_cart")
    return checkout.next_step(turn, _set(turn, left))


def _all_but(turn: Turn, told: Cancelled, orders: Sequence[Order]) -> list[Reply] | None:
    """Orders that are named, or that hold what is named, stay as they are; of one order what is named stays in it."""
    kept = [Thing(name=names(told.kept), count=counted(told.kept))]
    numbers = numbers_said(told.kept, digits=3)
    excepted = [order for order in orders if order.order_id in numbers]
    excepted = excepted or [order for order in orders if _meant(turn, kept, order.lines)]
    if not excepted and len(orders) > 1:
        excepted = list(choose_orders(_said(turn, told.kept), cancelling.as_shown(turn, list(orders))).orders)
        excepted = [] if len(excepted) == len(orders) else excepted
    others = sorted(order.order_id for order in orders if order not in excepted)
    if len(excepted) == 1 and not numbers and not told.plural and (told.one or not others):
        stays = _meant(turn, kept, excepted[0].lines) or {}
        return leave(turn, excepted[0], {line.product_id: stays.get(line.product_id, 0) for line in excepted[0].lines})
    if excepted and others:
        return cancelling.ask(turn, *others)
    several = len(orders) > 1 and (told.plural or bool(EVERY & set(words_of(plain(told.said)))))
    if several:  # no more than what is surely meant
        return cancelling.which(turn, Asked.WHICH_ORDER, phrases_orders.WHICH_ORDER, Verb.CANCEL, orders)
    if not (told.surely or excepted):
        return None
    return ask(turn, orders[0]) if len(orders) == 1 else _which(turn, orders)


def _said(turn: Turn, text: str) -> Turn:
    return replace(turn, message=replace(turn.message, text=text))


def _which(turn: Turn, orders: Sequence[Order]) -> list[Reply]:
    return cancelling.which(turn, Asked.WHICH_ORDER, phrases_changing.WHICH, Verb.CHANGE_ORDER, orders)


def _without(order: Order, goes: Mapping[str, int]) -> dict[str, int]:
    return {line.product_id: line.quantity - goes.get(line.product_id, 0) for line in changing.cart_of(order)}


def _meant(turn: Turn, things: Sequence[Thing], lines: Iterable[CartLine | OrderLine]) -> dict[str, int] | None:
    """How many of each line are named; None where something named is in none of them, or in several."""
    there: dict[str, int] = {}
    for line in lines:
        there[line.product_id] = there.get(line.product_id, 0) + line.quantity
    products = turn.products(there).values()
    meant: dict[str, int] = {}
    for thing in things:
        named = [one for one in narrow(thing.name, products) if all(narrow(word, [one]) for word in thing.name.split())]
        several = len(named) > 1 and (thing.count is not None or not thing.name.endswith("s"))
        if not named or several:
            return None
        meant |= {one.product_id: min(thing.count or there[one.product_id], there[one.product_id]) for one in named}
    return meant
