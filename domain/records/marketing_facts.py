"""What the rules of marketing and what is suggested need to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.conversation import ChatRef
from domain.records.notifications import Consent, Notification


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What the rules ask about a customer; `sent` is the marketing of the last seven days."""

    consent: Consent | None
    suppressed: str
    handed_over: bool
    cancelled_at: datetime | None
    sent: Sequence[Notification]
    paused: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftQuote:
    """An order card that was left unconfirmed, by whom, and in which conversation."""

    quote_id: str
    hashed_email: str
    identity_id: int
    chat: ChatRef
    sender_id: str
    created_at: datetime


class Marketing(Protocol):
    """What the rules and suggestions need to know."""

    def facts(self, hashed_email: str, identity_id: int | None, now: datetime) -> Facts:
        """What the rules ask; the customer is locked, so that two messages to them are judged in turn.

        Raises:
            Busy: another message to this customer takes too long.
        """
        ...

    def bought_since(self, hashed_email: str, since: datetime) -> set[str]:
        """The ids of the products in a customer's live orders since then."""
        ...

    def left_quotes(self, after: datetime, before: datetime) -> list[LeftQuote]:
        """The cards of that time that are still the open question of a conversation with an e-mail."""
        ...

    def left_quote(self, quote_id: str) -> LeftQuote | None:
        """One of them; None when it was placed, changed, dropped or stopped since."""
        ...
