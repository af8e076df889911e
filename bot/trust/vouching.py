"""Takes a channel's word for its sender's e-mail, where nothing was proven, and keeps to what was.

A code that was mailed, or one from a chat that proved its address, says more than the channel: the channel vouches for
the address in somebody's profile alone, and that may change any day.
"""

from bot.turn import Turn
from domain.conversation import Asked
from domain.errors import BadEmail
from domain.people.identity import hash_email, mask_email, normalise_email
from domain.people.proving import prove


def take_word(turn: Turn) -> None:
    """Notes the channel's address as proven, as far as others may not read it; one that is none is passed over.

    The address that orders go to follows the proof, wherever that was given, unless it was typed.
    """
    if turn.message.chat.public:
        return
    _vouch(turn)
    _keep_to_proof(turn)


def _vouch(turn: Turn) -> None:
    if not turn.message.proven_email:
        return
    try:
        email = normalise_email(turn.message.proven_email)
    except BadEmail:
        return
    hashed, proven = hash_email(email, turn.shop.hash_key), turn.conversation.proven_email
    if proven == hashed:
        return
    if proven is not None and turn.uow.people.proven_by(turn.conversation.identity_id) != turn.source:
        return
    prove(turn.uow, turn.conversation.identity_id, hashed, email, turn.source, turn.now)
    turn.conversation.proven_email = hashed
    if turn.conversation.hashed_email is None:
        turn.conversation.take_proven(hashed, mask_email(email))


def _keep_to_proof(turn: Turn) -> None:
    conversation = turn.conversation
    proven, pending = conversation.proven_email, conversation.pending
    if proven is None or conversation.hashed_email in (None, proven) or not conversation.email_from_proof:
        return
    if pending is not None and pending.kind is Asked.CONFIRM:
        return  # a yes to that card is one to the address on it
    if (email := turn.uow.people.email(proven)) is not None:
        conversation.take_proven(proven, mask_email(email))
