"""“Not that one” and “something else”, said after a recommendation."""

import re

from bot import basket, phrases
from bot.cards import button
from bot.messages import Choice, Reply
from bot.recommendations import dismiss, others
from bot.turn import Turn
from domain.catalogue import narrow
from nlu.values import find_positions

_POLITE = r"(?:no\W+|nah\W+|nope\W+|hm+\W+|sorry\W+|please\W+|thanks\W+|thank you\W+|but\W+)*"
_OTHERS = re.compile(
    rf"\W*{_POLITE}(?:(?:show|give)(?: me)? )?(?:something|anything|some|any)?\s*"
    r"(?:else|others?|other (?:ones?|ideas?|suggestions?|options?)|different ones?|more (?:ideas|suggestions|options))"
    r"(?: please| instead)*\W*",
    re.I,
)
_NONE = re.compile(
    rf"\W*{_POLITE}(?:none|not any|neither|not)(?: of)? (?:these|those|them|either)(?: ones)?(?: please)?\W*", re.I
)
_ONE = re.compile(
    rf"\W*{_POLITE}(?:(?:just |but )?not (?:that|this|it|the|number|no\.?|for me)\b"
    r"|(?:anything|all) but (?:that|this|the)\b"
    r"|I (?:don'?t|do not|would(?:n'?t| not)) (?:really )?(?:like|want|need) (?:that|this|it|the|number)\b"
    r"|(?:that|this)(?: one)?(?:'?s| is)(?:n'?t| not) for me|(?:skip|drop|forget|leave out) (?:that|this|the) )"
    r"(?P<what>.{0,60})",
    re.I,
)
_LATER = re.compile(r"\b(now|today|yet|sure|what i|order|address|e-?mail)\b", re.I)  # "not that address", "not now"


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to who dismisses what was just recommended; None for all other messages."""
    conversation, text = turn.conversation, turn.message.text
    listed = conversation.listing.product_ids
    shown = {Choice(verb="add", arg=product_id).encode() for product_id in listed}
    if conversation.listing.wish is None or not shown & {offer.choice for offer in conversation.offers}:
        return None
    if _OTHERS.fullmatch(text):
        return others(turn)
    if _NONE.fullmatch(text):
        return dismiss(turn, listed)
    one = _ONE.fullmatch(text)
    return None if one is None or _LATER.search(text) else _one(turn, one["what"], listed)


def _one(turn: Turn, said: str, listed: tuple[str, ...]) -> list[Reply]:
    """Dismisses the one that is named or counted; asks which where that could be several."""
    position = next(iter(find_positions(turn.message.text)), None)
    if position is not None:
        product, note = basket.by_reference(turn, position.value)
        return dismiss(turn, [product.product_id]) if product else [Reply(text=note)]
    if len(listed) == 1:
        return dismiss(turn, listed)
    products = list(turn.products(listed).values())
    named = narrow(said, products)
    if len(named) == 1:
        return dismiss(turn, [named[0].product_id])
    buttons = tuple(button(product.title, "dismiss", product.product_id) for product in named or products)
    return [Reply(text=phrases.WHICH_DISMISSED, buttons=buttons)]
