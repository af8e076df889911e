"""Tickets and what customer and staff wrote to each other, in Postgres."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from domain.conversation import ChatRef
from domain.records.tickets import BOT, CUSTOMER, Note, Ticket
from storage.tables import ticket, ticket_note


class PostgresTickets:
    """Implements `domain.records.tickets.Tickets`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, chat: ChatRef, sender_id: str, identity_id: int, about: str, at: datetime) -> Ticket:
        """See `domain.records.tickets.Tickets.open`."""
        found = self._open(chat, sender_id, identity_id)
        if found is not None:
            return found
        values = {
            "identity_id": identity_id,
            "channel": chat.channel,
            "chat_id": chat.chat_id,
            "sender_id": sender_id,
            "about": about,
            "opened_at": at,
        }
        return _ticket(self._connection.execute(insert(ticket).values(values).returning(ticket)).one())

    def has_open(self, chat: ChatRef, sender_id: str, identity_id: int) -> bool:
        """See `domain.records.tickets.Tickets.has_open`."""
        return self._open(chat, sender_id, identity_id) is not None

    def get(self, ticket_id: int) -> Ticket | None:
        """See `domain.records.tickets.Tickets.get`."""
        return self._first(select(ticket).where(ticket.c.ticket_id == ticket_id))

    def open_of(self, identity_id: int) -> bool:
        """See `domain.records.tickets.Tickets.open_of`."""
        return (
            self._first(select(ticket).where(ticket.c.identity_id == identity_id, ticket.c.resolved_at.is_(None)))
            is not None
        )

    def of_thread(self, thread: str) -> Ticket | None:
        """See `domain.records.tickets.Tickets.of_thread`."""
        return self._first(select(ticket).where(ticket.c.thread == thread))

    def begin_thread(self, ticket_id: int, thread: str) -> None:
        """See `domain.records.tickets.Tickets.begin_thread`."""
        self._connection.execute(update(ticket).where(ticket.c.ticket_id == ticket_id).values(thread=thread))

    def close(self, ticket_id: int, at: datetime) -> bool:
        """See `domain.records.tickets.Tickets.close`."""
        closed = self._connection.execute(
            update(ticket)
            .where(ticket.c.ticket_id == ticket_id, ticket.c.resolved_at.is_(None))
            .values(resolved_at=at)
            .returning(ticket.c.ticket_id)
        )
        return closed.first() is not None

    def add_note(self, ticket_id: int, author: str, text: str, at: datetime, *, waits: bool = False) -> Note:
        """See `domain.records.tickets.Tickets.add_note`."""
        values = {"ticket_id": ticket_id, "author": author, "text": text, "at": at, "waits": waits}
        if author not in (CUSTOMER, BOT):
            first = ticket.c.ticket_id == ticket_id, ticket.c.first_answer_at.is_(None)
            self._connection.execute(update(ticket).where(*first).values(first_answer_at=at))
        return _note(self._connection.execute(insert(ticket_note).values(values).returning(ticket_note)).one())

    def note(self, note_id: int) -> Note | None:
        """See `domain.records.tickets.Tickets.note`."""
        row = self._connection.execute(select(ticket_note).where(ticket_note.c.note_id == note_id)).first()
        return None if row is None else _note(row)

    def notes(self, ticket_id: int, most: int | None = None) -> list[Note]:
        """See `domain.records.tickets.Tickets.notes`."""
        of_ticket = select(ticket_note).where(ticket_note.c.ticket_id == ticket_id)
        return [_note(row) for row in self._connection.execute(of_ticket.order_by(ticket_note.c.note_id).limit(most))]

    def waiting(self, ticket_id: int, most: int) -> list[Note]:
        """See `domain.records.tickets.Tickets.waiting`."""
        waiting = select(ticket_note).where(ticket_note.c.ticket_id == ticket_id, ticket_note.c.waits)
        return [_note(row) for row in self._connection.execute(waiting.order_by(ticket_note.c.note_id).limit(most))]

    def note_posted(self, notes: Sequence[Note]) -> None:
        """See `domain.records.tickets.Tickets.note_posted`."""
        posted = ticket_note.c.note_id.in_([note.note_id for note in notes])
        self._connection.execute(update(ticket_note).where(posted).values(waits=False))

    def _open(self, chat: ChatRef, sender_id: str, identity_id: int) -> Ticket | None:
        return self._first(
            select(ticket).where(
                ticket.c.identity_id == identity_id,
                ticket.c.channel == chat.channel,
                ticket.c.chat_id == chat.chat_id,
                ticket.c.sender_id == sender_id,
                ticket.c.resolved_at.is_(None),
            )
        )

    def _first(self, statement: Select[Any]) -> Ticket | None:
        row = self._connection.execute(statement).first()
        return None if row is None else _ticket(row)


def forget_notes(connection: Connection, before: datetime) -> None:
    """Deletes what was written about tickets that were resolved before `before`."""
    resolved = select(ticket.c.ticket_id).where(ticket.c.resolved_at < before)
    connection.execute(delete(ticket_note).where(ticket_note.c.ticket_id.in_(resolved)))


def _ticket(row: Row[Any]) -> Ticket:
    return Ticket(
        ticket_id=row.ticket_id,
        chat=ChatRef(channel=row.channel, chat_id=row.chat_id),
        sender_id=row.sender_id,
        identity_id=row.identity_id,
        about=row.about,
        opened_at=row.opened_at,
        thread=row.thread,
        resolved_at=row.resolved_at,
    )


def _note(row: Row[Any]) -> Note:
    return Note(note_id=row.note_id, ticket_id=row.ticket_id, author=row.author, text=row.text, at=row.at)
