"""Questions about marketing and their answers, in Postgres."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from domain.records.opting_in import WORDS, OptIn
from storage.tables import opt_in

_LATEST = select(opt_in).order_by(opt_in.c.opt_in_id.desc())


class PostgresOptIns:
    """Implements `domain.records.opting_in.OptIns`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def asked(self, hashed_email: str, identity_id: int) -> OptIn | None:
        """See `domain.records.opting_in.OptIns.asked`."""
        mine = _LATEST.where(opt_in.c.hashed_email == hashed_email, opt_in.c.identity_id == identity_id)
        return _opt_in(self._connection.execute(mine.limit(1)).first())

    def ask(self, hashed_email: str, identity_id: int, order_id: int | None, asked_in: str, now: datetime) -> OptIn:
        """See `domain.records.opting_in.OptIns.ask`."""
        asked = {"order_id": order_id, "words": WORDS, "asked_in": asked_in, "asked_at": now}
        row = insert(opt_in).values(hashed_email=hashed_email, identity_id=identity_id, **asked)
        return OptIn(**self._connection.execute(row.returning(*opt_in.c)).one()._mapping)

    def answer(self, opt_in_id: int, now: datetime, *, agreed: bool) -> None:
        """See `domain.records.opting_in.OptIns.answer`."""
        self._note(opt_in_id, agreed=agreed, answered_at=now)

    def mailed_since(self, hashed_email: str, since: datetime) -> bool:
        """See `domain.records.opting_in.OptIns.mailed_since`."""
        mailed = select(opt_in.c.opt_in_id).where(opt_in.c.hashed_email == hashed_email, opt_in.c.mailed_at > since)
        return self._connection.execute(mailed.limit(1)).first() is not None

    def mail(self, opt_in_id: int, now: datetime) -> None:
        """See `domain.records.opting_in.OptIns.mail`."""
        self._note(opt_in_id, mailed_at=now)

    def confirm(self, opt_in_id: int, by: str, now: datetime) -> None:
        """See `domain.records.opting_in.OptIns.confirm`."""
        self._note(opt_in_id, confirmed_by=by, confirmed_at=now)

    def get(self, opt_in_id: int) -> OptIn | None:
        """See `domain.records.opting_in.OptIns.get`."""
        return _opt_in(self._connection.execute(select(opt_in).where(opt_in.c.opt_in_id == opt_in_id)).first())

    def of_email(self, hashed_email: str, limit: int) -> list[OptIn]:
        """See `domain.records.opting_in.OptIns.of_email`."""
        found = self._connection.execute(_LATEST.where(opt_in.c.hashed_email == hashed_email).limit(limit))
        return [OptIn(**row._mapping) for row in found]

    def _note(self, opt_in_id: int, **values: Any) -> None:
        self._connection.execute(update(opt_in).where(opt_in.c.opt_in_id == opt_in_id).values(values))


def _opt_in(row: Row[Any] | None) -> OptIn | None:
    return None if row is None else OptIn(**row._mapping)
