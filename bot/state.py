"""What became of a message, without a word: the state of its conversation for checks and programs, no personal data."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from domain.conversation import Asked, Conversation
from domain.events import OrderCancelled, OrderPlaced
from domain.ports import UnitOfWork

# What is asked for a plan goes by the name of what is asked elsewhere.
_ASKED = {Asked.PLAN_ORDER: "which_order", Asked.PLAN_ADDRESS: "address"}


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """A conversation after an answer.

    `cart` is that of the next order, also while a placed one is changed; then `changing` is its number.
    `asked` names the open question; `question` is another text for each, so that a page sees which of its buttons still
    answer one. `order` and `cancelled` are the numbers of the order that this message placed or
    cancelled, of several cancelled ones the last. `address` is whether one is known, not which. `did` names the intents
    that were answered; what only answers the open question is none.
    """

    cart: dict[str, int]
    changing: int | None = None
    asked: str | None = None
    question: str = ""
    order: int | None = None
    cancelled: int | None = None
    address: bool = False
    did: tuple[str, ...] = ()


def question_key(conversation: Conversation) -> str:
    """Tells the open question from any other, also of its kind, and not what it is about; empty where none is open."""
    asked = conversation.pending
    if asked is None:
        return ""
    about = f"{conversation.identity_id}/{asked.kind}/{asked.subject}/{asked.quantity}/{'/'.join(asked.options)}"
    return hashlib.sha256(about.encode()).hexdigest()[:16]


def state_of(conversation: Conversation, uow: UnitOfWork, did: Sequence[str] = ()) -> State:
    """The state to tell of, with what `uow` recorded during the message."""
    order = cancelled = None
    for event in uow.recorded:
        if isinstance(event, OrderPlaced):
            order = event.order_id
        elif isinstance(event, OrderCancelled):
            cancelled = event.order_id
    cart = conversation.cart if conversation.changing is None else conversation.aside.cart
    return State(
        cart={line.product_id: line.quantity for line in cart},
        changing=conversation.changing,
        asked=None
        if conversation.pending is None
        else _ASKED.get(conversation.pending.kind, conversation.pending.kind),
        question=question_key(conversation),
        order=order,
        cancelled=cancelled,
        address=conversation.address_id is not None,
        did=tuple(did),
    )
