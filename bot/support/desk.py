"""What support does with tickets from where it works: words for the customer, and giving the chat back."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.messages import IncomingMessage, Reply
from bot.phrases import handoff as phrases_handoff
from bot.shop import Shop
from bot.shopping import cards, checkout
from bot.support import notices
from bot.turn import Turn
from domain import message_ids
from domain.conversation import Conversation
from domain.ports import Clock, UnitOfWork
from domain.records.auditing import Action, Entry
from domain.records.notifications import EMAIL
from domain.records.staff import Role, roles_held, subjects
from domain.records.tickets import BOT
from domain.staff.handoff import hand_back, tell_support
from nlu.understanding import Guess, Understanding

MAY_SUPPORT = frozenset({Role.SUPPORT, Role.ADMIN})


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
            is_open = ticket.resolved_at is None and conversation.ticket_id in (None, ticket.ticket_id)
            words = text.replace("\x00", "").strip()
            if not is_open:
                _say_once(uow, ticket.ticket_id, phrases_handoff.LATE, now)
            elif not self._may_support(uow, author, groups, ticket.ticket_id, now):
                tell_support(uow, ticket.ticket_id, BOT, phrases_handoff.NOT_SUPPORT, now)
            elif ticket.chat.channel == EMAIL:
                tell_support(uow, ticket.ticket_id, BOT, phrases_handoff.NOBODY_READS, now)
            elif not words:
                tell_support(uow, ticket.ticket_id, BOT, phrases_handoff.WORDS_ONLY, now)
            else:
                uow.tickets.add_note(ticket.ticket_id, author, words, now)
                title = phrases_handoff.from_person(shop=self._shop.name)
                takes_over, conversation.ticket_id = conversation.ticket_id is None, ticket.ticket_id
                replies = [Reply(title=title, text=words)]
                if takes_over:
                    replies.append(Reply(text=phrases_handoff.TAKES_OVER, buttons=(cards.BACK_TO_BOT,)))
                notices.leave(uow, conversation, key, replies, now)
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
                return phrases_handoff.resolve_unknown(ticket_id=ticket_id)
            if not self._may_support(uow, actor, groups, ticket_id, now):
                uow.commit()
                return phrases_handoff.RESOLVE_DENIED
            conversation = uow.conversations.lock(ticket.chat, ticket.sender_id, now)
            ticket = uow.tickets.get(ticket_id)  # as it is now that nobody else can close it
            if ticket is None or ticket.resolved_at is not None or conversation.ticket_id not in (None, ticket_id):
                return phrases_handoff.resolve_before(ticket_id=ticket_id)
            key = message_ids.ticket_resolved(ticket_id)
            turn = self._turn(uow, conversation, key, now)
            if ticket.chat.channel == EMAIL:
                uow.tickets.close(ticket_id, now)
                uow.commit()
                return phrases_handoff.case_done(ticket_id=ticket_id)
            if hand_back(uow, conversation, now) is None:  # the bot went on answering
                uow.tickets.close(ticket_id, now)
                replies = [Reply(text=phrases_handoff.case_closed(ticket_id=ticket_id))]
            else:
                replies = [Reply(text=phrases_handoff.resolved(ticket_id=ticket_id)), *welcome_back(turn)]
            notices.leave(uow, conversation, key, replies, now)
            uow.commit()
        return phrases_handoff.resolve_done(ticket_id=ticket_id)

    def _may_support(self, uow: UnitOfWork, actor: str, groups: Sequence[str], ticket_id: int, now: datetime) -> bool:
        """Whether somebody has a role that answers customers; a refusal is noted."""
        channel, _, sender_id = actor.partition(":")
        who = subjects(channel, sender_id, groups)
        if MAY_SUPPORT & roles_held(self._shop.staff, uow.staff, who):
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


def welcome_back(turn: Turn) -> list[Reply]:
    """The way on after a person: what is in the cart, and the open question once more."""
    cart = [cards.cart_card(turn)] if turn.conversation.cart else []
    return [*cart, *checkout.reminder(turn)]
