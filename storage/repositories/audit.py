"""The audit log in Postgres."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.engine import Connection

from domain.records.auditing import Action, Entry
from storage.tables import audit_log


class PostgresAudit:
    """Implements `domain.records.auditing.Audit`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, entry: Entry) -> Entry:
        """See `domain.records.auditing.Audit.note`."""
        row = self._connection.execute(
            insert(audit_log)
            .values(
                at=entry.at,
                actor=entry.actor,
                action=str(entry.action),
                subject=entry.subject,
                changed_from=dict(entry.changed_from),
                changed_to=dict(entry.changed_to),
            )
            .returning(audit_log)
        ).one()
        return _entry(row)

    def get(self, entry_id: int) -> Entry | None:
        """See `domain.records.auditing.Audit.get`."""
        row = self._connection.execute(select(audit_log).where(audit_log.c.entry_id == entry_id)).first()
        return None if row is None else _entry(row)

    def of(self, subject: str, limit: int, after: int = 0) -> list[Entry]:
        """See `domain.records.auditing.Audit.of`."""
        rows = self._connection.execute(
            select(audit_log)
            .where(audit_log.c.subject == subject, audit_log.c.entry_id > after)
            .order_by(audit_log.c.entry_id.desc())
            .limit(limit)
        )
        return [_entry(row) for row in rows]

    def last_of(self, actor: str) -> Entry | None:
        """See `domain.records.auditing.Audit.last_of`."""
        of_catalogue = [Action.ADD, Action.SET, Action.RESTOCK, Action.REMOVE, Action.RESTORE, Action.IMPORT]
        of_catalogue += [Action.ORDER, Action.CALL_OFF, Action.SNOOZE]
        row = self._connection.execute(
            select(audit_log)
            .where(
                audit_log.c.actor == actor,
                audit_log.c.action.in_([str(action) for action in of_catalogue]),
                audit_log.c.undone_at.is_(None),
            )
            .order_by(audit_log.c.entry_id.desc())
            .limit(1)
        ).first()
        return None if row is None else _entry(row)

    def mark_undone(self, entry_id: int, at: datetime) -> bool:
        """See `domain.records.auditing.Audit.mark_undone`."""
        marked = self._connection.execute(
            update(audit_log)
            .where(audit_log.c.entry_id == entry_id, audit_log.c.undone_at.is_(None))
            .values(undone_at=at)
        )
        return marked.rowcount == 1


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        entry_id=row.entry_id,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        changed_from=row.changed_from or {},
        changed_to=row.changed_to or {},
        undone_at=row.undone_at,
    )
