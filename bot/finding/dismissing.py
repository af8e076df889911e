"""“Not that one” and “something else”, said after a recommendation."""

from bot.finding.departments import WHAT_WE_HAVE
from bot.finding.recommendations import dismiss, others
from bot.messages import Choice, Reply, Verb
from bot.phrases import finding as phrases_finding
from bot.shopping import basket, joining
from bot.shopping.cards import button
from bot.turn import Turn
from domain.products.catalogue import words
from nlu.rules.said import Saying
from nlu.rules.values import find_positions
from nlu.sayings import hear


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to who dismisses what was just recommended; None for all other messages."""
    conversation, text = turn.conversation, turn.message.text
    listed = conversation.listing.product_ids
    offered = {Choice.decode(offer.choice) for offer in conversation.offers}
    if conversation.listing.wish is None or WHAT_WE_HAVE.choice in offered:
        return None  # nothing was recommended, or something else was said since
    if not any(_recommends(choice, listed) for choice in offered):
        return None
    if turn.said(Saying.SOMETHING_ELSE):
        return others(turn)
    if turn.said(Saying.NONE_OF_THESE):
        return dismiss(turn, listed)
    asked = any(choice.verb == Verb.DISMISS for choice in offered)
    one = turn.said(Saying.NOT_THIS)
    if one is None:
        return _named(turn, text.strip(" .!?"), listed) if asked else None
    which = (one.values.get("which") or one.values.get("itself") or "that").strip()
    if not hear(which, Saying.POINTS):
        return _named(turn, which, listed)
    if len(listed) == 1:
        return dismiss(turn, listed)
    products = turn.products(listed)
    shown = [products[product_id] for product_id in listed if product_id in products]
    buttons = tuple(button(product.title, Verb.DISMISS, product.product_id) for product in shown)
    return [Reply(text=phrases_finding.WHICH_DISMISSED, buttons=buttons)]


def _recommends(choice: Choice, listed: tuple[str, ...]) -> bool:
    """Whether a button belongs to a recommendation, or to what is said at its end."""
    if choice.verb in (Verb.OTHERS, Verb.POPULAR):
        return True
    return choice.verb in (Verb.ADD, Verb.DISMISS) and choice.arg in listed


def _named(turn: Turn, said: str, listed: tuple[str, ...]) -> list[Reply] | None:
    """Dismisses the products that are counted ("the second one") or called by their words; None if it is neither."""
    position = next(iter(find_positions(said)), None)
    if position is not None and hear(said, Saying.PLACE):
        product, note = basket.by_reference(turn, position.value)
        return dismiss(turn, [product.product_id]) if product else [Reply(text=note)]
    wanted = set(words(said)) - joining.SAME
    called = [
        product_id
        for product_id, product in turn.products(listed).items()
        if wanted and wanted <= set(words(product.title))
    ]
    return dismiss(turn, called) if called else None
