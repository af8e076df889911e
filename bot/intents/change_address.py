"""change_address: ships a placed order, or from now on everything, to another address."""

from bot.intents import provide_address
from bot.messages import Reply
from bot.orders import addressing
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Takes the address that is said, checked as every other; asks for it where none is."""
    if (replies := addressing.correct(turn)) is not None:
        return replies
    if turn.understanding.first("address") is not None and not addressing.is_of_an_order(turn):
        return provide_address.handle(turn)
    return addressing.move(turn)
