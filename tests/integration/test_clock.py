"""The clock is the database's, whatever this machine's says, and does not ask it every time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event, text

from storage.server.clock import DatabaseClock


def test_it_says_what_the_database_says(engine: Engine) -> None:
    with engine.connect() as connection:
        there = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    assert timedelta(0) <= DatabaseClock(engine).now() - there < timedelta(seconds=5)


def test_it_is_aware_and_never_goes_back(engine: Engine) -> None:
    ours = DatabaseClock(engine)
    moments = [ours.now() for _ in range(200)]
    assert moments == sorted(moments)
    assert moments[0].tzinfo is not None


def test_it_asks_once_a_minute(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    ticks = 1000.0
    monkeypatch.setattr("storage.server.clock.time.monotonic", lambda: ticks)
    ours = DatabaseClock(engine)
    first = ours.now()
    ticks += 59
    assert ours.now() - first == timedelta(seconds=59)
    assert len(asked) == 1
    ticks += 2
    assert abs(ours.now() - datetime.now(UTC)) < timedelta(seconds=5)  # it looked again: no time went by in truth
    assert len(asked) == 2
