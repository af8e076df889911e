"""“Not that one” and “something else”, said after a recommendation."""

import re

from bot.finding.recommendations import dismiss, others
from bot.messages import Choice, Reply, Verb
from bot.phrases import customer as phrases
from bot.shopping import basket
from bot.shopping.cards import button
from bot.turn import Turn
from domain.products.catalogue import words
from nlu.rules.values import find_positions

_POLITE = r"(?:(?:no|nah|nope|hm{1,9}|sorry|please|thanks|thank you|but|ok|okay)\W{1,9}){0,5}"
_END = r"(?:\W{0,9}(?:please|thanks|thank you|instead|either)){0,5}\W*"
_ELSE = (
    r"(?:(?:show|give|find|tell)(?: me)? )?(?:(?:something|anything|some|any|what|what about|how about)\W{0,9})?"
    r"(?:else|others?|different|other (?:ones?|ideas?|suggestions?|options?)|different ones?"
    r"|more (?:ideas|suggestions|options))"
)
_OTHERS = re.compile(rf"\A\W*{_POLITE}{_ELSE}{_END}", re.I)
_NONE = re.compile(
    rf"\A\W*{_POLITE}(?:(?:none|not any|neither|not)(?: of)? (?:these|those|them|either)(?: ones)?|none"
    r"|I (?:don'?t|do not) (?:like|want) (?:any of )?(?:these|those|them|any))"
    rf"(?:{_END}|[,;.]? {{0,4}}{_ELSE}{_END})",
    re.I,
)
_WHICH = r"(?P<which>(?:(?:that|this|it|the|number|no\.?|#) ?)[^,;.!?]{0,50})"
_ONE = re.compile(
    rf"\A\W*{_POLITE}(?:(?:(?:just )?not|I (?:don'?t|do not|would(?:n'?t| not)) (?:really )?(?:like|want|need)"
    rf"|skip|leave out) {_WHICH}|not for me|(?P<itself>(?:that|this)(?: one)?)(?:'?s| is)(?: not|n'?t) for me){_END}",
    re.I,
)
_PRONOUN = re.compile(r"(?:that|this|it|the)(?: ones?)?", re.I)
_PLACE = re.compile(r"(?:the |number |no\.? ?|# ?)?(?:[a-z]+|\d)(?: one)?", re.I)


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to who dismisses what was just recommended; None for all other messages."""
    conversation, text = turn.conversation, turn.message.text
    listed = conversation.listing.product_ids
    offered = {Choice.decode(offer.choice) for offer in conversation.offers}
    if conversation.listing.wish is None or not any(_recommends(choice, listed) for choice in offered):
        return None
    if _OTHERS.fullmatch(text):
        return others(turn)
    if _NONE.fullmatch(text):
        return dismiss(turn, listed)
    asked = any(choice.verb == Verb.DISMISS for choice in offered)
    one = _ONE.fullmatch(text)
    if one is None:
        return _named(turn, text.strip(" .!?"), listed) if asked else None
    which = (one["which"] or one["itself"] or "that").strip()
    if not _PRONOUN.fullmatch(which):
        return _named(turn, which, listed)
    if len(listed) == 1:
        return dismiss(turn, listed)
    products = turn.products(listed)
    shown = [products[product_id] for product_id in listed if product_id in products]
    buttons = tuple(button(product.title, Verb.DISMISS, product.product_id) for product in shown)
    return [Reply(text=phrases.WHICH_DISMISSED, buttons=buttons)]


def _recommends(choice: Choice, listed: tuple[str, ...]) -> bool:
    """Whether a button belongs to a recommendation, or to what is said at its end."""
    if choice.verb in (Verb.OTHERS, Verb.POPULAR):
        return True
    return choice.verb in (Verb.ADD, Verb.DISMISS) and choice.arg in listed


def _named(turn: Turn, said: str, listed: tuple[str, ...]) -> list[Reply] | None:
    """Dismisses the products that are counted ("the second one") or called by their words; None if it is neither."""
    position = next(iter(find_positions(said)), None)
    if position is not None and _PLACE.fullmatch(said):
        product, note = basket.by_reference(turn, position.value)
        return dismiss(turn, [product.product_id]) if product else [Reply(text=note)]
    wanted = set(words(said)) - basket.SAME
    called = [
        product_id
        for product_id, product in turn.products(listed).items()
        if wanted and wanted <= set(words(product.title))
    ]
    return dismiss(turn, called) if called else None
