"""Products in stock by price, five at a time: the answer to a price search, a department, the kinds of a thing."""

from dataclasses import replace
from decimal import Decimal

from bot.finding.prices import ROLES, to_range
from bot.messages import Reply, Verb
from bot.phrases import finding as phrases_finding
from bot.phrases import labels
from bot.shopping import cards
from bot.shopping.cards import MOST_LISTED, button
from bot.turn import Turn
from domain.conversation import Listing

_WORDS = {
    "below": phrases_finding.below,
    "at_most": phrases_finding.at_most,
    "above": phrases_finding.above,
    "at_least": phrases_finding.at_least,
}


def listing_page(turn: Turn, listing: Listing) -> list[Reply]:
    """One page in one message, with a button for the next one; says so where there is nothing."""
    if replies := search(turn, listing):
        return replies
    if listing.offset:
        return [Reply(text=phrases_finding.NOTHING_MORE)]
    bounds = _described(turn, listing)
    return [Reply(text=phrases_finding.nothing_found(bounds=bounds) if bounds else phrases_finding.NOTHING_IN_STOCK)]


def next_page(turn: Turn) -> list[Reply]:
    """The page after the last one shown."""
    listing = turn.conversation.listing
    return listing_page(turn, replace(listing, offset=listing.offset + MOST_LISTED))


def search(turn: Turn, listing: Listing) -> list[Reply]:
    """As `page`, but says nothing where there is nothing."""
    found = turn.uow.catalogue.priced(
        to_range(listing), listing.phrase, MOST_LISTED + 1, listing.offset, category=listing.category
    )
    shown = found[:MOST_LISTED]
    if not shown:
        return []
    turn.conversation.listing = replace(listing, product_ids=tuple(product.product_id for product in shown))
    if len(found) == 1 and not listing.offset:
        turn.conversation.focus = shown[0].product_id
        return [cards.product_card(turn, shown[0], cards.stock(shown[0]))]
    bounds = _described(turn, listing) or (
        phrases_finding.DEAREST_FIRST if listing.descending else phrases_finding.CHEAPEST_FIRST
    )
    answer = cards.product_list(turn, phrases_finding.in_bounds(bounds=bounds), shown)
    if len(found) > MOST_LISTED:
        answer = replace(answer, buttons=(*answer.buttons, button(labels.MORE, Verb.MORE)))
    return [answer]


def _described(turn: Turn, listing: Listing) -> str:
    """What is searched for; nothing where that is everything."""
    parts = [_WORDS[role](money=turn.shop.money(Decimal(value))) for role in ROLES if (value := getattr(listing, role))]
    return phrases_finding.bounds(parts=parts, phrase=listing.kind) if parts or listing.kind else ""
