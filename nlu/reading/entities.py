"""Finds the entities of a message for its intent: what the reader tagged, and what closed rules find in any message."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from nlu.rules.addresses import find_address
from nlu.rules.cleaning import blank, clean, shorten
from nlu.rules.corrections import counting_emails
from nlu.rules.identifiers import find_emails, find_order_numbers, find_order_time
from nlu.rules.notifying import find_notify
from nlu.rules.patterns import rule
from nlu.rules.price_orders import find_price_order
from nlu.rules.prices import find_prices
from nlu.understanding import Entity, Wish

_WITH_THE_CART = rule(
    r"\b(?:go(?:es)?|going|fits?|match(?:es)?|suits?|complements?|pairs?|look)\b.{0,40}?"
    r"\b(?P<it>(?:my|the) (?:cart|basket|trolley|order))\b",
    re.IGNORECASE,
)
_OF_PLACED_ORDERS = {"cancel_order", "order_status", "past_orders", "change_order", "after_sales"}
_WITHOUT_ADDRESS = {"price_filter", "out_of_scope", "note", "change_order", "after_sales", "change_quantity"}
_TAGGED_ANYWAY = {"email", "address", "order_number"}


def find_entities(text: str, intent: str, wishes: Sequence[Wish]) -> list[Entity]:
    """The entities of a text, in its order; offsets count in `text`."""
    said = clean(shorten(text))
    emails = list(find_emails(said))
    meant = list(counting_emails(said, emails))
    counting = {entity.start for wish in wishes for entity in wish.entities if entity.name == "quantity"}
    read = find_order_numbers(said, bare=intent in _OF_PLACED_ORDERS)
    numbers = [number for number in read if number.start not in counting]
    found = [*emails, *numbers]
    if intent not in _WITHOUT_ADDRESS:
        found += find_address(blank(said, _spans(found)), expected=intent in ("provide_address", "change_address"))
    known = {entity.name for entity in found}
    found += [
        entity
        for wish in wishes
        for entity in wish.entities
        if not (entity.name in _TAGGED_ANYWAY and entity.name in known)
        and all(entity.end <= one.start or one.end <= entity.start for one in found)
    ]
    priced = list(_RULES.get(intent, _nothing)(blank(said, _spans(emails))))
    bounds = [one for one in priced if one.name in ("price", "price_order") and one.end > one.start]
    found = [entity for entity in found if not any(one.start <= entity.start < one.end for one in bounds)]
    found += priced
    found = [entity for entity in found if entity.name != "email" or entity in meant]
    return sorted(found, key=lambda entity: (entity.start, entity.end))


def complete(text: str, wish: Wish) -> Wish:
    """A wish with what the closed rules find in its own words."""
    own = replace(wish, entities=tuple(_moved(entity, -wish.start) for entity in wish.entities))
    found = find_entities(text[wish.start : wish.end], wish.intent, [own])
    return replace(wish, entities=tuple(_moved(entity, wish.start) for entity in found))


def _moved(entity: Entity, by: int) -> Entity:
    return replace(entity, start=entity.start + by, end=entity.end + by)


def _spans(entities: Iterable[Entity]) -> list[tuple[int, int]]:
    return [(entity.start, entity.end) for entity in entities]


def _nothing(said: str) -> Iterator[Entity]:
    yield from ()


def _prices(said: str) -> Iterator[Entity]:
    found = find_prices(said, loose=True)
    prices = [price for price in found if said[price.start : price.end].lower() != "one"]  # "the cheapest one"
    yield from prices
    if order := find_price_order(said, bounded=bool(prices)):
        yield order


def _bounds(said: str) -> Iterator[Entity]:
    yield from find_prices(said, loose=False)
    if cart := _WITH_THE_CART.search(said):
        yield Entity(name="reference", value="cart", start=cart.start("it"), end=cart.end("it"), role="with", group="w")


def _time(said: str) -> Iterator[Entity]:
    if time := find_order_time(said):
        yield time


_RULES: dict[str, Callable[[str], Iterator[Entity]]] = {
    "price_filter": _prices,
    "recommend": _bounds,
    "stock_question": find_notify,
    **dict.fromkeys(_OF_PLACED_ORDERS, _time),
}
