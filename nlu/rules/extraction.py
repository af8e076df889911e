"""Finds every entity of a message: the rules of this package, chosen by the intent that was recognised."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from nlu.rules.addresses import find_address
from nlu.rules.cleaning import blank, clean, shorten, squeeze
from nlu.rules.corrections import counting_emails
from nlu.rules.identifiers import find_emails, find_order_numbers, find_order_time
from nlu.rules.negation import find_negated
from nlu.rules.order_lines import find_order_lines
from nlu.rules.patterns import rule
from nlu.rules.price_orders import find_counted, find_price_order
from nlu.rules.prices import find_price_idioms, find_prices
from nlu.rules.quantity_changes import find_quantity_changes, find_removals
from nlu.rules.topics import find_ordered_item, find_price_topic, find_recommendation_base, find_stock_topic
from nlu.understanding import Entity

_ADDING = rule(r"\b(?:add|throw\s+in|plus)\s+(?:an?|the|some|another|\d+)\b", re.IGNORECASE)


Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Reads:
    """What is sought in the messages of an intent; `find` gets the text without what was found before."""

    find: Callable[[str, list[Span]], Iterable[Entity]]
    bare_numbers: bool = False  # a number alone may be an order's
    address: bool = True
    address_expected: bool = False
    negated: bool = False  # what is not wanted is left out


def extract(text: str, intent: str) -> list[Entity]:
    """Returns the entities of a message in the order of the text.

    E-mail addresses, a shipping address and order numbers are sought in every message, the rest by intent. Works in
    time linear to the text, of which the first 2000 characters are read.
    """
    text, places = squeeze(clean(shorten(text)))
    found = list(find_emails(text))
    meant = list(counting_emails(text, found))
    reads = _READS.get(intent, _ALL_ELSE)
    found += find_order_numbers(text, bare=reads.bare_numbers)
    if reads.address:
        found += find_address(blank(text, _spans(found)), expected=reads.address_expected)
    if reads.negated:
        negated = list(find_negated(blank(text, _spans(found))))
        text = blank(text, ((start, end) for start, end, _ in negated))
        left_out, claimed = [entity for *_, entity in negated], [(start, end) for start, end, _ in negated]
    else:
        left_out, claimed = [], []
    claimed += _spans(found)
    found += reads.find(blank(text, _spans(found)), claimed)
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


def _nothing(text: str, claimed: Sequence[Span]) -> Iterable[Entity]:
    return ()


def _prices(text: str, claimed: Sequence[Span]) -> Iterable[Entity]:
    idioms = find_price_idioms(text, loose=True)
    yield from (bound for idiom in idioms for bound in idiom.bounds)
    order = find_price_order(text, bounded=bool(idioms))
    if order:
        yield order
    yield from find_price_topic(text, [*((idiom.start, idiom.end) for idiom in idioms), *find_counted(text)])


def _recommendation(text: str, claimed: Sequence[Span]) -> Iterable[Entity]:
    yield from find_recommendation_base(text, claimed)
    yield from find_prices(text, loose=False)


def _time(text: str, claimed: Sequence[Span]) -> Iterable[Entity]:
    time = find_order_time(text)
    if time:
        yield time


def _placed_order(text: str, claimed: Sequence[Span]) -> Iterable[Entity]:
    yield from _time(text, claimed)
    yield from find_ordered_item(text, claimed)


def _items(text: str, claimed: Sequence[Span]) -> Iterable[Entity]:
    """They tell nothing about products, but one may order in the same breath: "12 Main St, and 2 mugs please"."""
    return find_order_lines(text, claimed, named_only=not _ADDING.search(text))


def _spans(entities: Iterable[Entity]) -> list[tuple[int, int]]:
    return [(entity.start, entity.end) for entity in entities]


_READS = {
    "order": Reads(find=find_order_lines, negated=True),
    "add_to_cart": Reads(find=find_order_lines, negated=True),
    "change_quantity": Reads(find=find_quantity_changes, address=False, negated=True),
    "remove_from_cart": Reads(find=find_removals),
    "price_filter": Reads(find=_prices, address=False),
    "stock_question": Reads(find=find_stock_topic),
    "recommend": Reads(find=_recommendation),
    "cancel_order": Reads(find=_placed_order, bare_numbers=True),
    "order_status": Reads(find=_placed_order, bare_numbers=True),
    "change_address": Reads(find=_nothing, address_expected=True),
    "note": Reads(find=_nothing, address=False),
    "change_order": Reads(find=_time, bare_numbers=True, address=False),
    "after_sales": Reads(find=_placed_order, bare_numbers=True, address=False),
    "past_orders": Reads(find=_time, bare_numbers=True),
    "provide_address": Reads(find=_items, address_expected=True, negated=True),
    **dict.fromkeys(("provide_email", "affirm", "deny", "greet", "thanks"), Reads(find=_items, negated=True)),
    "out_of_scope": Reads(find=_nothing, address=False),
}
_ALL_ELSE = Reads(find=_nothing)
