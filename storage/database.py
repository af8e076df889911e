"""Connections to Postgres, and the version of its tables (Alembic)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import OperationalError

from storage.errors import DatabaseOutdated, DatabaseUnreachable
from storage.locks import LOCK_TIMEOUT_MS

APP_ROLE = "parley_app"
LEAST_ALIKE = 0.4  # how alike a word and a part of a name must be to be looked at, for misspellings
ANALYST_ROLE = "parley_analyst"


def app_engine(url: str, *, pool_size: int = 10) -> Engine:
    """A pool of connections that act in the role `parley_app` and never wait long for a lock."""
    settings = {
        "role": APP_ROLE,
        "search_path": "jobs,public",
        "lock_timeout": LOCK_TIMEOUT_MS,
        "TimeZone": "UTC",
        "temp_buffers": "256MB",  # at most, and only where temporary tables are used: in imports
        "random_page_cost": 1.1,  # without this the planner reads a whole catalogue instead of its trigram index
        "pg_trgm.word_similarity_threshold": LEAST_ALIKE,
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return create_engine(
        _with_driver(url),
        pool_size=pool_size,
        max_overflow=10,
        hide_parameters=True,  # an error text must not carry addresses into a log
        connect_args={"options": options, "application_name": "parley"},
    )


def owner_engine(url: str) -> Engine:
    """Connections as the user in the address, for migrations and the doctor."""
    return create_engine(_with_driver(url), hide_parameters=True, connect_args={"connect_timeout": 5})


def _with_driver(url: str) -> str:
    parsed = make_url(url)
    return parsed.set(drivername="postgresql+psycopg2").render_as_string(hide_password=False)


@contextmanager
def reachable() -> Iterator[None]:
    """Turns a failed connection into our error.

    Raises:
        DatabaseUnreachable: with the driver's reason.
    """
    try:
        yield
    except OperationalError as exc:
        raise DatabaseUnreachable(str(exc.orig).strip()) from exc


def upgrade(url: str, revision: str = "head") -> None:
    """Brings the tables to the newest version, or to `revision`.

    Raises:
        DatabaseUnreachable: no connection.
    """
    with reachable():
        command.upgrade(_alembic(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Takes the tables back to `revision` ("base" removes them all)."""
    with reachable():
        command.downgrade(_alembic(url), revision)


def check_current(url: str) -> str:
    """The version of the tables.

    Raises:
        DatabaseUnreachable: no connection.
        DatabaseOutdated: they are of another version than the code.
    """
    wanted = ScriptDirectory.from_config(_alembic(url)).get_current_head() or ""
    engine = owner_engine(url)
    try:
        with reachable(), engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    if current != wanted:
        raise DatabaseOutdated(current, wanted)
    return wanted


def _alembic(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = _with_driver(url)
    return config
