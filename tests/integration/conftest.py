"""What tests of the database need: threads, somebody who sees that they wait, a warehouse, a bucket."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from moto.server import ThreadedMotoServer
from sqlalchemy import Connection, Engine

from storage.server import embedded
from tests.support.databases import as_owner, own_database

MOST_AT_ONCE = 50
KEYS = (("ACCESS_KEY_ID", "key"), ("SECRET_ACCESS_KEY", "secret"), ("DEFAULT_REGION", "us-east-1"))


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
