"""What the jobs need from the outside beside mail: the rooms that they post into."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.messages import Reply


class Room(Protocol):
    """Posts into the channels and groups of one service, which are named by their ids there."""

    def post(self, channel: str, reply: Reply) -> str:
        """Posts into a channel, and returns the message's name: "channel:message".

        Raises:
            AnswerLost: nobody knows whether the message was taken.
            Exception: it was not.
        """
        ...

    def upload(self, thread: str, name: str, content: bytes, alt: str) -> None:
        """Puts a file with a posted message: a picture where its readers see it, others into its thread if it has one.

        `alt` says what a picture shows; other files have none. Raises likewise.
        """
        ...

    def messages(self, reply: Reply) -> Sequence[Reply]:
        """The messages that a reply takes there: cards may be messages of their own."""
        ...

    def direct(self, user: str) -> str:
        """The channel in which a user is written to alone. Raises likewise."""
        ...


class StaffRoom(Room, Protocol):
    """A room in which staff can be written to in threads."""

    def post(self, channel: str, reply: Reply, thread: str | None = None) -> str:
        """The same; `thread` is the name of the message whose thread it belongs into."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffChannels:
    """The ids of staff's channels; empty: nobody hears of it."""

    admins: str = ""
    support: str = ""
