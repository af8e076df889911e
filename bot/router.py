"""Decides who answers: a button, the open question, the intent, or the fallback ladder."""

import re

from bot import checkout, choices, phrases, questions
from bot.cards import HUMAN, button
from bot.intents import HANDLERS
from bot.messages import Choice, Reply
from bot.turn import Turn

SURE = 0.30  # below this nothing is certain enough to be answered
SURE_ENOUGH_TO_CHANGE = 0.40  # the same for what changes a cart or an order
CHANGES = {"order", "add_to_cart", "change_quantity", "remove_from_cart", "cancel_order"}
# Answered at once, whatever was asked.
AT_ONCE = {"human"}
# Answered in between; then the open question is put again.
DIGRESSIONS = {
    "order_status",
    "past_orders",
    "recommend",
    "price_filter",
    "stock_question",
    "help",
    "human",
    "out_of_scope",
    "greet",
    "thanks",
    "show_cart",
}
_UNDO = re.compile(r"\W*(undo|undo (that|it|this)( please| pls)?|take (that|it) back)\W*", re.I)
_STOP = re.compile(r"\W*(stop|never ?mind|nvm|forget (it|that)|cancel (this|that|it)?)\W*", re.I)


def choose(turn: Turn) -> list[Reply]:
    """The replies to one message."""
    conversation, understanding = turn.conversation, turn.understanding
    if turn.message.choice is not None:
        return _understood(turn, choices.press(turn, turn.message.choice))
    typed = _typed_label(turn)
    if typed is not None:
        return _understood(turn, choices.press(turn, typed))
    if _UNDO.fullmatch(turn.message.text):
        return _understood(turn, choices.undo(turn))
    if understanding.intent in AT_ONCE and understanding.confidence >= SURE:
        return _understood(turn, HANDLERS[understanding.intent](turn))
    answer = questions.answer(turn)
    if answer is not None:
        return _understood(turn, answer)
    if not _sure(turn):
        return misunderstood(turn)
    before = conversation.pending
    replies = HANDLERS[understanding.intent](turn)
    if understanding.intent in DIGRESSIONS and before is not None and conversation.pending == before:
        replies = [*replies, *checkout.reminder(turn)]
    return _understood(turn, replies)


def _typed_label(turn: Turn) -> Choice | None:
    """The button of the last answer whose label was typed."""
    said = turn.message.text.casefold()
    for offer in turn.conversation.offers:
        if offer.label.casefold() == said:
            return Choice.decode(offer.choice)
    return None


def _sure(turn: Turn) -> bool:
    understanding = turn.understanding
    if understanding.intent not in HANDLERS:
        return False
    least = SURE_ENOUGH_TO_CHANGE if understanding.intent in CHANGES else SURE
    return _family_confidence(turn) >= least


def _family_confidence(turn: Turn) -> float:
    """How sure the model is, where ordering and adding to the cart count as one: they do nearly the same."""
    understanding = turn.understanding
    family = {"order", "add_to_cart"}
    if understanding.intent not in family:
        return understanding.confidence
    return sum(guess.confidence for guess in understanding.ranking if guess.intent in family)


def _understood(turn: Turn, replies: list[Reply]) -> list[Reply]:
    turn.conversation.misunderstood = 0
    return replies


def misunderstood(turn: Turn) -> list[Reply]:
    """The fallback ladder: likely meanings, then examples, then a person; never the same sentence twice in a row."""
    conversation = turn.conversation
    conversation.misunderstood += 1
    if turn.reduced:
        return [Reply(text=phrases.REDUCED, buttons=(HUMAN,)), *checkout.reminder(turn)]
    if conversation.misunderstood == 1:
        labels: dict[str, str] = {}
        for guess in turn.understanding.ranking:
            label = phrases.FALLBACK_LABELS.get(guess.intent)
            if label is not None and label not in labels.values():
                labels[guess.intent] = label
        buttons = tuple(button(label, "intent", intent) for intent, label in list(labels.items())[:3])
        return [Reply(text=phrases.NOT_UNDERSTOOD_FIRST, buttons=buttons), *checkout.reminder(turn)]
    text = phrases.NOT_UNDERSTOOD_AGAIN if conversation.misunderstood % 2 == 0 else phrases.NOT_UNDERSTOOD_THIRD
    return [Reply(text=text, buttons=(HUMAN, button("Help", "intent", "help")))]
