"""recommend: products bought together with something, by this customer, or by most, each with its evidence."""

import re

from bot import basket, cards, phrases
from bot.intents.price_filter import read_bounds, to_range
from bot.messages import Reply
from bot.turn import Turn
from domain.catalogue import find
from domain.conversation import Listing
from domain.ports import Companion
from domain.recommending import Recommendation, recommend, recommend_for

_POPULAR = re.compile(r"\b(popular|trending|best.?sell\w*|top.?sell\w*|most (ordered|bought|sold))\b", re.I)


def handle(turn: Turn) -> list[Reply]:
    """Answers for what is named or in the cart; "what is popular?" asks for the best sellers."""
    if _POPULAR.search(turn.message.text):
        return popular(turn)
    based_on, notes = _based_on(turn)
    return (not based_on and not notes and _for_you(turn)) or _recommend(turn, based_on, notes)


def popular(turn: Turn) -> list[Reply]:
    """Answers with the best sellers."""
    return _recommend(turn, [], [])


def _based_on(turn: Turn) -> tuple[list[str], list[str]]:
    """The products that the message names, else "it", "the second one" or the cart; and notes."""
    product = turn.understanding.first("product")
    reference = turn.understanding.first("reference")
    if product is not None:
        match = find(turn.uow, product.value)
        if match.product is not None:
            turn.conversation.focus = match.product.product_id
            return [match.product.product_id], []
        if match.options:
            return [one.product_id for one in match.options[:3]], []
        return [], [phrases.not_found(product.value, [one.title for one in match.close])]
    if reference is not None and reference.value not in ("cart", "all"):
        referred, _ = basket.by_reference(turn, reference.value)
        return [referred.product_id] if referred else [], []
    return [line.product_id for line in turn.conversation.cart], []


def _recommend(turn: Turn, based_on: list[str], notes: list[str]) -> list[Reply]:
    """One message with the evidence; says so when it is thin and popular products are shown instead."""
    conversation = turn.conversation
    result = recommend(
        turn.uow,
        based_on=based_on,
        without=[*based_on, *(line.product_id for line in conversation.cart)],
        bounds=to_range(read_bounds(turn.understanding)),
        now=turn.now,
    )
    if not result.companions:
        return [Reply(text=" ".join([*notes, phrases.NOTHING_TO_RECOMMEND]))]
    products = [companion.product for companion in result.companions]
    conversation.listing = Listing(product_ids=tuple(product.product_id for product in products))
    if len(products) == 1:
        conversation.focus = products[0].product_id  # "add it" means the one that was shown
    heading = " ".join([*notes, _heading(turn, result, based_on)])
    evidence = [_evidence(turn, result, one, several=len(based_on) > 1) for one in result.companions]
    return [cards.product_list(turn, heading, products, evidence)]


def _for_you(turn: Turn) -> list[Reply]:
    """What the customer's own orders say, what to buy again apart from what is new; empty where they say nothing."""
    found = recommend_for(
        turn.uow,
        turn.identity,
        without=[line.product_id for line in turn.conversation.cart],
        bounds=to_range(read_bounds(turn.understanding)),
        now=turn.now,
    )
    replies = []
    if found.again:
        again = [phrases.bought_before(one.times, turn.shop.day(one.last_at)) for one in found.again]
        replies.append(cards.product_list(turn, phrases.BUY_AGAIN, [one.product for one in found.again], again))
    if found.new:
        new = [_with(turn, one) for one in found.new]
        replies.append(cards.product_list(turn, phrases.NEW_FOR_YOU, [one.product for one in found.new], new))
    if replies:
        shown = [one.product.product_id for one in (found.new or found.again)]
        turn.conversation.listing = Listing(product_ids=tuple(shown))
    return replies


def _heading(turn: Turn, result: Recommendation, based_on: list[str]) -> str:
    since = phrases.popular_since(result.since_days)
    if result.together:
        titles = [product.title for product in turn.products(based_on).values()]
        return phrases.ALSO_TOOK.format(titles=phrases.listed(titles))
    return (phrases.TOO_FEW_ORDERS if based_on else phrases.MOST_ORDERED).format(since=since)


def _evidence(turn: Turn, result: Recommendation, companion: Companion, *, several: bool) -> str:
    """Why a product is shown; of several products the one with which it was bought most is named."""
    counts = {"together": companion.together, "orders": companion.orders}
    if not result.together:
        return phrases.IN_ORDERS.format(**counts)
    if not several:
        return phrases.TOGETHER.format(**counts)
    return _with(turn, companion)


def _with(turn: Turn, companion: Companion) -> str:
    title = cards.title_of(turn.products([companion.because]), companion.because)
    return phrases.TOGETHER_WITH.format(title=title, together=companion.together, orders=companion.orders)
