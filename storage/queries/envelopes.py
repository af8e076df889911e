"""What came from a chat and is not handled yet: stored before the channel is told that it arrived.

An envelope belongs to the process that stored it. Each process shows by an advisory lock that it is alive; when it dies
Postgres frees the lock, and whoever looks next takes up what it left behind. An envelope may so be handled twice, and
has one effect: the message in it has the same id both times, and the engine's inbox knows it.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, delete, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from domain.errors import Away
from domain.ports import Clock
from storage.locks import hold_number, numbers_without_holder
from storage.tables import envelope

DATABASE_AWAY = (Away, OperationalError, InterfaceError, PoolTimeout)
MOST_TRIES = 3  # an envelope that kills its process must not do so for ever
KEEP = timedelta(days=1)  # an answer that comes later than that is a riddle
_NOTICE_DEATH = text("SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3")

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class Envelope:
    """What a channel delivered, as it delivered it."""

    envelope_id: int
    body: Mapping[str, Any]


class Envelopes:
    """One process's envelopes of one channel; for use from many threads."""

    away: tuple[type[Exception], ...] = DATABASE_AWAY

    def __init__(self, engine: Engine, clock: Clock, channel: str) -> None:
        self._engine = engine
        self._clock = clock
        self._channel = channel
        self._number = secrets.randbits(62)
        self._lock = Lock()
        self._alive: Connection | None = None
        self._handled: set[int] = set()  # and not yet deleted, for the database was away
        self._failed: set[int] = set()  # for the same reason

    def store(self, sender_id: str, body: Mapping[str, Any]) -> int | None:
        """Keeps what arrived and returns its number; None if it is kept already, because it was delivered twice.

        Raises:
            SQLAlchemyError, Away: it is not kept, so the channel must not be told that it is.
        """
        written = json.dumps(body, sort_keys=True)
        with self._lock:
            if self._alive is None:
                self._show_life()
        with self._engine.begin() as connection:
            number: int | None = connection.execute(
                insert(envelope)
                .values(
                    channel=self._channel,
                    digest=hashlib.sha256(written.encode()).hexdigest(),
                    sender_id=sender_id,
                    body=written,
                    holder=self._number,
                    at=self._clock.now(),
                )
                .on_conflict_do_nothing()
                .returning(envelope.c.envelope_id)
            ).scalar()
        return number

    def done(self, envelope_id: int) -> None:
        """Forgets an envelope that was handled; while the database is away that has to wait."""
        try:
            with self._engine.begin() as connection:
                _forget(connection, [envelope_id])
        except DATABASE_AWAY as error:
            log.warning("envelope not forgotten yet", channel=self._channel, error=type(error).__name__)
            with self._lock:
                self._handled.add(envelope_id)

    def failed(self, envelope_id: int) -> None:
        """Notes that the database went away while an envelope was handled: it is to be taken up again."""
        with self._lock:
            self._failed.add(envelope_id)

    def left_behind(self) -> list[Envelope]:
        """Takes up what processes that died left unhandled, oldest first, and what failed here.

        Raises:
            SQLAlchemyError, Away: not now; nothing is lost.
        """
        with self._lock:
            self._show_life()
            handled, failed = tuple(self._handled), tuple(self._failed)
        ours = envelope.c.channel == self._channel
        with self._engine.begin() as connection:
            _forget(connection, handled)
            others = select(envelope.c.holder).distinct().where(ours, envelope.c.holder != self._number)
            gone = numbers_without_holder(connection, connection.execute(others).scalars().all())
            free = or_(envelope.c.holder.in_(gone), envelope.c.envelope_id.in_(failed))
            hopeless = or_(envelope.c.at < self._clock.now() - KEEP, envelope.c.tries >= MOST_TRIES)
            given_up = connection.execute(delete(envelope).where(ours, free, hopeless)).rowcount
            found = connection.execute(
                update(envelope)
                .where(ours, free)
                .values(holder=self._number, tries=envelope.c.tries + 1)
                .returning(envelope.c.envelope_id, envelope.c.body)
            ).all()
        with self._lock:
            self._handled -= {*handled}
            self._failed -= {*failed}
        if found or given_up:
            log.info("envelopes taken up", channel=self._channel, envelopes=len(found), given_up=given_up)
        return [Envelope(envelope_id=row.envelope_id, body=json.loads(row.body)) for row in sorted(found)]

    def close(self) -> None:
        """Shows no life any more: what is not handled is another process's."""
        with self._lock:
            if self._alive is not None:
                self._alive.close()
                self._alive = None

    def _show_life(self) -> None:
        """Holds this process's number, on a connection of its own that is not the pool's."""
        if self._alive is not None:
            try:
                self._alive.execute(text("SELECT 1"))
                return
            except DATABASE_AWAY:
                self._alive.close()
                self._alive = None
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()
        try:
            connection.execute(_NOTICE_DEATH)
            hold_number(connection, self._number)
        except BaseException:
            connection.close()
            raise
        self._alive = connection


def forget_envelopes(connection: Connection, before: datetime) -> None:
    """Deletes what came before `before` and was never handled."""
    connection.execute(delete(envelope).where(envelope.c.at < before))


def _forget(connection: Connection, envelope_ids: Sequence[int]) -> None:
    if envelope_ids:
        connection.execute(delete(envelope).where(envelope.c.envelope_id.in_(envelope_ids)))
