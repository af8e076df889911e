"""Notes what staff paid out of what an order's ledger owes back. It moves no money; the audit log keeps who said so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from domain.errors import NothingOwed, OrderNotFound, RefundNotedMeanwhile, RefundTooHigh
from domain.model import Order, OrderState
from domain.orders.money import costs_today
from domain.payments.settling import part_off, settle
from domain.ports import UnitOfWork
from domain.records.auditing import Action, Entry, of_order
from domain.records.payments import Payment, PaymentKind, PaymentState, Why, open_refunds, owed_by_provider

_MOST = 1000  # entries about one order
_NOTHING = Decimal("0.00")


class Way(StrEnum):
    """How money went back. A closed list, because the audit log names no customer."""

    CARD = "card"
    TRANSFER = "transfer"
    CASH = "cash"
    VOUCHER = "voucher"
    OTHER = "other"


def paid_out(ledger: Sequence[Payment]) -> int:
    """How many refunds of an order went out: what whoever notes another one has to have seen."""
    return sum(one.kind is PaymentKind.REFUND and one.state is PaymentState.DONE for one in ledger)


def noted(uow: UnitOfWork, order_id: int) -> Sequence[Entry]:
    """Who noted refunds of an order, and when, newest first."""
    return [entry for entry in uow.audit.of(of_order(order_id), _MOST) if entry.action == Action.REFUND]


def owed_by_hand(order: Order, ledger: Sequence[Payment]) -> Decimal:
    """What staff has to pay out of what is owed back: all but what a provider does.

    A cancelled order without a ledger, such as history, owes its total.
    """
    if not ledger and order.state is OrderState.CANCELLED:
        return order.total
    return sum((one.amount for one in _by_hand(ledger)), _NOTHING)


def note_refund(
    uow: UnitOfWork, order_id: int, amount: Decimal, way: Way, *, seen: int, actor: str, now: datetime
) -> Entry:
    """Notes that `amount` was paid out; `seen` is how many refunds of the order whoever notes it knew of.

    Raises:
        OrderNotFound: no such order.
        NothingOwed: its customer paid no more than it costs, and never did.
        RefundNotedMeanwhile: there are more than `seen`: the same one, sent twice, or a colleague's.
        RefundTooHigh: it is nothing, or more than is owed back.
        Busy: the order is locked by others for too long.
    """
    order = uow.orders.lock(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    if order.state is OrderState.CANCELLED:
        settle(uow, order, owed=costs_today(order), why=Why.CANCELLED, now=order.cancelled_at or now)
    ledger = uow.payments.of_order(order_id)
    if not any(one.kind is PaymentKind.REFUND for one in ledger):
        raise NothingOwed(order_id)
    if paid_out(ledger) != seen:
        raise RefundNotedMeanwhile(order_id)
    owed = _by_hand(ledger)
    left = sum((one.amount for one in owed), _NOTHING)
    if not 0 < amount <= left:
        raise RefundTooHigh(order_id, amount, left)
    rest = amount
    for refund in owed:
        part = min(rest, refund.amount)
        if part:
            rest -= part
            done = replace(refund, state=PaymentState.DONE, reference=str(way), done_at=now)
            part_off(uow, refund, part, done)
    facts = {"amount": str(amount), "way": str(way)}
    return uow.audit.note(
        Entry(at=now, actor=actor, action=Action.REFUND, subject=of_order(order_id), changed_to=facts)
    )


def _by_hand(ledger: Sequence[Payment]) -> list[Payment]:
    provided = [refund for refund, _ in owed_by_provider(ledger)]
    return [one for one in open_refunds(ledger) if one not in provided]
