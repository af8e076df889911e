"""thanks: a short goodbye."""

from bot.messages import Reply
from bot.phrases import talk as phrases_talk
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers politely and asks nothing."""
    return [Reply(text=phrases_talk.THANKS)]
