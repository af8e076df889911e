"""Connections to Postgres, and the version of its tables (Alembic)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from psycopg2.errors import InsufficientPrivilege
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from domain.errors import Away
from storage.errors import DatabaseOutdated, DatabaseUnreachable, NotTheOwner, RightsMissing
from storage.locks import LOCK_TIMEOUT_MS
from storage.server import rights

APP_ROLE, ANALYST_ROLE = rights.APP_ROLE, rights.ANALYST_ROLE  # migrations know them by these names

# disk_full, io_error, admin_shutdown, crash_shutdown, cannot_connect_now, read_only_sql_transaction
_AWAY = {"53100", "58030", "57P01", "57P02", "57P03", "25006"}
# A server that is stopped or cut off says nothing, not even that.
_WAITS = {"connect_timeout": 5, "tcp_user_timeout": 10_000}  # seconds, milliseconds
POOL_SECONDS = 10.0
LEAST_ALIKE = 0.4  # how alike a word and a part of a name must be to be looked at, for misspellings


class _Pool(QueuePool):
    """A pool in which nobody waits for ever, because all its connections may wait for a server that hangs."""

    def connect(self) -> PoolProxiedConnection:
        """As its parent; one that is not free in time is as good as none."""
        try:
            return super().connect()
        except NoneFree as exc:
            raise Away from exc


def app_engine(url: str, *, pool_size: int = 10, role: str = APP_ROLE, autocommit: bool = False) -> Engine:
    """A pool of connections that act in a role without more rights than it needs, and never wait long for a lock.

    With `autocommit` each statement is a transaction, which saves two ways to the server.
    """
    settings = {
        "role": role,
        "search_path": "jobs,public",
        "lock_timeout": LOCK_TIMEOUT_MS,
        "TimeZone": "UTC",
        "temp_buffers": "256MB",  # at most, and only where temporary tables are used: in imports
        "random_page_cost": 1.1,  # without this the planner reads a whole catalogue instead of its trigram index
        "pg_trgm.word_similarity_threshold": LEAST_ALIKE,
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    engine = create_engine(
        _with_driver(url),
        poolclass=_Pool,
        pool_size=pool_size,
        pool_timeout=POOL_SECONDS,
        max_overflow=10,
        isolation_level="AUTOCOMMIT" if autocommit else None,
        hide_parameters=True,  # an error text must not carry addresses into a log
        connect_args={"options": options, "application_name": "parley", **_WAITS},
    )
    event.listen(engine, "handle_error", _away)
    return engine


def _away(context: ExceptionContext) -> None:
    """Turns a lost connection, a full disk and a database that only reads into our error, wherever it is met."""
    code = getattr(context.original_exception, "pgcode", None)
    unreached = code is None and isinstance(context.sqlalchemy_exception, OperationalError)
    if context.is_disconnect or unreached or code in _AWAY:
        raise Away from context.original_exception


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
    except Away as exc:  # what the shop's own engine makes of it
        raise DatabaseUnreachable(str(exc.__cause__).strip()) from exc


@contextmanager
def _as_owner(url: str) -> Iterator[Engine]:
    engine = owner_engine(url)
    try:
        with reachable():
            yield engine
    finally:
        engine.dispose()


def writes(engine: Engine) -> bool:
    """Whether a transaction that writes can be committed, and there is room on the disk: no row stays anywhere.

    A message in the log finds what cannot be written at all; a function's rows that do not fit into the little memory
    go to a file, for which a full disk has no room.

    Raises:
        Away: it cannot.
    """
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_logical_emit_message(true, 'parley', 'ready?')"))
        connection.execute(text("SET LOCAL work_mem = '64kB'"))
        connection.execute(text("SELECT count(*) FROM generate_series(1, 20000)"))
        return connection.execute(text("SHOW transaction_read_only")).scalar() == "off"


def upgrade(url: str, revision: str = "head") -> None:
    """Brings the tables to the newest version, or to `revision`, and mends the roles and their rights: all or nothing.

    Raises:
        DatabaseUnreachable: no connection.
        NotTheOwner: the user in the address may not do that.
    """
    with _as_owner(url) as engine, owning(), engine.begin() as connection:
        upgrade_within(connection, revision)


def make_logins(url: str, passwords: Mapping[str, str]) -> None:
    """Makes the parts' own logins, or changes their passwords; see `rights.make_logins`.

    Raises:
        DatabaseUnreachable: no connection.
        NotTheOwner: the user in the address may not make roles.
    """
    with _as_owner(url) as engine, owning(), engine.begin() as connection:
        rights.make_logins(connection, passwords)


def may_own(url: str) -> bool:
    """Whether the user in the address could change the tables themselves; see `rights.may_own`.

    Raises:
        DatabaseUnreachable: no connection.
    """
    with _as_owner(url) as engine, engine.connect() as connection:
        return rights.may_own(connection)


def upgrade_within(connection: Connection, revision: str = "head") -> None:
    """As `upgrade`, in the transaction of `connection`."""
    command.upgrade(_alembic(connection), revision)
    rights.mend(connection)


@contextmanager
def owning() -> Iterator[None]:
    """Turns a refusal for want of rights into our error.

    Raises:
        NotTheOwner: with the driver's reason.
    """
    try:
        yield
    except InsufficientPrivilege as exc:  # of the driver itself, as `COPY` raises it
        raise NotTheOwner(str(exc).strip()) from exc
    except ProgrammingError as exc:
        if isinstance(exc.orig, InsufficientPrivilege):
            raise NotTheOwner(str(exc.orig).strip()) from exc
        raise


def downgrade(url: str, revision: str) -> None:
    """Takes the tables back to `revision` ("base" removes them all)."""
    with _as_owner(url) as engine, engine.begin() as connection:
        command.downgrade(_alembic(connection), revision)


def head() -> str:
    """The version of the tables that this code needs."""
    return ScriptDirectory.from_config(_alembic()).get_current_head() or ""


def knows(revision: str) -> bool:
    """Whether this code has been at a version of the tables."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions())


def check_current(url: str) -> str:
    """The version of the tables.

    Raises:
        DatabaseUnreachable: no connection.
        DatabaseOutdated: they are of another version than the code.
        RightsMissing: the roles in which the shop acts are not there, or may not do what they must.
    """
    wanted = head()
    with _as_owner(url) as engine, engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        lacking = rights.missing(connection) if current == wanted else ()
    if current != wanted:
        raise DatabaseOutdated(current, wanted)
    if lacking:
        raise RightsMissing(lacking)
    return wanted


def _alembic(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    config.attributes["connection"] = connection
    return config
