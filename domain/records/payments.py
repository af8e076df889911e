"""The ledger of orders: what was charged and given back, by which method; never a card's number."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class MethodKind(StrEnum):
    """What somebody pays with."""

    INVOICE = "invoice"
    CARD = "card"
    GIFT_CARD = "gift_card"
    ACCOUNT = "account"  # at a payment service, under whatever name


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """What a customer pays with; `label` is how they know it ("card ending in 4242"), and no number.

    `balance` is what is left on a gift card. A `provider` moves the money; without one, the shop's staff does.
    """

    method_id: str
    hashed_email: str = ""
    kind: MethodKind
    label: str = ""
    balance: Decimal | None = None
    provider: str = ""


# Everybody's, and in no table: an invoice, and a card at the page behind an order's link.
INVOICE = Method(method_id="invoice", kind=MethodKind.INVOICE, label="invoice")
PAY_LINK = Method(method_id="link", kind=MethodKind.CARD, label="card", provider="stripe")
EVERYBODYS = {one.method_id: one for one in (INVOICE, PAY_LINK)}


class PaymentKind(StrEnum):
    """Which way the money goes."""

    CHARGE = "charge"
    REFUND = "refund"


class Why(StrEnum):
    """What made an order cost more or less."""

    PLACED = "placed"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    EXCHANGED = "exchanged"


class PaymentState(StrEnum):
    """Whether money still has to move."""

    OPEN = "open"  # the customer has to pay it, or it is owed back and not paid out
    DONE = "done"
    VOID = "void"  # a charge that nobody paid before the order cost less: it counts no more


@dataclass(frozen=True, kw_only=True, slots=True)
class Payment:
    """A line of an order's ledger: money for the shop, or back.

    Attributes:
        amount: always above 0.
        reference: what a provider calls it, or how staff paid it out.
        at: when it fell due; its day is the one on which it counts.
        done_at: when it was paid.
        charge_id: of a refund, the charge that it gives back, whichever method it goes to.
    """

    payment_id: int = 0
    order_id: int
    kind: PaymentKind
    amount: Decimal
    method_id: str
    why: Why
    state: PaymentState
    reference: str = ""
    at: datetime
    done_at: datetime | None = None
    charge_id: int | None = None

    @property
    def counts(self) -> bool:
        """Whether it is part of the order's sum."""
        return self.state is not PaymentState.VOID


def balance(ledger: Iterable[Payment]) -> Decimal:
    """Charges less refunds."""
    signed = (one.amount if one.kind is PaymentKind.CHARGE else -one.amount for one in ledger if one.counts)
    return sum(signed, Decimal("0.00"))


def open_refunds(ledger: Iterable[Payment]) -> list[Payment]:
    """What is owed back and not paid out."""
    return [one for one in ledger if one.kind is PaymentKind.REFUND and one.state is PaymentState.OPEN]


def owed_by_provider(ledger: Collection[Payment]) -> list[tuple[Payment, Payment]]:
    """What of that a provider pays out, each with the charge that came in through it: only such have a reference."""
    charges = {one.payment_id: one for one in ledger if one.kind is PaymentKind.CHARGE and one.reference}
    pairs = [(one, charges.get(one.charge_id or 0)) for one in open_refunds(ledger)]
    return [(one, charge) for one, charge in pairs if charge is not None and charge.method_id == one.method_id]


def open_charges(ledger: Iterable[Payment]) -> list[Payment]:
    """What the customer still has to pay."""
    return [one for one in ledger if one.kind is PaymentKind.CHARGE and one.state is PaymentState.OPEN]


class Payments(Protocol):
    """Ledgers of orders, and what customers pay with. Who writes holds the order's lock."""

    def of_order(self, order_id: int) -> list[Payment]:
        """An order's ledger, oldest first; empty where it has none."""
        ...

    def of_orders(self, order_ids: Collection[int]) -> dict[int, list[Payment]]:
        """The ledgers of those of the orders that have one."""
        ...

    def add(self, payments: Sequence[Payment]) -> list[Payment]:
        """Stores new lines and returns them with their numbers."""
        ...

    def save(self, payment: Payment) -> None:
        """Stores a line's amount, method, state, reference and time of payment."""
        ...

    def methods(self, method_ids: Collection[str]) -> dict[str, Method]:
        """Methods by their ids, also those that are everybody's."""
        ...

    def methods_of(self, hashed_email: str) -> list[Method]:
        """What somebody pays with, but for what is everybody's, by id."""
        ...

    def lock_methods(self, method_ids: Collection[str]) -> dict[str, Method]:
        """As `methods`; nobody else changes a balance until this unit of work ends.

        Raises:
            Busy: others hold one of them for too long.
        """
        ...

    def put_method(self, method: Method) -> None:
        """Stores a method, in place of what it was."""
        ...

    def move_balance(self, method_id: str, delta: Decimal) -> None:
        """Adds to a locked gift card, or takes off it."""
        ...

    def take_event(self, event_id: str, at: datetime) -> bool:
        """Whether a provider's event is new; from then on, and if this unit of work is committed, it is not."""
        ...
