"""Files that branches hand in, and what became of each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FileKind(StrEnum):
    """What a file holds, first what others speak of."""

    INVENTORY = "inventory"
    CUSTOMERS = "customers"
    ORDERS = "orders"
    SHIPMENTS = "shipments"
    TICKETS = "tickets"


class FileState(StrEnum):
    """What became of a file."""

    LOADED = "loaded"
    QUARANTINED = "quarantined"
    REPLACED = "replaced"  # by a corrected one of its name
    KNOWN = "known"  # its content was loaded before


@dataclass(frozen=True, kw_only=True, slots=True)
class IngestedFile:
    """A file that was taken in, or not.

    Attributes:
        source: the address of the folder or bucket.
        stamp: what the folder tells a new content by: size and time of change, or an entity tag.
        digest: the SHA-256 of the content, in hexadecimal.
        kept_at: where the untouched copy is, below the lake's address.
        said: what became of it, in words.
        removed: orders that only the file before it had.
    """

    file_id: int = 0
    source: str
    name: str
    kind: FileKind
    stamp: str
    digest: str
    bytes: int
    state: FileState
    kept_at: str
    said: str
    rows: int = 0
    removed: int = 0
    at: datetime
