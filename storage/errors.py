"""What can go wrong between us and Postgres.

StorageError
├── DatabaseUnreachable
├── DatabaseOutdated
├── WrongHashKey
├── SameHashKey
├── ShopRunning
└── ImportRefused
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
