"""stop_marketing: one message ends all marketing to an address, with a receipt of what stops and what does not."""

from bot import consenting
from bot.messages import Reply
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Stops at once, without asking whether it is meant."""
    return consenting.stop(turn)
