"""The audit log in Postgres."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, text, update
from sqlalchemy.engine import Connection

from domain.records.auditing import INVENTORY, Action, Entry, Standing
from storage.tables import audit_log

# Imports come one after the other, so what stands between the entries of two of them as wholes is the later one's.
_OF_IMPORT = text("""
    SELECT line.* FROM shop.audit_log line JOIN shop.audit_log whole
        ON (line.at, line.actor, line.action) = (whole.at, whole.actor, whole.action)
    WHERE whole.entry_id = :entry_id AND line.entry_id < :entry_id AND line.entry_id > coalesce((
        SELECT max(before.entry_id) FROM shop.audit_log before
        WHERE before.subject = whole.subject AND before.action = whole.action AND before.entry_id < :entry_id
    ), 0)
    ORDER BY line.entry_id
""")
_IMPORT_OF = text("""
    SELECT min(entry_id) FROM shop.audit_log WHERE subject = :subject AND action = 'import' AND entry_id > :entry_id
""")
# An undo bears the moment at which what it takes back was marked as undone, and may be taken back in its turn.
_CHANGES_SINCE = text("""
    WITH RECURSIVE told AS (
        SELECT change.*, change.action AS done, true AS brings FROM shop.audit_log change
        WHERE entry_id > :entry_id AND subject = ANY(:subjects) AND action <> 'undo'
        UNION
        SELECT later.*, told.done, NOT told.brings FROM told JOIN shop.audit_log later
            ON later.subject = told.subject AND later.at = told.undone_at
            AND later.entry_id > told.entry_id AND later.action = 'undo'
    )
    SELECT * FROM told WHERE brings AND undone_at IS NULL ORDER BY entry_id
""")
_MARK_ALL = text("""
    UPDATE shop.audit_log SET undone_at = :at WHERE entry_id = ANY(:entry_ids) AND undone_at IS NULL RETURNING entry_id
""")


class PostgresAudit:
    """Implements `domain.records.auditing.Audit`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, entry: Entry) -> Entry:
        """See `domain.records.auditing.Audit.note`."""
        row = self._connection.execute(insert(audit_log).values(_values(entry)).returning(audit_log)).one()
        return _entry(row)

    def note_all(self, entries: Sequence[Entry]) -> None:
        """See `domain.records.auditing.Audit.note_all`."""
        if entries:
            self._connection.execute(insert(audit_log), [_values(entry) for entry in entries])

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

    def did(self, actor: str, subject: str, actions: Sequence[Action]) -> bool:
        """See `domain.records.auditing.Audit.did`."""
        theirs = select(audit_log.c.entry_id).where(
            audit_log.c.subject == subject,
            audit_log.c.actor == actor,
            audit_log.c.action.in_([str(action) for action in actions]),
        )
        return self._connection.execute(theirs.limit(1)).first() is not None

    def of_import(self, entry_id: int) -> list[Entry]:
        """See `domain.records.auditing.Audit.of_import`."""
        return [_entry(row) for row in self._connection.execute(_OF_IMPORT, {"entry_id": entry_id})]

    def import_of(self, entry_id: int) -> int:
        """See `domain.records.auditing.Audit.import_of`."""
        terms = {"entry_id": entry_id, "subject": INVENTORY}
        return int(self._connection.execute(_IMPORT_OF, terms).scalar_one())

    def changes_since(self, entry_id: int, subjects: Sequence[str]) -> list[Standing]:
        """See `domain.records.auditing.Audit.changes_since`."""
        terms = {"entry_id": entry_id, "subjects": list(subjects)}
        found = self._connection.execute(_CHANGES_SINCE, terms)
        return [Standing(entry=_entry(row), done=row.done) for row in found]

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
                audit_log.c.subject.not_like("promotion:%"),
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

    def mark_all_undone(self, entry_ids: Sequence[int], at: datetime) -> set[int]:
        """See `domain.records.auditing.Audit.mark_all_undone`."""
        return {*self._connection.execute(_MARK_ALL, {"entry_ids": list(entry_ids), "at": at}).scalars()}


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "at": entry.at,
        "actor": entry.actor,
        "action": str(entry.action),
        "subject": entry.subject,
        "changed_from": dict(entry.changed_from),
        "changed_to": dict(entry.changed_to),
    }


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
