"""Mails that are kept to be read where no mail service is, and who keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredFile:
    """A file of a mail."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


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
    files: tuple[StoredFile, ...] = ()


class Mails(Protocol):
    """Where they are kept."""

    def newest(self, limit: int) -> Sequence[StoredMail]:
        """The latest mails, newest first; without their files."""
        ...

    def get(self, mail_id: int) -> StoredMail | None:
        """One mail."""
        ...
