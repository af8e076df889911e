"""While a person has a conversation, the bot is silent and passes on what the customer writes."""

import re

from bot import cards, checkout, phrases, phrases_handoff, router
from bot.card_numbers import without_card_numbers
from bot.cards import BACK_TO_BOT
from bot.messages import Reply
from bot.turn import Turn
from domain.conversation import Asked
from domain.handoff import hand_back, tell_support
from domain.tickets import BOT, CUSTOMER

LONGEST_NOTE = 2000
_WANTS_BOT = re.compile(r"\W*(never ?mind|nvm|(go )?back to (the )?bot)\W*", re.IGNORECASE)
_ANSWERED_IN_WORDS = {Asked.EMAIL, Asked.ADDRESS, Asked.OPEN_LINE, Asked.WHAT_TO_CHANGE}


def relay(turn: Turn) -> list[Reply]:
    """Keeps the message for the person who has the conversation; buttons of the bot's cards still work."""
    choice, text = turn.message.choice, turn.message.text
    if choice == BACK_TO_BOT.choice or (choice is None and _WANTS_BOT.fullmatch(text)):
        return _leave(turn)
    if choice is not None:
        return _press(turn)
    if not text:
        return [Reply(text=phrases.EMPTY_MESSAGE)]
    if len(text) > LONGEST_NOTE:
        return [Reply(text=phrases.TOO_LONG)]
    return _pass_on(turn, text)


def welcome_back(turn: Turn) -> list[Reply]:
    """The way on after a person: the open question once more, or what is in the cart."""
    return checkout.reminder(turn) or ([cards.cart_card(turn)] if turn.conversation.cart else [])


def _leave(turn: Turn) -> list[Reply]:
    ticket_id = hand_back(turn.uow, turn.conversation, turn.now)
    if ticket_id is not None:
        tell_support(turn.uow, ticket_id, BOT, phrases_handoff.CUSTOMER_LEFT, turn.now)
    return [Reply(text=phrases_handoff.BACK.format(ticket_id=ticket_id)), *welcome_back(turn)]


def _press(turn: Turn) -> list[Reply]:
    replies = router.choose(turn)
    pending = turn.conversation.pending
    if pending is not None and pending.kind in _ANSWERED_IN_WORDS:
        return [*replies, Reply(text=phrases_handoff.WRITES_TO_PERSON, buttons=(BACK_TO_BOT,))]
    return replies


def _pass_on(turn: Turn, text: str) -> list[Reply]:
    ticket_id = turn.conversation.ticket_id
    if ticket_id is None:
        raise ValueError("nobody has this conversation")
    authors = [note.author for note in turn.uow.tickets.notes(ticket_id)]
    kept = without_card_numbers(text, phrases_handoff.CARD_NUMBER_REMOVED)
    tell_support(turn.uow, ticket_id, CUSTOMER, kept, turn.now)
    if kept != text:
        return [Reply(text=phrases.CARD_NUMBER)]
    if len(authors) > 1:  # what they asked for a person with was answered by the ticket's number
        return []
    passed_on = phrases_handoff.PASSED_ON.format(hours=turn.shop.support_hours)
    return [Reply(text=passed_on, buttons=(BACK_TO_BOT,))]
