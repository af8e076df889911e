"""Ledgers of orders and what customers pay with, in Postgres."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.records.payments import EVERYBODYS, Method, MethodKind, Payment, PaymentKind, PaymentState, Why
from storage.locks import busy_when_timed_out, lock_payment_methods
from storage.tables import payment, payment_event, payment_method

_CHANGING = ("amount", "method_id", "state", "reference", "done_at")


class PostgresPayments:
    """Implements `domain.records.payments.Payments`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_order(self, order_id: int) -> list[Payment]:
        """See `domain.records.payments.Payments.of_order`."""
        return self.of_orders([order_id]).get(order_id, [])

    def of_orders(self, order_ids: Collection[int]) -> dict[int, list[Payment]]:
        """See `domain.records.payments.Payments.of_orders`."""
        found: dict[int, list[Payment]] = {}
        chosen = select(payment).where(payment.c.order_id.in_(list(order_ids))).order_by(payment.c.payment_id)
        for row in self._connection.execute(chosen) if order_ids else ():
            found.setdefault(row.order_id, []).append(_payment(row))
        return found

    def add(self, payments: Sequence[Payment]) -> list[Payment]:
        """See `domain.records.payments.Payments.add`."""
        added = []
        for one in payments:
            values = {name: value for name, value in asdict(one).items() if name != "payment_id"}
            number = self._connection.execute(insert(payment).values(values).returning(payment.c.payment_id))
            added.append(replace(one, payment_id=number.scalar_one()))
        return added

    def save(self, saved: Payment) -> None:
        """See `domain.records.payments.Payments.save`."""
        values = {name: getattr(saved, name) for name in _CHANGING}
        self._connection.execute(update(payment).where(payment.c.payment_id == saved.payment_id).values(values))

    def methods(self, method_ids: Collection[str]) -> dict[str, Method]:
        """See `domain.records.payments.Payments.methods`."""
        kept = [one for one in method_ids if one not in EVERYBODYS]
        chosen = select(payment_method).where(payment_method.c.method_id.in_(kept))
        return _methods(method_ids, list(self._connection.execute(chosen)) if kept else ())

    def methods_of(self, hashed_email: str) -> list[Method]:
        """See `domain.records.payments.Payments.methods_of`."""
        chosen = select(payment_method).where(payment_method.c.hashed_email == hashed_email)
        return [_method(row) for row in self._connection.execute(chosen.order_by(payment_method.c.method_id))]

    def lock_methods(self, method_ids: Collection[str]) -> dict[str, Method]:
        """See `domain.records.payments.Payments.lock_methods`."""
        kept = [one for one in method_ids if one not in EVERYBODYS]
        return _methods(method_ids, lock_payment_methods(self._connection, kept) if kept else ())

    def put_method(self, method: Method) -> None:
        """See `domain.records.payments.Payments.put_method`."""
        values = asdict(method)
        put = upsert(payment_method).values(values)
        self._connection.execute(put.on_conflict_do_update(index_elements=["method_id"], set_=values))

    def move_balance(self, method_id: str, delta: Decimal) -> None:
        """See `domain.records.payments.Payments.move_balance`."""
        this = payment_method.c.method_id == method_id
        self._connection.execute(update(payment_method).where(this).values(balance=payment_method.c.balance + delta))

    def take_event(self, event_id: str, at: datetime) -> bool:
        """See `domain.records.payments.Payments.take_event`."""
        taken = upsert(payment_event).values(event_id=event_id, at=at).on_conflict_do_nothing()
        with busy_when_timed_out():
            return self._connection.execute(taken).rowcount == 1


def _payment(row: Row[Any]) -> Payment:
    kinds = {"kind": PaymentKind(row.kind), "why": Why(row.why), "state": PaymentState(row.state)}
    return Payment(**dict(row._mapping) | kinds)


def _methods(method_ids: Collection[str], rows: Sequence[Row[Any]]) -> dict[str, Method]:
    everybodys = {one: EVERYBODYS[one] for one in method_ids if one in EVERYBODYS}
    return everybodys | {row.method_id: _method(row) for row in rows}


def _method(row: Row[Any]) -> Method:
    return Method(**dict(row._mapping) | {"kind": MethodKind(row.kind)})
