"""Brings what is due to where it goes, each part of it once: messages, the files that go with them, mails."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from pydantic import ConfigDict

from bot.messages import AnswerLost, Reply
from domain import message_ids
from domain.periods import Period
from domain.records.notifications import Kind, Outcome, new_mail
from domain.records.sales import Totals
from mail.letter import File, Letter, MailError, Refused
from scheduler.outbox import Addressed, Outbox
from scheduler.planning import MAIL, Destination
from scheduler.ports import Room
from scheduler.workplace import Workplace
from storage.queries.report_runs import ReportRuns

SUMMARY = "summary"
WHY_MAILED = "named in config.yaml"
NO_CUSTOMER = ""  # staff's addresses are kept nowhere

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """What is delivered: a message, the files that go with it, the same as a letter; `totals` are what it tells.

    One that comes `at_most_once` is rather lost than posted twice.
    """

    name: str
    period: Period
    message: Reply
    files: tuple[File, ...] = ()
    letter: Letter | None = None
    totals: Totals | None = None
    at_most_once: bool = False

    __pydantic_config__ = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")


class NoSuchRoom(Exception):
    """Nothing can be brought there: the service's token is not set."""


_WHY = {
    "NoSuchRoom": "its token is not set",
    "Unreachable": "the bot may not write there",
    "AnswerLost": "its answer was lost",
}


def why(error: Exception) -> str:
    """Why something did not arrive, in words for staff and without anything that an error's text may quote."""
    if isinstance(error, MailError):
        return str(getattr(error, "reason", "")) or "the mail was not taken"
    name = type(error).__name__
    return _WHY.get(name, name)


class ReportDelivery:
    """Notes each part that arrived, so that a repeated delivery brings only what is missing."""

    def __init__(self, place: Workplace, rooms: Mapping[str, Room], outbox: Outbox) -> None:
        """`rooms` are the services whose tokens are set, by name."""
        self._database = place.database
        self._unit_of_work = place.unit_of_work
        self._clock = place.clock
        self._rooms = rooms
        self._outbox = outbox

    def room(self, service: str) -> Room | None:
        """The rooms of a service; None where its token is not set."""
        return self._rooms.get(service)

    def bring(self, parcel: Parcel, to: Destination, place: int) -> None:
        """Brings a parcel somewhere; `place` is the destination's number among those of the parcel.

        Raises:
            NoSuchRoom: there is no way to get there.
            Exception: whatever the service raises that did not take a part.
        """
        if to.service == MAIL and parcel.letter is not None:
            self._mail(parcel, parcel.letter, to.address, place)
        elif to.service in self._rooms:
            self.post(self._rooms[to.service], parcel, to.address, noted_as=f"{to.service}:{to.address}")
        else:
            raise NoSuchRoom

    def post(self, room: Room, parcel: Parcel, channel: str, *, noted_as: str) -> None:
        """Posts a message, and the files that go with it."""
        with self._database.connect() as connection:
            arrived = ReportRuns(connection).delivered(parcel.name, parcel.period, noted_as)
        for number, reply in enumerate(room.messages(parcel.message)):
            part = _part(number, reply)
            if part in arrived:
                continue
            if parcel.at_most_once:
                self._post_at_most_once(room, parcel, channel, reply, noted_as, part)
            else:
                arrived[part] = room.post(channel, reply)
                self._note(parcel, noted_as, part, arrived[part])
        for file in parcel.files:
            if file.name not in arrived:
                room.upload(arrived[SUMMARY], file.name, file.content, file.alt)
                self._note(parcel, noted_as, file.name, arrived[SUMMARY])

    def _post_at_most_once(
        self, room: Room, parcel: Parcel, channel: str, reply: Reply, noted_as: str, part: str
    ) -> None:
        """Notes a message before it is posted, and takes that back only if it surely did not arrive."""
        self._note(parcel, noted_as, part, "")
        try:
            room.post(channel, reply)
        except AnswerLost:
            log.warning("nobody knows whether a post arrived", report=parcel.name)
        except Exception:
            with self._database.begin() as connection:
                ReportRuns(connection).forget_part(parcel.name, parcel.period, noted_as, part)
            raise

    def _note(self, parcel: Parcel, noted_as: str, part: str, message: str) -> None:
        with self._database.begin() as connection:
            runs = ReportRuns(connection)
            runs.note_part(parcel.name, parcel.period, noted_as, part, message, self._clock.now())

    def _mail(self, parcel: Parcel, letter: Letter, address: str, place: int) -> None:
        """Mails it, once; a mail that was refused stays refused, which is raised each time."""
        key = message_ids.report_mail(parcel.name, parcel.period, place)
        wanted = new_mail(key, Kind.REPORT, NO_CUSTOMER, self._clock.now())
        self._outbox.send(wanted, lambda uow, message_id: Addressed(to=address, letter=letter, reason=WHY_MAILED))
        with self._unit_of_work() as uow:
            sent = uow.notifications.get(key)
        if sent is not None and sent.outcome is Outcome.FAILED:
            raise Refused(sent.reason)


def _part(number: int, reply: Reply) -> str:
    """What a message is noted as: a product's card by the product, for the next try may show others."""
    if number == 0:
        return SUMMARY
    return reply.buttons[0].choice.encode() if reply.buttons else f"{SUMMARY}-{number}"
