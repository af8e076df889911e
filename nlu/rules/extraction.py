"""Finds every entity of a message: the rules of this package, chosen by the intent that was recognised."""

import re
from collections.abc import Iterable
from dataclasses import replace

from nlu.rules.addresses import find_address
from nlu.rules.cleaning import blank, clean, shorten, squeeze
from nlu.rules.corrections import counting_emails
from nlu.rules.identifiers import find_emails, find_order_numbers, find_order_time
from nlu.rules.negation import find_negated
from nlu.rules.order_lines import find_order_lines
from nlu.rules.patterns import rule
from nlu.rules.prices import find_price_order, find_prices
from nlu.rules.quantity_changes import find_quantity_changes, find_removals
from nlu.rules.topics import find_ordered_item, find_price_topic, find_recommendation_base, find_stock_topic
from nlu.understanding import Entity

_ABOUT_ORDERS = frozenset({"cancel_order", "order_status", "past_orders"})
_NO_ADDRESS = frozenset({"price_filter", "change_quantity", "out_of_scope"})
# These tell nothing about products, but a customer may order in the same breath: "12 Main St, and 2 mugs please".
_ITEMS_POSSIBLE = frozenset({"provide_address", "provide_email", "affirm", "deny", "greet", "thanks"})

_ORDERING = frozenset({"order", "add_to_cart", "change_quantity"})

_ADDING = rule(r"\b(?:add|throw\s+in|plus)\s+(?:an?|the|some|another|\d+)\b", re.IGNORECASE)


def extract(text: str, intent: str) -> list[Entity]:
    """Returns the entities of a message in the order of the text.

    E-mail addresses, a shipping address and order numbers are sought in every message, the rest by intent. Works in
    time linear to the text, of which the first 2000 characters are read.
    """
    text, places = squeeze(clean(shorten(text)))
    found = list(find_emails(text))
    meant = list(counting_emails(text, found))
    found += find_order_numbers(text, bare=intent in _ABOUT_ORDERS)
    if intent not in _NO_ADDRESS:
        found += find_address(blank(text, _spans(found)), expected=intent == "provide_address")
    if intent in _ORDERING | _ITEMS_POSSIBLE:
        negated = list(find_negated(blank(text, _spans(found))))
        text = blank(text, ((start, end) for start, end, _ in negated))
        left_out, claimed = [entity for *_, entity in negated], [(start, end) for start, end, _ in negated]
    else:
        left_out, claimed = [], []
    claimed += _spans(found)
    found += _by_intent(blank(text, _spans(found)), intent, claimed)
    found += left_out
    found = [entity for entity in found if entity.name != "email" or entity in meant]
    found.sort(key=lambda entity: (entity.start, entity.end))
    # An entity ends behind its last character, wherever the spaces behind that end.
    return [
        replace(
            entity,
            start=places[entity.start],
            end=places[entity.end - 1] + 1 if entity.end > entity.start else places[entity.start],
        )
        for entity in found
    ]


def _by_intent(text: str, intent: str, claimed: list[tuple[int, int]]) -> Iterable[Entity]:
    if intent in ("order", "add_to_cart"):
        yield from find_order_lines(text, claimed)
    elif intent == "change_quantity":
        yield from find_quantity_changes(text, claimed)
    elif intent == "remove_from_cart":
        yield from find_removals(text, claimed)
    elif intent == "price_filter":
        prices = list(find_prices(text, loose=True))
        yield from prices
        order = find_price_order(text, bounded=bool(prices))
        if order:
            yield order
        yield from find_price_topic(text, [(price.start, price.end) for price in prices])
    elif intent == "stock_question":
        yield from find_stock_topic(text, claimed)
    elif intent == "recommend":
        yield from find_recommendation_base(text, claimed)
        yield from find_prices(text, loose=False)
    elif intent in _ABOUT_ORDERS:
        yield from _placed_order(text, intent, claimed)
    elif intent in _ITEMS_POSSIBLE:
        yield from find_order_lines(text, claimed, named_only=not _ADDING.search(text))


def _placed_order(text: str, intent: str, claimed: list[tuple[int, int]]) -> Iterable[Entity]:
    time = find_order_time(text)
    if time:
        yield time
    if intent != "past_orders":
        yield from find_ordered_item(text, claimed)


def _spans(entities: Iterable[Entity]) -> list[tuple[int, int]]:
    return [(entity.start, entity.end) for entity in entities]
