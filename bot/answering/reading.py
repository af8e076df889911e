"""Reads a message as a question to the shop where its likeness to one is plain, whatever the model makes of it.

What staff answered a minute ago is known to no model; nor are all the ways in which people ask. What is likely an act
(an order, a refusal, a contact) stays one.
"""

import re
from dataclasses import replace

from bot.answering.topics import likely, topics_of
from bot.turn import SURE, Turn
from nlu.rules.elsewhere import goes_elsewhere
from nlu.understanding import Guess

ASK_SHOP, ASK_FACT = "ask_shop", "ask_fact"
CLEARLY = 0.7  # how sure the model must be for a message to stay what it says
UNSURE_FLOOR = 0.52  # of what would else be answered with "I did not get that"
FLOOR = 0.62
PLAIN = 0.8  # of what the model is sure is another question
SURELY = 1.05  # of what it is sure is about an order of theirs
_NEVER = {
    "affirm",
    "deny",
    "provide_email",
    "provide_address",
    "thanks",
    "human",
    "forget_me",
    "my_data",
    "verify_email",
}
_CONTACT = ("address", "email")
_ASKS = re.compile(
    r"\?|^\W*(?:(?:hi|hello|hey|and|so|ok|but|also|please|pls)[, ]{1,3}){0,3}(?:how|what|which|when|where|who|why|do"
    r"|does|is|are|r|u|can|could|may|will|would|if|any|got|whats|hows)\b",
    re.IGNORECASE,
)


def read(turn: Turn) -> Turn:
    """The turn, as a question to the shop where it is one."""
    understanding = turn.understanding
    unheard = turn.message.choice is not None or turn.only_names or not turn.message.text
    if unheard or ASK_SHOP not in turn.intents:
        return turn
    if understanding.intent == ASK_SHOP and understanding.confidence >= SURE:
        return _doing(turn)
    floor = _floor(turn)
    if floor is None:
        return turn
    if turn.reduced:
        return _meaning(turn, ASK_SHOP) if topics_of(turn) else turn
    best = next(iter(likely(turn, turn.message.text, understanding.vector)), None)
    if best is None or best.score < floor:
        return turn
    able = turn.meant.changes and understanding.confidence >= turn.meant.least
    return turn if able and best.answer is None else _meaning(turn, ASK_SHOP)


def _doing(turn: Turn) -> Turn:
    """The turn as what a likely second intent can do, where the shop has no answer: "can I add a gift message?"."""
    able = [
        guess
        for guess in turn.understanding.ranking[1:]
        if (meant := turn.intents.get(guess.intent)) and meant.changes and guess.confidence >= SURE
    ]
    if not able:
        return turn
    best = next(iter(likely(turn, turn.message.text, turn.understanding.vector)), None)
    if best is not None and best.answer is not None:
        return turn
    return _meaning(turn, able[0].intent, max(able[0].confidence, turn.intents[able[0].intent].least))


def _floor(turn: Turn) -> float | None:
    """How like a question to the shop a message must be to be taken for one; None where it never is."""
    understanding, meant = turn.understanding, turn.meant
    intent, sure = understanding.intent, understanding.confidence
    asks = _ASKS.search(turn.message.text) is not None
    if turn.reduced:
        return UNSURE_FLOOR if intent == "none" and asks else None
    if intent in _NEVER and sure >= meant.least:
        return None
    if goes_elsewhere(turn.message.text) or (not asks and any(map(understanding.first, _CONTACT))):
        return None
    if meant.changes and sure >= meant.least and (sure >= CLEARLY or not asks):
        return None
    if meant.name in ("order_status", "past_orders"):
        return SURELY if sure >= SURE and understanding.first("order_number") is None else None
    if sure < meant.least:
        return UNSURE_FLOOR
    return PLAIN if sure >= CLEARLY else FLOOR


def _meaning(turn: Turn, intent: str, confidence: float = 1.0) -> Turn:
    ranking = (Guess(intent=intent, confidence=confidence), *turn.understanding.ranking)
    return replace(turn, understanding=replace(turn.understanding, ranking=ranking))
