"""While a person has a conversation, the bot is silent and carries what customer and support write to each other."""

from collections.abc import Callable

from bot.card_numbers import without_card_numbers
from bot.messages import Reply
from bot.phrases import handoff as phrases_handoff
from bot.phrases import talk as phrases_talk
from bot.phrases.sorry import sorry
from bot.shopping.cards import BACK_TO_BOT
from bot.support.desk import welcome_back
from bot.trust import proving
from bot.turn import Turn
from domain.errors import TooMuchSaid
from domain.records.tickets import BOT, CUSTOMER
from domain.staff.handoff import hand_back, tell_support
from nlu.rules.said import Saying

LONGEST_NOTE = 2000


def relay(turn: Turn, choose: Callable[[Turn], list[Reply]]) -> list[Reply]:
    """Keeps the message for the person who has the conversation; `choose` answers the buttons of the bot's cards."""
    choice, text = turn.message.choice, turn.message.text
    if choice == BACK_TO_BOT.choice or (choice is None and turn.said(Saying.BACK_TO_BOT)):
        return _leave(turn)
    if choice is not None:
        return _press(turn, choose)
    if (answer := proving.typed(turn)) is not None:
        return answer  # a code is for nobody's eyes
    if not text:
        return [Reply(text=phrases_talk.EMPTY_MESSAGE)]
    if len(text) > LONGEST_NOTE:
        return [Reply(text=phrases_talk.TOO_LONG)]
    return _pass_on(turn, text)


def _leave(turn: Turn) -> list[Reply]:
    ticket_id = hand_back(turn.uow, turn.conversation, turn.now)
    if ticket_id is not None:
        tell_support(turn.uow, ticket_id, BOT, phrases_handoff.CUSTOMER_LEFT, turn.now)
    return [Reply(text=phrases_handoff.back_with_bot(ticket_id=ticket_id)), *welcome_back(turn)]


def _press(turn: Turn, choose: Callable[[Turn], list[Reply]]) -> list[Reply]:
    replies = choose(turn)
    if turn.asked is not None and turn.asked.answered_in_words:
        return [*replies, Reply(text=phrases_handoff.WRITES_TO_PERSON, buttons=(BACK_TO_BOT,))]
    return replies


def _pass_on(turn: Turn, text: str) -> list[Reply]:
    ticket_id = turn.conversation.ticket_id
    if ticket_id is None:
        raise ValueError("nobody has this conversation")
    spoken = len(turn.uow.tickets.notes(ticket_id, most=2)) > 1
    kept = without_card_numbers(text, phrases_handoff.CARD_NUMBER_REMOVED)
    try:
        tell_support(turn.uow, ticket_id, CUSTOMER, kept, turn.now)
    except TooMuchSaid as error:
        return [Reply(text=sorry(turn, error))]
    if kept != text:
        return [Reply(text=phrases_talk.CARD_NUMBER)]
    if spoken:  # what they asked for a person with was answered by the ticket's number
        return []
    passed_on = phrases_handoff.passed_on(hours=turn.shop.support_hours)
    return [Reply(text=passed_on, buttons=(BACK_TO_BOT,))]
