"""note: a remark for the parcel, or words for a card that goes with it."""

from bot.messages import Reply
from bot.orders import noting
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Keeps it with the order that is being made, or shows what becomes of the placed one."""
    return noting.note(turn)
