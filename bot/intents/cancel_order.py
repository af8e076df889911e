"""cancel_order: stop this question, drop the cart, or cancel a placed order; asks when it is not clear which."""

from bot.messages import Reply
from bot.orders import cancelling, parting
from bot.turn import Turn
from nlu.rules.deeds import CANCEL
from nlu.rules.moods import mood_of
from nlu.rules.said import Saying


def handle(turn: Turn) -> list[Reply]:
    """Finds the orders that are meant and asks for an explicit yes."""
    if turn.said(Saying.LETS_BE) and mood_of(turn.message.text, CANCEL) is None:
        return cancelling.keep(turn)  # "I changed my mind, keep it all", whatever the model hears
    parted = parting.of_a_part(turn, alone=True)
    return cancelling.begin(turn) if parted is None else parted
