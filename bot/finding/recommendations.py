"""Recommendations as replies: each product with why it is shown, a button that adds it and one that dismisses it.

What is shown is noted, and so is what becomes of it: see `domain/records/feedback.py`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.finding.prices import to_range
from bot.messages import Reply, Verb
from bot.phrases import finding as phrases_finding
from bot.phrases import labels, wording
from bot.phrases import talk as phrases_talk
from bot.shopping import cards
from bot.shopping.cards import MOST_LISTED, button
from bot.turn import Turn
from domain.conversation import Did, Listing, Wish
from domain.model import Product
from domain.products.catalogue import words
from domain.products.needs import Fitting, fitting
from domain.products.recommending import (
    NO_TASTE,
    Recommendation,
    dismissed,
    popular,
    recommend,
    recommend_for,
    similar,
    taste_of,
)
from domain.records.companions import Companion
from domain.records.feedback import Placement
from nlu.rules.needs import binding

MOST_REMEMBERED = 30
LOOKED_AT = 30  # products that share words with one that something is to go with
MOST_DESCRIBED = 90  # characters of a description that are quoted
OTHERS = button(labels.OTHERS, Verb.OTHERS)
POPULAR = button(labels.POPULAR, Verb.POPULAR)


class _Shown(NamedTuple):
    """Products that are recommended, why each of them is, and how they are announced and counted."""

    placement: Placement
    products: Sequence[Product]
    whys: Sequence[str]
    heading: str


def answer_wish(turn: Turn, wish: Wish, bounds: Listing, notes: Sequence[str] = ()) -> list[Reply]:
    """What the wish asks for, within the bounds; says so where there is nothing, or nothing more."""
    taste = NO_TASTE if turn.message.chat.public else taste_of(turn.uow, turn.identity, turn.now)
    without = dismissed(turn.uow, turn.identity, turn.now)
    if not wish.popular:  # that is a question about the shop, not about who asks it
        without |= taste.had(turn.now - turn.shop.limits.not_bought)
    without |= {*wish.goes_with, *wish.passed, *(line.product_id for line in turn.conversation.cart)}
    prices = to_range(bounds)
    if wish.like and (product := turn.products([wish.like]).get(wish.like)):
        found = similar(turn.uow, product, without=without, bounds=prices)
        heading = phrases_finding.similar_to(title=product.title)
        return _list(
            turn, _Shown(Placement.SIMILAR, found, [_kind(one) for one in found], heading), wish, bounds, notes
        )
    if wish.need:
        return _of_need(turn, wish, bounds, without, notes)
    if not (wish.goes_with or wish.among or wish.popular):
        mine = recommend_for(turn.uow, taste, without=without, bounds=prices)
        replies, again = [], _ids([one.product for one in mine.again])
        if mine.again:
            products = [one.product for one in mine.again]
            whys = [
                phrases_finding.bought_before(times=one.times, day=turn.shop.day(one.last_at)) for one in mine.again
            ]
            shown = _Shown(Placement.BUY_AGAIN, products, whys, phrases_finding.BUY_AGAIN)
            replies += _list(turn, shown, wish, bounds, notes)
        if mine.new:
            products = [one.product for one in mine.new]
            whys = _with(turn.products({one.because for one in mine.new}), mine.new)
            said = () if replies else notes
            shown = _Shown(Placement.NEW_FOR_YOU, products, whys, phrases_finding.NEW_FOR_YOU)
            replies += _list(turn, shown, wish, bounds, said, after=again)
        if replies:
            return [*(replace(reply, buttons=reply.buttons[:-1]) for reply in replies[:-1]), replies[-1]]
    if wish.among or wish.popular:
        result = popular(turn.uow, among=wish.among, without=without, bounds=prices, now=turn.now)
    else:
        result = recommend(turn.uow, goes_with=wish.goes_with, without=without, bounds=prices, now=turn.now)
        thin = result.placement is not Placement.BOUGHT_TOGETHER
        if thin and (naming := _naming(turn, wish, bounds, without)) is not None:
            return _list(turn, naming, wish, bounds, notes)
    products = [one.product for one in result.companions]
    named = turn.products(wish.goes_with) if result.placement is Placement.BOUGHT_TOGETHER else {}
    whys = _whys(named, result)
    return _list(turn, _Shown(result.placement, products, whys, _heading(named, result, wish)), wish, bounds, notes)


def _of_need(turn: Turn, wish: Wish, bounds: Listing, without: Collection[str], notes: Sequence[str]) -> list[Reply]:
    """What says that it fits the need; where nothing does, says so and shows what is popular as such."""
    must = binding(wish.need)
    found = fitting(turn.uow, wish.need, must=must, without=without, bounds=to_range(bounds))
    if not found and wish.passed:
        return [Reply(text=phrases_finding.NO_OTHERS)]
    said = " ".join(wish.need)
    if not found:
        notes = [*notes, phrases_finding.nothing_fits(need=said)]
        return answer_wish(turn, Wish(popular=True), bounds, notes)
    whys = [
        phrases_finding.fits_by(
            words=" ".join(one.words), described="" if one.named else _begins(one.product.description)
        )
        for one in found
    ]
    shown = _Shown(Placement.NEED, [one.product for one in found], whys, phrases_finding.fits(need=said))
    return _list(turn, shown, wish, bounds, notes)


def _naming(turn: Turn, wish: Wish, bounds: Listing, without: Collection[str]) -> _Shown | None:
    """Products whose descriptions name what is to go with them, where orders do not tell."""
    named = turn.products(wish.goes_with)
    if len(named) != 1:
        return None
    (product,) = named.values()
    found: list[Fitting] = []
    for name in filter(None, (product.title, product.category)):
        need = [word for word in words(name) if not any(sign.isdigit() for sign in word)]
        found = [
            one
            for one in fitting(turn.uow, need, without=without, bounds=to_range(bounds), limit=LOOKED_AT)
            if set(one.words) & set(words(one.product.description))
            and (name == product.title or one.product.category != product.category)
        ][:MOST_LISTED]
        if found:
            break
    if not found:
        return None
    whys = [phrases_finding.names_it(described=_begins(one.product.description)) for one in found]
    heading = phrases_finding.described_for(titles=product.title)
    return _Shown(Placement.NEED, [one.product for one in found], whys, heading)


def _begins(description: str) -> str:
    """A description, or its first words."""
    return description if len(description) <= MOST_DESCRIBED else f"{description[:MOST_DESCRIBED].rpartition(' ')[0]} …"


def others(turn: Turn, notes: Sequence[str] = ()) -> list[Reply]:
    """More of what was asked for last, without what was shown for it already."""
    listing = turn.conversation.listing
    if listing.wish is None:
        return [Reply(text=phrases_talk.STALE)]
    return answer_wish(turn, replace(listing.wish, passed=(*listing.wish.passed, *listing.product_ids)), listing, notes)


def dismiss(turn: Turn, product_ids: Sequence[str]) -> list[Reply]:
    """Takes note that these are not wanted, and shows what is left, with others in their place."""
    turn.uow.impressions.dismissed(product_ids, turn.conversation.identity_id, turn.now)
    for product_id in product_ids:
        turn.note_deed(Did.DISMISSED, product_id)
    titles = [product.title for product in turn.products(product_ids).values()]
    notes, listing = [phrases_finding.dismissed(titles=wording.listed(titles))], turn.conversation.listing
    return [Reply(text=notes[0])] if listing.wish is None else answer_wish(turn, listing.wish, listing, notes)


def note_shown(turn: Turn, placement: Placement, product_ids: Sequence[str]) -> None:
    """Notes products as shown to this customer, so that it counts when one of them comes into the cart."""
    conversation = turn.conversation
    turn.uow.impressions.shown(placement, product_ids, conversation.identity_id, turn.now)
    kept = [product_id for product_id in conversation.recommended if product_id not in product_ids]
    conversation.recommended = (*kept, *product_ids)[-MOST_REMEMBERED:]


def note_added(turn: Turn, changing: int | None) -> None:
    """Notes which of the recommended products this turn put into the cart.

    `changing` is the order that the cart was of before: if it is of another now, the products were put there long ago.
    """
    conversation = turn.conversation
    if conversation.changing != changing:
        return
    before = {line.product_id for line in turn.cart_then}
    new = [line.product_id for line in conversation.cart if line.product_id not in before]
    added = [product_id for product_id in new if product_id in conversation.recommended]
    if added:
        turn.uow.impressions.added(added, conversation.identity_id, turn.now)


def _list(
    turn: Turn,
    shown: _Shown,
    wish: Wish,
    bounds: Listing,
    notes: Sequence[str] = (),
    after: tuple[str, ...] = (),
) -> list[Reply]:
    """One message with all of them, noted as shown; `after` are those of the list above, whose numbers it goes on."""
    conversation = turn.conversation
    if not shown.products:
        text = " ".join([*notes, phrases_finding.NO_OTHERS if wish.passed else phrases_finding.NOTHING_TO_RECOMMEND])
        return [Reply(text=text, buttons=() if wish.popular else (POPULAR,))]
    ids = _ids(shown.products)
    note_shown(turn, shown.placement, ids)
    conversation.listing = replace(bounds, product_ids=(*after, *ids), wish=wish)
    fits = [one for one in shown.products if wish.need and set(words(" ".join(wish.need))) <= set(words(one.title))]
    if len(ids) == 1 or len(fits) == 1:
        conversation.focus = fits[0].product_id if fits else ids[0]  # "add it" means that one
    listed = cards.product_list(turn, " ".join([*notes, shown.heading]), shown.products, shown.whys, after=len(after))
    return [
        replace(
            listed,
            cards=tuple(
                replace(card, buttons=(*card.buttons, button(labels.NOT_FOR_ME, Verb.DISMISS, product_id)))
                for card, product_id in zip(listed.cards, ids, strict=True)
            ),
            buttons=(*listed.buttons, OTHERS),
        )
    ]


def _ids(products: Sequence[Product]) -> tuple[str, ...]:
    return tuple(product.product_id for product in products)


def _heading(named: Mapping[str, Product], result: Recommendation, wish: Wish) -> str:
    since = phrases_finding.popular_since(days=result.since_days)
    if result.placement is Placement.BOUGHT_TOGETHER:
        titles = [product.title for product in named.values()]
        return phrases_finding.also_took(titles=wording.listed(titles))
    if result.placement is Placement.OF_A_KIND:
        return phrases_finding.of_a_kind(since=since)
    if result.category:
        return phrases_finding.too_few_orders_of(category=result.category, since=since)
    heading = phrases_finding.too_few_orders if wish.goes_with else phrases_finding.most_ordered
    return heading(since=since)


def _whys(named: Mapping[str, Product], result: Recommendation) -> list[str]:
    """Why each product is shown; of several products the one with which it was bought most is named."""
    if result.placement is not Placement.BOUGHT_TOGETHER:
        return [phrases_finding.in_orders(count=one.orders) for one in result.companions]
    if len(named) > 1:
        return _with(named, result.companions)
    return [phrases_finding.together(together=one.together, orders=one.orders) for one in result.companions]


def _with(products: Mapping[str, Product], companions: Sequence[Companion]) -> list[str]:
    return [
        phrases_finding.together_with(
            title=cards.title_of(products, one.because), together=one.together, orders=one.orders
        )
        for one in companions
    ]


def _kind(product: Product) -> str:
    return phrases_finding.of_category(category=product.category) if product.category else cards.stock(product)
