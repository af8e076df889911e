"""Owns the tests' Postgres: one server for the session, one template, and a database of its own for each test."""

import shutil
import tempfile
import time
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from pytest_socket import socket_allow_hosts
from sqlalchemy import Engine, make_url

from storage import database, embedded
from storage.unit_of_work import PostgresUnitOfWork

TEMPLATE = "template_parley"
# A test's database is thrown away, so nothing of it has to survive a power cut.
_FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")


def pytest_runtest_setup() -> None:
    """No test talks to anything beyond this machine."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[embedded.EmbeddedPostgres]:
    """A real server with a migrated template database; `database_url` makes copies of it."""
    folder = Path(tempfile.mkdtemp(prefix="parley-tests-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # the watcher is meant to outlive its Popen object
            server = embedded.start(folder)
        _execute(server.url, *(f"ALTER SYSTEM SET {setting}" for setting in _FAST), "SELECT pg_reload_conf()")
        _execute(server.url, f"CREATE DATABASE {TEMPLATE}")
        database.upgrade(server.database_url(TEMPLATE))
        yield server
        server._user_lock.close()  # the last user is gone: the watcher stops the server
        _wait_until_gone(folder / "postgres" / "postmaster.pid")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database_url(postgres: embedded.EmbeddedPostgres) -> Iterator[str]:
    """The address of an empty, migrated database that only this test sees; it may commit.

    Copied as files, which takes half as long as through the log.
    """
    name = f"test_{uuid.uuid4().hex}"
    _execute(postgres.url, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
    yield postgres.database_url(name)
    _execute(postgres.url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres: embedded.EmbeddedPostgres) -> str:
    """The address of a database without our tables."""
    return postgres.url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Connections in the application's role to the test's own database."""
    pool = database.app_engine(database_url)
    yield pool
    pool.dispose()


@pytest.fixture
def unit_of_work(engine: Engine) -> Callable[[], PostgresUnitOfWork]:
    """Makes units of work on the test's own database; their events go nowhere."""
    return lambda: PostgresUnitOfWork(engine)


def _execute(url: str, *statements: str) -> None:
    """Runs statements as the server's owner, each in a transaction of its own."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg2.connect(plain)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _wait_until_gone(file: Path) -> None:
    """Waits for the server's pid file to go, at most ten seconds."""
    for _ in range(100):
        if not file.exists():
            return
        time.sleep(0.1)
