"""Who is to be told when a product is back, and what came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Somebody who is to be told when they can have so many pieces of a product; `lacking` of them have to come."""

    waiting_id: int
    identity_id: int
    channel: str
    chat_id: str
    sender_id: str
    product_id: str
    quantity: int
    lacking: int
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class BackInStock:
    """A product that somebody waits for: what is on the shelf, what of it others were told of, who waits, in order.

    `returned` is, by who waits, how many pieces came since they asked that nobody else was told of and took.
    """

    product_id: str
    on_hand: int
    claimed: int
    waiting: tuple[Waiting, ...]
    returned: Mapping[int, int]


class WaitingList(Protocol):
    """Who is to be told when something is back."""

    def add(self, wish: Waiting) -> bool:
        """Puts somebody on the list, or changes how many they wait for and from now on; says whether they were new.

        The wish's own id does not count.
        """
        ...

    def of_identity(self, identity_id: int) -> list[Waiting]:
        """What somebody waits for."""
        ...

    def leave(self, identity_id: int, product_id: str = "") -> list[str]:
        """Takes somebody off the list, of all products or of one; returns of which."""
        ...

    def back(self, claims_since: datetime, strangers_since: datetime) -> list[BackInStock]:
        """The products on the shelf that somebody waits for; who was told since then has a claim to what came.

        Strangers, who proved no address and never ordered, have one since `strangers_since`.
        """
        ...

    def lock(self, identity_id: int) -> None:
        """Lets nobody else tell somebody of anything until this unit of work ends.

        Raises:
            Busy: somebody else does, and takes too long.
        """
        ...

    def told_since(self, identity_id: int, since: datetime) -> int:
        """How many messages of this kind somebody got since then."""
        ...

    def mark_told(self, waiting_ids: Sequence[int], now: datetime) -> list[int]:
        """Notes that these were told; returns those that still waited."""
        ...
