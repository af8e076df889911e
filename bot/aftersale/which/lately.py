"""The placed orders that something was done with in this conversation just now, by a plan or in another way."""

from datetime import timedelta

from bot.turn import Turn
from domain.conversation import Did

LATELY = timedelta(hours=1)
_OF_ORDERS = (Did.CANCELLED, Did.CHANGED, Did.PLACED)


def orders_lately(turn: Turn) -> tuple[int, ...]:
    """Their numbers, the last one last."""
    conversation = turn.conversation
    sitting, done = conversation.sitting, conversation.done
    ids = sitting.order_ids if sitting is not None and turn.now - sitting.at < LATELY else ()
    if done is not None and done.what in _OF_ORDERS and turn.now - done.at < LATELY:
        ids = (*ids, *(int(one) for one in done.of if one.isdecimal()))
    return tuple(dict.fromkeys(reversed(ids)))[::-1]
