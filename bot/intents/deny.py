"""deny: a no when nothing was asked, or "stop"; no to a question is answered in `bot/questions.py`."""

from bot import phrases
from bot.intents import cancel_order
from bot.messages import Reply
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Stops a checkout if there is one."""
    if turn.conversation.checking_out:
        return cancel_order.stop(turn)
    return [Reply(text=phrases.STOPPED_EMPTY)]
