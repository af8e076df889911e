"""What tests of the database itself need: threads, somebody who sees that they wait, the owner, another server."""

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from sqlalchemy import Connection, Engine, make_url, text

from storage.server import embedded
from storage.server.database import app_engine, make_logins, owner_engine
from tests.conftest import TEMPLATE
from tests.support.marked import fill_marked
from tests.support.warehouses import build

MOST_AT_ONCE = 50
KEYS = (("ACCESS_KEY_ID", "key"), ("SECRET_ACCESS_KEY", "secret"), ("DEFAULT_REGION", "us-east-1"))
BUILT_AS_OF = date(2026, 5, 12)  # of `built_shop`


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Runs what happens at the same time."""
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        yield pool


@pytest.fixture
def watcher(database_url: str) -> Iterator[Connection]:
    """Sees who waits for a lock in the test's database."""
    with as_owner(database_url) as connection:
        yield connection


@contextmanager
def as_owner(url: str) -> Iterator[Connection]:
    """A connection of the owner, each of whose statements is committed and sees what others committed."""
    engine = owner_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@contextmanager
def own_database(postgres: embedded.EmbeddedPostgres, name: str, template: str = TEMPLATE) -> Iterator[Engine]:
    """Connections to one more database of the tests' server, which goes when its tests are done."""
    with as_owner(postgres.url) as owner:
        owner.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        pool = app_engine(postgres.database_url(name))
        yield pool
        pool.dispose()
        owner.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def own_server() -> Iterator[tuple[embedded.EmbeddedPostgres, Path]]:
    """A server that has never heard of our roles, and its folder."""
    folder = Path(tempfile.mkdtemp(prefix="parley-server-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the watcher is meant to outlive its Popen object
        server = embedded.start(folder)
    yield server, folder
    server._user_lock.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def built_shop(postgres: embedded.EmbeddedPostgres) -> Iterator[str]:
    """The name of a database with the shop of `marked.py` and its warehouse; nobody may be connected to it.

    It is built once, by the worker's own login. Tests get copies.
    """
    name = f"built_shop_{uuid.uuid4().hex}"
    make_logins(postgres.url, {"worker": "a test's"})
    with own_database(postgres, name) as engine:
        fill_marked(engine)
        url = make_url(postgres.database_url(name)).set(username="parley_worker")
        with_login = app_engine(url.render_as_string(hide_password=False))
        build(with_login, url.render_as_string(hide_password=False), BUILT_AS_OF)
        with_login.dispose()
        engine.dispose()
        yield name


@pytest.fixture
def warehoused(postgres: embedded.EmbeddedPostgres, built_shop: str) -> Iterator[Engine]:
    """Connections in the application's role to a copy of that database."""
    with own_database(postgres, f"copy_{uuid.uuid4().hex}", built_shop) as engine:
        yield engine


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of moto's S3; its name."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (("ENDPOINT_URL", f"http://{host}:{port}"), *KEYS):
        monkeypatch.setenv(f"AWS_{name}", value)
    boto3.client("s3").create_bucket(Bucket="branches")
    yield "branches"
    server.stop()
