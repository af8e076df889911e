"""Reads import files: plain or gzipped CSV, the header, the rows with their lines, and what is wrong with them."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any

from domain.model import money
from storage.errors import BadRow, ImportRefused

Progress = Callable[[int, int], None]  # bytes read, bytes in the file

MOST_LISTED = 50
MOST_PIECES = 1_000_000
DEAREST = Decimal("9999999999.99")  # what NUMERIC(12,2) holds
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_NOT_UTF8 = re.compile("[\udc80-\udcff]")  # what `surrogateescape` makes of bytes that are no UTF-8
_LONGEST_HEADER = 1 << 16
_BLOCK = 1 << 18


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """What an import did, or would have done if it was a dry run; `kind` says what is counted: products or orders."""

    file: str
    kind: str
    dry_run: bool
    rows: int
    created: int
    changed: int
    unchanged: int
    customers: int = 0

    def describe(self) -> str:
        """One line for the operator."""
        did = "would be created" if self.dry_run else "created"
        parts = [f"{self.rows:,} rows", f"{self.created:,} {self.kind} {did}"]
        if self.changed:
            parts.append(f"{self.changed:,} changed")
        parts.append(f"{self.unchanged:,} unchanged")
        if self.customers:
            parts.append(f"{self.customers:,} new customers")
        return f"{self.file}: " + ", ".join(parts) + ("; nothing was written" if self.dry_run else "")


class NotPlain(Exception):
    """The file uses quotes or backslashes, so it must be read row by row."""


class Problems:
    """Counts the bad rows of a file and keeps the first `MOST_LISTED`."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._rows: list[BadRow] = []
        self._total = 0

    def add(self, line: int, reason: str) -> None:
        """Notes one bad row."""
        self._total += 1
        if len(self._rows) < MOST_LISTED:
            self._rows.append(BadRow(line=line, reason=reason))

    def refuse(self) -> None:
        """Ends the import if there is any.

        Raises:
            ImportRefused: with the bad rows.
        """
        if self._total:
            raise ImportRefused(self._file, tuple(self._rows), self._total)


class Row:
    """One row: reads its fields by name, and gathers the reasons why they cannot be used."""

    def __init__(self, line: int, fields: dict[str, str]) -> None:
        self.line = line
        self.reasons: list[str] = []
        self._fields = fields

    def text(self, name: str, *, blank: bool = False) -> str:
        """A trimmed text, which may be missing only where `blank` says so."""
        value = self._fields.get(name, "").strip()
        if not value and not blank:
            self.reasons.append(f"{name} is missing")
        return value

    def read(self, name: str, meaning: Callable[[str], str]) -> str:
        """What `meaning` makes of a text; its ValueErrors are reasons."""
        value = self.text(name)
        if not value:
            return ""
        try:
            return meaning(value)
        except ValueError as exc:
            self.reasons.append(str(exc))
            return ""

    def whole(self, name: str, least: int) -> int:
        """A whole number from `least` to `MOST_PIECES`."""
        value = self.text(name)
        if not value:
            return least
        try:
            number = int(value)
        except ValueError:
            self.reasons.append(f"{name} {value!r} is no whole number")
            return least
        if not least <= number <= MOST_PIECES:
            self.reasons.append(f"{name} {value} is not between {least} and {MOST_PIECES:,}")
        return number

    def price(self, name: str, *, blank: bool = False) -> Decimal | None:
        """An amount of money, rounded to cents; None where it is blank."""
        value = self.text(name, blank=blank)
        if not value:
            return None
        try:
            amount = Decimal(value)
        except InvalidOperation:
            self.reasons.append(f"{name} {value!r} is no amount")
            return None
        if not amount.is_finite() or not 0 <= amount <= DEAREST:
            self.reasons.append(f"{name} {value} is not between 0 and {DEAREST:,}")
            return None
        return money(amount)


class ImportFile:
    """An import file whose header was read and understood."""

    def __init__(
        self, path: Path, required: Sequence[str], optional: Sequence[str], progress: Progress | None = None
    ) -> None:
        """Reads the header.

        Raises:
            ImportRefused: it lacks a column, or has an unknown one or one twice, or the file cannot be read.
        """
        self.name = path.name
        self._path = path
        self._progress = progress or (lambda done, total: None)
        self._size = path.stat().st_size
        self.columns = self._read_header(required, optional)

    def rows(self, problems: Problems) -> Iterator[Row]:
        """The rows that are whole, with the line each begins at; the others go to `problems`. Skips blank lines."""
        with self._opened() as stream:
            text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="")
            reader = csv.reader(text, strict=True)
            header_seen = False
            while True:
                line = reader.line_num + 1
                try:
                    fields = next(reader, None)
                except csv.Error as exc:
                    problems.add(line, f"broken quoting: {exc}")
                    continue
                if fields is None:
                    break
                if not any(field.strip() for field in fields):
                    continue
                if not header_seen:
                    header_seen = True
                    continue
                reason = self._broken(fields)
                if reason:
                    problems.add(line, reason)
                else:
                    yield Row(line, dict(zip(self.columns, fields, strict=True)))
            text.detach()

    def plain_blocks(self) -> Iterator[bytes]:
        """The bytes after the header, in blocks.

        Raises:
            NotPlain: a quote or a backslash turned up, after which a line need not be a row.
        """
        with self._opened() as stream:
            stream.readline(_LONGEST_HEADER)
            while block := stream.read(_BLOCK):
                if b'"' in block or b"\\" in block:
                    raise NotPlain
                yield block

    def _broken(self, fields: Sequence[str]) -> str:
        joined = "".join(fields)
        if _NOT_UTF8.search(joined):
            return "it is not UTF-8"
        if "\0" in joined:
            return "it holds a zero byte"
        if len(fields) != len(self.columns):
            return f"it has {len(fields)} fields, the header has {len(self.columns)}"
        return ""

    def _read_header(self, required: Sequence[str], optional: Sequence[str]) -> tuple[str, ...]:
        problems = Problems(self.name)
        with self._opened() as stream:
            first = stream.readline(_LONGEST_HEADER).decode("utf-8", errors="replace")
        names = tuple(name.strip().lower() for name in next(csv.reader([first]), []))
        if not any(names):
            problems.add(1, f"the header is missing; it is {','.join(required)}[,{','.join(optional)}]")
            problems.refuse()
        for column in required:
            if column not in names:
                problems.add(1, f"the header lacks the column {column!r}")
        for column in sorted(set(names)):
            if names.count(column) > 1:
                problems.add(1, f"the header has the column {column!r} twice")
            if column not in (*required, *optional):
                problems.add(1, f"the column {column!r} is unknown; the optional ones are {', '.join(optional)}")
        problems.refuse()
        return names

    @contextmanager
    def _opened(self) -> "Iterator[io.BufferedReader[Any] | gzip.GzipFile]":
        """The unpacked bytes without the byte order mark; reports progress while they are read."""
        with self._path.open("rb") as file:
            counted = io.BufferedReader(_Counting(file, lambda: self._progress(file.tell(), self._size)), 1 << 16)
            stream = gzip.GzipFile(fileobj=counted) if counted.peek(2)[:2] == _GZIP else counted
            try:
                if stream.peek(3)[:3] == _BOM:
                    stream.read(3)
                yield stream
            except (gzip.BadGzipFile, EOFError, zlib.error) as exc:
                raise ImportRefused(self.name, (BadRow(line=1, reason=f"it cannot be unpacked: {exc}"),), 1) from exc


class _Counting(io.RawIOBase):
    """Passes reads on and tells about each."""

    def __init__(self, file: IO[bytes], tell: Callable[[], None]) -> None:
        self._file = file
        self._tell = tell

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        self._tell()
        return len(block)
