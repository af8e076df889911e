"""Brings what is due to where it goes, each part of it once: messages, the files in their thread, mails."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.messages import Reply
from domain import message_ids
from domain.identity import hash_email
from domain.notifications import Kind, Outcome
from domain.periods import Period
from domain.ports import Clock
from domain.sales import ReportName, Totals
from reports.mail import File, Letter, Refused
from scheduler.mails import new_mail
from scheduler.outbox import Addressed, Outbox
from scheduler.planning import MAIL, Destination
from scheduler.ports import Room
from storage.report_runs import ReportRuns
from storage.unit_of_work import PostgresUnitOfWork

SUMMARY = "summary"
WHY_MAILED = "named in config.yaml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """What is delivered: a message, the files in its thread, the same as a letter; `totals` are what it tells."""

    name: ReportName
    period: Period
    message: Reply
    files: tuple[File, ...] = ()
    letter: Letter | None = None
    totals: Totals | None = None


class NoSuchRoom(Exception):
    """Nothing can be brought there: the service's token is not set, or it does not take such a thing."""


class Delivery:
    """Notes each part that arrived, so that a repeated delivery brings only what is missing."""

    def __init__(
        self,
        database: Engine,
        unit_of_work: Callable[[], PostgresUnitOfWork],
        clock: Clock,
        rooms: Mapping[str, Room],
        outbox: Outbox,
        hash_key: bytes,
    ) -> None:
        """`rooms` are the services whose tokens are set, by name."""
        self._database = database
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._rooms = rooms
        self._outbox = outbox
        self._hash_key = hash_key

    def bring(self, parcel: Parcel, to: Destination) -> None:
        """Brings a parcel somewhere.

        Raises:
            NoSuchRoom: there is no way to get there.
            Exception: whatever the service raises that did not take a part.
        """
        if to.service == MAIL and parcel.letter is not None:
            self._mail(parcel, parcel.letter, to.address)
        elif to.service in self._rooms:
            self.post(self._rooms[to.service], parcel, to.address, noted_as=f"{to.service}:{to.address}")
        else:
            raise NoSuchRoom

    def post(self, room: Room, parcel: Parcel, channel: str, *, noted_as: str) -> None:
        """Posts a message, and its files into the thread below it."""
        with self._database.connect() as connection:
            arrived = ReportRuns(connection).delivered(parcel.name, parcel.period, noted_as)

        def note(part: str, message: str) -> None:
            arrived[part] = message
            with self._database.begin() as connection:
                runs = ReportRuns(connection)
                runs.note_part(parcel.name, parcel.period, noted_as, part, message, self._clock.now())

        for number, reply in enumerate(room.messages(parcel.message)):
            part = f"{SUMMARY}-{number}" if number else SUMMARY
            if part not in arrived:
                note(part, room.post(channel, reply))
        for file in parcel.files:
            if file.name not in arrived:
                room.upload(arrived[SUMMARY], file.name, file.content, file.alt)
                note(file.name, arrived[SUMMARY])

    def _mail(self, parcel: Parcel, letter: Letter, address: str) -> None:
        """Mails it, once; a mail that was refused stays refused, which is raised each time."""
        hashed_email = hash_email(address, self._hash_key)
        key = message_ids.report_mail(parcel.name, parcel.period, hashed_email)
        wanted = new_mail(key, Kind.REPORT, hashed_email, self._clock.now())
        self._outbox.send(wanted, lambda uow, message_id: Addressed(to=address, letter=letter, reason=WHY_MAILED))
        with self._unit_of_work() as uow:
            sent = uow.notifications.get(key)
        if sent is not None and sent.outcome is Outcome.FAILED:
            raise Refused(sent.reason)
