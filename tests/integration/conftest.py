"""What races on real Postgres need: threads, and somebody who sees that they wait."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection

from storage.database import owner_engine

MOST_AT_ONCE = 50


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Runs what happens at the same time."""
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        yield pool


@pytest.fixture
def watcher(database_url: str) -> Iterator[Connection]:
    """Sees who waits for a lock in the test's database."""
    engine = owner_engine(database_url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
