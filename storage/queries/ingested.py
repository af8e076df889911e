"""The ledger of files that branches handed in."""

from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_new

from domain.records.ingested import FileKind, FileState, IngestedFile
from storage.tables import forgotten, ingested_file

_FILE = ingested_file.c
_COLUMNS = [column for column in _FILE if column.name != "told"]


def remember_forgotten(connection: Connection, marks: Collection[str]) -> None:
    """Notes who is to be taken out of the copies of files."""
    if marks:
        known = insert_new(forgotten).values([{"mark": mark} for mark in marks]).on_conflict_do_nothing()
        connection.execute(known)


def to_be_forgotten(connection: Connection) -> frozenset[str]:
    """Who is to be taken out of the copies of files."""
    return frozenset(connection.execute(select(forgotten.c.mark)).scalars())


def are_taken_out(connection: Connection, marks: Collection[str]) -> None:
    """Notes that they are in no copy any more."""
    connection.execute(delete(forgotten).where(forgotten.c.mark.in_(marks)))


class PostgresIngested:
    """What is kept of handed-in files."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, file: IngestedFile) -> int:
        """Notes what became of a file, and returns its number."""
        values = {**asdict(file), "kind": str(file.kind), "state": str(file.state)}
        del values["file_id"]
        noted: int = self._connection.execute(
            insert(ingested_file).values(values).returning(_FILE.file_id)
        ).scalar_one()
        return noted

    def replace(self, file_id: int) -> None:
        """Notes that a corrected file took the place of one."""
        self._connection.execute(
            update(ingested_file).where(_FILE.file_id == file_id).values(state=str(FileState.REPLACED))
        )

    def stamps(self, source: str) -> Collection[tuple[str, str]]:
        """The names and stamps that were seen of a source: what has one of them was looked at already."""
        rows = self._connection.execute(select(_FILE.name, _FILE.stamp).where(_FILE.source == source))
        return {(row.name, row.stamp) for row in rows}

    def untold(self) -> list[IngestedFile]:
        """Those that nobody told of yet, the oldest first; what was loaded before is no news."""
        news = _FILE.told.is_(False) & (_FILE.state != str(FileState.KNOWN))
        rows = self._connection.execute(select(*_COLUMNS).where(news).order_by(_FILE.file_id))
        return [_to_file(row._mapping) for row in rows]

    def note_told(self, files: Sequence[IngestedFile]) -> None:
        """Notes that the admins heard of files."""
        ids = [file.file_id for file in files]
        self._connection.execute(update(ingested_file).where(_FILE.file_id.in_(ids)).values(told=True))

    def loaded(self, kind: FileKind, digest: str) -> IngestedFile | None:
        """The file whose content this is, if it was loaded."""
        return self._first(_FILE.kind == str(kind), _FILE.digest == digest, _FILE.state == str(FileState.LOADED))

    def before(self, source: str, name: str) -> IngestedFile | None:
        """The file of that name that was loaded last and not replaced."""
        return self._first(_FILE.source == source, _FILE.name == name, _FILE.state == str(FileState.LOADED))

    def last(self, count: int) -> list[IngestedFile]:
        """The latest, the newest first."""
        rows = self._connection.execute(select(*_COLUMNS).order_by(_FILE.file_id.desc()).limit(count))
        return [_to_file(row._mapping) for row in rows]

    def _first(self, *that: ColumnElement[bool]) -> IngestedFile | None:
        row = self._connection.execute(select(*_COLUMNS).where(*that).order_by(_FILE.file_id.desc()).limit(1)).first()
        return None if row is None else _to_file(row._mapping)


def _to_file(row: RowMapping) -> IngestedFile:
    return IngestedFile(**{**row, "kind": FileKind(row["kind"]), "state": FileState(row["state"])})
