"""Owns the tests' servers: a Postgres for each worker with a database for each test, and one Rasa for them all."""

import fcntl
import os
import shutil
import tempfile
import time
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from pytest_socket import socket_allow_hosts
from sqlalchemy import Engine, make_url

from nlu import server
from nlu.processes import free_port
from nlu.rasa_client import RasaClient
from storage.server import database, embedded
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.databases import FAST, TEMPLATE, memory
from tests.support.lending import Lender

_LONG = {"test_predictions.py", "test_data_products.py", "test_warehouse.py", "test_cli.py", "test_pattern_times.py"}
_WORKER = "PYTEST_XDIST_WORKER"  # pytest-xdist sets it in its workers
os.environ["OMP_NUM_THREADS"] = "1"  # threads of a fit that wait for each other spin, and workers share the cores


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first where workers share the files, so that nobody waits for one of them at the end."""
    if _WORKER in os.environ:
        items.sort(key=lambda item: (item.path.name not in _LONG, "e2e" not in item.path.parts))


def pytest_runtest_setup() -> None:
    """No test talks to anything beyond this machine."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[embedded.EmbeddedPostgres]:
    """A real server with a migrated template database; `database_url` makes copies of it."""
    folder = Path(tempfile.mkdtemp(prefix="parley-tests-", dir=memory()))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # the watcher is meant to outlive its Popen object
            cluster = embedded.start(folder)
        _execute(cluster.url, *(f"ALTER SYSTEM SET {setting}" for setting in FAST), "SELECT pg_reload_conf()")
        _execute(cluster.url, f"CREATE DATABASE {TEMPLATE}")
        database.upgrade(cluster.database_url(TEMPLATE))
        yield cluster
        cluster._user_lock.close()  # the last user is gone: the watcher stops the server
        _wait_until_gone(folder / "postgres" / "postmaster.pid")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def lender(postgres: embedded.EmbeddedPostgres) -> Lender:
    """Lends the server's databases."""
    return Lender(postgres)


@pytest.fixture
def database_url(lender: Lender) -> Iterator[str]:
    """The address of an empty, migrated database that only this test sees; it may commit."""
    with lender.lent() as url:
        yield url


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


@pytest.fixture(scope="session")
def built_shop(postgres: embedded.EmbeddedPostgres) -> Iterator[str]:
    """The name of a database with the shop of `marked.py` and its warehouse; tests get copies, none is connected."""
    from tests.support.warehouses import built_once  # it brings the whole bot, which other tests do without

    with built_once(postgres) as name:
        yield name


@pytest.fixture(scope="session")
def rasa_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Where a real Rasa server answers with the current model, trained first if its data changed, and its token."""
    if running := os.environ.get("PARLEY_NLU_URL"):
        yield running, os.environ.get("PARLEY_NLU_TOKEN", "")
        return
    folder = tmp_path_factory.getbasetemp()
    with _shared_rasa(folder.parent if _WORKER in os.environ else folder) as address:
        url, _, token = address.partition(" ")
        yield url, token


@pytest.fixture(scope="session")
def rasa(rasa_address: tuple[str, str]) -> Iterator[RasaClient]:
    """A client of the real Rasa server."""
    url, token = rasa_address
    client = RasaClient(url, token=token, timeout=10)
    yield client
    client.close()


@contextmanager
def _shared_rasa(folder: Path) -> Iterator[str]:
    """The address of the one server of all workers, who share `folder`, and behind a space its token.

    The first who needs it starts it, and stops it when no other holds the lock of its users any more.
    """
    address = folder / "rasa.url"
    with (folder / "rasa.start").open("w") as start, (folder / "rasa.users").open("w") as users:
        fcntl.flock(start, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        process = None
        try:
            if not address.exists():
                server.train()
                port = free_port()
                url = f"http://127.0.0.1:{port}"
                token = uuid.uuid4().hex
                process = server.serve(port, token=token, log=folder / "rasa.log")
                server.wait_ready(url, token=token, process=process)
                address.write_text(f"{url} {token}")
            fcntl.flock(start, fcntl.LOCK_UN)
            yield address.read_text()
        finally:
            if process is not None:
                fcntl.flock(users, fcntl.LOCK_EX)
                address.unlink(missing_ok=True)
                process.terminate()
                process.wait()


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
