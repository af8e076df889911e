"""Reads import files, plain or gzipped CSV: the header, and the rows with the lines on which they begin."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import IO, Any

import re2

from storage.errors import BadRow, ImportRefused
from storage.imports.forms import NOT_UTF8, likely, not_csv, separator
from storage.imports.rows import MOST_LISTED, Problems, Row

Progress = Callable[[int, int], None]  # bytes read, bytes in the file

_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_NOT_UTF8 = re.compile("[\udc80-\udcff]")  # what `surrogateescape` makes of bytes that are no UTF-8
_LONGEST_HEADER = 1 << 16
_LONGEST_LINE = 1 << 20  # characters
MOST_BYTES = 1_000_000_000  # of a packed file, unpacked
_PATTERN_BYTES = 128 << 20  # at most; with less it goes step by step, at a tenth of the pace
_BLOCK = 1 << 16  # bytes; half of the longest field that `csv` reads


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """What an import did, or would have done if it was a dry run; `kind` says what is counted, such as products."""

    file: str
    kind: str
    dry_run: bool
    rows: int
    created: int
    changed: int
    unchanged: int
    customers: int = 0
    removed: int = 0  # what only the file before it had
    left_out: int = 0  # rows with negative quantities
    rounded: int = 0  # prices of half a cent
    rounded_lines: tuple[str, ...] = ()  # the first of them, in words
    doubts: int = 0  # rows that were taken as they are, and may be mistakes
    doubt_lines: tuple[str, ...] = ()  # the first of them, in words
    new_lines: tuple[tuple[int, str, int], ...] = ()  # of orders that became longer: line, product, quantity
    changes: tuple[str, ...] = ()  # what became of each row that changed something, in words
    entry_id: int = 0  # of products: the import's number in the audit log, by which it is undone

    def describe(self) -> str:
        """One line for the operator, and one for each rounded price, doubt, change, and line added to an order."""
        did = "would be created" if self.dry_run else "created"
        parts = [f"{self.rows:,} rows", f"{self.created:,} {self.kind} {did}"]
        if self.changed:
            parts.append(f"{self.changed:,} changed")
        parts.append(f"{self.unchanged:,} unchanged")
        if self.removed:
            parts.append(f"{self.removed:,} of the file before are gone")
        if self.left_out:
            parts.append(f"{self.left_out:,} returns left out")
        if self.customers:
            parts.append(f"{self.customers:,} new customers")
        if self.new_lines:
            parts.append(f"{len(self.new_lines):,} lines added to orders that were imported before")
        if self.rounded:
            parts.append(f"{self.rounded:,} prices rounded to cents")
        if self.doubts:
            parts.append(f"{self.doubts:,} doubtful")
        undo = f"; `parley inventory undo {self.entry_id}` or /inventory undo {self.entry_id} takes it back"
        end = "; nothing was written" if self.dry_run else undo if self.entry_id else ""
        said = f"{self.file}: {', '.join(parts)}{end}"
        added = [f"line {line}: {count} of {product}" for line, product, count in self.new_lines]
        rounded, new = _listed(self.rounded_lines, self.rounded), _listed(added, len(added))
        doubts, changes = _listed(self.doubt_lines, self.doubts), _listed(self.changes, len(self.changes))
        return "\n".join([said, *rounded, *doubts, *changes, *new])


def _listed(lines: Sequence[str], count: int) -> list[str]:
    more = [f"… and {count - MOST_LISTED:,} more"] if count > MOST_LISTED else []
    return [f"  {line}" for line in (*lines[:MOST_LISTED], *more)]


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportRules:
    """How a file is taken in.

    `rounding` rounds money with more than two decimals, `skip_returns` leaves rows with negative quantities out: both
    are refused else. `dry_run` does everything, then undoes it. `progress` hears of the bytes read and the file's size;
    `most_bytes` is how large a packed file may be, unpacked; `store` is the branch that all of a file is of.
    """

    rounding: bool = False
    skip_returns: bool = False
    dry_run: bool = False
    progress: Progress | None = None
    most_bytes: int = MOST_BYTES
    store: str = ""


STRICT = ImportRules()


class NotPlain(Exception):
    """A line of the file is not plain, so it must be read row by row."""


class TextFile:
    """A file of lines, perhaps packed, and what was noted while it was read."""

    def __init__(self, path: Path, rules: ImportRules = STRICT) -> None:
        """Raises:
        ImportRefused: the file cannot be read.
        """
        self.name = path.name
        self.left_out = 0  # rows that the caller asked to leave out
        self.rounded = 0
        self.rounded_lines: list[str] = []
        self.doubts = 0
        self.doubt_lines: list[str] = []
        self._path = path
        self._dry_run = rules.dry_run
        self._progress = rules.progress or (lambda done, total: None)
        self._most_bytes = rules.most_bytes
        with self._readable():
            self._size = path.stat().st_size

    def lines(self) -> Iterator[tuple[int, str]]:
        """Its lines with their numbers, none of which fills the memory; bytes that are no UTF-8 are surrogates.

        Raises:
            ImportRefused: one is too long, or the file cannot be unpacked.
        """
        with self._readable(), self._opened() as stream:
            text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="")
            yield from enumerate(self._lines(text), 1)
            text.detach()

    def note_rounded(self, row: Row) -> None:
        """Counts the prices of a row that were rounded, and keeps the first `MOST_LISTED`."""
        for reason in row.rounded:
            self.rounded += 1
            if self.rounded <= MOST_LISTED:
                self.rounded_lines.append(f"line {row.line}: {reason}")

    def note_doubt(self, line: int, doubt: str) -> None:
        """Counts what was taken and may be a mistake, and keeps the first `MOST_LISTED`."""
        self.doubts += 1
        if self.doubts <= MOST_LISTED:
            self.doubt_lines.append(f"line {line}: {doubt}")

    def result(
        self, kind: str, *, rows: int, created: int, changed: int, unchanged: int, changes: tuple[str, ...] = ()
    ) -> ImportResult:
        """What the import did, with what was noted while the file was read."""
        return ImportResult(
            file=self.name,
            kind=kind,
            dry_run=self._dry_run,
            rows=rows,
            created=created,
            changed=changed,
            unchanged=unchanged,
            left_out=self.left_out,
            rounded=self.rounded,
            rounded_lines=tuple(self.rounded_lines),
            doubts=self.doubts,
            doubt_lines=tuple(self.doubt_lines),
            changes=changes,
        )

    def _refused(self, reason: str, line: int = 1) -> ImportRefused:
        return ImportRefused(self.name, (BadRow(line=line, reason=reason),), 1)

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except OSError as exc:
            if isinstance(exc, gzip.BadGzipFile):
                raise
            raise self._refused(f"it cannot be read: {(exc.strerror or str(exc)).lower()}") from exc

    def _lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        """Its lines, none of which fills the memory."""
        for number in count(1):
            line = text.readline(_LONGEST_LINE)
            if len(line) == _LONGEST_LINE:
                raise self._refused(f"it is longer than {_LONGEST_LINE:,} characters", number)
            if not line:
                return
            yield line

    @contextmanager
    def _opened(self) -> "Iterator[io.BufferedReader[Any]]":
        """The unpacked bytes without the byte order mark; reports progress while they are read."""
        with self._path.open("rb") as file:
            counted = io.BufferedReader(_Counting(file, lambda: self._progress(file.tell(), self._size)), 1 << 16)
            stream = self._unpacked(counted) if counted.peek(2)[:2] == _GZIP else counted
            try:
                if stream.peek(3)[:3] == _BOM:
                    stream.read(3)
                yield stream
            except (gzip.BadGzipFile, EOFError, zlib.error) as exc:
                cause = "cut off; copy it" if isinstance(exc, EOFError) else "damaged; pack or copy it"
                raise self._refused(f"it cannot be unpacked, because it is {cause} again") from exc

    def _unpacked(self, packed: "io.BufferedReader[Any]") -> "io.BufferedReader[Any]":
        """What is packed, up to the size that is allowed: a small file may unpack to what no disk holds."""
        unpacked = gzip.GzipFile(fileobj=packed)

        def bound() -> None:
            if unpacked.tell() > self._most_bytes:
                most = f"{self._most_bytes / 1e6:,.0f} MB"
                raise self._refused(f"it unpacks to more than {most}; see limits.import_megabytes in config.yaml")

        return io.BufferedReader(_Counting(unpacked, bound), 1 << 16)


class ImportFile(TextFile):
    """A CSV file whose header was read and understood."""

    def __init__(
        self,
        path: Path,
        required: Sequence[str],
        optional: Sequence[str],
        rules: ImportRules = STRICT,
    ) -> None:
        """Reads the header.

        Raises:
            ImportRefused: it lacks a column, or has an unknown one or one twice, or the file cannot be read.
        """
        super().__init__(path, rules)
        with self._readable():
            self.columns = self._read_header(required, optional)

    def rows(self, problems: Problems) -> Iterator[Row]:
        """The rows that are whole, with the line each begins at; the others go to `problems`. Skips blank lines."""
        with self._opened() as stream:
            text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="")
            reader = csv.reader(self._lines(text), strict=True)
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

    def plain_blocks(self, fields: Mapping[str, str]) -> Iterator[bytes]:
        """The lines after the header as they are, some at a time.

        Args:
            fields: the pattern of each column's plain fields, in the syntax of RE2.

        Raises:
            NotPlain: a line is not made of such fields.
        """
        lines = _pattern(f"(?:{','.join(fields[column] for column in self.columns)}\n)*")
        with self._opened() as stream:
            header = stream.readline(_LONGEST_HEADER)
            if b"\r" in header or b'"' in header:
                raise NotPlain
            rest = b""
            while block := stream.read(_BLOCK):
                whole, newline, rest = (rest + block).rpartition(b"\n")
                if not newline or lines.fullmatch(whole + newline) is None:
                    raise NotPlain
                yield whole + newline
            if rest and lines.fullmatch(rest + b"\n") is None:
                raise NotPlain
            yield rest

    def _broken(self, fields: Sequence[str]) -> str:
        joined = "".join(fields)
        if _NOT_UTF8.search(joined):
            return NOT_UTF8
        if "\0" in joined:
            return "it holds a zero byte"
        if len(fields) != len(self.columns):
            return f"it has {len(fields)} fields, the header has {len(self.columns)}"
        return ""

    def _read_header(self, required: Sequence[str], optional: Sequence[str]) -> tuple[str, ...]:
        problems = Problems(self.name)
        with self._opened() as stream:
            raw = stream.readline(_LONGEST_HEADER)
        if reason := not_csv(raw):
            raise self._refused(reason)
        first = raw.decode("utf-8", errors="replace")
        if reason := separator(first, required):
            raise self._refused(reason)
        header = next(csv.reader(io.StringIO(first, newline="")), [])
        names = tuple(name.strip().lower() for name in header)
        whole = ",".join(required) + (f"[,{','.join(optional)}]" if optional else "")
        if not raw:
            problems.add(1, f"the file is empty; it begins with {whole}")
            problems.refuse()
        meant = {name: likely(name, (*required, *optional)) for name in names if name not in (*required, *optional)}
        if not any(name in (*required, *optional) or meant[name] for name in names):
            problems.add(1, f"the header is missing; it is {whole}")
            problems.refuse()
        for column in required:
            if column not in names:
                other = next((f"; is {name!r} that?" for name, means in meant.items() if means == column), "")
                problems.add(1, f"the header lacks the column {column!r}{other}")
        for column in sorted(set(names)):
            if names.count(column) > 1:
                problems.add(1, f"the header has the column {column!r} twice")
            if column not in (*required, *optional):
                hint = f"; is {meant[column]!r} meant?" if meant[column] and meant[column] not in names else ""
                others = f"; the optional ones are {', '.join(optional)}" if optional else ""
                problems.add(1, f"the column {column!r} is unknown{others}{hint}")
        problems.refuse()
        return names


class _Counting(io.RawIOBase):
    """Passes reads on and tells about each."""

    def __init__(self, file: IO[bytes] | gzip.GzipFile, tell: Callable[[], None]) -> None:
        self._file = file
        self._tell = tell

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        self._tell()
        return len(block)


@cache
def _pattern(lines: str) -> Any:
    """The pattern of lines, which takes a tenth of a second to make; there are as many as files have headers."""
    options = re2.Options()
    options.max_mem = _PATTERN_BYTES
    options.log_errors = False
    return re2.compile(lines.encode(), options)
