"""price_filter: products in stock within a price range, five at a time."""

from collections.abc import Iterable
from dataclasses import replace

from bot.finding.price_lists import listing_page, search
from bot.finding.prices import read_bounds
from bot.intents import recommend
from bot.messages import Reply
from bot.phrases import finding as phrases_finding
from bot.shopping import cards
from bot.turn import Turn
from domain.conversation import Listing
from domain.model import Product
from domain.products.catalogue import find_category
from nlu.rules.said import Saying


def handle(turn: Turn) -> list[Reply]:
    """Answers with one list; "cheaper ones" goes on from the last list."""
    if turn.said(Saying.POPULAR):
        return recommend.handle(turn)
    order = turn.understanding.first("price_order")
    by = order.value if order is not None else ""
    before = turn.conversation.listing
    named = turn.understanding.first("product")
    shown = turn.products(before.product_ids) if by in ("cheaper", "dearer") else {}
    if shown:
        last = _last(shown.values(), by)
        wanted = _beyond(last, by)
    else:
        wanted = replace(read_bounds(turn.understanding), descending=by in ("desc", "dearer"))
    if named is not None:
        category = find_category(turn.uow, named.value)
        return listing_page(turn, replace(wanted, category=category, phrase="" if category else named.value))
    if not shown:
        return listing_page(turn, wanted)
    wanted = replace(wanted, phrase=before.phrase, category=before.category)
    return search(turn, wanted) or [_nothing_beyond(turn, last, wanted, by)]


def _last(shown: Iterable[Product], by: str) -> Product:
    """The cheapest or the dearest of what was shown."""
    by_price = sorted(shown, key=lambda product: product.sale_price)
    return by_price[0] if by == "cheaper" else by_price[-1]


def _beyond(product: Product, by: str) -> Listing:
    """A search for what is cheaper or dearer than a product."""
    price = str(product.sale_price)
    return Listing(below=price, descending=True) if by == "cheaper" else Listing(above=price)


def _nothing_beyond(turn: Turn, last: Product, wanted: Listing, by: str) -> Reply:
    turn.conversation.focus = last.product_id
    about = f" {phrases_finding.bounds(parts=(), phrase=wanted.kind)}" if wanted.kind else ""
    said = phrases_finding.cheapest if by == "cheaper" else phrases_finding.dearest
    return cards.product_card(turn, last, said(about=about))
