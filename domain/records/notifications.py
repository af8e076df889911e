"""Messages that the shop sends on its own: their kinds and classes, and what became of each of them.

A notification is named by its key (`domain.message_ids`) and goes out once. Transactional ones always go out,
marketing ones only where the rules of `domain.outreach.rules` allow.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

EMAIL = "email"
NOT_PROVEN = ", not proven"  # ends `Consent.by` of the word of somebody who only typed the address


class Kind(StrEnum):
    """What a message is about."""

    ORDER_PLACED = "order_placed"
    ORDER_CHANGED = "order_changed"
    ORDER_CANCELLED = "order_cancelled"
    ORDER_SHIPPED = "order_shipped"
    ORDER_DELIVERED = "order_delivered"
    RETURN_REQUESTED = "order_return_requested"
    RETURN_RECEIVED = "order_return_received"
    RETURN_REFUNDED = "order_return_refunded"
    RETURN_REPLACED = "order_return_replaced"
    RETURN_REFUSED = "order_return_refused"
    RETURN_CALLED_OFF = "order_return_called_off"
    CODE = "code"  # proves that an address is its sender's
    OPT_IN = "opt_in"  # asks an address whether it wants marketing
    REMARKETING = "remarketing"
    CART_REMINDER = "cart_reminder"
    CAMPAIGN = "campaign"
    SAMPLE = "sample"  # of a campaign, to staff
    REPORT = "report"  # to staff

    @property
    def marketing(self) -> bool:
        """Whether consent, caps and quiet hours apply."""
        return self in (Kind.REMARKETING, Kind.CART_REMINDER, Kind.CAMPAIGN)


class Outcome(StrEnum):
    """What became of a message."""

    WAITING = "waiting"  # it will be tried, again or for the first time
    SENDING = "sending"  # handed over, and no answer yet: it may have gone out or not
    SENT = "sent"
    FAILED = "failed"  # it was refused for good
    WITHHELD = "withheld"  # a rule forbade it


@dataclass(frozen=True, kw_only=True, slots=True)
class Notification:
    """One message and what became of it; `reason` says why, in words for staff.

    `message_id` names it to the outside (in links and to the mail service): it says nothing about the customer.
    `answered_at` is when its reader cancelled the order through its link, `unsubscribed_at` when they ended marketing
    through it; `opened_at` and `clicked_at` are what the mail service says.
    """

    key: str
    message_id: str
    kind: Kind
    channel: str
    hashed_email: str
    outcome: Outcome
    reason: str
    created_at: datetime
    tried_at: datetime | None = None
    settled_at: datetime | None = None
    answered_at: datetime | None = None
    order_id: int | None = None
    campaign_id: int | None = None
    opened_at: datetime | None = None
    clicked_at: datetime | None = None
    unsubscribed_at: datetime | None = None


def new_mail(
    key: str,
    kind: Kind,
    hashed_email: str,
    now: datetime,
    *,
    order_id: int | None = None,
    campaign_id: int | None = None,
    reason: str = "",
) -> Notification:
    """A mail that is to be sent."""
    return Notification(
        key=key,
        message_id=uuid.uuid4().hex,
        kind=kind,
        channel=EMAIL,
        hashed_email=hashed_email,
        outcome=Outcome.WAITING,
        reason=reason,
        created_at=now,
        order_id=order_id,
        campaign_id=campaign_id,
    )


class Notifications(Protocol):
    """What was sent and withheld."""

    def lock(self, wanted: Notification) -> Notification:
        """The message of this key as it stands, made if need be; nobody else sends it until this unit of work ends.

        Raises:
            Busy: somebody else is at it for too long.
        """
        ...

    def mark(self, key: str, outcome: Outcome, reason: str, at: datetime) -> None:
        """Notes that a locked message is being sent, or what became of it."""
        ...

    def note(self, noted: Notification) -> None:
        """Notes a message that is waiting or withheld; one that was sent meanwhile stays as it is."""
        ...

    def get(self, key: str) -> Notification | None:
        """The message of this key."""
        ...

    def of_message(self, message_id: str) -> Notification | None:
        """The message of this name."""
        ...

    def marketing_since(self, hashed_email: str, since: datetime) -> list[Notification]:
        """Marketing that went out to a customer, or may have, since then, in any channel."""
        ...

    def unconfirmed_out(self, hashed_email: str, but: int) -> bool:
        """Whether a mail went to an address about another order than `but` that it never confirmed."""
        ...

    def answer(self, hashed_email: str, order_id: int, now: datetime) -> None:
        """Notes that who reads the mails about an order answered them: they hold no others back."""
        ...

    def note_read(self, message_id: str, at: datetime, *, clicked: bool) -> None:
        """Notes that the mail service says it was opened, or a link in it `clicked`; of several times the first."""
        ...

    def note_unsubscribed(self, message_id: str, at: datetime) -> None:
        """Notes that its reader ended marketing through it; of several times the first."""
        ...

    def latest(self, hashed_email: str, limit: int) -> list[Notification]:
        """The newest messages sent or withheld, newest first."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """A customer's word on marketing, and where it was given: a channel, a link, the mail service."""

    given: bool
    by: str
    at: datetime

    @property
    def confirmed(self) -> bool:
        """Whether the owner of the address agreed; until 2026-11 a word from anybody was kept as one."""
        return self.given and not self.by.endswith(NOT_PROVEN)


class Consents(Protocol):
    """Who wants marketing, and whose address must not get any."""

    def lock(self, hashed_email: str) -> None:
        """Nobody else notes this customer's word, or judges by it, until this unit of work ends.

        Raises:
            Busy: somebody else takes too long.
        """
        ...

    def of(self, hashed_email: str) -> Consent | None:
        """The latest word; None if it was never given."""
        ...

    def record(self, hashed_email: str, consent: Consent) -> None:
        """Replaces the customer's word."""
        ...

    def suppress(self, hashed_email: str, reason: str, at: datetime) -> None:
        """Notes that an address bounced, or its owner complained: "bounce", "spam report"."""
        ...

    def suppressed(self, hashed_email: str) -> str:
        """Why an address gets no marketing whatever its owner says; empty if it may."""
        ...

    def note_event(self, event_id: str, happened_at: datetime, at: datetime) -> bool:
        """Notes one report of the mail service, about something that happened then; False if it came before."""
        ...

    def reported_until(self) -> datetime | None:
        """When the latest thing happened that the mail service reported."""
        ...
