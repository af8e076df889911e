"""deny: a no when nothing was asked, or "stop"; no to a question is answered in `bot/routing/questions.py`."""

from bot.intents import change_quantity
from bot.messages import Reply
from bot.phrases import talk as phrases_talk
from bot.shopping import basket, checkout
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Stops a checkout if there is one; "no, 2 teapots" is a correction."""
    lines = basket.lines_said(turn)
    if any(line.quantity is not None for line in lines):
        return change_quantity.handle(turn)
    if lines and turn.conversation.cart:
        return [Reply(text=turn.words.what_to_change)]
    if turn.conversation.cart and (left_out := basket.leave_out(turn)):
        return checkout.next_step(turn, left_out)
    if turn.conversation.checking_out:
        return checkout.stop(turn)
    return [Reply(text=phrases_talk.ALL_RIGHT)]
