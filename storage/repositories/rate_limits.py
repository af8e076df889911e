"""Rates, counted in Postgres for all processes: a storage for the library `limits`.

Every count is a statement and a transaction of its own, on a connection of its own: it stays when a turn is undone, and
its row is locked for a moment only, by somebody who holds no other lock and waits for none. The table is unlogged, so
nothing waits for the disk; after a crash of the server all rates begin anew.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from limits import RateLimitItemPerSecond
from limits.storage import MovingWindowSupport, Storage
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter, RateLimiter
from sqlalchemy import Connection, Delete, Engine, Row, delete, select
from sqlalchemy.exc import SQLAlchemyError

from domain.patience import patiently
from domain.records.rates import Rate
from storage.prepared import Prepared
from storage.tables import rate

EXACT_BEYOND = timedelta(minutes=1)  # longer windows move with the time, which costs a list of times

_COUNT = Prepared(
    name="count_rate",
    types={"keys": "text[]", "amount": "bigint", "now": "timestamptz", "until": "timestamptz"},
    statement="""
    INSERT INTO pii.rate AS r (key, hits, expires_at)
    SELECT key, %(amount)s, %(until)s FROM unnest(%(keys)s) AS key ORDER BY key
    ON CONFLICT (key) DO UPDATE SET
        hits = CASE WHEN r.expires_at <= %(now)s THEN excluded.hits ELSE r.hits + excluded.hits END,
        expires_at = CASE WHEN r.expires_at <= %(now)s THEN excluded.expires_at ELSE r.expires_at END
    RETURNING key, hits
    """,
)
_ENTER = Prepared(
    name="enter_rate",
    types={
        "key": "text",
        "amount": "integer",
        "most": "bigint",
        "now": "timestamptz",
        "since": "timestamptz",
        "until": "timestamptz",
    },
    statement="""
    INSERT INTO pii.rate AS r (key, times, expires_at)
    VALUES (%(key)s, array_fill(%(now)s, ARRAY[%(amount)s]), %(until)s)
    ON CONFLICT (key) DO UPDATE SET
        times = ARRAY(SELECT at FROM unnest(r.times) AS at WHERE at > %(since)s) || excluded.times,
        expires_at = excluded.expires_at
    WHERE (SELECT count(*) FROM unnest(r.times) AS at WHERE at > %(since)s) + %(amount)s <= %(most)s
    RETURNING key
    """,
)


class PostgresRates:
    """Implements `domain.records.rates.Rates`.

    Where turns run at once, `engine` must not be their pool: who holds a connection of it must not wait for another.
    It is asked patiently: after an outage the pool's first connection is dead.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def allows(self, rate: Rate, whose: str, now: datetime) -> bool:
        """See `domain.records.rates.Rates.allows`."""
        return patiently(lambda: self._limiter(rate, now).hit(_item(rate), whose))

    def allow_all(self, each: Sequence[tuple[Rate, str]], now: datetime) -> list[bool]:
        """See `domain.records.rates.Rates.allow_all`."""
        items = [(_item(rate), whose) for rate, whose in each]
        (expiry,) = {item.get_expiry() for item, _ in items}
        keys = [item.key_for(whose) for item, whose in items]
        hits = patiently(lambda: PostgresStorage(self._engine, now).incr_all(keys, expiry))
        return [hits[item.key_for(whose)] <= item.amount for item, whose in items]

    def used_up(self, rate: Rate, whose: str, now: datetime) -> bool:
        """See `domain.records.rates.Rates.used_up`."""
        return not patiently(lambda: self._limiter(rate, now).test(_item(rate), whose))

    def _limiter(self, rate: Rate, now: datetime) -> RateLimiter:
        storage = PostgresStorage(self._engine, now)
        return MovingWindowRateLimiter(storage) if rate.per > EXACT_BEYOND else FixedWindowRateLimiter(storage)


def _item(rate: Rate) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(rate.most, int(rate.per.total_seconds()), namespace=rate.name)


def forget_rates(connection: Connection, now: datetime) -> None:
    """Deletes what counts no more."""
    connection.execute(delete(rate).where(rate.c.expires_at <= now))


class PostgresStorage(Storage, MovingWindowSupport):
    """What `limits` asks of a storage, as of `now`."""

    STORAGE_SCHEME = ["parley+postgres"]  # noqa: RUF012 - as the library has it

    def __init__(self, engine: Engine, now: datetime) -> None:
        super().__init__()
        self._engine = engine
        self._now = now

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the database raises."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Counts in a window that begins with its first hit and lasts `expiry` seconds; returns its hits."""
        return self.incr_all([key], expiry, amount)[key]

    def incr_all(self, keys: Sequence[str], expiry: int, amount: int = 1) -> dict[str, int]:
        """As `incr` for different keys at once, whose rows are locked in the keys' order; the hits of each."""
        until = self._now + timedelta(seconds=expiry)
        terms = {"keys": list(keys), "amount": amount, "now": self._now, "until": until}
        with self._engine.begin() as connection:
            return {row.key: row.hits for row in _COUNT.execute(connection, terms)}

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Counts in the last `expiry` seconds, unless that makes more than `limit`."""
        if amount > limit:
            return False
        window = timedelta(seconds=expiry)
        times = {"now": self._now, "since": self._now - window, "until": self._now + window}
        with self._engine.begin() as connection:
            entered = _ENTER.execute(connection, {"key": key, "amount": amount, "most": limit, **times})
            return entered.first() is not None

    def get(self, key: str) -> int:
        """The hits of the window that is open."""
        row = self._open(key)
        return 0 if row is None else row.hits

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """When the first hit of the last `expiry` seconds was, and how many there are."""
        row, since = self._open(key), self._now - timedelta(seconds=expiry)
        times = [] if row is None else [at for at in row.times if at > since]
        return min(times, default=self._now).timestamp(), len(times)

    def get_expiry(self, key: str) -> float:
        """When the window ends that is open."""
        row = self._open(key)
        return (self._now if row is None else row.expires_at).timestamp()

    def _open(self, key: str) -> Row[Any] | None:
        with self._engine.begin() as connection:
            return connection.execute(select(rate).where(rate.c.key == key, rate.c.expires_at > self._now)).first()

    def check(self) -> bool:
        """Whether the database answers."""
        with self._engine.begin() as connection:
            return connection.execute(select(1)).scalar() == 1

    def reset(self) -> int:
        """Forgets everything; returns of how many."""
        return self._forget(delete(rate))

    def clear(self, key: str) -> None:
        """Forgets what was counted under a key."""
        self._forget(delete(rate).where(rate.c.key == key))

    def _forget(self, statement: Delete) -> int:
        with self._engine.begin() as connection:
            return connection.execute(statement).rowcount
