"""A database that is away or can only read: said as what it is, and over when it is over."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import cast

import psycopg2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, make_url, text

from bot.adapters.slack.taking import Taking
from bot.adapters.slack.turns import Turns
from bot.adapters.web.health import WRITE_EVERY, Remembered, add_health
from bot.adapters.web.in_time import InTime
from bot.config import Secrets, load
from bot.phrases import pages as phrases_pages
from bot.terminal.doctor import _database
from bot.terminal.failures import explain
from bot.terminal.health import beats
from bot.terminal.processes import Part
from domain.errors import Away
from domain.records.rates import Rate
from nlu.processes import free_port
from storage.errors import DatabaseUnreachable
from storage.queries.chats import PostgresHealth
from storage.queries.envelopes import DATABASE_AWAY, Envelopes
from storage.repositories.rate_limits import PostgresRates
from storage.server import database
from tests.support.fakes import StillClock


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
    assert not PostgresHealth(engine).writes()


def test_what_goes_on_without_it_goes_on() -> None:
    gone = database.app_engine(f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    beats(gone, Part.WORKER)()  # it raised, so the worker's beat ended for ever
    assert PostgresHealth(gone).silences() == {}
    assert PostgresHealth(gone).jobs() is None
    envelopes = Envelopes(gone, StillClock(datetime.now(UTC)), "slack")
    envelopes.done(7)
    with pytest.raises(DATABASE_AWAY):
        envelopes.left_behind()
    taking = Taking(cast(Turns, None), envelopes)  # it has nothing to do, since nothing is found
    taking.start()
    taking.close()


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


def test_a_shop_whose_database_is_away_lives_and_is_not_ready() -> None:
    app, gone = FastAPI(), database.app_engine(f"postgresql://nobody@127.0.0.1:{free_port()}/none")
    add_health(app, PostgresHealth(gone), lambda: True, "")
    client = TestClient(app)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (503, {"database": False, "nlu": False})
    assert client.get("/healthz").status_code == 200


def test_a_database_that_only_reads_is_not_ready_and_turns_are_told_so(engine: Engine, database_url: str) -> None:
    assert PostgresHealth(engine).writes()
    name = make_url(database_url).database
    as_owner(database_url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    engine.dispose()
    assert not PostgresHealth(engine).writes()
    with pytest.raises(Away), engine.begin() as connection:
        connection.execute(text("DELETE FROM jobs.procrastinate_jobs"))
    as_owner(database_url, f"ALTER DATABASE {name} RESET default_transaction_read_only")
    engine.dispose()
    assert PostgresHealth(engine).writes()


def test_where_no_file_can_grow_the_shop_is_not_ready(engine: Engine, database_url: str) -> None:
    name = make_url(database_url).database
    as_owner(database_url, f"ALTER DATABASE {name} SET temp_file_limit = 0")
    engine.dispose()
    assert not PostgresHealth(engine).writes()
    found = _database(replace(load(Path("config.yaml")), secrets=Secrets(database_url=database_url)))
    assert (found.broken, "disk is full" in found.how) == (True, True)


def test_a_pool_whose_connections_all_hang_is_away(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.server.database.POOL_SECONDS", 0.1)
    pool = database.app_engine(database_url, pool_size=1)
    held = [pool.connect() for _ in range(11)]
    with pytest.raises(Away), pool.connect():
        pass
    for one in held:
        one.close()
    pool.dispose()


def test_a_verdict_that_is_not_reached_is_no_and_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.web.health.SLOWEST", 0.1)
    reached, now, asked = Event(), [0.0], []

    def hangs() -> bool:
        asked.append(1)
        return reached.wait(20)

    verdict = Remembered(hangs, clock=lambda: now[0])
    assert not verdict()
    now[0] += 100
    assert [verdict() for _ in range(50)] == [False] * 50
    assert len(asked) == 1
    reached.set()
    assert eventually(verdict)


def eventually(true: Callable[[], bool], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return true()


class Hanging:
    """An app whose answers wait for `go`; it says how many it began."""

    def __init__(self) -> None:
        self.go, self.begun = Event(), 0
        self.app = FastAPI()
        self.app.add_middleware(InTime)
        self.app.get("/healthz")(lambda: "ok")
        self.app.get("/{path:path}")(self.hang)

    def hang(self) -> str:
        self.begun += 1
        self.go.wait(20)
        return "late"


def test_an_answer_that_hangs_is_503_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.web.in_time.PATIENCE", 0.1)
    monkeypatch.setattr("bot.adapters.web.in_time.MOST_LATE", 3)
    hanging = Hanging()
    with TestClient(hanging.app) as client:
        said = client.get("/api/chat")
        assert (said.status_code, said.json()) == (503, {"error": phrases_pages.LATE})
        assert (client.get("/cancel/1").status_code, client.get("/cancel/1").text) == (503, f"{phrases_pages.LATE}\n")
        assert client.get("/api/chat").status_code == 503  # at once: nobody else is let in
        assert hanging.begun == 3
        assert client.get("/healthz").status_code == 200
        hanging.go.set()
        assert eventually(lambda: client.get("/api/chat").status_code == 200)


def test_who_asks_often_makes_no_more_writes() -> None:
    now, asked = [100.0], []
    verdict = Remembered(lambda: not asked.append(1), clock=lambda: now[0])  # type: ignore[func-returns-value]
    assert [verdict() for _ in range(50)] == [True] * 50
    now[0] += WRITE_EVERY
    assert verdict()
    assert len(asked) == 2
