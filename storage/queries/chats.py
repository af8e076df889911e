"""What those who serve chats ask of the database beside the engine: what waits there, what arrived, who was there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError

from domain.conversation import ChatRef
from domain.errors import Busy
from domain.ports import Clock
from domain.records.builds import Build
from domain.records.conversations import Delivery, Shown
from storage.queries import heartbeats, job_queue
from storage.queries.builds import PostgresBuilds
from storage.queries.envelopes import DATABASE_AWAY
from storage.repositories import conversations
from storage.server import database
from storage.tables import conversation

log = structlog.get_logger()


class PostgresChats:
    """Implements `bot.adapters.ports.Chats`; each call is a transaction of its own."""

    away: tuple[type[Exception], ...] = DATABASE_AWAY

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def arrived(self, delivery_ids: Sequence[int], *, sent_as: str = "", question: str = "") -> None:
        """See `bot.adapters.ports.Chats.arrived`."""
        now = self._clock.now()
        conversations.note_delivered(self._engine, delivery_ids, now, sent_as=sent_as, question=question)

    def shown(self, chat: ChatRef, sender_id: str) -> Sequence[Shown]:
        """See `bot.adapters.ports.Chats.shown`."""
        with self._engine.connect() as connection:
            return conversations.shown(connection, chat, sender_id)

    def ended(self, delivery_ids: Sequence[int]) -> None:
        """See `bot.adapters.ports.Chats.ended`."""
        conversations.note_ended(self._engine, delivery_ids)

    def waiting(self, chat: ChatRef, before: datetime) -> Sequence[Delivery]:
        """See `bot.adapters.ports.Chats.waiting`."""
        with self._engine.connect() as connection:
            return conversations.waiting(connection, chat, before)

    def may_repeat(self, chat: ChatRef, message_id: str, since: datetime) -> bool:
        """See `bot.adapters.ports.Chats.may_repeat`."""
        with self._engine.connect() as connection:
            return conversations.may_repeat(connection, chat, message_id, since)

    def knows(self, chat: ChatRef, sender_id: str) -> bool:
        """See `bot.adapters.ports.Chats.knows`."""
        found = select(conversation.c.identity_id).where(
            conversation.c.channel == chat.channel,
            conversation.c.chat_id == chat.chat_id,
            conversation.c.sender_id == sender_id,
        )
        with self._engine.connect() as connection:
            return connection.execute(found).first() is not None


class PostgresHealth:
    """Implements `bot.adapters.ports.Health`; a database that does not answer is an answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def writes(self) -> bool:
        """See `bot.adapters.ports.Health.writes`."""
        try:
            return database.writes(self._engine)
        except (SQLAlchemyError, Busy):
            log.warning("database does not write", exc_info=True)
            return False

    def jobs(self) -> job_queue.QueueCounts | None:
        """See `bot.adapters.ports.Health.jobs`."""
        try:
            with self._engine.connect() as connection:
                return job_queue.counts(connection)
        except (SQLAlchemyError, Busy):
            log.warning("database does not answer", exc_info=True)
            return None

    def builds(self) -> tuple[Build | None, Build | None]:
        """See `bot.adapters.ports.Health.builds`."""
        try:
            with self._engine.connect() as connection:
                builds = PostgresBuilds(connection)
                return builds.last_ended(), builds.last_good()
        except (SQLAlchemyError, Busy):
            return None, None

    def silences(self) -> dict[str, timedelta]:
        """See `bot.adapters.ports.Health.silences`."""
        try:
            with self._engine.connect() as connection:
                return heartbeats.ages(connection)
        except (SQLAlchemyError, Busy):
            return {}
