"""The roles that were given in chats, in Postgres."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from domain.records.staff import Grant, Role
from storage.locks import lock_roles
from storage.tables import staff_role


class PostgresStaff:
    """Implements `domain.records.staff.Staff`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def roles_of(self, subjects: Sequence[str]) -> frozenset[Role]:
        """See `domain.records.staff.Staff.roles_of`."""
        roles = select(staff_role.c.role).where(staff_role.c.subject.in_(subjects))
        return frozenset(Role(role) for role in self._connection.execute(roles).scalars())

    def all(self) -> list[Grant]:
        """See `domain.records.staff.Staff.all`."""
        rows = self._connection.execute(select(staff_role).order_by(staff_role.c.subject, staff_role.c.role))
        return [Grant(subject=row.subject, role=Role(row.role), granted_by=row.granted_by) for row in rows]

    def all_locked(self) -> list[Grant]:
        """See `domain.records.staff.Staff.all_locked`."""
        lock_roles(self._connection)
        return self.all()

    def grant(self, subject: str, role: Role, by: str, at: datetime) -> bool:
        """See `domain.records.staff.Staff.grant`."""
        given = insert(staff_role).values(subject=subject, role=str(role), granted_by=by, at=at)
        return self._connection.execute(given.on_conflict_do_nothing()).rowcount == 1

    def revoke(self, subject: str, role: Role) -> None:
        """See `domain.records.staff.Staff.revoke`."""
        self._connection.execute(
            delete(staff_role).where(staff_role.c.subject == subject, staff_role.c.role == str(role))
        )
