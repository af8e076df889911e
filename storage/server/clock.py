"""The clocks: the database's, which all processes share, and this machine's, for what happens on this machine only."""

import time
from datetime import UTC, datetime, timedelta
from threading import Lock

from sqlalchemy import Engine, text

LOOK_AGAIN_SECONDS = 60.0
_NOW = text("SELECT clock_timestamp()")


class MachineClock:
    """Implements `domain.ports.Clock` where no database is needed, or a library goes by this machine's clock."""

    def now(self) -> datetime:
        """The current moment, aware, in UTC, as this machine has it."""
        return datetime.now(UTC)


class DatabaseClock:
    """Implements `domain.ports.Clock`: cancel windows must not depend on whose clock is fast.

    Between two looks at the database's clock, this machine's monotonic one goes on.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._seen: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """The current moment, aware, in UTC; off by at most half the way to the database."""
        with self._lock:
            at = time.monotonic()
            if self._seen is None or at - self._seen[1] > LOOK_AGAIN_SECONDS:
                with self._engine.connect() as connection:
                    there = connection.execute(_NOW).scalar_one()
                back = time.monotonic()
                self._seen, at = (there, (at + back) / 2), back
            moment, then = self._seen
            return moment + timedelta(seconds=at - then)
