"""What was sent to customers and what was withheld, and their consent, in Postgres."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.outreach.unproven import NOT_CONFIRMED
from domain.records.notifications import Consent, Kind, Notification, Outcome
from storage.locks import lock_marketing, lock_notification
from storage.tables import consent, ideas_chat, mail_event, notification, suppression

_COLUMNS = [column for column in notification.c if column.name != "marketing"]
_UNCONFIRMED_OUT = text("""
    SELECT EXISTS (
        SELECT FROM chat.notification n JOIN shop.orders o USING (order_id)
        WHERE n.hashed_email = :hashed_email AND n.order_id <> :but AND n.kind LIKE 'order%'
        AND n.outcome IN ('sent', 'sending') AND n.answered_at IS NULL AND o.identity_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM chat.confirmed c
            WHERE c.identity_id = o.identity_id AND c.hashed_email = n.hashed_email)
        AND NOT EXISTS (SELECT FROM chat.identity i
            WHERE i.identity_id = o.identity_id AND i.proven_email = n.hashed_email)
    )
""")
_HELD_ORDERS = text("""
    SELECT order_id, key FROM chat.notification
    WHERE hashed_email = :hashed_email AND outcome = 'waiting' AND reason LIKE :held AND order_id IS NOT NULL
    ORDER BY created_at, order_id, key LIKE '%/cancelled', key LIKE '%/placed' DESC, key -- of one moment, as it went
""")
_OPEN = (Outcome.WAITING, Outcome.WITHHELD)


class PostgresNotifications:
    """Implements `domain.records.notifications.Notifications`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, wanted: Notification) -> Notification:
        """See `domain.records.notifications.Notifications.lock`."""
        self._connection.execute(upsert(notification).values(_values(wanted)).on_conflict_do_nothing())
        return _notification(lock_notification(self._connection, wanted.key))

    def mark(self, key: str, outcome: Outcome, reason: str, at: datetime) -> None:
        """See `domain.records.notifications.Notifications.mark`."""
        moment = {"tried_at": at, "settled_at": None} if outcome is Outcome.SENDING else {"settled_at": at}
        values = {"outcome": str(outcome), "reason": reason, **moment}
        self._connection.execute(update(notification).where(notification.c.key == key).values(values))

    def note(self, noted: Notification) -> None:
        """See `domain.records.notifications.Notifications.note`."""
        changed = {"outcome": str(noted.outcome), "reason": noted.reason, "settled_at": noted.settled_at}
        self._connection.execute(
            upsert(notification)
            .values(_values(noted))
            .on_conflict_do_update(
                index_elements=["key"], set_=changed, where=notification.c.outcome.in_([str(one) for one in _OPEN])
            )
        )

    def get(self, key: str) -> Notification | None:
        """See `domain.records.notifications.Notifications.get`."""
        return self._first(select(*_COLUMNS).where(notification.c.key == key))

    def of_message(self, message_id: str) -> Notification | None:
        """See `domain.records.notifications.Notifications.of_message`."""
        return self._first(select(*_COLUMNS).where(notification.c.message_id == message_id))

    def marketing_since(self, hashed_email: str, since: datetime) -> list[Notification]:
        """See `domain.records.notifications.Notifications.marketing_since`."""
        gone_out = (str(Outcome.SENT), str(Outcome.SENDING))
        statement = select(*_COLUMNS).where(
            notification.c.hashed_email == hashed_email,
            notification.c.marketing,
            notification.c.outcome.in_(gone_out),
            notification.c.tried_at >= since,
        )
        return [_notification(row) for row in self._connection.execute(statement.order_by(notification.c.tried_at))]

    def unconfirmed_out(self, hashed_email: str, but: int) -> bool:
        """See `domain.records.notifications.Notifications.unconfirmed_out`."""
        found = self._connection.execute(_UNCONFIRMED_OUT, {"hashed_email": hashed_email, "but": but})
        return bool(found.scalar())

    def answer(self, hashed_email: str, order_id: int, now: datetime) -> None:
        """See `domain.records.notifications.Notifications.answer`."""
        of_order = (notification.c.hashed_email == hashed_email, notification.c.order_id == order_id)
        self._connection.execute(update(notification).where(*of_order).values(answered_at=now))

    def note_read(self, message_id: str, at: datetime, *, clicked: bool) -> None:
        """See `domain.records.notifications.Notifications.note_read`."""
        self._note_first(message_id, notification.c.clicked_at if clicked else notification.c.opened_at, at)

    def note_unsubscribed(self, message_id: str, at: datetime) -> None:
        """See `domain.records.notifications.Notifications.note_unsubscribed`."""
        self._note_first(message_id, notification.c.unsubscribed_at, at)

    def _note_first(self, message_id: str, column: Column[Any], at: datetime) -> None:
        earliest = func.least(column, at)  # which passes over what is null
        statement = update(notification).where(notification.c.message_id == message_id)
        self._connection.execute(statement.values({column.name: earliest}))

    def held_orders(self, hashed_email: str) -> list[tuple[int, str]]:
        """The orders whose mails wait for this address to confirm them, and the keys of these mails, oldest first."""
        terms = {"hashed_email": hashed_email, "held": f"{NOT_CONFIRMED}%"}
        return [(row.order_id, row.key) for row in self._connection.execute(_HELD_ORDERS, terms)]

    def latest(self, hashed_email: str, limit: int) -> list[Notification]:
        """See `domain.records.notifications.Notifications.latest`."""
        statement = select(*_COLUMNS).where(notification.c.hashed_email == hashed_email)
        statement = statement.order_by(notification.c.created_at.desc(), notification.c.key).limit(limit)
        return [_notification(row) for row in self._connection.execute(statement)]

    def _first(self, statement: Any) -> Notification | None:
        row = self._connection.execute(statement).first()
        return None if row is None else _notification(row)


def _values(of: Notification) -> dict[str, Any]:
    return {**asdict(of), "marketing": of.kind.marketing, "kind": str(of.kind), "outcome": str(of.outcome)}


def _notification(row: Row[Any]) -> Notification:
    values = {name: value for name, value in row._mapping.items() if name != "marketing"}
    return Notification(**{**values, "kind": Kind(values["kind"]), "outcome": Outcome(values["outcome"])})


class PostgresConsents:
    """Implements `domain.records.notifications.Consents`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, hashed_email: str) -> None:
        """See `domain.records.notifications.Consents.lock`."""
        lock_marketing(self._connection, hashed_email)

    def of(self, hashed_email: str) -> Consent | None:
        """See `domain.records.notifications.Consents.of`."""
        row = self._connection.execute(select(consent).where(consent.c.hashed_email == hashed_email)).first()
        return None if row is None else Consent(given=row.given, by=row.given_by, at=row.at)

    def record(self, hashed_email: str, recorded: Consent) -> None:
        """See `domain.records.notifications.Consents.record`."""
        values = {"given": recorded.given, "given_by": recorded.by, "at": recorded.at}
        self._connection.execute(
            upsert(consent)
            .values(hashed_email=hashed_email, **values)
            .on_conflict_do_update(index_elements=["hashed_email"], set_=values)
        )
        if not recorded.given:
            self._connection.execute(delete(ideas_chat).where(ideas_chat.c.hashed_email == hashed_email))

    def suppress(self, hashed_email: str, reason: str, at: datetime) -> None:
        """See `domain.records.notifications.Consents.suppress`."""
        self._connection.execute(
            upsert(suppression).values(hashed_email=hashed_email, reason=reason, at=at).on_conflict_do_nothing()
        )

    def suppressed(self, hashed_email: str) -> str:
        """See `domain.records.notifications.Consents.suppressed`."""
        statement = select(suppression.c.reason).where(suppression.c.hashed_email == hashed_email)
        return self._connection.execute(statement).scalar() or ""

    def note_event(self, event_id: str, happened_at: datetime, at: datetime) -> bool:
        """See `domain.records.notifications.Consents.note_event`."""
        values = {"event_id": event_id, "happened_at": happened_at, "at": at}
        added = self._connection.execute(
            upsert(mail_event).values(values).on_conflict_do_nothing().returning(mail_event.c.at)
        )
        return added.first() is not None

    def reported_until(self) -> datetime | None:
        """See `domain.records.notifications.Consents.reported_until`."""
        moment: datetime | None = self._connection.execute(select(func.max(mail_event.c.happened_at))).scalar()
        return moment


def forget_events(connection: Connection, before: datetime) -> None:
    """Deletes the marks of old reports; the mail service repeats itself for a day at most."""
    connection.execute(delete(mail_event).where(mail_event.c.at < before))
