"""Orders to suppliers: what was ordered, what came of it, and what is to come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol


class PurchaseState(StrEnum):
    """Where an order to a supplier is in its life."""

    OPEN = "open"
    RECEIVED = "received"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True, slots=True)
class PurchaseLine:
    """One product of an order to a supplier."""

    product_id: str
    ordered: int
    unit_cost: Decimal
    received: int = 0

    @property
    def incoming(self) -> int:
        """How many are to come still."""
        return max(0, self.ordered - self.received)


@dataclass(frozen=True, kw_only=True, slots=True)
class Purchase:
    """An order to a supplier, of a day by the shop's clock."""

    purchase_id: int
    supplier_id: str
    state: PurchaseState
    day: date
    expected_on: date
    lines: tuple[PurchaseLine, ...] = ()

    def line(self, product_id: str) -> PurchaseLine | None:
        """Its line of a product."""
        return next((line for line in self.lines if line.product_id == product_id), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenToday:
    """What is ordered of a supplier today already; it counts for the minimum."""

    pieces: int = 0
    amount: Decimal = Decimal("0.00")


class Purchases(Protocol):
    """What is ordered of suppliers."""

    def get(self, purchase_id: int) -> Purchase | None:
        """One order to a supplier."""
        ...

    def all_open(self) -> list[Purchase]:
        """Those that are on their way, what is expected first comes first."""
        ...

    def open_today(self, day: date) -> Mapping[str, OpenToday]:
        """How much is ordered on that day and open, by supplier."""
        ...

    def ordered_on(self, supplier_id: str, day: date) -> Purchase | None:
        """The open order to a supplier that was made on that day."""
        ...

    def begin(self, supplier_id: str, day: date, expected_on: date, now: datetime) -> Purchase:
        """Makes an order to a supplier, without lines."""
        ...

    def put_line(self, purchase_id: int, line: PurchaseLine) -> None:
        """Writes a line of an order; one of which nothing is ordered goes."""
        ...

    def put_state(self, purchase_id: int, state: PurchaseState, now: datetime) -> None:
        """Puts an order into a state."""
        ...

    def incoming_of(self, product_id: str) -> list[Purchase]:
        """The open orders that have a line of a product, the oldest first."""
        ...

    def note_receipt(self, entry_id: int, purchase_id: int, product_id: str, pieces: int) -> None:
        """Notes what of a restock, by its entry in the audit log, was counted for an order."""
        ...

    def take_receipts(self, entry_id: int) -> list[tuple[int, str, int]]:
        """Deletes what was noted for an entry, and returns it: order, product, pieces."""
        ...
