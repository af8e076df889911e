"""start_marketing: agrees to marketing by mail; an address that nobody proved is asked by a mail of its own first."""

from bot.messages import Reply
from bot.trust import consenting
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Agrees for every address in the message, or for the one of this conversation."""
    return consenting.start(turn)
