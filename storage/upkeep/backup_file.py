"""What a backup's file is: a zip of each table's rows as `COPY` writes them, and last a manifest.

The manifest holds the version of the tables, row counts, checksums, the sequences, and a check value of the key of the
e-mail hash. Tables, triggers, roles and rights are not in the file: the migrations make them. So a backup of one
server fits another one, and a later version of the code.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from storage.errors import BackupDamaged, BackupTooNew

FORMAT = 1
_MANIFEST = "manifest.json"
_MOST_MANIFEST = 4 * 2**20  # bytes; a real one has some ten thousand
_BLOCK = 2**20
_FAST = 3  # zlib's level: half the time of its default, a tenth more bytes

# What reading a zip raises where it was changed.
_BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError, RuntimeError)

Told = Callable[[int], None]  # how many rows are done


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRows:
    """The rows of one table in a backup; `sha256` is of what `COPY` wrote."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What a backup says of itself; tables stand in an order in which their references are met."""

    made_at: str
    revision: str
    key_check: str
    tables: tuple[TableRows, ...]
    sequences: Mapping[str, tuple[int, bool]]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """How many rows all tables have."""
        return sum(table.rows for table in self.tables)


class RowStream:
    """One table's rows on their way into or out of a backup: counts them, sums them up, and tells how far it is.

    In the text format of `COPY` each row ends with the only line feed in it.
    """

    def __init__(self, file: IO[bytes], told: Told) -> None:
        self._file = file
        self._told = told
        self._digest = hashlib.sha256()
        self.rows = 0

    def write(self, block: bytes) -> int:
        """Takes a block, cut anywhere."""
        self._file.write(block)
        return len(self._noted(block))

    def read(self, size: int = _BLOCK) -> bytes:
        """The next block; nothing at the end."""
        return self._noted(self._file.read(size))

    @property
    def sha256(self) -> str:
        """The checksum of what went through."""
        return self._digest.hexdigest()

    def _noted(self, block: bytes) -> bytes:
        self._digest.update(block)
        if rows := block.count(b"\n"):
            self.rows += rows
            self._told(self.rows)
        return block


def created(file: IO[bytes]) -> zipfile.ZipFile:
    """A backup that is being written."""
    return zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST)


def onward(tell: Callable[[int, int], None], before: int, total: int) -> Told:
    """Tells how many rows of all are done, for one table after `before` others' rows."""
    return lambda rows: tell(before + rows, total)


@contextmanager
def rows_written(archive: zipfile.ZipFile, name: str, told: Told) -> Iterator[RowStream]:
    """A stream that takes one table's rows, however many they are."""
    with archive.open(_member(name), "w", force_zip64=True) as member:
        yield RowStream(member, told)


@contextmanager
def rows_read(archive: zipfile.ZipFile, name: str, told: Told) -> Iterator[RowStream]:
    """A stream that gives one table's rows."""
    with archive.open(_member(name)) as member:
        yield RowStream(member, told)


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Ends a backup."""
    archive.writestr(_MANIFEST, json.dumps(asdict(manifest), indent=1))


@contextmanager
def opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup that can be read.

    Raises:
        BackupDamaged: the file is none, or its end is missing.
        BackupTooNew: this code does not know its form.
    """
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN as exc:
        raise BackupDamaged(str(file), "it is no backup, or its end is missing") from exc
    with archive:
        yield archive, _manifest(archive, file)


def verify(archive: zipfile.ZipFile, manifest: Manifest, tell: Callable[[int, int], None]) -> None:
    """Reads everything once and compares it with the manifest.

    Raises:
        BackupDamaged: something is missing or was changed.
    """
    done = 0
    for table in manifest.tables:
        damaged = BackupDamaged(str(archive.filename), f"the rows of {table.name} are not those that were written")
        try:
            with rows_read(archive, table.name, onward(tell, done, manifest.rows)) as stream:
                while stream.read():
                    pass
        except _BROKEN as exc:
            raise damaged from exc
        if (stream.rows, stream.sha256) != (table.rows, table.sha256):
            raise damaged
        done += table.rows


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        if archive.getinfo(_MANIFEST).file_size > _MOST_MANIFEST:
            raise ValueError("too long")
        given = json.loads(archive.read(_MANIFEST))
        if given["format"] != FORMAT:
            raise BackupTooNew(f"form {given['format']}")
        tables = tuple(TableRows(**{**table, "columns": tuple(table["columns"])}) for table in given.pop("tables"))
        sequences = {name: (int(at), bool(called)) for name, (at, called) in given.pop("sequences").items()}
        return Manifest(tables=tables, sequences=sequences, **given)
    except (*_BROKEN, TypeError, AttributeError) as exc:
        raise BackupDamaged(str(file), "its manifest is missing or cannot be read") from exc


def _member(name: str) -> str:
    return f"{name}.copy"
