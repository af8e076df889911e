"""price_filter: products in stock within a price range, five at a time."""

from dataclasses import replace
from decimal import Decimal

from bot import cards, phrases
from bot.cards import MOST_LISTED, button
from bot.intents import recommend
from bot.messages import Reply
from bot.prices import ROLES, read_bounds, to_range
from bot.turn import Turn
from domain.conversation import Listing

_WORDS = {"below": "for less than {}", "at_most": "up to {}", "above": "above {}", "at_least": "from {}"}


def handle(turn: Turn) -> list[Reply]:
    """Answers with one list; "cheaper ones" goes on from the last list."""
    if recommend.asks_for_popular(turn.message.text):
        return recommend.handle(turn)
    order = turn.understanding.first("price_order")
    by = order.value if order is not None else ""
    listing = turn.conversation.listing
    named = turn.understanding.first("product")
    wanted = read_bounds(turn.understanding)
    shown = turn.products(listing.product_ids) if by in ("cheaper", "dearer") else {}
    if shown:
        prices = [product.sale_price for product in shown.values()]
        bounds = (
            Listing(below=str(min(prices)), descending=True) if by == "cheaper" else Listing(above=str(max(prices)))
        )
        wanted = replace(bounds, phrase=listing.phrase)
    elif by in ("desc", "dearer"):
        wanted = replace(wanted, descending=True)
    if named is not None:
        wanted = replace(wanted, phrase=named.value)
    return page(turn, wanted)


def page(turn: Turn, listing: Listing) -> list[Reply]:
    """One page of a price search in one message, with a button for the next page."""
    found = turn.uow.catalogue.priced(to_range(listing), listing.phrase, MOST_LISTED + 1, listing.offset)
    shown = found[:MOST_LISTED]
    if not shown:
        if listing.offset:
            return [Reply(text=phrases.NOTHING_MORE)]
        return [Reply(text=phrases.NOTHING_FOUND.format(bounds=_described(turn, listing)))]
    turn.conversation.listing = replace(listing, product_ids=tuple(product.product_id for product in shown))
    if len(found) == 1 and not listing.offset:
        turn.conversation.focus = shown[0].product_id
        return [cards.product_card(turn, shown[0], cards.stock(shown[0]))]
    answer = cards.product_list(turn, phrases.IN_STOCK.format(bounds=_described(turn, listing)), shown)
    if len(found) > MOST_LISTED:
        answer = replace(answer, buttons=(*answer.buttons, button("More", "more")))
    return [answer]


def next_page(turn: Turn) -> list[Reply]:
    """The page after the last one shown."""
    listing = turn.conversation.listing
    return page(turn, replace(listing, offset=listing.offset + MOST_LISTED))


def _described(turn: Turn, listing: Listing) -> str:
    parts = [
        _WORDS[role].format(turn.shop.money(Decimal(value))) for role in ROLES if (value := getattr(listing, role))
    ]
    if not parts and not listing.phrase:
        return "with the highest price first" if listing.descending else "with the lowest price first"
    return phrases.bounds(turn, parts, listing.phrase)
