"""What is known of stock and of suppliers: how a product stands, what is predicted of it, what is agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

WEEK = 7


def days_of_cover(pieces: int, weekly: float) -> float | None:
    """For how many days so many pieces last where `weekly` are sold a week; None: for ever."""
    return pieces * WEEK / weekly if weekly > 0 else None


class StockState(StrEnum):
    """How a product's stock stands."""

    OK = "ok"
    LOW = "low"  # it is to be reordered
    OUT = "out"


@dataclass(frozen=True, kw_only=True, slots=True)
class SupplierTerms:
    """What is agreed with a supplier; what nobody said anything about is as for everybody. A minimum is of an order."""

    supplier_id: str
    name: str = ""
    lead_days: int | None = None
    order_pack: int = 1
    minimum_pieces: int = 0
    minimum_amount: Decimal = Decimal("0.00")

    @property
    def title(self) -> str:
        """What people call it."""
        return self.name or self.supplier_id


@dataclass(frozen=True, kw_only=True, slots=True)
class Demand:
    """What the latest prediction says of a product: pieces a week, of them those that were not had, and the policy."""

    weekly: float
    lost_weekly: float
    abc: str
    xyz: str
    service_level: float
    lead_days: int
    reorder_point: int
    order_up_to: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Stock:
    """How a product stands now; `demand` is None where nothing is predicted of it.

    `moved_at` is when it was sold last; of what was never sold, when it came into the shop.
    """

    product_id: str
    title: str
    supplier_id: str
    on_hand: int
    incoming: int
    unit_cost: Decimal
    demand: Demand | None = None
    state: StockState = StockState.OK
    movement_id: int = 0
    snoozed_until: datetime | None = None
    moved_at: datetime | None = None

    @property
    def position(self) -> int:
        """What is on the shelf and on its way."""
        return self.on_hand + self.incoming

    @property
    def cover(self) -> float | None:
        """For how many days the shelf lasts; None for ever, or where nothing is predicted."""
        return days_of_cover(self.on_hand, self.demand.weekly) if self.demand else None

    def snoozed(self, now: datetime) -> bool:
        """Whether nobody wants to hear of it now."""
        return self.snoozed_until is not None and now < self.snoozed_until


@dataclass(frozen=True, kw_only=True, slots=True)
class DemandAsOf:
    """The latest prediction of demand: up to the end of which day, and when it was made."""

    as_of: date
    made_at: datetime


class Supply(Protocol):
    """How stock stands, and what is agreed with suppliers."""

    def predicted(self) -> DemandAsOf | None:
        """The latest prediction of demand; None before the first."""
        ...

    def due(self, now: datetime, supplier_id: str | None = None) -> list[Stock]:
        """What has come down to its reorder point and is sold still, but what is snoozed; of all suppliers, or one."""
        ...

    def stock_of(self, product_ids: Sequence[str]) -> dict[str, Stock]:
        """How these products stand, by id, with when they were sold last."""
        ...

    def stock_now(self, product_id: str) -> Stock | None:
        """How a product stands, without when it was sold last."""
        ...

    def idle(self, *, days: int, since: datetime) -> list[Stock]:
        """What lasts longer than so many days, or was not sold since then; what ties up most money first."""
        ...

    def changed(self, now: datetime, product_id: str = "") -> list[Stock]:
        """What something is predicted of and whose state is another than the admins were told, but what is snoozed.

        With a `product_id` of that product alone.
        """
        ...

    def note_states(self, states: Mapping[str, StockState]) -> None:
        """Notes what the admins were told of products, by their ids."""
        ...

    def snooze(self, product_id: str, until: datetime | None) -> datetime | None:
        """Says until when the admins hear nothing of a product; returns until when it was before."""
        ...

    def terms(self) -> dict[str, SupplierTerms]:
        """What is agreed with suppliers, by id; those of whom nobody said anything are missing."""
        ...

    def suppliers(self) -> dict[str, int]:
        """Every supplier, by id, with how many products of theirs are sold."""
        ...

    def lock_supplier(self, supplier_id: str) -> None:
        """Lets nobody else order of a supplier, or change its terms, until this unit of work ends.

        Raises:
            Busy: somebody else does, and takes too long.
        """
        ...

    def save_terms(self, terms: SupplierTerms) -> None:
        """Writes what is agreed with a supplier."""
        ...

    def told_in(self, week: date) -> bool:
        """Whether the admins were told in the week of that Monday what to reorder."""
        ...

    def note_told(self, week: date, now: datetime) -> None:
        """Notes that they were."""
        ...
