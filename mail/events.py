"""What the mail service reports about mails: they went out, bounced, were read, annoyed somebody or ended marketing.

Customers are found by the mail's `message_id`, never by an address, so that no address gets in here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from domain.events import ReportBounced
from domain.outreach.consenting import stop_as_reported
from domain.ports import UnitOfWork
from domain.records.notifications import Kind, Notification, Outcome

log = structlog.get_logger()

_WENT_OUT = ("processed", "delivered")
_FAILED = ("bounce", "dropped")
_UNSUBSCRIBED = ("unsubscribe", "group_unsubscribe")
_READ = ("open", "click")  # may come often, of one mail; only the first counts
_KNOWN = (*_WENT_OUT, *_FAILED, "spamreport", *_UNSUBSCRIBED, *_READ)

# Why SendGrid drops mails, https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event#dropped
_WHY_DROPPED = {
    "bounced address": "dropped: an earlier mail bounced",
    "spam reporting address": "dropped: its owner reported spam before",
    "unsubscribed address": "dropped: its owner unsubscribed at the mail service",
    "invalid": "dropped: the address is not valid",
}
_SUPPRESSED_BY_DROP = {"bounced address": "bounce", "spam reporting address": "spam report"}


@dataclass(frozen=True, kw_only=True, slots=True)
class MailEvent:
    """One report, in SendGrid's words; `bounce_type` is "bounce" or "blocked", `reason` says why a mail was dropped.

    An open is `by_machine` where a mail program loads all pictures by itself.
    """

    event_id: str
    name: str
    message_id: str
    at: datetime
    bounce_type: str = ""
    reason: str = ""
    by_machine: bool = False


def take_events(uow: UnitOfWork, events: Sequence[MailEvent], now: datetime) -> None:
    """Acts on reports, on each of them once; those of mails that we do not know are passed over.

    Rows are taken in one order, the messages' first, so that two batches never wait for each other in a circle.

    Raises:
        Busy: one of the mails is being sent, and that takes too long.
    """
    known = [event for event in events if event.name in _KNOWN]
    mails = _locked(uow, {event.message_id for event in known})
    new = [
        event
        for event in sorted(known, key=lambda event: event.event_id)
        if event.message_id in mails and (event.name in _READ or uow.consents.note_event(event.event_id, event.at, now))
    ]
    for event in sorted(new, key=lambda event: (mails[event.message_id].hashed_email, event.at)):
        _act(uow, event, mails[event.message_id], now)


def _locked(uow: UnitOfWork, message_ids: Iterable[str]) -> dict[str, Notification]:
    """The messages of these names that exist, by name."""
    found = [one for one in map(uow.notifications.of_message, message_ids) if one is not None]
    return {one.message_id: uow.notifications.lock(one) for one in sorted(found, key=lambda one: one.key)}


def _act(uow: UnitOfWork, event: MailEvent, mail: Notification, now: datetime) -> None:
    if event.name in _READ:
        if mail.campaign_id is not None and not event.by_machine:  # who reads what else is nobody's business
            uow.notifications.note_read(mail.message_id, event.at, clicked=event.name == "click")
        return
    log.info("mail reported", report=event.name, key=mail.key, message=mail.message_id)
    stands = uow.notifications.lock(mail)  # an earlier report of the same batch may have changed it
    if event.name in _WENT_OUT and stands.outcome in (Outcome.WAITING, Outcome.SENDING):
        uow.notifications.mark(mail.key, Outcome.SENT, stands.reason, now)
    if event.name in _FAILED and stands.outcome is not Outcome.WITHHELD:
        uow.notifications.mark(mail.key, Outcome.FAILED, _why_failed(event), now)
        if mail.kind is Kind.REPORT:
            uow.record(ReportBounced(message_id=mail.message_id))
    if mail.kind is Kind.REPORT:
        return  # its reader is no customer, whom the rest is about
    if why := _why_suppressed(event):
        uow.consents.suppress(mail.hashed_email, why, now)
    if event.name in _UNSUBSCRIBED:
        stop_as_reported(uow, mail, event.at)


def _why_failed(event: MailEvent) -> str:
    """Why a mail did not arrive, in words for staff; the service's own words may hold the address."""
    if event.name == "dropped":
        return _WHY_DROPPED.get(event.reason.strip().lower(), "dropped by the mail service")
    return "bounced" if event.bounce_type == "bounce" else "blocked by the receiving server"


def _why_suppressed(event: MailEvent) -> str:
    """Why the address gets no marketing from now on; empty if it still may."""
    if event.name == "spamreport":
        return "spam report"
    if event.name == "dropped":
        return _SUPPRESSED_BY_DROP.get(event.reason.strip().lower(), "")
    return "bounce" if event.name == "bounce" and event.bounce_type == "bounce" else ""
