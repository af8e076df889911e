"""All that the shop has, by department: what the categories of its products are called in the chat."""

from bot.finding.price_lists import listing_page
from bot.messages import Line, Reply, Row, Verb
from bot.phrases import finding as phrases_finding
from bot.phrases import labels
from bot.shopping.cards import button
from bot.turn import Turn
from domain.conversation import Listing

MOST_SHOWN = 12
WHAT_WE_HAVE = button(labels.WHAT_WE_HAVE, Verb.DEPARTMENTS)


def overview(turn: Turn) -> list[Reply]:
    """The departments with how much is in each; a shop with fewer than two shows its products, the cheapest first."""
    counts = dict(turn.uow.catalogue.categories())
    others = counts.pop("", 0)
    if len(counts) < 2:
        return listing_page(turn, Listing())
    shown = list(counts)[:MOST_SHOWN]
    rows: list[Line] = [Row(category, str(counts[category])) for category in shown]
    if len(counts) > MOST_SHOWN:
        rows.append(phrases_finding.and_more(count=len(counts) - MOST_SHOWN))
    if others:
        rows.append(Row(phrases_finding.WITHOUT_DEPARTMENT, str(others)))
    buttons = [button(labels.department(name=category), Verb.DEPARTMENT, category) for category in shown]
    return [
        Reply(
            body=(phrases_finding.DEPARTMENTS, *rows),
            buttons=tuple(one for one in buttons if one.choice.fits),
        )
    ]


def show(turn: Turn, category: str) -> list[Reply]:
    """A department's products in stock, five at a time."""
    return listing_page(turn, Listing(category=category))
