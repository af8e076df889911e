"""What came from a chat and is not handled yet: kept for its process, and taken up when that one died."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text

from domain.errors import Away
from storage.queries.envelopes import KEEP, MOST_TRIES, Envelopes, forget_envelopes
from storage.server.database import owner_engine
from tests.support.fakes import StillClock
from tests.support.shop import NOW

BODY = {"type": "event_callback", "event": {"text": "2 mugs \x00 \ud83d to bob@example.com"}}


class Process:
    """Something that takes deliveries, and can die at any moment."""

    def __init__(self, engine: Engine, clock: StillClock, channel: str = "slack") -> None:
        self.envelopes = Envelopes(engine, clock, channel)

    def stores(self, body: dict[str, Any] | None = None) -> int | None:
        return self.envelopes.store("U1", body or BODY)

    def takes_up(self) -> list[int]:
        return [envelope.envelope_id for envelope in self.envelopes.left_behind()]

    def dies(self) -> None:
        """As by SIGKILL: nothing is said, but its connections end."""
        self.envelopes.close()


@pytest.fixture
def clock() -> StillClock:
    return StillClock(NOW)


@pytest.fixture
def first(engine: Engine, clock: StillClock) -> Iterator[Process]:
    process = Process(engine, clock)
    yield process
    process.dies()


@pytest.fixture
def second(engine: Engine, clock: StillClock) -> Iterator[Process]:
    process = Process(engine, clock)
    yield process
    process.dies()


def kept(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM pii.envelope")).scalar_one())


def test_what_a_process_left_behind_is_taken_up_by_one_other_in_its_order(first: Process, second: Process) -> None:
    numbers = [first.stores({"n": number}) for number in range(5)]
    assert second.takes_up() == []  # the first one lives
    first.dies()
    found = second.envelopes.left_behind()
    assert [envelope.envelope_id for envelope in found] == numbers
    assert [envelope.body["n"] for envelope in found] == [0, 1, 2, 3, 4]
    assert second.takes_up() == []


def test_what_was_handled_is_gone_and_what_is_delivered_twice_is_kept_once(
    engine: Engine, first: Process, second: Process
) -> None:
    number = first.stores()
    assert first.stores() is None
    assert second.stores() is None
    assert number is not None
    first.envelopes.done(number)
    assert kept(engine) == 0
    first.dies()
    assert second.takes_up() == []


def test_anything_that_people_can_send_is_kept_as_it_was(first: Process, second: Process) -> None:
    first.stores()
    first.dies()
    assert [envelope.body for envelope in second.envelopes.left_behind()] == [BODY]


def test_channels_are_apart(engine: Engine, clock: StillClock, first: Process) -> None:
    other = Process(engine, clock, "telegram")
    assert other.stores() is not None
    other.dies()
    assert first.takes_up() == []
    assert first.stores() is not None


def test_what_failed_for_want_of_the_database_is_taken_up_again_but_not_for_ever(
    engine: Engine, first: Process
) -> None:
    number = first.stores()
    assert number is not None
    for _ in range(MOST_TRIES):
        assert first.takes_up() == []
        first.envelopes.failed(number)
        assert first.takes_up() == [number]
    first.envelopes.failed(number)
    assert first.takes_up() == []
    assert kept(engine) == 0


def test_an_envelope_that_kills_every_process_is_given_up(engine: Engine, clock: StillClock, first: Process) -> None:
    first.stores()
    first.dies()
    for _ in range(MOST_TRIES):
        victim = Process(engine, clock)
        assert len(victim.takes_up()) == 1
        victim.dies()
    survivor = Process(engine, clock)
    assert survivor.takes_up() == []
    survivor.dies()
    assert kept(engine) == 0


def test_what_is_a_day_old_is_answered_no_more_and_swept(
    engine: Engine, clock: StillClock, first: Process, second: Process
) -> None:
    first.stores()
    clock.passes(hours=25)
    with engine.begin() as connection:
        forget_envelopes(connection, clock.now() - KEEP)
    assert kept(engine) == 0
    first.stores()
    clock.passes(hours=25)
    first.dies()
    assert second.takes_up() == []
    assert kept(engine) == 0


def test_a_connection_that_was_cut_is_made_again(database_url: str, first: Process, second: Process) -> None:
    first.stores({"n": 1})
    owner = owner_engine(database_url)
    with owner.begin() as connection:
        cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        connection.execute(text(f"{cut} AND datname = current_database()"))
    owner.dispose()
    for process in (first, second):
        for _ in range(3):
            try:
                process.takes_up()
                break
            except Away:
                continue
    first.stores({"n": 2})
    assert second.takes_up() == []  # the first one lives again


def test_forgetting_waits_while_the_database_is_away(
    engine: Engine, first: Process, second: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = first.stores()
    assert number is not None

    def away() -> None:
        raise Away

    with monkeypatch.context() as patch:
        patch.setattr(engine, "begin", away)
        first.envelopes.done(number)
    assert kept(engine) == 1
    assert first.takes_up() == []
    assert kept(engine) == 0
