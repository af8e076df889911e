"""A database that is away or can only read: said as what it is, and over when it is over."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest
from sqlalchemy import Engine, make_url, text

from bot.adapters.web_health import WRITE_EVERY, Remembered, _silences, _writes
from bot.failures import explain
from bot.health import beats
from bot.processes import Part
from domain.errors import Away
from domain.rates import Rate
from nlu.processes import free_port
from storage import database
from storage.envelopes import DATABASE_AWAY, Envelopes
from storage.errors import DatabaseUnreachable
from storage.rate_limits import PostgresRates
from tests.fakes import StillClock


def as_owner(url: str, statement: str) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg2.connect(plain, options="-c default_transaction_read_only=off")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_server_that_is_not_there_is_away() -> None:
    engine = database.app_engine(f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    with pytest.raises(Away), engine.connect():
        pass
    assert not _writes(engine)


def test_what_goes_on_without_it_goes_on() -> None:
    gone = database.app_engine(f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    beats(gone, Part.WORKER)()  # it raised, so the worker's beat ended for ever
    assert _silences(gone) == {}
    envelopes = Envelopes(gone, StillClock(datetime.now(UTC)), "slack")
    envelopes.done(7)
    with pytest.raises(DATABASE_AWAY):
        envelopes.left_behind()


def test_an_operator_reads_that_it_is_away() -> None:
    gone = database.app_engine(f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    with pytest.raises(DatabaseUnreachable) as refused, database.reachable(), gone.connect():
        pass
    assert "onnection refused" in refused.value.reason
    assert "away" in (explain(Away()) or "")


def test_a_connection_that_is_cut_is_away_and_the_next_one_works(engine: Engine, database_url: str) -> None:
    with engine.connect() as connection:
        own = connection.execute(text("SELECT pg_backend_pid()")).scalar()
        as_owner(database_url, f"SELECT pg_terminate_backend({own})")
        with pytest.raises(Away):
            connection.execute(text("SELECT 1"))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1


def test_the_first_count_after_an_outage_counts(database_url: str) -> None:
    pool = database.app_engine(database_url, pool_size=1, autocommit=True)
    rates, rate = PostgresRates(pool), Rate(name="looks", most=5, per=timedelta(minutes=1))
    assert rates.allow_all([(rate, "ann")], datetime.now(UTC)) == [True]
    with pool.connect() as connection:
        own = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    as_owner(database_url, f"SELECT pg_terminate_backend({own})")
    assert rates.allow_all([(rate, "ann")], datetime.now(UTC)) == [True]
    pool.dispose()


def test_a_database_that_only_reads_is_not_ready_and_turns_are_told_so(engine: Engine, database_url: str) -> None:
    assert _writes(engine)
    name = make_url(database_url).database
    as_owner(database_url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    engine.dispose()
    assert not _writes(engine)
    with pytest.raises(Away), engine.begin() as connection:
        connection.execute(text("DELETE FROM jobs.procrastinate_jobs"))
    as_owner(database_url, f"ALTER DATABASE {name} RESET default_transaction_read_only")
    engine.dispose()
    assert _writes(engine)


def test_who_asks_often_makes_no_more_writes() -> None:
    now, asked = [100.0], []
    verdict = Remembered(lambda: not asked.append(1), clock=lambda: now[0])  # type: ignore[func-returns-value]
    assert [verdict() for _ in range(50)] == [True] * 50
    now[0] += WRITE_EVERY
    assert verdict()
    assert len(asked) == 2
