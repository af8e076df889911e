"""recommend: products bought together with something, or best sellers, each with its evidence."""

from bot import basket, cards, phrases
from bot.intents.price_filter import read_bounds, to_range
from bot.messages import Reply
from bot.turn import Turn
from domain.catalogue import find
from domain.conversation import Listing
from domain.recommending import Recommendation, recommend


def handle(turn: Turn) -> list[Reply]:
    """Answers with cards; says so when the evidence is thin and popular products are shown instead."""
    conversation = turn.conversation
    product = turn.understanding.first("product")
    notes: list[str] = []
    based_on: list[str] = []
    if product is not None:
        match = find(turn.uow, product.value)
        named = [match.product] if match.product else list(match.options[:3])
        based_on = [one.product_id for one in named]
        if not named:
            notes.append(phrases.not_found(product.value, [one.title for one in match.close]))
    else:
        based_on = _referred(turn)
    result = recommend(
        turn.uow,
        based_on=based_on,
        without=[*based_on, *(line.product_id for line in conversation.cart)],
        bounds=to_range(read_bounds(turn.understanding)),
        now=turn.now,
    )
    if not result.companions:
        return [Reply(text=" ".join([*notes, "I have nothing to recommend right now."]))]
    conversation.listing = Listing(product_ids=tuple(companion.product.product_id for companion in result.companions))
    notes.append(_heading(turn, result, based_on))
    return [Reply(text=" ".join(notes)), *_cards(turn, result)]


def _referred(turn: Turn) -> list[str]:
    """What "it", "the second one" or "my cart" stands for; the cart also when nothing is named."""
    reference = turn.understanding.first("reference")
    if reference is not None and reference.value not in ("cart", "all"):
        product, _ = basket.by_reference(turn, reference.value)
        return [product.product_id] if product else []
    return [line.product_id for line in turn.conversation.cart]


def _heading(turn: Turn, result: Recommendation, based_on: list[str]) -> str:
    if result.together:
        titles = [product.title for product in turn.products(based_on).values()]
        return f"Customers who bought {phrases.listed(titles)} also took:"
    since = f"in the last {result.since_days} days" if result.since_days else "so far"
    if based_on:
        return f"Too few orders show what goes with it, so here is what was popular {since}:"
    return f"What people ordered most {since}:"


def _cards(turn: Turn, result: Recommendation) -> list[Reply]:
    replies = []
    for companion in result.companions:
        why = (
            f"Bought together in {companion.together} of {companion.orders} orders."
            if result.together
            else f"In {companion.orders} orders."
        )
        replies.append(cards.product_card(turn, companion.product, why))
    return replies
