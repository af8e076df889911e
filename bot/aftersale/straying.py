"""Keeps what is said while placed orders are dealt with out of rooms that it is not for: shop, tickets, privacy."""

import re
from collections.abc import Mapping

from bot.aftersale.which.naming import find_named
from bot.aftersale.world import World
from bot.messages import Reply
from bot.phrases import topics as phrases
from bot.shopping import meaning
from bot.shopping.cards import HUMAN
from bot.turn import CLEAR, Turn
from nlu.rules.openers import speaks_of_buying, tells_a_fault
from nlu.rules.patterns import rule

# What must be said for a room to be meant that would be a surprise among talk of orders.
_OWN_WORDS: Mapping[str, re.Pattern[str]] = {
    "forget_me": rule(r"\b(?:forget|delete|erase|wipe|close|deregister|unregister|remove)\b"),
    "my_data": rule(r"\b(?:data|know|keep|kept|stored?|information|privacy|export|copy|gdpr)\b"),
    "verify_email": rule(r"\b(?:verif\w{1,9}|prove|proof|link|connect|code|e-?mail)\b"),
    "recommend": rule(r"\b(?:recommend\w{0,6}|suggest\w{0,5}|ideas?|popular|similar|goes\swith|else)\b"),
}


def told(turn: Turn, world: World, text: str) -> list[Reply] | None:
    """The answer to what no room is sure to be meant by; None where one is, or nothing was dealt with just now."""
    spoken = turn.conversation.spoken
    deals = bool(world.lately) or (spoken is not None and (spoken.deed is not None or bool(spoken.failed)))
    if not deals or turn.asked is not None or speaks_of_buying(text) or _names_others(turn, world):
        return None
    if not (_fills_a_cart(turn) or _tells_little(turn, text) or _surprises(turn, text)):
        return None
    conversation = turn.conversation
    said_before = conversation.misunderstood
    conversation.misunderstood += 1
    turn.noted.misunderstood = True
    return [Reply(text=phrases.STRAY[said_before % len(phrases.STRAY)], buttons=(HUMAN,))]


def _fills_a_cart(turn: Turn) -> bool:
    counted = turn.understanding.first("quantity") is not None and turn.understanding.confidence >= CLEAR
    return turn.meant.fills_cart and not counted


def _tells_little(turn: Turn, text: str) -> bool:
    """Whether it would become a ticket, and tells nothing that went wrong."""
    return turn.meant.tells and not tells_a_fault(text)


def _surprises(turn: Turn, text: str) -> bool:
    words = _OWN_WORDS.get(turn.meant.name)
    return words is not None and words.search(text.lower()) is None


def _names_others(turn: Turn, world: World) -> bool:
    """Whether it names something that the shop sells and that is none of theirs."""
    names = [one.value for one in turn.understanding.entities if one.name == "product"]
    strange = [name for name in names if not find_named(name.lower(), world).things]
    return any(meaning.found(turn, name).product is not None for name in strange)
