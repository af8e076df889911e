"""Payments through a provider, in the ledger: what is asked for, what came in, and what went back, each once."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from domain.model import Order, OrderState
from domain.orders.money import costs_today
from domain.payments.providing import Received
from domain.payments.settling import part_off, settle
from domain.ports import UnitOfWork
from domain.records.payments import (
    INVOICE,
    PAY_LINK,
    Method,
    MethodKind,
    Payment,
    PaymentKind,
    PaymentState,
    Why,
    open_charges,
    open_refunds,
)

_NOTHING = Decimal("0.00")


@dataclass(frozen=True, kw_only=True, slots=True)
class ToPay:
    """What of an order is still to be paid, since which charge, and what the provider calls it if it was asked for."""

    amount: Decimal
    charge_id: int
    reference: str


def to_pay(uow: UnitOfWork, order_id: int) -> ToPay | None:
    """What is still to be paid for an order; None where nothing is."""
    charges = open_charges(uow.payments.of_order(order_id))
    if not charges:
        return None
    amount = sum((one.amount for one in charges), _NOTHING)
    reference = next((one.reference for one in charges if one.reference), "")
    return ToPay(amount=amount, charge_id=charges[0].payment_id, reference=reference)


def note_asked(uow: UnitOfWork, order_id: int, reference: str) -> None:
    """Keeps what the provider calls the payment that it asks for, so that it is asked for once.

    Raises:
        Busy: the order is locked by others for too long.
    """
    uow.orders.lock(order_id)
    for charge in open_charges(uow.payments.of_order(order_id)):
        if charge.reference != reference:
            uow.payments.save(replace(charge, reference=reference))


def take_payment(uow: UnitOfWork, event_id: str, received: Received, *, now: datetime) -> bool:
    """Notes that money came in for an order; False where that was noted before, or there is no such order.

    The order may have changed while its customer paid: what came in above what is still open is a charge too, and goes
    back with the settling.

    Raises:
        Busy: the order is locked by others for too long.
    """
    if not uow.payments.take_event(event_id, now):
        return False
    order = uow.orders.lock(received.order_id)
    if order is None:
        return False
    ledger = uow.payments.of_order(order.order_id)
    if any(one.reference == received.reference and one.state is PaymentState.DONE for one in ledger):
        return False
    method_id, rest = _remembered(uow, order, received), received.amount
    for charge in open_charges(ledger):
        part = min(rest, charge.amount)
        if part > _NOTHING:
            rest -= part
            paid = replace(charge, state=PaymentState.DONE, method_id=method_id, reference=received.reference)
            part_off(uow, charge, part, replace(paid, done_at=now))
    why = Why.CANCELLED if order.state is OrderState.CANCELLED else Why.CHANGED
    if rest > _NOTHING:
        above = Payment(
            order_id=order.order_id,
            kind=PaymentKind.CHARGE,
            amount=rest,
            method_id=method_id,
            why=why,
            state=PaymentState.DONE,
            reference=received.reference,
            at=now,
            done_at=now,
        )
        uow.payments.add([above])
    settle(uow, order, owed=costs_today(order), why=why, now=now)
    return True


def note_given_back(uow: UnitOfWork, owed: Payment, reference: str, *, now: datetime) -> None:
    """Notes that the provider paid a refund out; nothing where that was noted before.

    Raises:
        Busy: the order is locked by others for too long.
    """
    if (refund := _still_open(uow, owed)) is not None:
        uow.payments.save(replace(refund, state=PaymentState.DONE, reference=reference, done_at=now))


def leave_to_staff(uow: UnitOfWork, owed: Payment) -> None:
    """Has staff pay out what the provider refuses to.

    Raises:
        Busy: the order is locked by others for too long.
    """
    if (refund := _still_open(uow, owed)) is not None:
        uow.payments.save(replace(refund, method_id=INVOICE.method_id))


def _still_open(uow: UnitOfWork, owed: Payment) -> Payment | None:
    uow.orders.lock(owed.order_id)
    refunds = open_refunds(uow.payments.of_order(owed.order_id))
    return next((one for one in refunds if one.payment_id == owed.payment_id), None)


def _remembered(uow: UnitOfWork, order: Order, received: Received) -> str:
    """The id of what paid; it is kept for its customer, unless they were forgotten meanwhile."""
    if uow.people.email(order.hashed_email) is None:
        return PAY_LINK.method_id
    uow.payments.put_method(
        Method(
            method_id=received.method_id,
            hashed_email=order.hashed_email,
            kind=MethodKind.CARD,
            label=received.label,
            provider=PAY_LINK.provider,
        )
    )
    return received.method_id
