"""A backup of the whole database into one file, from one snapshot, and the way back, in one transaction. (ADR 9)"""

import hmac
import os
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from graphlib import TopologicalSorter
from pathlib import Path

from sqlalchemy import Connection, text

from storage.copying import driver
from storage.errors import BackupDamaged, BackupTooNew, DatabaseNotEmpty, WrongHashKey
from storage.server.database import head, knows, owner_engine, owning, reachable, upgrade_within
from storage.server.rights import SCHEMAS, WAREHOUSE_SCHEMAS
from storage.upkeep import backup_file, rekeying
from storage.upkeep.backup_file import Manifest, TableRows, onward

WRITING, CHECKING, RESTORING = "writing", "checking", "restoring"
# Every process that starts writes there; automations come with the tables, and what staff does with them is in the log.
_EMPTY_ANYWAY = ("chat.key_check", "jobs.heartbeat", "chat.campaign")

_TABLES = text("""
    SELECT n.nspname || '.' || quote_ident(c.relname) AS name, (
        SELECT array_agg(quote_ident(a.attname) ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ) AS columns, (
        SELECT coalesce(array_agg(DISTINCT f.nspname || '.' || quote_ident(t.relname)), '{}') FROM pg_constraint k
        JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace f ON f.oid = t.relnamespace
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> k.conrelid
    ) AS refers_to
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY(:schemas) AND c.relkind = 'r' ORDER BY name
""")
_SEQUENCES = text("""
    SELECT n.nspname || '.' || quote_ident(c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY(:schemas) AND c.relkind = 'S' ORDER BY 1
""")
_SET = text("SELECT setval(CAST(:name AS regclass), :at, :called)")
_REVISION = text("SELECT version_num FROM alembic_version")

Progress = Callable[[str, int, int], None]  # WRITING, CHECKING or RESTORING; how many rows, of how many


def back_up(url: str, file: Path, *, key: bytes, now: datetime, progress: Progress) -> Manifest:
    """Writes a backup into a new file that only its owner may read. The shop may go on meanwhile.

    Args:
        url: the database's, as its owner.
        file: is there in the end, whole, or not at all.
        key: of the e-mail hash; only a check value of it is written.
        now: when the backup is made.
        progress: hears how far it is.

    Raises:
        WrongHashKey: the database was filled with another key.
        OSError: the file is there already, or cannot be written.
        NotTheOwner: the user in the address may not read every table.
        DatabaseUnreachable: no connection.
    """
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    engine = owner_engine(url)
    try:
        with reachable(), owning():
            rekeying.check_key(engine, key)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            snapshot = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with reachable(), owning(), snapshot.begin() as connection, backup_file.created(out) as archive:
                manifest = _write(connection, archive, key, now, partial(progress, WRITING))
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)  # not over a file that is there
    finally:
        draft.unlink(missing_ok=True)
        engine.dispose()
    return manifest


def restore(url: str, file: Path, *, key: bytes, replace: bool, progress: Progress) -> Manifest:
    """Brings a database to what a backup holds, at this code's version of the tables: all of it or nothing.

    Args:
        url: the database's, as its owner.
        file: what `back_up` wrote; it is checked wholly before the database is touched.
        key: of the e-mail hash.
        replace: whether what the database holds may go.
        progress: hears how far it is.

    Raises:
        BackupDamaged: the file is no backup, or not as it was written.
        BackupTooNew: it is of a later version of the code.
        WrongHashKey: it was made under another key.
        DatabaseNotEmpty: there is something in the database, and it may not go.
        ShopRunning: a process of the shop is connected.
        NotTheOwner: the user in the address may not make tables or roles.
        DatabaseUnreachable: no connection.
    """
    with backup_file.opened(file) as (archive, manifest):
        if not knows(manifest.revision):
            raise BackupTooNew(f"version {manifest.revision} of the tables")
        if not hmac.compare_digest(manifest.key_check, rekeying.proof_of(key)):
            raise WrongHashKey
        backup_file.verify(archive, manifest, partial(progress, CHECKING))
        engine = owner_engine(url)
        try:
            with reachable(), owning(), engine.begin() as connection:
                rekeying.check_alone(connection)
                if not replace:
                    _check_empty(connection)
                _load(connection, archive, manifest, partial(progress, RESTORING))
        finally:
            engine.dispose()
    return manifest


def _write(
    connection: Connection, archive: zipfile.ZipFile, key: bytes, now: datetime, tell: Callable[[int, int], None]
) -> Manifest:
    found = _tables(connection)
    total = sum(_count(connection, name) for name in found)
    done, tables = 0, []
    for name, columns in found.items():
        with (
            backup_file.rows_written(archive, name, onward(tell, done, total)) as stream,
            driver(connection).cursor() as cursor,
        ):
            cursor.copy_expert(f"COPY {name} ({', '.join(columns)}) TO STDOUT (ENCODING 'UTF8')", stream)
        done += stream.rows
        tables.append(TableRows(name=name, columns=columns, rows=stream.rows, sha256=stream.sha256))
    manifest = Manifest(
        made_at=now.isoformat(),
        revision=connection.execute(_REVISION).scalar_one(),
        key_check=rekeying.proof_of(key),
        tables=tuple(tables),
        sequences=_sequences(connection),  # last: they belong to no snapshot, and must not lie behind the rows
    )
    backup_file.write_manifest(archive, manifest)
    tell(total, total)
    return manifest


def _load(
    connection: Connection, archive: zipfile.ZipFile, manifest: Manifest, tell: Callable[[int, int], None]
) -> None:
    connection.execute(text(f"DROP SCHEMA IF EXISTS {', '.join((*SCHEMAS, *WAREHOUSE_SCHEMAS))} CASCADE"))
    connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    upgrade_within(connection, manifest.revision)
    there = _tables(connection)
    _check_fit(archive, manifest, there, _sequences(connection))
    connection.execute(text(f"TRUNCATE {', '.join(there)}"))  # rows that come with the tables are in the backup, too
    for name in there:
        connection.execute(
            text(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        )  # the queue's would write rows of their own
    done = 0
    for table in manifest.tables:
        with (
            backup_file.rows_read(archive, table.name, onward(tell, done, manifest.rows)) as stream,
            driver(connection).cursor() as cursor,
        ):
            cursor.copy_expert(f"COPY {table.name} ({', '.join(table.columns)}) FROM STDIN (ENCODING 'UTF8')", stream)
        done += table.rows
    for name, (at, called) in manifest.sequences.items():
        connection.execute(_SET, {"name": name, "at": at, "called": called})
    for name in there:
        connection.execute(text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))
    upgrade_within(connection, head())
    for name in _tables(connection):
        connection.execute(text(f"ANALYZE {name}"))
    tell(manifest.rows, manifest.rows)


def _check_fit(
    archive: zipfile.ZipFile, manifest: Manifest, there: dict[str, tuple[str, ...]], sequences: Iterable[str]
) -> None:
    """Whether tables of that version have these names and columns: they become a part of statements."""
    same = {table.name: set(table.columns) for table in manifest.tables} == {
        name: set(columns) for name, columns in there.items()
    }
    if not same or set(manifest.sequences) != set(sequences):
        raise BackupDamaged(str(archive.filename), f"its tables are not those of version {manifest.revision}")


def _check_empty(connection: Connection) -> None:
    counts = {name: _count(connection, name) for name in _tables(connection) if name not in _EMPTY_ANYWAY}
    fullest = max(counts, key=counts.__getitem__, default="")
    if counts.get(fullest):
        raise DatabaseNotEmpty(fullest, counts[fullest])


def _tables(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Our tables' columns, in an order in which references are met."""
    found = {row.name: row for row in connection.execute(_TABLES, {"schemas": list(SCHEMAS)})}
    order = TopologicalSorter({name: row.refers_to for name, row in found.items()}).static_order()
    return {name: tuple(found[name].columns) for name in order}


def _sequences(connection: Connection) -> dict[str, tuple[int, bool]]:
    names = connection.execute(_SEQUENCES, {"schemas": list(SCHEMAS)}).scalars().all()
    rows = {name: connection.execute(text(f"SELECT last_value, is_called FROM {name}")).one() for name in names}  # noqa: S608 - ours
    return {name: (row.last_value, row.is_called) for name, row in rows.items()}


def _count(connection: Connection, name: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one())  # noqa: S608 - ours
