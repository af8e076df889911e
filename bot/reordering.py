"""Puts an earlier order's lines into the cart again: "order the same again", or its button."""

import re

from bot import basket, checkout, phrases
from bot.messages import Reply
from bot.turn import Turn
from domain.model import Order

_WHAT = (
    r"(?:it|that|this|them|those|the same(?: thing| things| order)?"
    r"|my (?:last|usual|previous) order|the last (?:one|order))"
)
_AGAIN = re.compile(
    r"\A\W*(?:(?:can|could|would) (?:you|i) |please |i(?:'d| would) like to |i want to |let's ){0,5}"
    rf"(?:re-?order(?: {_WHAT})?|(?:order|buy|send|get|repeat)(?: me)?(?: {_WHAT})? again|repeat {_WHAT}"
    r"|(?:the )?same (?:order )?(?:again|as last time)|(?:my|the) usual)"
    r"(?:,? (?:please|pls|thanks))?\W*",
    re.IGNORECASE,
)


def wants_again(text: str) -> bool:
    """Whether a message asks for the last order once more."""
    return _AGAIN.fullmatch(text) is not None


def last_order(turn: Turn) -> list[Reply]:
    """The customer's newest order again."""
    orders = turn.uow.orders.of_identity(turn.identity, limit=1)
    return again(turn, orders[0]) if orders else [Reply(text=f"{phrases.NOTHING_TO_REPEAT} {phrases.ASK_WHAT}")]


def again(turn: Turn, order: Order) -> list[Reply]:
    """The lines of an order at today's prices, on the way to a new card; what is gone is said."""
    turn.conversation.remember_cart()
    turn.conversation.checking_out = True
    notes: list[str] = []
    products = turn.products([line.product_id for line in order.lines])
    for line in order.lines:
        notes += basket.settle(turn, products[line.product_id], line.quantity)
    return checkout.next_step(turn, notes)
