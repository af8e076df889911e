"""The database's clock, which all processes share; between two looks at it, this machine's monotonic clock goes on."""

import time
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import Engine, text

LOOK_AGAIN_SECONDS = 60.0
_NOW = text("SELECT clock_timestamp()")


class DatabaseClock:
    """Implements `domain.ports.Clock`: cancel windows must not depend on whose clock is fast."""

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
