"""What the jobs need from the outside beside mail: the rooms in which staff hears of things."""

from dataclasses import dataclass
from typing import Protocol

from bot.messages import Reply


class StaffRoom(Protocol):
    """Posts into staff's channels."""

    def post(self, channel: str, reply: Reply, thread: str | None = None) -> str:
        """Posts into a channel, or into one of its threads, and returns the message's name: "channel:timestamp".

        `thread` is the name of the message that the thread hangs on. Raises when the message was not taken.
        """
        ...

    def direct(self, user: str) -> str:
        """The channel in which a user is written to alone. Raises likewise."""
        ...

    def upload(self, thread: str, name: str, content: bytes, alt: str) -> None:
        """Puts a file into the thread of a posted message; `alt` says what a picture shows. Raises likewise."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffChannels:
    """The ids of staff's channels; empty: nobody hears of it."""

    admins: str = ""
    support: str = ""
    marketing: str = ""
    finance: str = ""
