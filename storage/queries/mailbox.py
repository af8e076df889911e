"""The dev mailbox: takes mails where no mail service is configured, and shows them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine, Row, select
from sqlalchemy.dialects.postgresql import insert

from domain.records.mails import StoredFile, StoredMail
from storage.tables import mailbox, mailbox_file


class DevMailbox:
    """A table of mails; a key that is there already is not taken twice."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, key: str, mail: StoredMail) -> None:
        """Stores a mail, once for each key."""
        with self._engine.begin() as connection:
            stored = connection.execute(
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
                .returning(mailbox.c.mail_id)
            ).scalar()
            if stored is not None and mail.files:
                connection.execute(insert(mailbox_file), [{"mail_id": stored, **asdict(one)} for one in mail.files])

    def newest(self, limit: int) -> Sequence[StoredMail]:
        """The latest mails, newest first; without their files."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(mailbox).order_by(mailbox.c.mail_id.desc()).limit(limit))
            return [_stored(row) for row in rows]

    def get(self, mail_id: int) -> StoredMail | None:
        """One mail."""
        with self._engine.connect() as connection:
            row = connection.execute(select(mailbox).where(mailbox.c.mail_id == mail_id)).first()
            files = select(mailbox_file).where(mailbox_file.c.mail_id == mail_id).order_by(mailbox_file.c.name)
            found = [
                StoredFile(name=one.name, media_type=one.media_type, content=bytes(one.content))
                for one in connection.execute(files)
            ]
        return None if row is None else _stored(row, tuple(found))


def _stored(row: Row[Any], files: tuple[StoredFile, ...] = ()) -> StoredMail:
    return StoredMail(
        to=row.to_email,
        subject=row.subject,
        body=row.body,
        at=row.at,
        html=row.html,
        headers=row.headers,
        mail_id=row.mail_id,
        files=files,
    )
