"""Tells the e-mail of the order on its way to who asks for it: "which email have you got down?"."""

import re

from bot.messages import Reply
from bot.phrases import customer as phrases
from bot.shopping import checkout
from bot.turn import Turn
from domain.orders.journeys import NEW_ORDER

LONGEST = 120  # characters of such a question
_MAIL = r"(?:e-?mail|mail|inbox)(?: address)?"
_LETTER = rf"(?:{_MAIL}|confirmation|receipt|invoice)"
_ASKS = re.compile(
    r"\W{0,5}(?:(?:hi|hey|so|and|ok|wait|yes|sorry|please|but|btw|by the way|can you tell me|tell me"
    r"|remind me)\W{1,3}){0,4}"
    rf"(?:(?:which|what)(?:'s| is| was)? (?:(?:my|the|your|our) )?(?:{_MAIL})(?! (?:shall|should|can|could"
    rf"|do you need))"
    r"(?: (?:do|did|have|is|are|was|you|i|we|got|use|using|give|gave|given|on|down|for|file|it|this|the|my|me"
    r"|here|order"
    r"|confirmation|receipt|going|sent|to|go|will|be|have|had|put|in|noted|know|of)){0,12}"
    rf"|(?:which|what) address (?:is|will|does|do|are|was) (?:(?:the|my|you|a) )?(?:{_LETTER}"
    rf"|send\w{{0,3}} (?:the|my) {_LETTER})\b.{{0,40}}"
    rf"|where (?:is|will|does|do|are|did|would) (?:(?:the|my|you|a) )?(?:{_LETTER}|send\w{{0,3}} (?:the|my) {_LETTER})"
    r"(?: (?:be|being|go|going|sent|to|end|up|arrive|come|get)){0,4}"
    rf"|(?:do|have) you (?:have|got) (?:my|the right|a|an) {_MAIL}.{{0,30}})\W{{0,3}}",
    re.IGNORECASE,
)


def answer(turn: Turn) -> list[Reply] | None:
    """The e-mail, masked, and the open question again; None of any other message, or where no order is on its way."""
    conversation, text = turn.conversation, turn.message.text.replace("’", "'")
    if not conversation.cart or conversation.hashed_email is None or turn.journey != NEW_ORDER:
        return None
    if turn.message.choice is not None or len(text) > LONGEST or _ASKS.fullmatch(text) is None:
        return None
    return [Reply(text=phrases.EMAIL_IS.format(email=conversation.masked_email)), *checkout.reminder(turn)]
