"""The dev mailbox: takes mails where no mail service is configured, and shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import mailbox


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredMail:
    """A mail in the mailbox: `body` is its plain text, `headers` those that matter to its reader, a line each."""

    to: str
    subject: str
    body: str
    at: datetime
    html: str = ""
    headers: str = ""
    mail_id: int = 0


class DevMailbox:
    """A table of mails; a key that is there already is not taken twice."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, key: str, mail: StoredMail) -> None:
        """Stores a mail, once for each key."""
        with self._engine.begin() as connection:
            connection.execute(
                insert(mailbox)
                .values(
                    mail_key=key,
                    to_email=mail.to,
                    subject=mail.subject,
                    body=mail.body,
                    html=mail.html,
                    headers=mail.headers,
                    at=mail.at,
                )
                .on_conflict_do_nothing()
            )

    def newest(self, limit: int) -> Sequence[StoredMail]:
        """The latest mails, newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(mailbox).order_by(mailbox.c.mail_id.desc()).limit(limit))
            return [_stored(row) for row in rows]

    def get(self, mail_id: int) -> StoredMail | None:
        """One mail."""
        with self._engine.connect() as connection:
            row = connection.execute(select(mailbox).where(mailbox.c.mail_id == mail_id)).first()
        return None if row is None else _stored(row)


def _stored(row: Row[Any]) -> StoredMail:
    return StoredMail(
        to=row.to_email,
        subject=row.subject,
        body=row.body,
        at=row.at,
        html=row.html,
        headers=row.headers,
        mail_id=row.mail_id,
    )
