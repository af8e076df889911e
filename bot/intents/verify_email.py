"""verify_email: proves that an address is the customer's, or says how another chat is linked."""

from bot.messages import Reply
from bot.trust import proving
from bot.turn import Turn
from nlu.rules.said import Saying


def handle(turn: Turn) -> list[Reply]:
    """With an address it is that one; without one it is asked for, unless chats are to be linked."""
    if turn.emails:
        return proving.verifying(turn)
    if turn.said(Saying.LINKS_CHATS):
        return proving.how_to_link(turn)
    return proving.again(turn) if turn.said(Saying.CODE_AGAIN) else proving.which(turn)
