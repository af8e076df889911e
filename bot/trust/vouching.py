"""Takes a channel's word for its sender's e-mail."""

from bot.turn import Turn
from domain.errors import BadEmail
from domain.people.identity import hash_email, mask_email, normalise_email
from domain.people.proving import prove


def take_word(turn: Turn) -> None:
    """Notes the address as proven, as far as others may not read it; one that is none is passed over."""
    if not turn.message.proven_email or turn.message.chat.public:
        return
    try:
        email = normalise_email(turn.message.proven_email)
    except BadEmail:
        return
    hashed = hash_email(email, turn.shop.hash_key)
    proven = turn.conversation.proven_email
    if proven == hashed:
        return
    if proven is not None and turn.uow.people.proven_by(turn.conversation.identity_id) != turn.source:
        return  # a code that was mailed says more than the channel
    prove(turn.uow, turn.conversation.identity_id, hashed, email, turn.source, turn.now)
    turn.conversation.proven_email = hashed
    if turn.conversation.hashed_email is None:
        turn.conversation.hashed_email, turn.conversation.masked_email = hashed, mask_email(email)
