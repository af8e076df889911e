"""verify_email: proves that an address is the customer's, or says how another chat is linked."""

import re

from bot.messages import Reply
from bot.trust import proving
from bot.turn import Turn

_LINKING = re.compile(
    r"\b(link|connect|merge|join|sync|together|telegram|slack|website|web chat|chats?|accounts?)\b", re.IGNORECASE
)
_AGAIN = re.compile(r"\b(code|resend|again|another one)\b", re.IGNORECASE)


def handle(turn: Turn) -> list[Reply]:
    """With an address it is that one; without one it is asked for, unless chats are to be linked."""
    email, said = turn.understanding.first("email"), turn.message.text
    if email is not None:
        return proving.start_said(turn, email.value)
    if _LINKING.search(said):
        return proving.how_to_link(turn)
    return proving.again(turn) if _AGAIN.search(said) else proving.which(turn)
