"""Puts an earlier order's lines into the cart again, also with other counts: "the same again", "but only one"."""

from collections.abc import Iterator
from dataclasses import replace

from bot.messages import Reply
from bot.phrases import orders as phrases_orders
from bot.phrases import talk as phrases_talk
from bot.shopping import basket, checkout, contact
from bot.turn import Turn
from domain.model import Order
from domain.products.catalogue import narrow
from nlu.rules.cleaning import blank
from nlu.rules.said import Heard, Saying
from nlu.sayings import hear, without
from nlu.understanding import Understanding, WantedLine, wanted_lines

LONGEST = 200  # characters of a message that repeats an order


def wants_again(text: str) -> str | None:
    """What a message that asks for the last order once more says besides, mostly nothing; None of any other message."""
    again = hear(text, Saying.ORDERS_AGAIN)
    return None if again is None or len(text) > LONGEST else text[again.end :].strip()


def last_order(turn: Turn, besides: str = "") -> list[Reply]:
    """The customer's newest order again, with what the message says `besides`."""
    orders = turn.uow.orders.of_identity(turn.identity, limit=1)
    if not orders:
        return [Reply(text=f"{phrases_orders.NOTHING_TO_REPEAT} {phrases_talk.ASK_WHAT}")]
    return again(turn, orders[0], besides)


def again(turn: Turn, order: Order, besides: str = "") -> list[Reply]:
    """The lines of an order at today's prices, on the way to a new card; what is gone is said.

    A number in `besides` is how many there shall be, not how many more; so is what the cart held of it before.
    """
    turn.conversation.remember_cart()
    turn.conversation.checking_out = True
    products = turn.products([line.product_id for line in order.lines])
    wanted = {line.product_id: line.quantity for line in order.lines}
    others: list[WantedLine] = []
    notes, besides = _contact(turn, besides)
    times = hear(besides, Saying.TIMES_AS_MANY)
    phrase = without(besides[: times.start].strip(" ,.;"), Saying.OF_THAT_ORDER) if times else ""
    only = narrow(phrase, products.values()) if phrase else tuple(products.values())
    if times is not None and only:
        wanted = {product.product_id: _scaled(wanted[product.product_id], times) for product in only}
    else:
        for line in _said(turn, besides):
            named = narrow(line.phrase, products.values()) if line.phrase else tuple(products.values())
            if line.quantity is not None and len(named) == 1:
                wanted[named[0].product_id] = line.quantity
            elif line.phrase and line.quantity != 0:
                others.append(line)
            else:
                notes.append(phrases_talk.not_done(words=besides))
                turn.noted.not_done = True
    for product_id, quantity in wanted.items():
        if quantity:
            notes += basket.settle(turn, products[product_id], quantity, adds=False)
    if others:
        before = turn.conversation.cart_before
        notes += basket.add(turn, others)
        turn.conversation.cart_before = before
    return checkout.next_step(turn, notes)


def _scaled(quantity: int, times: Heard) -> int:
    return -(-quantity // 2) if "half" in times.values else quantity * (2 if "twice" in times.values else 3)


def _contact(turn: Turn, besides: str) -> tuple[list[str], str]:
    """Notes an e-mail and an address that are said besides; returns what else is said."""
    found = [one for one in _besides(turn, besides).entities if one.name in ("email", "address")]
    if not found:
        return [], besides
    said = replace(_besides(turn, besides), entities=tuple(found)).meaning("provide_address")
    notes = contact.take(replace(turn, understanding=said))
    rest = blank(besides, [(entity.start, entity.end) for entity in found]).partition("\0")[0]
    return notes, without(rest, Saying.SENDS_THERE)


def _said(turn: Turn, besides: str) -> Iterator[WantedLine]:
    """The lines that shall be different; 0 of what is left out, and a line of nothing for what was not understood."""
    if not besides:
        return
    said = _besides(turn, besides)
    for entity in said.entities:
        if entity.name == "left_out":
            yield WantedLine(phrase=entity.value, quantity=0)
    ordered = tuple(entity for entity in said.entities if entity.name in ("product", "quantity"))
    lines = list(wanted_lines(replace(said, entities=ordered)))
    yield from (replace(line, reference="") for line in lines)
    if not lines and not any(entity.name == "left_out" for entity in said.entities):
        yield WantedLine()


def _besides(turn: Turn, besides: str) -> Understanding:
    return turn.understanding.part(besides, "order")
