"""Sends each mail once: what became of it is noted before and after it is handed over.

Where the answer of the mail service was lost, nobody knows whether it took the mail. Then a receipt waits for the
service's own word (its event webhook). It is sent again when the service has reported later things and not this mail,
or has been silent for long; marketing is not repeated. (ADR 6)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.links import Links
from domain.records.notifications import Notification, Outcome
from mail.letter import Letter, Mail, Mailer, Refused, TryLater, Unsettled
from scheduler.metrics import MAILS
from scheduler.workplace import Workplace
from storage.unit_of_work import PostgresUnitOfWork

SILENCES = 5
LOST = "the answer of the mail service was lost"

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Why a mail does not go out: for good, or only now."""

    reason: str
    for_now: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressed:
    """A letter and the address it goes to; `reason` is why it may."""

    to: str
    letter: Letter
    reason: str


FORGOTTEN = Held(reason="the customer was forgotten")
Compose = Callable[[PostgresUnitOfWork, str], Addressed | Held]


class Outbox:
    """The way of every mail.

    `settle` is how long word of a mail whose answer was lost may take. Where the mail service `reports`, its silence
    about a mail counts only once it has spoken of later ones, or after `SILENCES` times as long.
    """

    def __init__(
        self, place: Workplace, mailer: Mailer, links: Links, settle: timedelta, *, reports: bool = False
    ) -> None:
        self._unit_of_work = place.unit_of_work
        self._clock = place.clock
        self._mailer = mailer
        self._links = links
        self._settle = settle
        self._reports = reports

    def send(self, wanted: Notification, compose: Compose) -> None:
        """Sends a mail unless it went out before.

        `compose` is called in the transaction that decides it, with the mail's message id.

        Raises:
            TryLater: it did not go out, or nobody knows yet; the same call is to be made again.
        """
        taken = self._take(wanted, compose)
        if taken is None:
            return
        mail, reason = taken
        try:
            self._mailer.send(mail, self._clock.now())
        except Refused as error:
            log.error("mail refused", key=wanted.key, message=mail.message_id, reason=error.reason)
            self._mark(wanted, Outcome.FAILED, error.reason)
        except TryLater as error:
            self._mark(wanted, Outcome.WAITING, error.reason)
            raise
        except Unsettled as error:
            log.warning("mail unsettled", key=wanted.key, message=mail.message_id, reason=error.reason)
            MAILS.labels(kind=wanted.kind, outcome="unsettled").inc()
            if not wanted.kind.marketing:
                raise TryLater(LOST, after=self._settle) from error
        else:
            log.info("mail sent", key=wanted.key, message=mail.message_id)
            self._mark(wanted, Outcome.SENT, reason)

    def _take(self, wanted: Notification, compose: Compose) -> tuple[Mail, str] | None:
        """Notes that a mail is being sent now; None when it must not be, or was sent before."""
        now = self._clock.now()
        with self._unit_of_work() as uow:
            uow.people.keep_email(wanted.hashed_email)  # before the row: who erases takes them in this order too
            found = uow.notifications.lock(wanted)
            if found.outcome in (Outcome.SENT, Outcome.FAILED):
                return None
            if found.outcome is Outcome.SENDING and found.tried_at is not None:
                if found.kind.marketing:
                    return None
                left = self._left(uow, found.tried_at, now)
                if left > timedelta(0):
                    raise TryLater(LOST, after=left)
            composed = compose(uow, found.message_id)
            if composed is FORGOTTEN and found.message_id == wanted.message_id:
                return None  # forgotten since the mail was wanted: a new row would bring back whose it was
            if isinstance(composed, Held):
                outcome = Outcome.WAITING if composed.for_now else Outcome.WITHHELD
                uow.notifications.mark(wanted.key, outcome, composed.reason, now)
                uow.commit()
                MAILS.labels(kind=wanted.kind, outcome=outcome).inc()
                return None
            uow.notifications.mark(wanted.key, Outcome.SENDING, composed.reason, now)
            uow.commit()
        stop = self._links.unsubscribe(found.message_id) if wanted.kind.marketing else ""
        mail = Mail(
            key=wanted.key,
            message_id=found.message_id,
            kind=wanted.kind,
            to=composed.to,
            letter=composed.letter,
            unsubscribe_url=stop,
        )
        return mail, composed.reason

    def _left(self, uow: PostgresUnitOfWork, tried_at: datetime, now: datetime) -> timedelta:
        """How long to wait before a mail that was tried then, and may have gone out, is sent again."""
        settled_at = tried_at + self._settle
        if now < settled_at or not self._reports:
            return settled_at - now
        reported_until = uow.consents.reported_until()
        if reported_until is not None and reported_until >= settled_at:
            return timedelta(0)
        return min(self._settle, tried_at + SILENCES * self._settle - now)

    def _mark(self, wanted: Notification, outcome: Outcome, reason: str) -> None:
        """Notes what became of a mail, unless the mail service's own word of it came first."""
        MAILS.labels(kind=wanted.kind, outcome=outcome).inc()
        with self._unit_of_work() as uow:
            if uow.notifications.lock(wanted).outcome is Outcome.SENDING:
                uow.notifications.mark(wanted.key, outcome, reason, self._clock.now())
                uow.commit()
