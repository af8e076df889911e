"""cancel_order: stop this question, drop the cart, or cancel a placed order; asks when it is not clear which."""

from bot.messages import Reply
from bot.orders import cancelling
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Finds the orders that are meant and asks for an explicit yes."""
    return cancelling.begin(turn)
