"""What a channel is given, what it asks of the database beside the engine, and what it then is to the program."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.config import Settings
from bot.engine import MessageEngine
from bot.messages import ChatSender
from bot.metrics import QueueNumbers
from bot.shop import Shop
from domain.conversation import ChatRef
from domain.ports import Clock, UnitOfWork
from domain.records.builds import Build
from domain.records.conversations import Delivery, Shown
from scheduler.ports import Room, StaffRoom


class Chats(Protocol):
    """What the database knows of chats; for use from many threads.

    `away` is what is raised where the database is away: whatever came in is taken up again later.
    """

    away: tuple[type[Exception], ...]

    def arrived(self, delivery_ids: Sequence[int], *, sent_as: str = "", question: str = "") -> None:
        """Notes that replies arrived, so that nobody brings them again.

        With what the channel calls it now, `sent_as`, and the question that is open, one is `shown` until it has
        `ended`.

        Raises:
            Busy: others hold them for too long.
        """
        ...

    def shown(self, chat: ChatRef, sender_id: str) -> Sequence[Shown]:
        """The replies of a conversation whose buttons a later answer may end, oldest first."""
        ...

    def ended(self, delivery_ids: Sequence[int]) -> None:
        """Notes that the buttons of replies have ended.

        Raises:
            Busy: others hold them for too long.
        """
        ...

    def waiting(self, chat: ChatRef, before: datetime) -> Sequence[Delivery]:
        """What has not arrived in a chat, oldest first: answers made before `before`, and all that answers nothing."""
        ...

    def may_repeat(self, chat: ChatRef, message_id: str, since: datetime) -> bool:
        """Whether nothing was said in a chat yet, or this very message came there after `since`."""
        ...

    def knows(self, chat: ChatRef, sender_id: str) -> bool:
        """Whether somebody talked with the bot in a chat before."""
        ...


class Envelope(Protocol):
    """What a channel delivered, as it delivered it."""

    @property
    def envelope_id(self) -> int:
        """Its number."""
        ...

    @property
    def body(self) -> Mapping[str, Any]:
        """What was in it."""
        ...


class Envelopes(Protocol):
    """What came from one channel and is not handled yet; for use from many threads. `away` is as in `Chats`."""

    away: tuple[type[Exception], ...]

    def store(self, sender_id: str, body: Mapping[str, Any]) -> int | None:
        """Keeps what arrived and returns its number; None if it is kept already, because it was delivered twice.

        Raises:
            SQLAlchemyError, Away: it is not kept, so the channel must not be told that it is.
        """
        ...

    def done(self, envelope_id: int) -> None:
        """Forgets an envelope that was handled."""
        ...

    def failed(self, envelope_id: int) -> None:
        """Notes that the database went away while an envelope was handled: it is to be taken up again."""
        ...

    def left_behind(self) -> Sequence[Envelope]:
        """Takes up what processes that died left unhandled, oldest first, and what failed here.

        Raises:
            SQLAlchemyError, Away: not now; nothing is lost.
        """
        ...

    def close(self) -> None:
        """What is not handled is another process's from now on."""
        ...


class Health(Protocol):
    """How the database and those who work on it are."""

    def writes(self) -> bool:
        """Whether a transaction that writes can be committed now."""
        ...

    def jobs(self) -> QueueNumbers | None:
        """How full the job queue is; None while the database does not answer."""
        ...

    def builds(self) -> tuple[Build | None, Build | None]:
        """The warehouse's last build, and the last that succeeded; None where there was none, or nobody answers."""
        ...

    def silences(self) -> Mapping[str, timedelta]:
        """How long each part has been silent; nothing while the database does not answer."""
        ...


@dataclass(frozen=True, kw_only=True)
class Given:
    """What every channel may work with; nothing is asked over the network before it runs."""

    settings: Settings
    engine: MessageEngine
    chats: Chats
    envelopes: Callable[[str], Envelopes]  # by the channel's name
    clock: Clock
    shop: Shop
    unit_of_work: Callable[[], UnitOfWork]


@dataclass(frozen=True, kw_only=True)
class Connected:
    """A channel whose tokens are set: what brings messages there, and the parts that it is run with."""

    parts: object
    sender: ChatSender
    room: Room | None = None  # where reports and posts go
    staff_room: StaffRoom | None = None  # where tickets and low stock are told
