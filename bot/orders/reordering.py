"""Puts an earlier order's lines into the cart again, also with other counts: "the same again", "but only one"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.messages import Reply
from bot.phrases import customer as phrases
from bot.shopping import basket, checkout, contact
from bot.turn import Turn
from domain.model import Order
from domain.products.catalogue import narrow
from nlu.rules.cleaning import blank
from nlu.rules.extraction import extract
from nlu.understanding import Guess, Understanding, WantedLine, wanted_lines

_WHAT = (
    r"(?:it|that|this|them|those|the same(?: thing| things| order)?"
    r"|my (?:last|usual|previous)(?: one| order)|the last (?:one|order))"
)
_ASKED_FOR = (
    r"\A\W{0,9}(?:(?:can|could|would) (?:you|i) |please |i(?:'d| would) like to |i want to |i'll (?:have|take) |let's "
    r"|(?:order|buy|send|get|give)(?: me)? ){0,5}"
)
_AGAIN = re.compile(
    rf"{_ASKED_FOR}(?:re-?order(?: {_WHAT})?|(?:order|buy|send|get|repeat)(?: me)?(?: {_WHAT})? again|repeat {_WHAT}"
    r"|(?:the )?same (?:order |thing |things )?(?:again|(?:as|like) (?:the )?(?:last time|before|last order|usual))"
    r"|(?:my|the) usual)(?:,? (?:please|pls|thanks))?(?![\w'-])\W*",
    re.IGNORECASE,
)
# Shorter ones repeat an order only with a word on what is to be different.
_AGAIN_BUT = re.compile(
    rf"{_ASKED_FOR}(?:again|(?:the )?same(?: order| thing| things)?|as (?:last time|before))(?:,? please)?"
    r"(?=\W{1,3}(?:but|with|without|except|only|just|twice|double|thrice|x|\d|two|three|four|five|minus|plus)\b)\W*",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:(?:but|and|with|though|please|make|it|that|this time|now|only|just|to)\b\W*){1,6}", re.IGNORECASE
)
_TIMES = re.compile(
    r"(?:\b(?:but|and|with|only|just|make it|though|this time)\b[, ]{1,2}){0,3}"
    r"\b(?:(?P<half>half|halve|halved)|(?P<twice>twice|doubled?|two times|2 ?times|x ?2|2 ?x)|thrice|triple"
    r"|three times|3 ?times"
    r"|x ?3|3 ?x)"
    r"(?: (?:of it|of everything|of them|it|over|(?:of )?the (?:amount|quantity|number)|as (?:much|many)"
    r"|please)){0,2}\W{0,3}\Z",
    re.IGNORECASE,
)

_THE = re.compile(r"\A(?:(?:the|my|those|that|again)\b ?){1,2}", re.IGNORECASE)


# What stands before an address: "and send it to", "but change the address to".
_TO_THERE = re.compile(
    r"[,.;]? ?\b(?:(?:and|but|then|please|just|only)\b[, ]{1,2}){0,3}"
    r"(?:send|ship|deliver|change|use|set|update|make|my|the|to|mail)\b[^,.;]{0,40}\Z"
    r"|[,.;]? ?\b(?:and|but|to|at)\s{0,3}\Z",
    re.IGNORECASE,
)


def wants_again(text: str) -> str | None:
    """What a message that asks for the last order once more says besides, mostly nothing; None of any other message."""
    again = _AGAIN.match(text) or _AGAIN_BUT.match(text)
    if again is None or len(text) > 200:
        return None
    return text[again.end() :].strip()


def last_order(turn: Turn, besides: str = "") -> list[Reply]:
    """The customer's newest order again, with what the message says `besides`."""
    orders = turn.uow.orders.of_identity(turn.identity, limit=1)
    if not orders:
        return [Reply(text=f"{phrases.NOTHING_TO_REPEAT} {phrases.ASK_WHAT}")]
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
    rest = _LEADS.sub("", besides, count=1)
    times = _TIMES.search(besides)
    phrase = _THE.sub("", besides[: times.start()].strip(" ,.;"), count=1) if times else ""
    only = narrow(phrase, products.values()) if phrase else tuple(products.values())
    if times is not None and only:
        wanted = {product.product_id: _scaled(wanted[product.product_id], times) for product in only}
    else:
        for line in _said(besides, rest):
            named = narrow(line.phrase, products.values()) if line.phrase else tuple(products.values())
            if line.quantity is not None and len(named) == 1:
                wanted[named[0].product_id] = line.quantity
            elif line.phrase and line.quantity != 0:
                others.append(line)
            else:
                notes.append(phrases.NOT_DONE.format(words=besides))
    for product_id, quantity in wanted.items():
        if quantity:
            notes += basket.settle(turn, products[product_id], quantity, adds=False)
    if others:
        before = turn.conversation.cart_before
        notes += basket.add(turn, others)
        turn.conversation.cart_before = before
    return checkout.next_step(turn, notes)


def _scaled(quantity: int, times: re.Match[str]) -> int:
    return -(-quantity // 2) if times["half"] else quantity * (2 if times["twice"] else 3)


def _contact(turn: Turn, besides: str) -> tuple[list[str], str]:
    """Notes an e-mail and an address that are said besides; returns what else is said."""
    found = tuple(entity for entity in extract(besides, "order") if entity.name in ("email", "address"))
    if not found:
        return [], besides
    ranking = (Guess(intent="provide_address", confidence=1.0),)
    said = Understanding(text=besides, ranking=ranking, entities=found)
    notes = contact.take(replace(turn, understanding=said))
    rest = blank(besides, [(entity.start, entity.end) for entity in found]).partition("\0")[0]
    return notes, _TO_THERE.sub("", rest)


def _said(besides: str, rest: str) -> Iterator[WantedLine]:
    """The lines that shall be different; 0 of what is left out, and a line of nothing for what was not understood."""
    if not besides:
        return
    found = extract(besides, "order")
    for entity in found:
        if entity.name == "left_out":
            yield WantedLine(phrase=entity.value, quantity=0)
    ordered = [entity for entity in extract(rest, "order") if entity.name in ("product", "quantity")]
    lines = list(wanted_lines(Understanding(text=rest, ranking=(), entities=tuple(ordered))))
    yield from (replace(line, reference="") for line in lines)
    if not lines and not any(entity.name == "left_out" for entity in found):
        yield WantedLine()
