"""price_filter: products in stock within a price range, five at a time."""

from collections.abc import Iterable
from dataclasses import replace

from bot.finding.price_lists import listing_page, of_order, search
from bot.finding.prices import read_bounds, read_prices
from bot.finding.recommendations import answer_wish
from bot.intents import recommend
from bot.messages import Reply
from bot.phrases import finding as phrases_finding
from bot.shopping import cards
from bot.turn import Turn
from domain.conversation import Listing, Wish
from domain.model import Product
from domain.products.topics import find_topic
from nlu.rules.needs import needed
from nlu.rules.said import Saying
from nlu.understanding import Entity, Understanding

LONGEST_BOUND = 4  # words of a message that goes on from a list
_ANEW = {"anything", "everything", "something", "all", "any", "what", "whats", "what's", "show", "list", "products"}


def handle(turn: Turn) -> list[Reply]:
    """Answers with one list, whose first product is spoken of where the cheapest or dearest was asked for."""
    before = turn.conversation.listing
    replies = _listed(turn)
    order, listing = turn.understanding.first("price_order"), turn.conversation.listing
    ordered = order is not None and order.value in ("asc", "desc") and not order.role
    if ordered and listing is not before and listing.product_ids:
        turn.conversation.focus = listing.product_ids[0]
    return replies


def _listed(turn: Turn) -> list[Reply]:
    """ "Cheaper ones" and "more at that price" go on from the last list."""
    if turn.said(Saying.POPULAR):
        return recommend.handle(turn)
    said = read_prices(turn.understanding, turn.shop)
    order = turn.understanding.first("price_order")
    by = order.value if order is not None else ""
    before = turn.conversation.listing
    named = turn.understanding.first("product")
    seen = before.product_ids or (turn.conversation.focus,)
    shown = turn.products(one for one in seen if one) if by in ("cheaper", "dearer", "same") else {}
    if shown:
        last = _last(shown.values(), by)
        wanted = _beyond(last, by)
    else:
        wanted = replace(said.bounds, descending=by in ("desc", "dearer"))
    if named is not None:
        need = tuple(needed(turn.message.text))
        given = turn.said(Saying.FOR_SOMEBODY) and need
        topic = None if given else find_topic(turn.uow, named.value)
        if topic is None:
            need = need or (named.value,)
            return answer_wish(turn, Wish(need=need), said.bounds, said.notes)
        notes = [*said.notes, *([phrases_finding.looked_for(phrase=topic.name)] if topic.mended else [])]
        return of_order(turn, replace(wanted, category=topic.category, phrase=topic.phrase), said, notes)
    if not shown and _refines(turn, before):
        return of_order(turn, replace(wanted, phrase=before.phrase, category=before.category), said, said.notes)
    if not shown:
        return of_order(turn, wanted, said, said.notes)
    wanted = replace(wanted, phrase=before.phrase, category=before.category)
    if by == "same":
        return listing_page(turn, wanted)
    return search(turn, wanted) or [_nothing_beyond(turn, last, wanted, by)]


def _refines(turn: Turn, before: Listing) -> bool:
    """Whether a bound narrows the list that was just shown: "under 10 though"; "anything under 10" does not."""
    said = turn.message.text.lower().split()
    return bool(before.kind and turn.screen) and len(said) <= LONGEST_BOUND and not _ANEW & set(said)


def _last(shown: Iterable[Product], by: str) -> Product:
    """The dearest of what was shown, or the cheapest."""
    by_price = sorted(shown, key=lambda product: product.sale_price)
    return by_price[-1] if by == "dearer" else by_price[0]


def _beyond(product: Product, by: str) -> Listing:
    """A search for what is cheaper or dearer than a product, or costs about as much."""
    price = str(product.sale_price)
    if by == "same":
        about = Entity(name="price", value=price, role="around")
        return read_bounds(Understanding(text="", ranking=(), entities=(about,)))
    return Listing(below=price, descending=True) if by == "cheaper" else Listing(above=price)


def _nothing_beyond(turn: Turn, last: Product, wanted: Listing, by: str) -> Reply:
    turn.conversation.focus = last.product_id
    about = f" {phrases_finding.bounds(parts=(), phrase=wanted.kind)}" if wanted.kind else ""
    said = phrases_finding.cheapest if by == "cheaper" else phrases_finding.dearest
    return cards.product_card(turn, last, said(about=about))
