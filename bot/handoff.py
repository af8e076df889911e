"""While a person has a conversation, the bot is silent and passes on what the customer writes."""

from bot.messages import Reply
from bot.turn import Turn


def relay(turn: Turn) -> list[Reply]:
    """Keeps the message for the person who has the conversation."""
    return []
