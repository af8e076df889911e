"""Takes e-mail and address out of a message, whatever else it says."""

from bot import phrases
from bot.turn import Turn
from domain.errors import BadAddress, BadEmail
from domain.identity import check_address


def take(turn: Turn) -> list[str]:
    """Notes an e-mail and an address if the message holds them; returns notes about what is wrong with them.

    The next question asks again for what is still missing.
    """
    notes: list[str] = []
    email = turn.understanding.first("email")
    if email is not None:
        try:
            turn.take_email(email.value)
        except BadEmail as error:
            notes.append(phrases.sorry(turn, error))
    address = turn.understanding.first("address")
    if address is not None:
        try:
            turn.take_address(check_address(address.value))
        except BadAddress as error:
            notes.append(phrases.sorry(turn, error))
    return notes
