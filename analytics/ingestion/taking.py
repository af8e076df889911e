"""Takes in what is new in each source: fetched, kept as it came, loaded or put into quarantine, and noted."""

import csv
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import structlog
from sqlalchemy import Connection, Engine

from analytics.folders import Folder, Found, Unreachable
from analytics.ingestion.pages import Pages
from domain.people.identity import MAILED
from domain.ports import Clock
from domain.records.ingested import FileKind, FileState, IngestedFile
from storage.errors import ImportRefused
from storage.imports.files import ImportRules
from storage.imports.handed_in import HandedIn, load_handed_in
from storage.queries.ingested import PostgresIngested

log = structlog.get_logger()

SETTLED = timedelta(seconds=5)  # what changed later than that may still be written
_NAMED = 60  # characters of a file's name in the name of its copy


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A folder or bucket in which files of one kind are handed in, perhaps by one `store`."""

    address: str
    kind: FileKind
    pattern: str = "*"
    store: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeTerms:
    """Where files come from, where copies are kept, how large a file may be, and how files are read."""

    sources: tuple[Source, ...]
    lake: str
    most_bytes: int
    how: HandedIn
    token: str = ""  # for addresses that give pages


class Follow(Protocol):
    """Does what follows from a file in the transaction that notes it."""

    def __call__(self, connection: Connection, file: IngestedFile) -> None:
        """`file` has its number."""
        ...


class Intake:
    """Takes in files, one after another; two processes at once do no harm."""

    def __init__(self, database: Engine, clock: Clock, terms: IntakeTerms, follow: Follow) -> None:
        self._database = database
        self._clock = clock
        self._terms = terms
        self._lake = Folder(terms.lake)
        self._follow = follow

    def take(self, tell: Callable[[IngestedFile], None] = lambda file: None) -> list[Unreachable]:
        """Takes in all that is new, and returns which sources could not be reached; the others were.

        Raises:
            Unreachable: the lake could not be reached, so nothing of what is left was loaded.
            Busy: others held what a file changes for too long; what is left is taken in the next time.
        """
        away: list[Unreachable] = []
        kinds = list(FileKind)
        for source in sorted(self._terms.sources, key=lambda source: kinds.index(source.kind)):
            folder = self._place(source.address)
            try:
                for found in self._new(source, folder):
                    if (file := self._take(source, folder, found)) is not None:
                        log.info("file taken in", file=file.file_id, kind=str(file.kind), state=str(file.state))
                        tell(file)
            except Unreachable as error:
                if error.address != source.address:
                    raise
                away.append(error)
        return away

    def _place(self, address: str) -> Folder | Pages:
        if not address.startswith(("http://", "https://")):
            return Folder(address)
        terms = self._terms
        return Pages(address, most_bytes=terms.most_bytes, now=self._clock.now, token=terms.token)

    def _new(self, source: Source, folder: Folder | Pages) -> Iterator[Found]:
        with self._database.connect() as connection:
            seen = PostgresIngested(connection).stamps(source.address)
        settled = self._clock.now() - SETTLED
        for found in folder.files(source.pattern):
            if (found.name, found.stamp) not in seen and (found.changed_at is None or found.changed_at <= settled):
                yield found

    def _take(self, source: Source, folder: Folder | Pages, found: Found) -> IngestedFile | None:
        """What became of a file; None while it is still being written."""
        now = self._clock.now()
        file = IngestedFile(
            source=source.address,
            name=found.name,
            kind=source.kind,
            stamp=found.stamp,
            digest="",
            bytes=found.bytes,
            state=FileState.QUARANTINED,
            kept_at="",
            said="",
            at=now,
        )
        if found.bytes > self._terms.most_bytes:
            most = f"{self._terms.most_bytes / 1e6:,.0f} MB"
            return self._note(replace(file, said=f"it has more than {most}; see ingest.most_megabytes in config.yaml"))
        with tempfile.TemporaryDirectory(prefix="parley-ingest-") as temporary:
            copy = Path(temporary) / found.name[-_NAMED:]
            digest = folder.fetch(found, copy)
            if digest is None:
                return None
            kept = f"{source.kind}/{now:%Y-%m-%d}/{digest[:16]}-{found.name[-_NAMED:]}"
            file = replace(file, digest=digest, bytes=copy.stat().st_size, kept_at=f"raw/{kept}")
            try:
                return self._load(copy, file, source.store)
            except ImportRefused as refused:
                done = replace(file, kept_at=f"quarantine/{kept}", said=_in_words(refused))
                self._lake.keep(copy, done.kept_at)
                self._lake.keep(_reasons(Path(temporary), refused), f"{done.kept_at}.reasons.csv")
                noted = self._note(done)
                folder.remove(found)
                return noted

    def _load(self, copy: Path, file: IngestedFile, store: str) -> IngestedFile:
        rules = ImportRules(most_bytes=self._terms.most_bytes, store=store)
        with self._database.begin() as connection:
            done = load_handed_in(connection, copy, file, self._terms.how, rules=rules, now=file.at)
            if done.state is FileState.LOADED:
                self._lake.keep(copy, done.kept_at)  # before the commit: nothing is loaded of which there is no copy
            self._follow(connection, done)
        return done

    def _note(self, file: IngestedFile) -> IngestedFile:
        with self._database.begin() as connection:
            noted = replace(file, file_id=PostgresIngested(connection).note(file))
            self._follow(connection, noted)
        return noted


def _in_words(refused: ImportRefused) -> str:
    listed = [f"line {row.line}: {row.reason}" for row in refused.bad_rows]
    said = "\n".join([f"{refused.total_bad} row(s) are wrong, so nothing was loaded", *listed])
    return MAILED.sub("(an e-mail)", said)


def _reasons(folder: Path, refused: ImportRefused) -> Path:
    file = folder / "reasons.csv"
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("line", "reason"))
        writer.writerows((row.line, row.reason) for row in refused.bad_rows)
    return file
