"""Conversations, the messages they took and the replies on their way, as they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from domain.conversation import ChatRef, Conversation


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """A reply on its way: `reply` is its JSON text, `delivered` whether it arrived."""

    delivery_id: int
    reply: str
    delivered: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A reply in its chat, where it is called `sent_as`; `question` tells which question was open below it."""

    delivery_id: int
    reply: str
    sent_as: str
    question: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps:
    """How far a turn came: what its conversation's day counts of it, once each.

    `misunderstood` is whether the fallback answered, `handed_off` whether a ticket came of it, `listed` whether
    products or departments were shown, `carted` whether the cart gained, `cards` and `orders` whether an order's card
    was shown and an order placed.
    """

    misunderstood: bool = False
    handed_off: bool = False
    listed: bool = False
    carted: bool = False
    cards: bool = False
    orders: bool = False


NO_STEPS = Steps()


class Conversations(Protocol):
    """Persistent conversations and the messages that were already answered."""

    def lock(self, chat: ChatRef, sender_id: str, now: datetime) -> Conversation:
        """The conversation of a sender in a chat, made if need be, and locked."""
        ...

    def take(self, chat: ChatRef, sender_id: str, message_id: str, now: datetime) -> Conversation | None:
        """As `lock`, and takes a message for answering; None when it was answered before."""
        ...

    def save(
        self,
        conversation: Conversation,
        now: datetime,
        *,
        message_id: str = "",
        replies: Sequence[str] = (),
        day: date | None = None,
        steps: Steps = NO_STEPS,
        intents: Sequence[str] = (),
    ) -> list[Delivery]:
        """Stores what changed, and keeps the message's replies (JSON texts) until they are delivered.

        With a `day` by the shop's clock it is a turn, and counted there with the `steps` that it took and the `intents`
        that it had.
        """
        ...

    def note_order(self, conversation: Conversation, order_id: int) -> None:
        """Remembers that an order was made here."""
        ...

    def of_order(self, order_id: int) -> tuple[ChatRef, str] | None:
        """The chat in which an order was made, and its customer's name there; None for orders from no chat.

        For one that earlier versions took where others read along it is the customer's private chat, if there is one.
        """
        ...

    def replies_to(self, chat: ChatRef, message_id: str) -> list[Delivery]:
        """What a message was answered, in order."""
        ...
