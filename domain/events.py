"""What happened in the shop, for those who must hear of it; recorded in the transaction that made it happen."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderPlaced:
    """A customer placed an order."""

    order_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderCancelled:
    """An order was called off and its stock given back; `reason` is the shop's, if it was the shop."""

    order_id: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderShipped:
    """An order left the shop."""

    order_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderDelivered:
    """An order arrived."""

    order_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StockFell:
    """A product's stock fell to the low mark or to nothing; recorded once for each such change of state."""

    product_id: str
    quantity: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketOpened:
    """A customer asked for a person."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketNoted:
    """The customer or the bot wrote to the person who has the conversation; `note_id` is what is kept of it."""

    note_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RepliesWaiting:
    """Messages that answer nothing were kept for a chat and are to be brought there."""

    channel: str
    chat_id: str


Event = (
    OrderPlaced
    | OrderCancelled
    | OrderShipped
    | OrderDelivered
    | StockFell
    | TicketOpened
    | TicketNoted
    | RepliesWaiting
)
