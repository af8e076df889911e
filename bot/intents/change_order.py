"""change_order: something of an order that is placed shall be different; it is shown, and only a yes changes it."""

from bot.messages import Reply
from bot.orders import editing
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with the order as it would become, or why it cannot be changed any more."""
    return editing.edit_said(turn)
