"""Hands a conversation or a complaint over to a person, keeps what both sides write, and hands it back."""

from datetime import datetime, timedelta

from domain.conversation import ChatRef, Conversation
from domain.errors import TooMuchSaid
from domain.events import TicketNoted, TicketOpened
from domain.model import Order
from domain.ports import UnitOfWork
from domain.records.notifications import EMAIL
from domain.records.rates import Rate
from domain.records.tickets import BOT, CUSTOMER, Ticket

SAID = Rate(name="words to support", most=20, per=timedelta(minutes=1))  # in a ticket; more would be none by hand
OPENED = Rate(name="tickets", most=30, per=timedelta(hours=1))  # by one network, an office too: more would bury others


def hand_over(
    uow: UnitOfWork, conversation: Conversation, *, said: str, staffed: bool, origin: str, now: datetime
) -> int | None:
    """Opens a ticket for a locked conversation, or finds its open one; returns the ticket's number.

    Only where support is `staffed` does the conversation become the person's; `said` is then their first note.
    None when too many were opened from `origin` in the last hour.

    Raises:
        TooMuchSaid: much was said in the open ticket just now; the conversation stays the bot's.
    """
    asked = conversation.pending.kind if conversation.pending else "nothing"
    opened = _open(uow, conversation, f"asked for a person; open question: {asked}", origin, now)
    if opened is None:
        return None
    ticket, new = opened
    if staffed and conversation.ticket_id is None:
        conversation.ticket_id = ticket.ticket_id
        _keep_words(uow, ticket, said, now, new=new)
    return ticket.ticket_id


def open_case(
    uow: UnitOfWork, conversation: Conversation, *, about: str, said: str, summary: str, origin: str, now: datetime
) -> int | None:
    """Brings a customer's words on something they ordered to support, as a ticket of its own or on the open one.

    The bot goes on answering; a person takes over by writing. `about` holds no personal data, `summary` tells support
    what the bot knows. None when too many were opened from `origin` in the last hour.

    Raises:
        TooMuchSaid: much was said in the open ticket just now; nothing was kept.
    """
    opened = _open(uow, conversation, about, origin, now)
    if opened is None:
        return None
    ticket, new = opened
    _keep_words(uow, ticket, said, now, new=new)
    tell_support(uow, ticket.ticket_id, BOT, summary, now)
    return ticket.ticket_id


def open_case_by_mail(
    uow: UnitOfWork, order: Order, *, about: str, said: str, summary: str, now: datetime
) -> tuple[int, bool] | None:
    """Brings to support what was written on a page behind a mail about an order, the same words once.

    Where the order's chat proved the mail's address, it is the ticket of that chat; else one that nobody can be
    answered by. Returns its number, and whether it can be answered; None when too many were opened.

    Raises:
        TooMuchSaid: much was said in the open ticket just now; nothing was kept.
        Busy: the conversation is locked for too long.
    """
    proven = order.identity_id is not None and uow.people.proven(order.identity_id, order.hashed_email)
    found = uow.conversations.of_order(order.order_id) if proven else None
    name = f"order {order.order_id}"
    chat, sender_id = found or (ChatRef(channel=EMAIL, chat_id=name), name)
    conversation = uow.conversations.lock(chat, sender_id, now)
    if found is None:  # so that who has the address is told of it, and erases it
        conversation.hashed_email = order.hashed_email
        uow.conversations.save(conversation, now)
    there = (chat, sender_id, conversation.identity_id)
    if uow.tickets.has_open(*there):
        ticket_id = uow.tickets.open(*there, about, now).ticket_id
        if said in [note.text for note in uow.tickets.notes(ticket_id)]:
            return ticket_id, found is not None
    origin = f"{EMAIL}/{order.order_id}"
    opened = open_case(uow, conversation, about=about, said=said, summary=summary, origin=origin, now=now)
    return None if opened is None else (opened, found is not None)


def _open(
    uow: UnitOfWork, conversation: Conversation, about: str, origin: str, now: datetime
) -> tuple[Ticket, bool] | None:
    """The conversation's open ticket, and whether it is new; None when its network opened too many."""
    chat, sender_id, identity_id = conversation.chat, conversation.sender_id, conversation.identity_id
    waiting = uow.tickets.has_open(chat, sender_id, identity_id)
    if not waiting and not uow.rates.allows(OPENED, origin, now):
        return None
    return uow.tickets.open(chat, sender_id, identity_id, about, now), not waiting


def _keep_words(uow: UnitOfWork, ticket: Ticket, said: str, now: datetime, *, new: bool) -> None:
    """The first words stand on the ticket's card, all further ones in its thread."""
    if not new:
        tell_support(uow, ticket.ticket_id, CUSTOMER, said, now)
        return
    uow.tickets.add_note(ticket.ticket_id, CUSTOMER, said, now)
    uow.record(TicketOpened(ticket_id=ticket.ticket_id))


def tell_support(uow: UnitOfWork, ticket_id: int, author: str, said: str, now: datetime) -> None:
    """Keeps a note of a locked conversation's ticket, and has it brought into support's thread.

    Raises:
        TooMuchSaid: the customer said much just now; nothing was kept.
    """
    if author == CUSTOMER and not uow.rates.allows(SAID, f"ticket/{ticket_id}", now):
        raise TooMuchSaid
    uow.tickets.add_note(ticket_id, author, said, now, waits=True)
    uow.record(TicketNoted(ticket_id=ticket_id))


def hand_back(uow: UnitOfWork, conversation: Conversation, now: datetime) -> int | None:
    """Closes the ticket of a locked conversation and returns its number; None if the bot had it already."""
    ticket_id, conversation.ticket_id = conversation.ticket_id, None
    if ticket_id is not None:
        uow.tickets.close(ticket_id, now)
    return ticket_id
