"""What campaigns came to: what became of their messages, and what each arm ordered in its window."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from domain.records.campaigns import Campaign


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The customers of an arm, each once, from the first moment on that brought them in.

    Attributes:
        members: all of them.
        customers: those whose window is over; only they are compared.
        nets: of each of these who ordered in it, what the orders that stand came to, after discounts.
        so_far: how many members ordered in their window, which may go on.
    """

    members: int = 0
    customers: int = 0
    nets: tuple[Decimal, ...] = ()
    so_far: int = 0

    def __post_init__(self) -> None:
        if len(self.nets) > self.customers:
            raise ValueError("more ordered than there are customers")

    @property
    def ordered(self) -> int:
        """Those who ordered, of `customers`."""
        return len(self.nets)

    @property
    def share(self) -> float:
        """The same as a share; 0 of nobody."""
        return self.ordered / self.customers if self.customers else 0.0

    @property
    def net(self) -> Decimal:
        """What they brought."""
        return sum(self.nets, Decimal("0.00"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Messages:
    """What became of a campaign's messages.

    What was sent into chats arrived there. Of mails the service says what was opened and clicked: programs that load
    no pictures open nothing, others open everything. Sure is which of our links put a product into a cart (`followed`),
    and who ended marketing through a message.
    """

    sent: int = 0
    in_chat: int = 0  # of those sent
    failed: int = 0
    unsettled: int = 0  # handed over, and no answer came
    waiting: int = 0
    withheld: Mapping[str, int] = field(default_factory=dict)  # by reason, the most frequent first
    opened: int = 0
    clicked: int = 0
    followed: int = 0
    unsubscribed: int = 0

    @property
    def held(self) -> int:
        """Those that a rule forbade."""
        return sum(self.withheld.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignResult:
    """A campaign and what it came to."""

    campaign: Campaign
    messages: Messages
    treated: Group
    held_out: Group


class CampaignResults(Protocol):
    """Counts what campaigns came to."""

    def messages(self, campaigns: Sequence[Campaign], at: datetime) -> Mapping[int, Messages]:
        """What became of their messages by that moment, by the campaigns' numbers."""
        ...

    def of(self, campaigns: Sequence[Campaign], at: datetime) -> Sequence[CampaignResult]:
        """What these came to by that moment, in the same order; cancelled orders count as things stand now."""
        ...
