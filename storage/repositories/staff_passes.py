"""Links and sessions of staff, in Postgres, by the hash of their secrets."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from storage.tables import staff_pass

_PASS = staff_pass.c


class PostgresStaffPasses:
    """Implements `domain.records.staff.StaffPasses`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give(self, secret: str, subjects: Sequence[str], *, is_link: bool, until: datetime) -> None:
        """See `domain.records.staff.StaffPasses.give`."""
        values = {"hash": _hash(secret), "subjects": list(subjects), "is_link": is_link, "until": until}
        self._connection.execute(insert(staff_pass).values(values))

    def take_link(self, secret: str, now: datetime) -> tuple[str, ...]:
        """See `domain.records.staff.StaffPasses.take_link`."""
        taken = delete(staff_pass).where(_PASS.hash == _hash(secret), _PASS.is_link, _PASS.until > now)
        return tuple(self._connection.execute(taken.returning(_PASS.subjects)).scalar() or ())

    def session(self, secret: str, now: datetime) -> tuple[str, ...]:
        """See `domain.records.staff.StaffPasses.session`."""
        held = select(_PASS.subjects).where(_PASS.hash == _hash(secret), ~_PASS.is_link, _PASS.until > now)
        return tuple(self._connection.execute(held).scalar() or ())

    def end(self, secret: str) -> None:
        """See `domain.records.staff.StaffPasses.end`."""
        self._connection.execute(delete(staff_pass).where(_PASS.hash == _hash(secret)))


def forget_passes(connection: Connection, before: datetime) -> None:
    """Deletes those that held until `before` or earlier."""
    connection.execute(delete(staff_pass).where(_PASS.until <= before))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
