"""Campaigns: to whom the shop writes on its own, with which words, who was left alone, and what each came to.

An automation is a campaign that never ends: who comes into its audience is written to then. Each customer of a
campaign is a member of one arm, from the moment on that its window runs for both arms alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from domain.conversation import ChatRef
from domain.records.segments import Segment, Tier

USUAL_HOLD_OUT = Decimal("0.10")
MOST_HOLD_OUT = Decimal("0.50")
USUAL_WINDOW = timedelta(days=30)


class CampaignKind(StrEnum):
    """What brings customers into a campaign: staff at one time, or something that happens to each of them."""

    CAMPAIGN = "campaign"
    WIN_BACK = "win_back"
    SECOND_ORDER = "second_order"
    BACK_IN_STOCK = "back_in_stock"
    CART_LEFT = "cart_left"
    AFTER_DELIVERY = "after_delivery"

    @property
    def automatic(self) -> bool:
        """Whether it goes on by itself."""
        return self is not CampaignKind.CAMPAIGN


AUTOMATIONS = tuple(kind for kind in CampaignKind if kind.automatic)


class CampaignState(StrEnum):
    """Where a campaign is in its life."""

    DRAFT = "draft"
    WAITING = "waiting"  # for a second person's approval
    APPROVED = "approved"  # it begins at its time
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"  # everybody was written to, or it was withheld

    @property
    def over(self) -> bool:
        """Whether nothing more is sent."""
        return self in (CampaignState.STOPPED, CampaignState.DONE)


class Arm(StrEnum):
    """What becomes of a member: who is held out is not written to, so that the others can be compared with them."""

    TREATED = "treated"
    HELD_OUT = "held_out"


@dataclass(frozen=True, kw_only=True, slots=True)
class Audience:
    """Who is meant: all of what is said must hold, and of each list one.

    Attributes:
        at_risk: likelier to leave than not, as the latest predictions say.
        bought, not_bought: products of orders that stand.
        places: as the warehouse names them.
        collected: whom staff collected by `/churn add`.
    """

    segments: tuple[Segment, ...] = ()
    tiers: tuple[Tier, ...] = ()
    at_risk: bool = False
    bought: tuple[str, ...] = ()
    not_bought: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    collected: bool = False


EVERYBODY = Audience()


@dataclass(frozen=True, kw_only=True, slots=True)
class Campaign:
    """A campaign as staff wrote it, and how it stands.

    Attributes:
        hold_out: the share that is left alone, from 0 to `MOST_HOLD_OUT`.
        promotion_id: the promotion that its message names.
        starts_at: not before then; None as soon as it is approved.
        usual_hour: each at the hour of day at which they order most, within a day from the start.
        in_chat: to those who agreed to ideas in their chat, there; else by mail.
        window: so long from a member's moment their orders count.
    """

    campaign_id: int = 0
    kind: CampaignKind = CampaignKind.CAMPAIGN
    name: str
    state: CampaignState = CampaignState.DRAFT
    audience: Audience = EVERYBODY
    subject: str = ""
    words: str = ""
    product_ids: tuple[str, ...] = ()
    promotion_id: int | None = None
    hold_out: Decimal = USUAL_HOLD_OUT
    starts_at: datetime | None = None
    usual_hour: bool = False
    in_chat: bool = False
    window: timedelta = USUAL_WINDOW
    made_by: str = ""
    made_at: datetime | None = None
    approved_by: str = ""
    approved_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def paragraphs(self) -> list[str]:
        """Its words, a line each, without blank ones."""
        return [line.strip() for line in self.words.split("\n") if line.strip()]


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """How many an audience has: `reachable` agreed to marketing and have an address that takes mails.

    `lately` of these were written to by another campaign in the last week; `running` are members of one that runs.
    """

    total: int
    reachable: int
    lately: int
    running: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Reachable:
    """A customer who may be written to, and the hour of day at which they order most (by the shop's clock).

    `occasion` tells apart what brings them into an automation, where that may come again.
    """

    hashed_email: str
    usual_hour: int | None = None
    occasion: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewMember:
    """Who becomes a member; `sent` by the campaign, or else by what brought them in."""

    hashed_email: str
    arm: Arm
    due_at: datetime
    occasion: str = ""
    sent: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignMember:
    """A member; `next_at` is when they are written to, None once that is settled."""

    member_id: int
    campaign_id: int
    hashed_email: str
    arm: Arm
    due_at: datetime
    occasion: str = ""
    next_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnChat:
    """A customer's private chat, where they agreed to hear from the shop."""

    chat: ChatRef
    sender_id: str
    identity_id: int


class Audiences(Protocol):
    """Who is in an audience, by now."""

    def size(self, audience: Audience, now: datetime, but: int = 0) -> Size:
        """How many an audience has; campaign `but` does not count as another.

        Raises:
            NotBuilt: it asks for what only the warehouse knows, and that is not there.
        """
        ...

    def reachable(self, audience: Audience, *, hours_in: str = "") -> Sequence[Reachable]:
        """All of an audience who may be written to, in no order that means anything.

        `hours_in` is the time zone in which the hour is told at which each orders most; blank: that is not asked.

        Raises:
            NotBuilt: as `size`.
        """
        ...

    def entering(self, automation: Campaign, now: datetime) -> Sequence[Reachable]:
        """Who comes into an automation by now, may be written to, and is no member for that occasion yet."""
        ...

    def places(self) -> Sequence[str]:
        """The places that customers are at, as the warehouse names them, most customers first."""
        ...


class Campaigns(Protocol):
    """Campaigns and their members."""

    def add(self, campaign: Campaign) -> Campaign:
        """Stores a new one; its number is given by the storage."""
        ...

    def lock(self, campaign_id: int) -> Campaign | None:
        """A campaign, which nobody else changes until this unit of work ends.

        Raises:
            Busy: somebody else is at it for too long.
        """
        ...

    def get(self, campaign_id: int) -> Campaign | None:
        """A campaign."""
        ...

    def put(self, campaign: Campaign) -> None:
        """Stores a locked campaign as it is now."""
        ...

    def latest(self, limit: int, offset: int = 0) -> tuple[Sequence[Campaign], int]:
        """Campaigns of staff, newest first, and how many there are."""
        ...

    def automations(self) -> Mapping[CampaignKind, Campaign]:
        """Every automation that was ever switched on or off."""
        ...

    def automation(self, kind: CampaignKind) -> Campaign | None:
        """One of them."""
        ...

    def add_members(self, campaign_id: int, members: Sequence[NewMember], now: datetime) -> int:
        """Stores members; who is one for that occasion already stays as they are. How many are new."""
        ...

    def arms(self, campaign_id: int, hashed_emails: Sequence[str]) -> Mapping[str, Arm]:
        """The arms of those who are members already."""
        ...

    def of_customer(self, hashed_email: str) -> Sequence[tuple[Campaign, CampaignMember]]:
        """The campaigns that a customer is a member of, newest first."""
        ...

    def due(self, campaign_id: int, now: datetime, limit: int) -> Sequence[CampaignMember]:
        """Treated members who are to be written to now, the longest due first."""
        ...

    def next_due(self, campaign_id: int) -> datetime | None:
        """When somebody is to be written to next; None: nobody waits."""
        ...

    def with_work(self, now: datetime) -> Sequence[int]:
        """The campaigns that are to begin, and those that have somebody to write to."""
        ...

    def settle(self, member_id: int, next_at: datetime | None = None) -> None:
        """Notes that a member is done with, or that they are to be written to at another moment."""
        ...

    def own_chat(self, hashed_email: str) -> OwnChat | None:
        """Where a customer agreed to be written to, beside mail."""
        ...

    def agree_in_chat(self, hashed_email: str, there: OwnChat, now: datetime) -> None:
        """Notes the chat in which a customer agreed to be written to."""
        ...

    def leave_chat(self, hashed_email: str) -> None:
        """Takes note that a customer is written to in no chat any more."""
        ...
