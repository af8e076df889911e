"""Hands a conversation over to a person, keeps what both sides write meanwhile, and hands it back."""

from datetime import datetime, timedelta

from domain.conversation import Conversation
from domain.events import TicketNoted, TicketOpened
from domain.ports import UnitOfWork
from domain.records.rates import Rate
from domain.records.tickets import CUSTOMER

OPENED = Rate(name="tickets", most=5, per=timedelta(hours=1))  # by one network: more would bury those of others


def hand_over(
    uow: UnitOfWork, conversation: Conversation, *, said: str, staffed: bool, origin: str, now: datetime
) -> int | None:
    """Opens a ticket for a locked conversation, or finds its open one; returns the ticket's number.

    Only where support is `staffed` does the conversation become the person's; `said` is then their first note.
    None when too many were opened from `origin` in the last hour.
    """
    waiting = uow.tickets.has_open(conversation.chat, conversation.sender_id, conversation.identity_id)
    if not waiting and not uow.rates.allows(OPENED, origin, now):
        return None
    asked = conversation.pending.kind if conversation.pending else "nothing"
    about = f"asked for a person; open question: {asked}"
    ticket = uow.tickets.open(conversation.chat, conversation.sender_id, conversation.identity_id, about, now)
    if staffed and conversation.ticket_id is None:
        conversation.ticket_id = ticket.ticket_id
        uow.tickets.add_note(ticket.ticket_id, CUSTOMER, said, now)
        uow.record(TicketOpened(ticket_id=ticket.ticket_id))
    return ticket.ticket_id


def tell_support(uow: UnitOfWork, ticket_id: int, author: str, said: str, now: datetime) -> None:
    """Keeps a note and lets support's thread know of it."""
    note = uow.tickets.add_note(ticket_id, author, said, now)
    uow.record(TicketNoted(note_id=note.note_id))


def hand_back(uow: UnitOfWork, conversation: Conversation, now: datetime) -> int | None:
    """Closes the ticket of a locked conversation and returns its number; None if the bot had it already."""
    ticket_id, conversation.ticket_id = conversation.ticket_id, None
    if ticket_id is not None:
        uow.tickets.close(ticket_id, now)
    return ticket_id
