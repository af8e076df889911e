"""Refuses what is wished for some of an order's pieces only, which the shop does for all of an order or not at all."""

from collections.abc import Sequence

from bot.messages import Reply
from bot.orders import changing
from bot.orders.choosing_orders import recent
from bot.phrases import talk as phrases_talk
from bot.shopping import cart_lines, checkout, meaning
from bot.shopping.cards import HUMAN
from bot.turn import Turn
from domain.conversation import Asked, CartLine
from domain.model import Product
from domain.orders.journeys import ChangeOrder
from domain.products.catalogue import narrow
from nlu.rules.some_of_them import only_named, read_some
from nlu.understanding import WantedLine

QUOTED = 120  # characters of what was not done


def refuse(turn: Turn) -> list[Reply] | None:
    """The answer to a wish for some of what is ordered; nothing is changed. None of any other message.

    Who has a card before them sees all of it once more, and only a yes to that is one.
    """
    text = turn.message.text
    if turn.message.choice is not None or not text or turn.only_names or _answers_in_words(turn):
        return None
    some = read_some(text)
    if some is None and (thing := only_named(text)) and _goes_elsewhere_now(turn):
        some = read_some(f"send the {thing} elsewhere")
    there = bool(turn.conversation.cart) or turn.conversation.changing is not None
    if some is None or not (some.of_them or there):
        return None
    orders = ordered(turn)
    if not orders:
        return None
    if some.count is not None and some.count >= max(sum(line.quantity for line in lines) for lines in orders):
        return None  # all of it, or more than there is
    if some.thing and not _is_a_part(turn, some.thing, orders):
        return None
    named = () if some.over_orders else turn.understanding.all("product")
    if any(is_new(turn, entity.value, orders) for entity in named):
        return None
    turn.noted.not_done = True
    turn.conversation.misunderstood = 0
    told = phrases_talk.not_of_some(words=text[:QUOTED])
    if turn.asked is not None and turn.asked.kind is Asked.CONFIRM:
        return checkout.show(turn, [told])
    reply = Reply(text=told, buttons=(HUMAN,))
    return [reply, *checkout.reminder(turn)] if turn.conversation.cart else [reply]


def _answers_in_words(turn: Turn) -> bool:
    """Whether what is asked is answered in words of one's own, which are no wish: what a note shall say."""
    return turn.asked is not None and turn.asked.aside


def ordered(turn: Turn) -> list[list[CartLine]]:
    """What is being ordered or changed; or else what is in each of the orders that may still be changed."""
    conversation = turn.conversation
    if conversation.cart or conversation.changing is not None:
        return [list(conversation.cart)]
    return [changing.cart_of(order) for order in recent(turn) if order.cancellable(turn.now)]


def _called(turn: Turn, name: str, lines: Sequence[CartLine]) -> tuple[Product, ...]:
    return tuple(narrow(name, turn.products([line.product_id for line in lines]).values()))


def _is_a_part(turn: Turn, name: str, orders: Sequence[Sequence[CartLine]]) -> bool:
    """Whether what is called so is in an order together with something else, and in none alone."""
    found = [(len(_called(turn, name, lines)), len(lines)) for lines in orders]
    return any(0 < called < whole for called, whole in found) and all(called < whole for called, whole in found)


def is_new(turn: Turn, name: str, orders: Sequence[Sequence[CartLine]]) -> bool:
    """Whether something is named that the shop sells, and nothing that is ordered is called so."""
    if any(_called(turn, name, lines) for lines in orders):
        return False
    if cart_lines.target(turn, WantedLine(phrase=name)).product_ids:
        return False
    return sold(turn, name)


def sold(turn: Turn, name: str) -> bool:
    """Whether the shop has something that is called so."""
    match = meaning.found(turn, name)
    return match.product is not None or bool(match.options)


def _goes_elsewhere_now(turn: Turn) -> bool:
    """Whether a placed order is being changed so far only in where it goes."""
    journey, conversation = turn.journey, turn.conversation
    if not isinstance(journey, ChangeOrder) or conversation.address_id == journey.order.address_id:
        return False
    return conversation.cart == changing.cart_of(journey.order)
