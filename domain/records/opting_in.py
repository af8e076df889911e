"""Agreeing to marketing under an address that is not proven: its owner confirms by a link in one mail (double opt-in).

Every question is a row, which is the evidence: the version of the words, when they were shown or said, what was
answered, and how the address confirmed it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

WORDS = "2026-11"  # the version of what is asked; a change of the words is a new one
HOLDS = timedelta(days=7)  # a link, and how long no second mail goes to its address, whoever asks


@dataclass(frozen=True, kw_only=True, slots=True)
class OptIn:
    """Somebody was asked for marketing to an address, or asked for it; `agreed` is None until it is answered."""

    opt_in_id: int
    hashed_email: str
    identity_id: int
    order_id: int | None
    words: str
    asked_in: str
    asked_at: datetime
    agreed: bool | None = None
    answered_at: datetime | None = None
    mailed_at: datetime | None = None
    confirmed_by: str = ""
    confirmed_at: datetime | None = None

    def open(self, now: datetime) -> bool:
        """Whether its link still confirms."""
        return self.mailed_at is not None and now < self.mailed_at + HOLDS


class OptIns(Protocol):
    """The questions and answers."""

    def asked(self, hashed_email: str, identity_id: int) -> OptIn | None:
        """The latest question to an identity about an address."""
        ...

    def ask(self, hashed_email: str, identity_id: int, order_id: int | None, asked_in: str, now: datetime) -> OptIn:
        """Notes that somebody was asked, or asked by themselves."""
        ...

    def answer(self, opt_in_id: int, now: datetime, *, agreed: bool) -> None:
        """Notes what was answered."""
        ...

    def mailed_since(self, hashed_email: str, since: datetime) -> bool:
        """Whether an address was mailed a link since then."""
        ...

    def mail(self, opt_in_id: int, now: datetime) -> None:
        """Notes that the address is mailed a link."""
        ...

    def confirm(self, opt_in_id: int, by: str, now: datetime) -> None:
        """Notes that the address agreed."""
        ...

    def get(self, opt_in_id: int) -> OptIn | None:
        """One of them."""
        ...

    def of_email(self, hashed_email: str, limit: int) -> list[OptIn]:
        """The latest of an address, newest first."""
        ...
