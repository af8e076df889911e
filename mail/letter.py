"""A mail on its way, who takes it, and how that can fail.

MailError
├── TryLater      it was not taken now; `after` is how long the service asks to wait
├── Refused       it will never be taken, because of `reason`
└── Unsettled     nobody knows whether it was taken: the answer was lost
"""

import mimetypes
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.records.notifications import Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """A file that goes with something; `alt` says what a picture shows, and is empty for what is no picture."""

    name: str
    content: bytes
    alt: str = ""

    @property
    def media_type(self) -> str:
        """As its name tells."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What a mail says, before it is known to whom: the same in plain text and in HTML.

    Pictures among the files stand in the HTML, at `cid:` and their name; other files hang on the mail.
    """

    subject: str
    text: str
    html: str
    files: tuple[File, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One mail; `key` and `message_id` are the same whenever it is sent again.

    `unsubscribe_url` is set on marketing mail: a POST to it ends all marketing, with no question asked (RFC 8058).
    """

    key: str
    message_id: str
    kind: Kind
    to: str
    letter: Letter
    unsubscribe_url: str = ""


class MailError(Exception):
    """A mail was not taken."""


@dataclass
class TryLater(MailError):
    """The mail service did not take it now; `after` is how long it asks to wait, if it does."""

    reason: str
    after: timedelta | None = None


@dataclass
class Refused(MailError):
    """The mail service will never take this mail."""

    reason: str


@dataclass
class Unsettled(MailError):
    """The mail was handed over and the answer was lost: it may be on its way or not."""

    reason: str


class Mailer(Protocol):
    """Takes mails on their way."""

    def send(self, mail: Mail, now: datetime) -> None:
        """Hands a mail over.

        Raises:
            TryLater, Refused, Unsettled: it was not taken, or nobody knows.
        """
        ...
