"""All that the shop has, by department: what the categories of its products are called in the chat."""

import re

from bot.finding.price_lists import page
from bot.messages import Line, Reply, Row, Verb
from bot.phrases import customer as phrases
from bot.phrases import labels
from bot.shopping.cards import button
from bot.turn import Turn
from domain.conversation import Listing

MOST_SHOWN = 12
WHAT_WE_HAVE = button(labels.WHAT_WE_HAVE, Verb.DEPARTMENTS)
_YOU_SELL = (
    r"(?:do|can|could|have) (?:you|u|ya|i|we|one)(?: guys| people| folks| all){0,2}"
    r" (?:sell|have|got|carry|offer|buy|get)"
)
_ALL = re.compile(
    r"\b(?:everything|catalog(?:ue)?|assortment|range|selection|browse|categor(?:y|ies)|departments?|products)\b"
    r"|\b(?:your|the|this) (?:shop|store)\b|\ball\b.{0,60}\b(?:items|things|stuff)\b"
    r"|\bwhat(?:'?s| is| are)? (?:all )?(?:in stock|available)\b"
    r"|\bwhat (?:all |else |items |things |kinds? of (?:things|stuff) )?"
    rf"(?:{_YOU_SELL}|have you(?: guys)? got)\b(?! left)",
    re.I,
)


def asks_for_all(text: str) -> bool:
    """Whether a message that names no product is about all there is."""
    return _ALL.search(text) is not None


def overview(turn: Turn) -> list[Reply]:
    """The departments with how much is in each; a shop with fewer than two shows its products, the cheapest first."""
    counts = dict(turn.uow.catalogue.categories())
    others = counts.pop("", 0)
    if len(counts) < 2:
        return page(turn, Listing())
    shown = list(counts)[:MOST_SHOWN]
    rows: list[Line] = [Row(category, str(counts[category])) for category in shown]
    if len(counts) > MOST_SHOWN:
        rows.append(phrases.AND_MORE.format(count=len(counts) - MOST_SHOWN))
    if others:
        rows.append(Row(phrases.WITHOUT_DEPARTMENT, str(others)))
    buttons = [button(labels.department(name=category), Verb.DEPARTMENT, category) for category in shown]
    return [
        Reply(
            body=(phrases.DEPARTMENTS, *rows),
            buttons=tuple(one for one in buttons if one.choice.fits),
        )
    ]


def show(turn: Turn, category: str) -> list[Reply]:
    """A department's products in stock, five at a time."""
    return page(turn, Listing(category=category))
