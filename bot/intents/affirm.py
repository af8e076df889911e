"""affirm: a yes when nothing was asked; yes to a question is answered in `bot/questions.py`."""

from bot import checkout, phrases
from bot.messages import Reply
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Goes on with what is in the cart, if anything is."""
    if turn.conversation.cart or turn.conversation.open_lines:
        return checkout.next_step(turn, [])
    return [Reply(text=f"{phrases.NOTHING_OPEN} {phrases.EXAMPLES}")]
