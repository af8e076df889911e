"""affirm: a yes when nothing was asked; yes to a question is answered in `bot/routing/questions.py`."""

from bot.intents import add_to_cart
from bot.messages import Reply
from bot.phrases import talk as phrases_talk
from bot.shopping import basket, checkout
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Goes on with what is in the cart, if anything is; "yes, a teapot too" adds the teapot."""
    if basket.lines_said(turn):
        return add_to_cart.handle(turn)
    if turn.conversation.cart or turn.conversation.open_lines:
        return checkout.next_step(turn, basket.leave_out(turn))
    return [Reply(text=f"{phrases_talk.NOTHING_OPEN} {phrases_talk.EXAMPLES}")]
