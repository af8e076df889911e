"""price_filter: products in stock within a price range, five at a time."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from bot import cards, phrases
from bot.cards import MOST_LISTED, button
from bot.messages import Reply
from bot.turn import Turn
from domain.conversation import Listing
from domain.ports import PriceRange
from nlu.understanding import Understanding

MOST = Decimal(10**9)  # no shop sells above that, and longer numbers cannot be written with cents
_ROLES = ("at_least", "above", "below", "at_most")
_WORDS = {"below": "for less than {}", "at_most": "up to {}", "above": "above {}", "at_least": "from {}"}


def handle(turn: Turn) -> list[Reply]:
    """Answers with one list; "cheaper ones" goes on from the last list."""
    order = turn.understanding.first("price_order")
    listing = turn.conversation.listing
    product = turn.understanding.first("product")
    prices = [Decimal(0)]
    shown = turn.products(listing.product_ids)
    if shown:
        prices = [shown_product.sale_price for shown_product in shown.values()]
    wanted = read_bounds(turn.understanding)
    if order is not None and order.value in ("cheaper", "dearer") and shown:
        wanted = (
            Listing(below=str(min(prices)), descending=True)
            if order.value == "cheaper"
            else Listing(above=str(max(prices)))
        )
        wanted = replace(wanted, phrase=listing.phrase)
    elif order is not None and order.value in ("desc", "dearer"):
        wanted = replace(wanted, descending=True)
    if product is not None:
        wanted = replace(wanted, phrase=product.value)
    return page(turn, wanted)


def read_bounds(understanding: Understanding) -> Listing:
    """The price bounds that a message names; "exactly" sets both."""
    bounds: dict[str, str] = {}
    for entity in understanding.all("price"):
        price = _price(entity.value)
        if price is None:
            continue
        for role in ("at_least", "at_most") if entity.role == "exactly" else (entity.role,):
            if role in _ROLES:
                bounds[role] = price
    return Listing(
        below=bounds.get("below", ""),
        at_most=bounds.get("at_most", ""),
        above=bounds.get("above", ""),
        at_least=bounds.get("at_least", ""),
    )


def _price(text: str) -> str | None:
    """A price as text, at most `MOST`; None for what is none."""
    try:
        price = Decimal(text)
        return None if price < 0 else text if price <= MOST else str(MOST)
    except InvalidOperation:  # no number, or none that can be compared
        return None


def to_range(listing: Listing) -> PriceRange:
    """A listing's bounds as the domain takes them."""

    def amount(text: str) -> Decimal | None:
        return Decimal(text) if text else None

    return PriceRange(
        below=amount(listing.below),
        at_most=amount(listing.at_most),
        above=amount(listing.above),
        at_least=amount(listing.at_least),
        descending=listing.descending,
    )


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
        _WORDS[role].format(turn.shop.money(Decimal(value))) for role in _ROLES if (value := getattr(listing, role))
    ]
    if not parts and not listing.phrase:
        return "with the highest price first" if listing.descending else "with the lowest price first"
    return phrases.bounds(turn, parts, listing.phrase)
