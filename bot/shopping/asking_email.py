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
    conversation = turn.conversation
    if not conversation.cart or conversation.hashed_email is None or turn.journey != NEW_ORDER:
        return None
    if turn.message.choice is not None or len(turn.message.text) > LONGEST or not turn.said(Saying.ASKS_EMAIL):
        return None
    return [Reply(text=phrases_shopping.email_is(email=conversation.masked_email)), *checkout.reminder(turn)]


def refuse(turn: Turn) -> list[Reply] | None:
    """The question for the right e-mail, where the one of the order on its way is refused and no other is named."""
    conversation = turn.conversation
    if not conversation.cart or conversation.hashed_email is None or turn.journey != NEW_ORDER:
        return None
    named = turn.understanding.first("email") or turn.understanding.first("mentioned")
    if turn.message.choice is not None or named is not None or not turn.said(Saying.NOT_THAT_EMAIL):
        return None
    conversation.hashed_email, conversation.masked_email = None, ""
    conversation.pending = PendingQuestion(kind=Asked.EMAIL)
    return [Reply(text=f"{phrases_shopping.NOT_THAT_EMAIL} {phrases_shopping.ASK_EMAIL}")]
