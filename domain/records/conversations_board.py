"""What the board of conversations asks: how they went by period and channel, and what many asked in vain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.periods import Span

MANY = 3  # people, of whom a question tells nothing single
SAME_WORDS = 2  # of them, of whom words tell nothing single


@dataclass(frozen=True, kw_only=True, slots=True)
class Talked:
    """How conversations went: see `chat_days`."""

    conversations: int = 0
    reached_list: int = 0
    reached_cart: int = 0
    reached_card: int = 0
    reached_order: int = 0
    orders: int = 0
    turns: int = 0
    misunderstood: int = 0
    handed_off: int = 0

    def __add__(self, other: "Talked") -> "Talked":
        """Both together."""
        return Talked(
            conversations=self.conversations + other.conversations,
            reached_list=self.reached_list + other.reached_list,
            reached_cart=self.reached_cart + other.reached_cart,
            reached_card=self.reached_card + other.reached_card,
            reached_order=self.reached_order + other.reached_order,
            orders=self.orders + other.orders,
            turns=self.turns + other.turns,
            misunderstood=self.misunderstood + other.misunderstood,
            handed_off=self.handed_off + other.handed_off,
        )

    @property
    def abandoned(self) -> float | None:
        """The share of conversations with something in the cart that came to no order; None of none."""
        return (self.reached_cart - self.reached_order) / self.reached_cart if self.reached_cart else None


@dataclass(frozen=True, kw_only=True, slots=True)
class TalkedIn(Talked):
    """The same of a channel in a period."""

    first_day: date
    channel: str


@dataclass(frozen=True, kw_only=True, slots=True)
class IntentIn:
    """How many messages had an intent, in a channel in a period: see `chat_intents`."""

    first_day: date
    channel: str
    intent: str
    turns: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedByMany:
    """A question that waits for an answer: its number, how many people asked, how often, and when last.

    `text` are words that several of them used; empty where each asked in words of their own.
    """

    number: int
    text: str
    product_id: str
    people: int
    times: int
    last_at: datetime


class ConversationsBoard(Protocol):
    """Reads what the board shows."""

    def is_built(self) -> bool:
        """Whether the warehouse has the tables; then they stay where they are."""
        ...

    def channels(self) -> Sequence[str]:
        """Where anybody ever wrote, by name."""
        ...

    def talked(self, first: date, last: date, span: Span) -> Sequence[TalkedIn]:
        """By channel and period from `first` to `last`, where anybody wrote."""
        ...

    def intents(self, first: date, last: date, span: Span) -> Sequence[IntentIn]:
        """By intent, channel and period from `first` to `last`."""
        ...

    def asked_by_many(self, limit: int) -> Sequence[AskedByMany]:
        """The open questions that at least `MANY` people asked, the most asked first."""
        ...
