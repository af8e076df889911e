"""Databases of the tests' servers, and servers of their own."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from storage.server import embedded
from storage.server.database import app_engine, owner_engine

TEMPLATE = "template_parley"
# A test's database is thrown away, so nothing of it has to survive a power cut.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")
_ROOM = 4 * 2**30  # bytes of memory that must be free for the databases to live there


def memory() -> Path | None:
    """A file system in memory, where one with room for the databases is.

    Ext4 without a journal, as in virtual machines, does not reuse the inode of a deleted file for a minute, and skips
    those one by one: copying and dropping hundreds of files for each test then takes most of the suite's time.
    """
    shared = Path("/dev/shm")
    return shared if shared.is_dir() and shutil.disk_usage(shared).free > _ROOM else None


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
