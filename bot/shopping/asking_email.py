"""Tells the e-mail of the order on its way to who asks for it: "which email have you got down?"."""

from bot.messages import Reply
from bot.phrases import shopping as phrases_shopping
from bot.shopping import checkout
from bot.turn import Turn
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
