"""Takes in what branches hand in, and tells the admins what became of each file."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from analytics.folders import Folder, Unreachable
from analytics.ingestion.forgetting import take_out
from analytics.ingestion.taking import Follow, Intake, IntakeTerms
from bot.support import notices
from domain.events import Event, FileTakenIn
from domain.records.ingested import FileState, IngestedFile
from scheduler.ports import StaffChannels, StaffRoom
from scheduler.workplace import Workplace
from storage.queries.ingested import PostgresIngested, are_taken_out, to_be_forgotten

log = structlog.get_logger()

Enqueue = Callable[[Connection, Event], None]

AWAY = timedelta(minutes=5)  # a folder that does not answer for so long is told of


class Ingesting:
    """What is new in the folders of branches, every minute."""

    def __init__(
        self,
        place: Workplace,
        terms: IntakeTerms,
        follow: Follow,
        staff: StaffRoom | None,
        channels: StaffChannels,
        build: Callable[[], None],
    ) -> None:
        """`follow` enqueues what follows from a file, `build` has the warehouse built."""
        self._build = build
        self._place = place
        self._terms = terms
        self._intake = Intake(place.database, place.clock, terms, follow)
        self._staff = staff
        self._admins = channels.admins
        self._away: dict[str, datetime] = {}
        self._told: set[str] = set()

    def take(self) -> None:
        """Takes in all that is new; a folder that was away for a while is told of once, until it answers again."""
        try:
            found = self._intake.take()
        except Unreachable as lake:  # without a copy nothing is loaded
            found = [lake]
        away = {one.address: one for one in found}
        now = self._place.clock.now()
        for address, one in away.items():
            log.warning("a folder of files does not answer", reason=one.reason)
            if now - self._away.setdefault(address, now) >= AWAY and address not in self._told:
                self._told.add(address)
                self._post_away(one)
        self._away = {address: since for address, since in self._away.items() if address in away}
        self._told &= set(away)

    def tell(self) -> None:
        """Tells the admins what became of the files that nobody told of yet, in one message."""
        if self._staff is None or not self._admins:
            return
        with self._place.database.begin() as connection:
            ledger = PostgresIngested(connection)
            if files := ledger.untold():
                ledger.note_told(files)
                self._staff.post(self._admins, notices.files_taken_in(files))

    def forget(self, marks: Sequence[str] = ()) -> None:
        """Takes those who were forgotten out of the warehouse and the copies of files; `marks` beside those noted.

        Raises:
            Unreachable: the lake does not answer; it is tried again.
        """
        with self._place.database.connect() as connection:
            wanted = to_be_forgotten(connection) | set(marks)
        if not wanted:
            return
        self._build()
        changed = take_out(Folder(self._terms.lake), wanted, self._terms.how.hash_key)
        with self._place.database.begin() as connection:
            are_taken_out(connection, wanted)
        log.info("people were taken out of the copies of files", people=len(wanted), files=changed)

    def _post_away(self, error: Unreachable) -> None:
        if self._staff is not None and self._admins:
            self._staff.post(self._admins, notices.folder_away(error.address, error.reason))


def following(enqueue: Enqueue) -> Follow:
    """Enqueues what follows from a file; what was loaded before is no news."""

    def follow(connection: Connection, file: IngestedFile) -> None:
        if file.state is not FileState.KNOWN:
            loaded = file.state is FileState.LOADED
            enqueue(connection, FileTakenIn(kind=str(file.kind), loaded=loaded))

    return follow
