"""after_sales: something that was ordered is broken, wrong, missing or late, or shall go back: a ticket for support."""

from bot.messages import Reply
from bot.orders import complaining
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with the ticket's number and when somebody answers; the bot goes on."""
    return complaining.complain(turn)
