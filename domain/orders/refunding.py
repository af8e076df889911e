"""Notes that money was given back for a cancelled order. It moves none: the audit log keeps what staff says it did."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from domain.errors import NotCancelled, OrderNotFound, RefundNotedMeanwhile, RefundTooHigh
from domain.model import Order, OrderState
from domain.ports import UnitOfWork
from domain.records.auditing import Action, Entry, of_order

_MOST = 1000  # entries about one order


class Way(StrEnum):
    """How money went back. A closed list, because the audit log names no customer."""

    CARD = "card"
    TRANSFER = "transfer"
    CASH = "cash"
    VOUCHER = "voucher"
    OTHER = "other"


def refunds(uow: UnitOfWork, order_id: int) -> Sequence[Entry]:
    """What was noted of an order, newest first."""
    return [entry for entry in uow.audit.of(of_order(order_id), _MOST) if entry.action == Action.REFUND]


def left_to_refund(order: Order, noted: Sequence[Entry]) -> Decimal:
    """What of an order's total was not given back yet."""
    return order.total - sum((Decimal(entry.changed_to["amount"]) for entry in noted), Decimal(0))


def note_refund(
    uow: UnitOfWork, order_id: int, amount: Decimal, way: Way, *, seen: int, actor: str, now: datetime
) -> Entry:
    """Notes that `amount` was given back; `seen` is how many refunds of the order whoever notes it knew of.

    Raises:
        OrderNotFound: no such order.
        NotCancelled: what is to be delivered is not paid back.
        RefundNotedMeanwhile: there are more than `seen`: the same one, sent twice, or a colleague's.
        RefundTooHigh: it is nothing, or more than is left of the order's total.
        Busy: the order is locked by others for too long.
    """
    order = uow.orders.lock(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    if order.state is not OrderState.CANCELLED:
        raise NotCancelled(order_id)
    noted = refunds(uow, order_id)
    if len(noted) != seen:
        raise RefundNotedMeanwhile(order_id)
    left = left_to_refund(order, noted)
    if not 0 < amount <= left:
        raise RefundTooHigh(order_id, amount, left)
    facts = {"amount": str(amount), "way": str(way)}
    return uow.audit.note(
        Entry(at=now, actor=actor, action=Action.REFUND, subject=of_order(order_id), changed_to=facts)
    )
