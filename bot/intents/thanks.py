"""thanks: a short goodbye."""

from bot.messages import Reply
from bot.phrases import customer as phrases
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers politely and asks nothing."""
    return [Reply(text=phrases.THANKS)]
