"""Products as the board of products and stock finds them, and a look at it, made by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

from dashboards.looking import Filters, Look
from domain.ports import UnitOfWork
from domain.records.marts import WarehouseView
from domain.records.products_board import ProductSold, Standing, StockMoney, StockOut
from domain.records.purchases import OpenToday
from domain.records.staff import Role
from domain.records.supply import Demand, DemandAsOf, Stock, SupplierTerms
from tests.support.marts import FakeMarts
from tests.support.reported_shop import SHOP

AS_OF = date(2026, 5, 12)
NOW = datetime(2026, 5, 13, 18, tzinfo=UTC)


def standing(product_id: str, on_hand: int, weekly: float | None = 7.0, **overrides: Any) -> Standing:
    """A product that cost 4.00 and is sold for 10.00, of class AX, due at 7 pieces and ordered up to 21."""
    of_stock = {name: overrides.pop(name) for name in ("incoming", "moved_at", "supplier_id") if name in overrides}
    kind = overrides.pop("kind", "AX")
    demand = None
    if weekly is not None:
        demand = Demand(
            weekly=weekly,
            lost_weekly=0.0,
            abc=kind[0],
            xyz=kind[1],
            service_level=0.95,
            lead_days=14,
            reorder_point=7,
            order_up_to=21,
        )
    values: dict[str, Any] = {"incoming": 0, "supplier_id": "CLAYBIRD", "moved_at": NOW - timedelta(days=1)} | of_stock
    stock = Stock(
        product_id=product_id,
        title=product_id.title(),
        on_hand=on_hand,
        unit_cost=Decimal("4.00"),
        demand=demand,
        **values,
    )
    shown: dict[str, Any] = {"category": "Mugs", "price": Decimal("10.00")} | overrides
    return Standing(stock=stock, **shown)


@dataclass
class FakeBoard:
    """Implements `domain.records.products_board.ProductsBoard`, and what of supply and purchases is asked."""

    products: Sequence[Standing] = ()
    sellers: Mapping[str, ProductSold] = field(default_factory=dict)
    outs: Sequence[StockOut] = ()
    known: bool = True
    asked: list[tuple[date, date, date]] = field(default_factory=list)

    def standings(self) -> Sequence[Standing]:
        return self.products

    def sold(self, before: date, first: date, last: date) -> Mapping[str, ProductSold]:
        self.asked.append((before, first, last))
        return self.sellers

    def stock_outs(self, product_ids: Sequence[str]) -> Sequence[StockOut]:
        return [one for one in self.outs if one.product_id in product_ids]

    def money(self, now: datetime) -> StockMoney:
        return StockMoney(tied_up=Decimal("123.45"), missed=3, missed_money=Decimal("30.00"))

    def due(self, now: datetime, supplier_id: str | None = None) -> list[Stock]:
        return [one.stock for one in self.products if not one.is_retired]  # `order_of` leaves out what is not due

    def terms(self) -> dict[str, SupplierTerms]:
        return {"CLAYBIRD": SupplierTerms(supplier_id="CLAYBIRD", name="Claybird Ltd", order_pack=6)}

    def predicted(self) -> DemandAsOf | None:
        return DemandAsOf(as_of=AS_OF, made_at=NOW) if self.known else None

    def open_today(self, today: date) -> dict[str, OpenToday]:
        return {}


def look(board: FakeBoard, role: Role = Role.ADMIN, **query: str) -> Look:
    """Somebody's look at it, with these filters in the address."""
    uow = SimpleNamespace(products_board=board, supply=board, purchases=board)
    return Look(
        shop=SHOP,
        now=NOW,
        uow=cast(UnitOfWork, uow),
        view=WarehouseView(as_of=AS_OF, marts=FakeMarts()),
        glossary={},
        filters=Filters.read(query),
        query=query,
        roles=frozenset({role}),
    )
