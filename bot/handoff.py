"""While a person has a conversation, the bot is silent and carries what customer and support write to each other."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from bot import cards, checkout, notices, phrases, phrases_handoff, proving, router
from bot.card_numbers import without_card_numbers
from bot.cards import BACK_TO_BOT
from bot.messages import IncomingMessage, Reply
from bot.shop import Shop
from bot.turn import Turn
from domain import message_ids
from domain.auditing import Action, Entry
from domain.conversation import Asked, Conversation
from domain.handoff import hand_back, tell_support
from domain.ports import Clock, UnitOfWork
from domain.staff import Role, configured_roles, subjects
from domain.tickets import BOT, CUSTOMER
from nlu.understanding import Guess, Understanding

LONGEST_NOTE = 2000
MAY_SUPPORT = frozenset({Role.SUPPORT, Role.ADMIN})
_WANTS_BOT = re.compile(r"\A\W*(never ?mind|nvm|(go )?back to (the )?bot)\W*", re.IGNORECASE)
_ANSWERED_IN_WORDS = {
    Asked.EMAIL,
    Asked.ADDRESS,
    Asked.OPEN_LINE,
    Asked.WHAT_TO_CHANGE,
    Asked.PROVE_EMAIL,
    Asked.STOP_EMAIL,
}


def relay(turn: Turn) -> list[Reply]:
    """Keeps the message for the person who has the conversation; buttons of the bot's cards still work."""
    choice, text = turn.message.choice, turn.message.text
    if choice == BACK_TO_BOT.choice or (choice is None and _WANTS_BOT.fullmatch(text)):
        return _leave(turn)
    if choice is not None:
        return _press(turn)
    if (answer := proving.typed(turn)) is not None:
        return answer  # a code is for nobody's eyes
    if not text:
        return [Reply(text=phrases.EMPTY_MESSAGE)]
    if len(text) > LONGEST_NOTE:
        return [Reply(text=phrases.TOO_LONG)]
    return _pass_on(turn, text)


def welcome_back(turn: Turn) -> list[Reply]:
    """The way on after a person: what is in the cart, and the open question once more."""
    cart = [cards.cart_card(turn)] if turn.conversation.cart else []
    return [*cart, *checkout.reminder(turn)]


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


class SupportDesk:
    """What support does with tickets from where it works.

    Threads are named "channel:timestamp"; people "slack:U…", and their `groups` "S…".
    """

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock, shop: Shop) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._shop = shop

    def said(self, thread: str, author: str, text: str, message_id: str, groups: Sequence[str] = ()) -> bool:
        """Brings what a person wrote in a ticket's thread to the customer, once for each `message_id`.

        What cannot be passed on is answered in the thread. Returns False when the thread is no open ticket's.

        Raises:
            Busy: the customer's conversation is locked for too long; trying again helps.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            ticket = uow.tickets.of_thread(thread)
            if ticket is None:
                return False
            key = message_ids.support_wrote(message_id)
            conversation = uow.conversations.take(ticket.chat, ticket.sender_id, key, now)
            if conversation is None:  # it came before
                return ticket.resolved_at is None
            is_open = conversation.ticket_id == ticket.ticket_id
            words = text.replace("\x00", "").replace("\t", " ").strip()
            if not is_open:
                _say_once(uow, ticket.ticket_id, phrases_handoff.LATE, now)
            elif not self._may_support(uow, author, groups, ticket.ticket_id, now):
                tell_support(uow, ticket.ticket_id, BOT, phrases_handoff.NOT_SUPPORT, now)
            elif not words:
                tell_support(uow, ticket.ticket_id, BOT, phrases_handoff.WORDS_ONLY, now)
            else:
                uow.tickets.add_note(ticket.ticket_id, author, words, now)
                title = phrases_handoff.FROM_PERSON.format(shop=self._shop.name)
                notices.leave(uow, conversation, key, [Reply(title=title, text=words)], now)
            uow.commit()
            return is_open

    def resolve(self, ticket_id: int, actor: str, groups: Sequence[str] = ()) -> str:
        """Gives a conversation back to the bot and tells the customer; returns what to tell who pressed the button.

        Raises:
            Busy: the customer's conversation is locked for too long; trying again helps.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            ticket = uow.tickets.get(ticket_id)
            if ticket is None:
                return phrases_handoff.RESOLVE_UNKNOWN.format(ticket_id=ticket_id)
            if not self._may_support(uow, actor, groups, ticket_id, now):
                uow.commit()
                return phrases_handoff.RESOLVE_DENIED
            conversation = uow.conversations.lock(ticket.chat, ticket.sender_id, now)
            if conversation.ticket_id != ticket_id:
                return phrases_handoff.RESOLVE_BEFORE.format(ticket_id=ticket_id)
            hand_back(uow, conversation, now)
            key = message_ids.ticket_resolved(ticket_id)
            announced = Reply(text=phrases_handoff.RESOLVED.format(ticket_id=ticket_id))
            turn = self._turn(uow, conversation, key, now)
            notices.leave(uow, conversation, key, [announced, *welcome_back(turn)], now)
            uow.commit()
        return phrases_handoff.RESOLVE_DONE.format(ticket_id=ticket_id)

    def _may_support(self, uow: UnitOfWork, actor: str, groups: Sequence[str], ticket_id: int, now: datetime) -> bool:
        """Whether somebody has a role that answers customers; a refusal is noted."""
        channel, _, sender_id = actor.partition(":")
        who = subjects(channel, sender_id, groups)
        if MAY_SUPPORT & (configured_roles(self._shop.staff, who) | uow.staff.roles_of(who)):
            return True
        uow.audit.note(Entry(at=now, actor=actor, action=Action.REFUSED, subject=f"ticket:{ticket_id}"))
        return False

    def _turn(self, uow: UnitOfWork, conversation: Conversation, key: str, now: datetime) -> Turn:
        """A turn without a message, for the cards that the customer gets."""
        return Turn(
            message=IncomingMessage(id=key, chat=conversation.chat, sender_id=conversation.sender_id),
            understanding=Understanding(text="", ranking=(Guess(intent="none", confidence=0.0),)),
            conversation=conversation,
            uow=uow,
            shop=self._shop,
            now=now,
        )


def _say_once(uow: UnitOfWork, ticket_id: int, words: str, now: datetime) -> None:
    if words not in [note.text for note in uow.tickets.notes(ticket_id) if note.author == BOT]:
        tell_support(uow, ticket_id, BOT, words, now)
