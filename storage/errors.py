"""What can go wrong between us and Postgres.

StorageError
├── DatabaseUnreachable
├── DatabaseOutdated
├── RightsMissing
├── NotTheOwner
├── WrongHashKey
├── SameHashKey
├── ShopRunning
├── ImportRefused
├── BackupDamaged
├── BackupTooNew
└── DatabaseNotEmpty
"""

from dataclasses import dataclass


class StorageError(Exception):
    """The database could not do what was asked; nothing was changed."""


@dataclass
class DatabaseUnreachable(StorageError):
    """No connection to the database could be made."""

    reason: str


@dataclass
class DatabaseOutdated(StorageError):
    """The database's tables are not those of this version of the code."""

    current: str | None
    wanted: str


@dataclass
class RightsMissing(StorageError):
    """The roles in which the shop acts are not there or lack rights, as after a restore by other means."""

    lacking: tuple[str, ...]


@dataclass
class NotTheOwner(StorageError):
    """Only the owner of the tables may do what was asked."""

    reason: str


class WrongHashKey(StorageError):
    """The database was filled with another key of the e-mail hash; with this one every customer would become two."""


class SameHashKey(StorageError):
    """The old and the new key of the e-mail hash are the same."""


@dataclass
class ShopRunning(StorageError):
    """Processes of the shop are connected to the database, over so many connections."""

    connections: int


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """A row of an import file that cannot be used, and why; `line` counts from 1, the header included."""

    line: int
    reason: str


@dataclass
class ImportRefused(StorageError):
    """The file has bad rows, so none of it was imported."""

    file: str
    bad_rows: tuple[BadRow, ...]
    total_bad: int


@dataclass
class BackupDamaged(StorageError):
    """A file is no backup of ours, or not the one that was written; `reason` says what is wrong with it."""

    file: str
    reason: str


@dataclass
class BackupTooNew(StorageError):
    """A backup is of a version of the tables, or of the file, that this code does not know."""

    version: str


@dataclass
class DatabaseNotEmpty(StorageError):
    """The database to restore into holds something already; the fullest of its tables says how much."""

    table: str
    rows: int
