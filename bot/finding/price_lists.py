"""Products in stock by price, five at a time: the answer to a price search, a department, the kinds of a thing."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.finding.prices import ROLES, PricesSaid, to_range
from bot.messages import Reply, Verb
from bot.phrases import finding as phrases_finding
from bot.phrases import labels
from bot.shopping import cards, variant_cards, variants
from bot.shopping.cards import MOST_LISTED, button
from bot.turn import Turn
from domain.conversation import Listing
from domain.model import Product
from domain.products.recommending import within
from domain.products.variants import Group
from domain.records.catalogue import PriceRange
from nlu.rules.said import Saying

NEAREST = 2  # products below the bounds, and as many above

_WORDS = {
    "below": phrases_finding.below,
    "at_most": phrases_finding.at_most,
    "above": phrases_finding.above,
    "at_least": phrases_finding.at_least,
}


def listing_page(turn: Turn, listing: Listing, notes: Sequence[str] = ()) -> list[Reply]:
    """One page in one message, with a button for the next one; where there is nothing, says so with the nearest."""
    if replies := search(turn, listing, notes):
        return replies
    if listing.offset:
        return [Reply(text=phrases_finding.NOTHING_MORE)]
    return [_nothing(turn, listing, notes)]


def next_page(turn: Turn) -> list[Reply]:
    """The page after the last one shown."""
    listing = turn.conversation.listing
    return listing_page(turn, replace(listing, offset=listing.offset + MOST_LISTED))


def search(turn: Turn, listing: Listing, notes: Sequence[str] = ()) -> list[Reply]:
    """As `listing_page`, but says nothing where there is nothing."""
    found = _priced(turn, listing, to_range(listing), MOST_LISTED + 1)
    shown = found[:MOST_LISTED]
    if not shown:
        return []
    bounds = _described(turn, listing)
    if len(found) == 1 and not listing.offset:
        return [_one(turn, listing, shown[0], *notes, *([phrases_finding.in_bounds(bounds=bounds)] if bounds else ()))]
    bounds = bounds or (phrases_finding.DEAREST_FIRST if listing.descending else phrases_finding.CHEAPEST_FIRST)
    answer = _several(turn, listing, shown, " ".join([*notes, phrases_finding.in_bounds(bounds=bounds)]))
    if len(found) > MOST_LISTED:
        answer = replace(answer, buttons=(*answer.buttons, button(labels.MORE, Verb.MORE)))
    return [answer]


def of_order(turn: Turn, listing: Listing, said: PricesSaid, notes: Sequence[str] = ()) -> list[Reply]:
    """The n cheapest or dearest, or the one in that place from the top."""
    about, dear = _described(turn, listing), listing.descending
    if said.place is not None:
        found = _priced(turn, replace(listing, offset=said.place - 1), to_range(listing), 1)
        if found:
            heading = phrases_finding.in_place(place=said.place, about=about, descending=dear)
            return [_one(turn, listing, found[0], *notes, heading)]
    elif said.count is not None:
        found = _priced(turn, listing, to_range(listing), min(said.count, MOST_LISTED))
        if said.count <= MOST_LISTED and len(found) > 1:
            heading = phrases_finding.counted(count=len(found), about=about, descending=dear)
            return [_several(turn, listing, found, " ".join([*notes, heading]))]
    return listing_page(turn, listing, notes)


def _priced(turn: Turn, listing: Listing, bounds: PriceRange, limit: int) -> list[Product]:
    return turn.uow.catalogue.priced(bounds, listing.phrase, limit, listing.offset, category=listing.category)


def _one(turn: Turn, listing: Listing, product: Product, *facts: str) -> Reply:
    group = _things(turn, listing, [product]).get(product.product_id)
    if group is not None and not turn.said(Saying.PRICED_MOST):
        return variant_cards.card(turn, group, *facts)
    turn.conversation.listing = replace(listing, product_ids=(product.product_id,))
    turn.conversation.focus = product.product_id
    return cards.product_card(turn, product, *facts, cards.stock(product))


def _several(turn: Turn, listing: Listing, products: Sequence[Product], heading: str) -> Reply:
    turn.conversation.listing = replace(listing, product_ids=tuple(product.product_id for product in products))
    return cards.product_list(turn, heading, products, groups=_things(turn, listing, products))


def _things(turn: Turn, listing: Listing, products: Sequence[Product]) -> dict[str, Group]:
    """The things for which products of a list stand, with those variants that the list is about."""
    bounds = to_range(listing)

    def sought(group: Group) -> list[Product]:
        wish = variants.wish_in(listing.phrase, group)
        there = variants.meant_of(group, wish).variants if wish else group.variants
        return [one for one in there if one.quantity and within(one, bounds)]

    return variant_cards.behind(turn, products, sought)


def _nothing(turn: Turn, listing: Listing, notes: Sequence[str]) -> Reply:
    """Says that nothing is within the bounds, and shows what is nearest to them on either side."""
    bounds, asked = _described(turn, listing), to_range(listing)
    low = asked.at_least if asked.at_least is not None else asked.above
    high = asked.at_most if asked.at_most is not None else asked.below
    nearest: list[Product] = []
    if low is not None:
        nearest += _priced(turn, listing, PriceRange(below=low, descending=True), NEAREST)
    if high is not None:
        nearest += _priced(turn, listing, PriceRange(above=high), NEAREST)
    if not nearest:
        text = phrases_finding.nothing_found(bounds=bounds) if bounds else phrases_finding.NOTHING_IN_STOCK
        return Reply(text=" ".join([*notes, text]))
    heading = " ".join([*notes, phrases_finding.nearest_to(bounds=bounds)])
    kind = Listing(phrase=listing.phrase, category=listing.category)
    return _several(turn, kind, sorted(nearest, key=lambda product: product.sale_price), heading)


def _described(turn: Turn, listing: Listing) -> str:
    """What is searched for; nothing where that is everything."""
    parts = [_WORDS[role](money=turn.shop.money(Decimal(value))) for role in ROLES if (value := getattr(listing, role))]
    if listing.at_least and listing.at_least == listing.at_most:
        parts = [phrases_finding.at(money=turn.shop.money(Decimal(listing.at_most)))]
    return phrases_finding.bounds(parts=parts, phrase=listing.kind) if parts or listing.kind else ""
