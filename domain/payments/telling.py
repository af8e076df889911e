"""What is told of an order's money: its ledger gathered by what paid and what went back where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.ports import UnitOfWork
from domain.records.payments import INVOICE, Method, Payment, PaymentKind, PaymentState, Why


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A sum by one method. `at` is when it went back; of a charge, and of what is still owed back, there is none.

    `elsewhere` says of a refund that it goes where the money did not come from; `method` is None once it is forgotten.
    `off_invoice` says of one that it only lessens an invoice: an order that has not left was cancelled or changed, and
    nobody noted that money went back.
    """

    kind: PaymentKind
    state: PaymentState
    amount: Decimal
    method: Method | None
    at: datetime | None = None
    elsewhere: bool = False
    off_invoice: bool = False


def told_of(uow: UnitOfWork, order_id: int) -> tuple[Told, ...]:
    """Charges, then refunds, each in the order of the ledger; nothing of an order that has none, such as history."""
    ledger = [one for one in uow.payments.of_order(order_id) if one.counts]
    methods = uow.payments.methods({one.method_id for one in ledger}) if ledger else {}
    paid_by = {one.payment_id: one.method_id for one in ledger}
    sums: dict[tuple[PaymentKind, PaymentState, str, datetime | None, bool, bool], Decimal] = {}
    for one in _charges_first(ledger):
        is_refund = one.kind is PaymentKind.REFUND
        elsewhere = is_refund and paid_by.get(one.charge_id or 0) != one.method_id
        lessens = is_refund and not elsewhere and is_off_invoice(one)
        key = (one.kind, one.state, one.method_id, one.done_at if is_refund else None, elsewhere, lessens)
        sums[key] = sums.get(key, Decimal("0.00")) + one.amount
    return tuple(
        Told(
            kind=kind,
            state=state,
            amount=amount,
            method=methods.get(method_id),
            at=at,
            elsewhere=elsewhere,
            off_invoice=lessens,
        )
        for (kind, state, method_id, at, elsewhere, lessens), amount in sums.items()
    )


def on_invoice(told: Sequence[Told]) -> Decimal:
    """What an invoice asks for: what was charged with it, less what came off it or went back for it."""
    of_it = [one for one in told if one.method == INVOICE and not one.elsewhere]
    return sum((one.amount if one.kind is PaymentKind.CHARGE else -one.amount for one in of_it), Decimal("0.00"))


def to_pay(told: Sequence[Told]) -> Decimal:
    """What is open, at the page behind an order's link."""
    still = (one.amount for one in told if one.kind is PaymentKind.CHARGE and one.state is PaymentState.OPEN)
    return sum(still, Decimal("0.00"))


def net(told: Sequence[Told]) -> Decimal:
    """Charges less refunds."""
    return sum((one.amount if one.kind is PaymentKind.CHARGE else -one.amount for one in told), Decimal("0.00"))


def is_off_invoice(one: Payment) -> bool:
    """Whether a refund lessens an invoice that is paid later: what was bought never left the shop."""
    never_left = one.why in (Why.CANCELLED, Why.CHANGED) and one.state is PaymentState.OPEN
    return never_left and one.method_id == INVOICE.method_id


def _charges_first(ledger: Sequence[Payment]) -> list[Payment]:
    return sorted(ledger, key=lambda one: one.kind is PaymentKind.REFUND)
