"""thanks: a short goodbye."""

from bot import phrases
from bot.messages import Reply
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers politely and asks nothing."""
    return [Reply(text=phrases.THANKS)]
