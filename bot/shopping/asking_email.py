"""Tells the e-mail of the order on its way to who asks for it, and asks for another where that one is refused."""

from bot.messages import Reply
from bot.phrases import shopping as phrases_shopping
from bot.shopping import checkout
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.orders.journeys import NEW_ORDER
from nlu.rules.said import Saying

LONGEST = 120  # characters of such a question


def answer_noted_email(turn: Turn) -> list[Reply] | None:
    """The e-mail, masked, and the open question again; None of any other message, or where no order is on its way."""
    if not _on_its_way(turn) or len(turn.message.text) > LONGEST or not turn.said(Saying.ASKS_EMAIL):
        return None
    return [Reply(text=phrases_shopping.email_is(email=turn.conversation.masked_email)), *checkout.reminder(turn)]


def refuse(turn: Turn) -> list[Reply] | None:
    """The question for the right e-mail, where the one of the order on its way is refused and no other is named."""
    conversation = turn.conversation
    named = turn.understanding.first("email") or turn.understanding.first("mentioned")
    if not _on_its_way(turn) or named is not None or not turn.said(Saying.NOT_THAT_EMAIL):
        return None
    conversation.hashed_email, conversation.masked_email = None, ""
    conversation.pending = PendingQuestion(kind=Asked.EMAIL)
    return [Reply(text=f"{phrases_shopping.NOT_THAT_EMAIL} {phrases_shopping.ASK_EMAIL}")]


def _on_its_way(turn: Turn) -> bool:
    """Whether a message is typed while an order with an e-mail is on its way."""
    conversation = turn.conversation
    with_email = bool(conversation.cart) and conversation.hashed_email is not None
    return turn.message.choice is None and with_email and turn.journey == NEW_ORDER
