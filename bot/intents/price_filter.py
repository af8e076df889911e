"""price_filter: products in stock within a price range, five at a time."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from bot import cards, phrases
from bot.cards import MOST_LISTED, button
from bot.intents import recommend
from bot.messages import Reply
from bot.prices import ROLES, read_bounds, to_range
from bot.turn import Turn
from domain.conversation import Listing
from domain.model import Product

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
    if shown and named is None:
        return _beyond(turn, shown.values(), listing.phrase, by)
    if shown:
        wanted = _bounds(shown.values(), by)[1]
    elif by in ("desc", "dearer"):
        wanted = replace(wanted, descending=True)
    if named is not None:
        wanted = replace(wanted, phrase=named.value)
    return page(turn, wanted)


def _bounds(shown: Iterable[Product], by: str) -> tuple[Product, Listing]:
    """The cheapest or dearest of the products that were shown, and a search for what is beyond it."""
    by_price = sorted(shown, key=lambda product: product.sale_price)
    if by == "cheaper":
        return by_price[0], Listing(below=str(by_price[0].sale_price), descending=True)
    return by_price[-1], Listing(above=str(by_price[-1].sale_price))


def _beyond(turn: Turn, shown: Iterable[Product], phrase: str, by: str) -> list[Reply]:
    """What is cheaper or dearer than all that was shown; where nothing is, the last of it once more."""
    last, bounds = _bounds(shown, by)
    wanted = replace(bounds, phrase=phrase)
    if turn.uow.catalogue.priced(to_range(wanted), phrase, 1, 0):
        return page(turn, wanted)
    turn.conversation.focus = last.product_id
    about = f" {phrases.bounds(turn, (), phrase)}" if phrase else ""
    said = phrases.CHEAPEST if by == "cheaper" else phrases.DEAREST
    return [cards.product_card(turn, last, said.format(about=about))]


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
