"""change_address: ships a placed order, or from now on everything, to another address."""

from bot.intents import provide_address
from bot.messages import Reply
from bot.orders import addressing
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Takes the address that is said, checked as every other; asks for it where none is."""
    if addressing.order_named(turn):
        return addressing.move(turn)
    if (replies := addressing.correct(turn)) is not None:
        return replies
    return provide_address.handle(turn) if addressing.says_where(turn) else addressing.move(turn)
