"""Tickets: a person is asked to take over a conversation; what both sides write is kept as notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.conversation import ChatRef

CUSTOMER = "customer"  # authors of notes beside staff members, who are named as in the audit log: "slack:U…"
BOT = "bot"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticket:
    """A conversation that a person looks at until `resolved_at`.

    `thread` is where staff talks about it, as "channel:timestamp" of a Slack message; None until that was posted.
    """

    ticket_id: int
    chat: ChatRef
    sender_id: str
    identity_id: int
    about: str
    opened_at: datetime
    thread: str | None = None
    resolved_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """One message between customer and staff; `author` is `CUSTOMER`, `BOT` or a staff member."""

    note_id: int
    ticket_id: int
    author: str
    text: str
    at: datetime


class Tickets(Protocol):
    """Tickets and their notes. Who opens or closes one holds the lock of its conversation."""

    def open(self, chat: ChatRef, sender_id: str, identity_id: int, about: str, at: datetime) -> Ticket:
        """The open ticket of this conversation; a new one if there is none."""
        ...

    def has_open(self, chat: ChatRef, sender_id: str, identity_id: int) -> bool:
        """Whether this conversation has an open ticket."""
        ...

    def get(self, ticket_id: int) -> Ticket | None:
        """One ticket, resolved or not."""
        ...

    def open_of(self, identity_id: int) -> bool:
        """Whether a person has one of an identity's conversations."""
        ...

    def of_thread(self, thread: str) -> Ticket | None:
        """The ticket that a thread is about, resolved or not."""
        ...

    def begin_thread(self, ticket_id: int, thread: str) -> None:
        """Notes where staff talks about a ticket."""
        ...

    def close(self, ticket_id: int, at: datetime) -> bool:
        """Resolves a ticket; False when it was resolved before."""
        ...

    def add_note(self, ticket_id: int, author: str, text: str, at: datetime, *, waits: bool = False) -> Note:
        """Keeps what somebody wrote; what `waits` is to be posted into the ticket's thread."""
        ...

    def waiting(self, ticket_id: int, most: int) -> list[Note]:
        """What waits to be posted into a ticket's thread, oldest first, at most so many."""
        ...

    def note_posted(self, notes: Sequence[Note]) -> None:
        """Notes that these were posted and wait no more."""
        ...

    def note(self, note_id: int) -> Note | None:
        """One note."""
        ...

    def notes(self, ticket_id: int, most: int | None = None) -> list[Note]:
        """What was written about a ticket, oldest first; of much the first `most`."""
        ...
