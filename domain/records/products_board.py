"""What the board of products and stock is made of: how each product stands, what it sold, when it was out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from domain.records.supply import Stock

DAYS = 91  # of late: 13 weeks
MISSED_DAYS = 28  # in which what was asked for and not had is told


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A product: its stock now, and what `product_standings` says of its last days.

    `stock.moved_at` is the first moment of the day on which it was sold last; of what was never sold, on which it came.
    """

    stock: Stock
    category: str
    price: Decimal
    is_retired: bool = False
    units: int = 0  # of the last `DAYS`, as
    net: Decimal = Decimal("0.00")
    missed: int = 0
    days_out: int = 0
    missed_lately: int = 0  # in the last `MISSED_DAYS`

    @property
    def missed_money(self) -> Decimal:
        """What was missed in the last `MISSED_DAYS`, at its price."""
        return self.price * self.missed_lately


@dataclass(frozen=True, kw_only=True, slots=True)
class ProductSold:
    """What was sold of a product in a period, and what was paid for it in the one before: see `product_days`."""

    units: int = 0
    net: Decimal = Decimal("0.00")
    margin: Decimal = Decimal("0.00")
    net_before: Decimal = Decimal("0.00")


@dataclass(frozen=True, kw_only=True, slots=True)
class StockOut:
    """A time without any of a product: see `stock_outs`."""

    product_id: str
    first_day: date
    last_day: date
    is_out: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StockMoney:
    """What lies too long, at cost (None for who may not know), and what was asked for and not had of late."""

    tied_up: Decimal | None
    missed: int
    missed_money: Decimal


class ProductsBoard(Protocol):
    """Reads it; a build keeps its tables in place as long as somebody looks at the warehouse."""

    def standings(self) -> Sequence[Standing]:
        """How all products stand, by id."""
        ...

    def sold(self, before: date, first: date, last: date) -> Mapping[str, ProductSold]:
        """What was sold of each product from `first` to `last`, and from `before` to the day before `first`."""
        ...

    def stock_outs(self, product_ids: Sequence[str]) -> Sequence[StockOut]:
        """When these products were out in the last `DAYS`, the first day first."""
        ...

    def money(self, now: datetime) -> StockMoney:
        """What all products tie up beyond what is enough (`domain.products.reordering.beyond`), and what was missed."""
        ...
