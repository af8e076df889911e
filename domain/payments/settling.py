"""Brings the ledger of an order to what its lines cost: charges what is missing, gives back what is too much.

Every act that changes what an order costs ends with `settle`. So charges less refunds are what the lines cost, whatever
was done, in whatever order. Methods are locked last, after the order, its products and promotions.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from domain.errors import GiftCardTooLow, MethodUnknown
from domain.events import RefundDue
from domain.model import Order
from domain.ports import UnitOfWork
from domain.records.payments import (
    EVERYBODYS,
    INVOICE,
    Method,
    MethodKind,
    Payment,
    PaymentKind,
    PaymentState,
    Why,
    balance,
    owed_by_provider,
)

_NOTHING = Decimal("0.00")


def settle(
    uow: UnitOfWork, order: Order, *, owed: Decimal, why: Why, now: datetime, method_id: str | None = None
) -> tuple[Payment, ...]:
    """Makes the ledger of an order sum to `owed`; gives the lines that it wrote, none where all stood right.

    Without `method_id`, what is missing is charged to what paid last, and what is too much goes back to what paid, the
    newest charge first: several methods may have paid, so there may be several refunds.

    Args:
        uow: the unit of work of the act.
        order: as it was locked, before the act: one that has no ledger, such as history, was paid as it was.
        owed: what its lines cost now.
        why: the act.
        now: when it is.
        method_id: where the money comes from or goes to.

    Raises:
        MethodUnknown: there is no such method, or it is somebody else's.
        GiftCardTooLow: it does not cover what is missing; nothing was written.
        Busy: the methods are locked by others for too long.
    """
    ledger = uow.payments.of_order(order.order_id) or _opened(uow, order)
    gap = owed - balance(ledger)
    if gap == _NOTHING:
        return ()
    if gap > _NOTHING:
        method = _method(uow, method_id or _paid_last(ledger), order.hashed_email)
        return (_charge(uow, order, gap, method, why, now),)
    if method_id is not None:
        _method(uow, method_id, order.hashed_email)
    return _give_back(uow, ledger, -gap, why, now, method_id)


def first_charge(uow: UnitOfWork, order: Order, method_id: str) -> Payment | None:
    """The charge that opens the ledger of an order which is about to be stored, in the same statement; None if free.

    Raises:
        MethodUnknown, GiftCardTooLow, Busy: see `settle`.
    """
    if order.total == _NOTHING:
        return None
    method = _method(uow, method_id, order.hashed_email)
    charge = Payment(
        order_id=order.order_id,
        kind=PaymentKind.CHARGE,
        amount=order.total,
        method_id=method_id,
        why=Why.PLACED,
        state=PaymentState.OPEN,
        at=order.placed_at,
    )
    return _moved(uow, charge, method)


def check_method(method_id: str | None, *, proven: bool) -> None:
    """What somebody keeps to pay with is for who proved that they are that customer: typing an e-mail is no proof.

    Raises:
        MethodUnknown: it is neither everybody's nor left to the shop, and nothing is `proven`.
    """
    if method_id is not None and method_id not in EVERYBODYS and not proven:
        raise MethodUnknown(method_id)


def part_off(uow: UnitOfWork, payment: Payment, amount: Decimal, changed: Payment) -> Payment:
    """Makes of so much of an open line what `changed` is; the rest stays as it was, and the sum too."""
    if amount == payment.amount:
        uow.payments.save(changed)
        return changed
    uow.payments.save(replace(payment, amount=payment.amount - amount))
    return uow.payments.add([replace(changed, payment_id=0, amount=amount)])[0]


def left_of(ledger: Sequence[Payment]) -> dict[int, Decimal]:
    """What of each charge that counts was not given back, by its number."""
    left = {one.payment_id: one.amount for one in ledger if one.kind is PaymentKind.CHARGE and one.counts}
    for one in ledger:
        if one.charge_id is not None:
            left[one.charge_id] -= one.amount
    return left


def _opened(uow: UnitOfWork, order: Order) -> list[Payment]:
    if order.total == _NOTHING:
        return []
    opening = Payment(
        order_id=order.order_id,
        kind=PaymentKind.CHARGE,
        amount=order.total,
        method_id=INVOICE.method_id,
        why=Why.PLACED,
        state=PaymentState.DONE,
        at=order.placed_at,
        done_at=order.placed_at,
    )
    return uow.payments.add([opening])


def _paid_last(ledger: Sequence[Payment]) -> str:
    charges = [one for one in ledger if one.kind is PaymentKind.CHARGE]
    return charges[-1].method_id if charges else INVOICE.method_id


def _method(uow: UnitOfWork, method_id: str, hashed_email: str) -> Method:
    method = EVERYBODYS.get(method_id) or uow.payments.lock_methods([method_id]).get(method_id)
    if method is None or method.hashed_email not in ("", hashed_email):
        raise MethodUnknown(method_id)
    return method


def _charge(uow: UnitOfWork, order: Order, amount: Decimal, method: Method, why: Why, now: datetime) -> Payment:
    charge = Payment(
        order_id=order.order_id,
        kind=PaymentKind.CHARGE,
        amount=amount,
        method_id=method.method_id,
        why=why,
        state=PaymentState.OPEN,
        at=now,
    )
    return uow.payments.add([_moved(uow, charge, method)])[0]


def _give_back(
    uow: UnitOfWork, ledger: Sequence[Payment], excess: Decimal, why: Why, now: datetime, to: str | None
) -> tuple[Payment, ...]:
    """What nobody paid yet is not asked for any more; then the newest charges go back first."""
    left = left_of(ledger)
    charges = [one for one in reversed(ledger) if left.get(one.payment_id, _NOTHING) > _NOTHING]
    charges.sort(key=lambda one: one.state is not PaymentState.OPEN)
    methods = uow.payments.lock_methods({to} if to is not None else {one.method_id for one in charges})
    written = []
    for charge in charges:
        part = min(excess, left[charge.payment_id])
        excess -= part
        if part == _NOTHING:
            break
        if charge.state is PaymentState.OPEN:
            written.append(part_off(uow, charge, part, replace(charge, state=PaymentState.VOID)))
            continue
        method_id = to or charge.method_id
        refund = replace(
            charge,
            payment_id=0,
            kind=PaymentKind.REFUND,
            amount=part,
            method_id=method_id,
            why=why,
            state=PaymentState.OPEN,
            reference="",
            at=now,
            done_at=None,
            charge_id=charge.payment_id,
        )
        method = methods.get(method_id)  # it may be gone with its customer; then staff pays out
        written += uow.payments.add([refund if method is None else _moved(uow, refund, method)])
    if owed_by_provider([*charges, *written]):
        uow.record(RefundDue(order_id=ledger[0].order_id))
    return tuple(written)


def _moved(uow: UnitOfWork, payment: Payment, method: Method) -> Payment:
    """The line once what moves by itself has moved: a gift card's balance, and what is charged where nobody asks us.

    Raises:
        GiftCardTooLow: the card does not cover it.
    """
    charged = payment.kind is PaymentKind.CHARGE
    if method.kind is MethodKind.GIFT_CARD:
        held = method.balance or _NOTHING
        if charged and held < payment.amount:
            raise GiftCardTooLow(method.method_id, method.label, held, payment.amount)
        uow.payments.move_balance(method.method_id, -payment.amount if charged else payment.amount)
    elif method.provider or not charged:
        return payment
    return replace(payment, state=PaymentState.DONE, done_at=payment.at)
