"""The shop as a whole and its departments: what the categories of the products are called in the chat."""

import re

from bot import phrases
from bot.cards import button
from bot.intents.price_filter import page
from bot.messages import MAX_CHOICE_BYTES, Button, Reply
from bot.turn import Turn
from domain.conversation import Listing

MOST_SHOWN = 12
WHAT_WE_HAVE = button("What we have", "departments")
_ALL = re.compile(
    r"\b(everything|catalog(?:ue)?|assortment|range|selection|browse|categor(?:y|ies)|departments?|products)\b"
    r"|\b(?:your|the|this) (?:shop|store)\b|\ball\b.*\b(?:items|things|stuff)\b"
    r"|\b(?:what|which)(?:'?s| is| are| can| do| have)?(?: \w+){0,3} (?:sell|buy|carry|have|got|available|in stock)\b",
    re.I,
)


def asks_for_all(text: str) -> bool:
    """Whether a message that names no product is about all there is."""
    return _ALL.search(text) is not None


def overview(turn: Turn) -> list[Reply]:
    """The departments with how much is in each; a shop without any shows its cheapest products."""
    found = [(category, count) for category, count in turn.uow.catalogue.categories() if category]
    if len(found) < 2:
        return page(turn, Listing())
    rows = [f"{category}\t{count}" for category, count in found[:MOST_SHOWN]]
    if len(found) > MOST_SHOWN:
        rows.append(phrases.MORE_DEPARTMENTS.format(count=len(found) - MOST_SHOWN))
    buttons = [_button(category) for category, _ in found[:MOST_SHOWN] if _fits(category)]
    return [Reply(text="\n".join([phrases.DEPARTMENTS, *rows]), buttons=tuple(buttons))]


def show(turn: Turn, category: str) -> list[Reply]:
    """A department's products in stock, five at a time."""
    return page(turn, Listing(phrase=category))


def _button(category: str) -> Button:
    return button(category[:1].upper() + category[1:], "department", category)


def _fits(category: str) -> bool:
    return len(f"department:{category}".encode()) <= MAX_CHOICE_BYTES
