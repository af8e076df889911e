"""Codes that prove whose an e-mail address is: what is kept of them. Made in `domain.people.proving`."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Purpose(StrEnum):
    """What a row is for."""

    MAIL = "mail"  # the code was mailed to the address
    LINK = "link"  # the code was shown in a chat whose address is proven, to be typed in another one


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """A code that was given out, to or by an identity; `tries` counts the wrong ones, `digits` its length."""

    proof_id: int
    identity_id: int
    hashed_email: str
    email: str
    tries: int = 0
    digits: int = 6


class Proofs(Protocol):
    """The codes of the last day."""

    def lock_asking(self, identity_id: int, hashed_email: str) -> None:
        """Nobody else begins a proof of this identity or address until this unit of work ends.

        Raises:
            Busy: somebody else takes too long.
        """
        ...

    def begin(
        self,
        identity_id: int,
        hashed_email: str,
        email: str,
        now: datetime,
        expires_at: datetime,
        purpose: Purpose = Purpose.MAIL,
        digits: int = 6,
    ) -> int:
        """Begins a proof and returns its number; the identity's older one of that purpose becomes void."""
        ...

    def open_of(self, identity_id: int, now: datetime) -> Proof | None:
        """The mailed code that is neither used, void nor expired; nobody else may try it until this unit of work ends.

        Raises:
            Busy: somebody else takes too long.
        """
        ...

    def latest_of(self, identity_id: int, since: datetime) -> Proof | None:
        """The newest mailed code that was asked for since then, whatever became of it."""
        ...

    def open_links(self, now: datetime) -> list[Proof]:
        """The link codes that are neither used, void nor expired."""
        ...

    def count_since(
        self, purpose: Purpose, since: datetime, *, identity_id: int | None = None, hashed_email: str | None = None
    ) -> int:
        """How many there are since then, of an identity or an address, or of everybody."""
        ...

    def count_try(self, proof_id: int) -> None:
        """Counts a wrong code."""
        ...

    def mark_used(self, proof_id: int, now: datetime) -> bool:
        """Notes that a code did its work; False if it was used or void before."""
        ...

    def to_mail(self, proof_id: int, now: datetime) -> Proof | None:
        """The proof whose code is to be mailed; None once it is used, void or expired."""
        ...
