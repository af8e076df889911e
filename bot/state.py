"""What became of a message, without a word: the state of its conversation for checks and programs, no personal data."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.conversation import Conversation
from domain.events import OrderCancelled, OrderPlaced
from domain.ports import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """A conversation after an answer.

    `asked` names the open question. `order` and `cancelled` are the numbers of the order that this message placed or
    cancelled, of several cancelled ones the last. `address` is whether one is known, not which. `did` names the intents
    that were answered; what only answers the open question is none.
    """

    cart: dict[str, int]
    asked: str | None = None
    order: int | None = None
    cancelled: int | None = None
    address: bool = False
    did: tuple[str, ...] = ()


def state_of(conversation: Conversation, uow: UnitOfWork, did: Sequence[str] = ()) -> State:
    """The state to tell of, with what `uow` recorded during the message."""
    order = cancelled = None
    for event in uow.recorded:
        if isinstance(event, OrderPlaced):
            order = event.order_id
        elif isinstance(event, OrderCancelled):
            cancelled = event.order_id
    return State(
        cart={line.product_id: line.quantity for line in conversation.cart},
        asked=None if conversation.pending is None else str(conversation.pending.kind),
        order=order,
        cancelled=cancelled,
        address=conversation.address_id is not None,
        did=tuple(did),
    )
