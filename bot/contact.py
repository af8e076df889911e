"""Takes e-mail and address out of a message, whatever else it says."""

from bot import phrases
from bot.messages import Field, Form, Reply
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.errors import BadAddress, BadEmail
from domain.identity import check_address, hash_email, mask_email

# Its values, joined by commas, are the text that a customer would have written.
ADDRESS_FORM = Form(
    title=phrases.FORM_ADDRESS,
    fields=(
        Field(name="street", label=phrases.FORM_STREET, hint="12 Main St"),
        Field(name="unit", label=phrases.FORM_UNIT, optional=True),
        Field(name="town", label=phrases.FORM_TOWN, hint="Denver"),
        Field(name="postcode", label=phrases.FORM_POSTCODE, hint="CO 80203"),
    ),
)


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
            if error.suggestion:
                offer_email(turn, error.suggestion)
    address = turn.understanding.first("address")
    if address is not None and not take_address(turn, address.value):
        notes.append(phrases.sorry(turn, BadAddress()))
    return notes


def offer_email(turn: Turn, suggestion: str) -> None:
    """Asks whether a likely fix of a mistyped e-mail is right; a yes takes it."""
    hashed = hash_email(suggestion, turn.shop.hash_key)
    turn.uow.people.remember_email(hashed, suggestion, turn.now)
    turn.conversation.hashed_email, turn.conversation.masked_email = None, ""
    turn.conversation.pending = PendingQuestion(kind=Asked.EMAIL_FIX, subject=hashed, options=(mask_email(suggestion),))


def take_address(turn: Turn, text: str) -> bool:
    """Notes an address, completed by the part that was said before; says whether it is one."""
    pending = turn.conversation.pending
    tries = [text]
    if pending is not None and pending.kind is Asked.ADDRESS and pending.subject:
        tries.append(f"{turn.uow.people.address(int(pending.subject))}, {text}")
    for whole in tries:
        try:
            turn.take_address(check_address(whole))
        except BadAddress:
            continue
        return True
    return False


def ask_for_the_rest(turn: Turn, part: str) -> list[Reply]:
    """Keeps the part of an address and asks for what is missing; only its key goes into the conversation."""
    if not any(char.isdigit() for char in part):
        return [Reply(text=phrases.BAD_ADDRESS)]
    key = turn.uow.people.remember_address(
        turn.conversation.hashed_email, turn.conversation.identity_id, part.strip(), turn.now
    )
    turn.conversation.pending = PendingQuestion(kind=Asked.ADDRESS, subject=str(key))
    return [Reply(text=phrases.ADDRESS_REST.format(part=part.strip()))]
