"""What customers do with what they are recommended: shown, dismissed, put into the cart, ordered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from domain.model import Order

ATTRIBUTED = timedelta(days=7)  # from being shown to being added, and from that to being ordered
POSTS_LAST = timedelta(days=60)  # a button below an older post still works, but counts for nothing
NOT_AGAIN = timedelta(days=30)  # a dismissed product is not recommended


class Placement(StrEnum):
    """Where a recommendation is shown, and what it rests on."""

    BOUGHT_TOGETHER = "bought together"
    POPULAR = "popular"
    OF_A_KIND = "of a kind"
    SIMILAR = "similar"
    NEED = "for a need"
    BUY_AGAIN = "buy again"
    NEW_FOR_YOU = "new for you"
    MAIL = "mail after an order"
    CAMPAIGN = "campaign"
    CHANNEL_POST = "post in a channel"  # shown to whoever pressed its button; nobody knows who else read it


@dataclass(frozen=True, kw_only=True, slots=True)
class Performance:
    """What became of the products that were shown at a placement: each time a product is shown counts.

    `revenue` is what the live orders among `ordered` paid for them, before discounts.
    """

    placement: Placement
    shown: int
    added: int
    dismissed: int
    ordered: int
    revenue: Decimal

    @property
    def click_through(self) -> float:
        """The share of what was shown that was put into the cart."""
        return self.added / self.shown if self.shown else 0.0


class Impressions(Protocol):
    """What was shown to whom, and what they did with it; an order's line counts for one impression at most."""

    def shown(self, placement: Placement, product_ids: Sequence[str], identity_id: int, now: datetime) -> None:
        """Notes products that a chat showed."""
        ...

    def mailed(
        self, placement: Placement, product_ids: Sequence[str], hashed_email: str, message_id: str, now: datetime
    ) -> None:
        """Notes products that a mail shows; the same mail again notes nothing."""
        ...

    def posted(self, channels: Iterable[str], product_ids: Sequence[str], now: datetime) -> None:
        """Notes products that a post offers to the customers of these channels."""
        ...

    def was_posted(self, channel: str, product_id: str, since: datetime) -> bool:
        """Whether a post offered a product there since then."""
        ...

    def followed(self, message_id: str, product_id: str, identity_id: int, now: datetime) -> None:
        """Notes that a mail's link put a product into a cart, the first time: what comes of it counts for that mail."""
        ...

    def added(self, product_ids: Sequence[str], identity_id: int, now: datetime) -> None:
        """Notes that products came into the cart; it counts for where each was shown last."""
        ...

    def dismissed(self, product_ids: Sequence[str], identity_id: int, now: datetime) -> None:
        """Notes that a customer wants none of these, of where each was shown last."""
        ...

    def dismissed_since(self, identity_id: int, since: datetime) -> set[str]:
        """What a customer dismissed since then."""
        ...

    def ordered(self, order: Order) -> None:
        """Notes that what was added became an order; it counts for where each product was added last."""
        ...

    def performance(self, since: datetime, until: datetime) -> list[Performance]:
        """What became of all that was shown in that time, by placement."""
        ...
