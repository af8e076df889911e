"""What is told of an order's money: its ledger gathered by what paid and what went back where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.ports import UnitOfWork
from domain.records.payments import Method, Payment, PaymentKind, PaymentState


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A sum by one method. `at` is when it went back; of a charge, and of what is still owed back, there is none.

    `elsewhere` says of a refund that it goes where the money did not come from; `method` is None once it is forgotten.
    """

    kind: PaymentKind
    state: PaymentState
    amount: Decimal
    method: Method | None
    at: datetime | None = None
    elsewhere: bool = False


def told_of(uow: UnitOfWork, order_id: int) -> tuple[Told, ...]:
    """Charges, then refunds, each in the order of the ledger; nothing of an order that has none, such as history."""
    ledger = [one for one in uow.payments.of_order(order_id) if one.counts]
    methods = uow.payments.methods({one.method_id for one in ledger}) if ledger else {}
    paid_by = {one.payment_id: one.method_id for one in ledger}
    sums: dict[tuple[PaymentKind, PaymentState, str, datetime | None, bool], Decimal] = {}
    for one in _charges_first(ledger):
        is_refund = one.kind is PaymentKind.REFUND
        elsewhere = is_refund and paid_by.get(one.charge_id or 0) != one.method_id
        key = (one.kind, one.state, one.method_id, one.done_at if is_refund else None, elsewhere)
        sums[key] = sums.get(key, Decimal("0.00")) + one.amount
    return tuple(
        Told(kind=kind, state=state, amount=amount, method=methods.get(method_id), at=at, elsewhere=elsewhere)
        for (kind, state, method_id, at, elsewhere), amount in sums.items()
    )


def _charges_first(ledger: Sequence[Payment]) -> list[Payment]:
    return sorted(ledger, key=lambda one: one.kind is PaymentKind.REFUND)
