"""Fills tables by `COPY`, the fastest way into Postgres, from Python's rows or from a file's own bytes."""

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol

import psycopg2.extensions
from sqlalchemy import Connection

_ROWS_AT_ONCE = 1000
_DISTINCT_AT_ONCE = 5000


class Writable(Protocol):
    """What can be written to, such as a file."""

    def write(self, block: bytes, /) -> int:
        """Takes a block of bytes; returns how many."""
        ...


def copy(
    connection: Connection,
    into: str,
    blocks: Iterable[bytes],
    *,
    not_null: Collection[str] = (),
    freeze: bool = False,
) -> int:
    """Copies CSV without a header into a table, given as `name (columns)`, and returns the number of rows.

    Args:
        connection: in a transaction.
        into: the table and its columns.
        blocks: the CSV, cut anywhere.
        not_null: the columns in which blank fields are blank texts; in the others they are NULL.
        freeze: spares the first reader a second writing of the table; only right after the table was made.

    Raises:
        psycopg2.DataError, psycopg2.IntegrityError: the table does not take a row.
    """
    stream = _Stream(blocks)
    options = f", FORCE_NOT_NULL ({', '.join(not_null)})" if not_null else ""
    options += ", FREEZE" if freeze else ""
    with driver(connection).cursor() as cursor:
        cursor.copy_expert(f"COPY {into} FROM STDIN (FORMAT csv, ENCODING 'UTF8'{options})", stream)
        stream.finish()
        return cursor.rowcount


def copy_out(connection: Connection, query: str, values: Mapping[str, object], file: Writable) -> None:
    """Writes the rows of a query into a file, as CSV without a header."""
    with driver(connection).cursor() as cursor:
        rows = cursor.mogrify(query, values).decode()
        cursor.copy_expert(f"COPY ({rows}) TO STDOUT (FORMAT csv, ENCODING 'UTF8')", file)


def as_csv(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Writes rows as CSV in blocks; None becomes a blank field."""
    remaining = iter(rows)
    while block := list(islice(remaining, _ROWS_AT_ONCE)):
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(block)
        yield buffer.getvalue().encode()


def translate(connection: Connection, distinct: str, into: str, meaning: Callable[[str], Sequence[object]]) -> None:
    """Copies what Python makes of each text that a query finds; the memory needed does not grow with their number.

    Args:
        connection: in a transaction.
        distinct: a query for the texts, each once.
        into: the table and its columns, of which the first takes the text itself.
        meaning: gives the other columns' values; its exceptions end the work.
    """
    with driver(connection).cursor("distinct_texts") as found:
        found.execute(distinct)
        while texts := found.fetchmany(_DISTINCT_AT_ONCE):
            copy(connection, into, as_csv((one, *meaning(one)) for (one,) in texts))


def driver(connection: Connection) -> psycopg2.extensions.connection:
    """The driver's own connection, which speaks `COPY`."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg2.extensions.connection):
        raise TypeError("COPY needs a connection of psycopg2")
    return driver


class _Stream(io.RawIOBase):
    """What `COPY` reads from.

    An exception inside it would reach the caller as a message of the driver's only, so it is kept for `finish`.
    """

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._failure: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """The next block; nothing at the end or after a failure."""
        try:
            return next(self._blocks, b"")
        except Exception as exc:  # `finish` raises it
            self._failure = exc
            return b""

    def finish(self) -> None:
        """Raises what went wrong while reading, if anything did."""
        if self._failure is not None:
            raise self._failure
