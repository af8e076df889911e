"""What to order of a supplier, how much and why; what there is too much of. Reckons only, and asks nobody.

A product is due when what is on the shelf and on its way has come down to its reorder point; then as much is ordered as
brings both to the level up to which it is ordered, in whole packs. Both come from the latest prediction (base-stock
policy with periodic review; Silver, Pyke and Thomas, "Inventory and Production Management in Supply Chains", ch. 7).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil

from domain.records.purchases import OpenToday
from domain.records.supply import WEEK, Demand, Stock, StockState, SupplierTerms, days_of_cover

MOST_COVER = 84  # days of cover above which there is too much: 12 weeks
DEAD_AFTER = timedelta(days=182)  # without a sale what is on the shelf is dead
LEAD_DAYS = 14  # where neither the supplier's terms nor a prediction say
HALVINGS = 50  # at most, until the level to which an order is topped up is found


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What to order of a product, in packs of `pack` pieces; `topped_up` of them are for the supplier's minimum."""

    stock: Stock
    quantity: int
    pack: int
    lead_days: int
    topped_up: int = 0

    @property
    def packs(self) -> int:
        """How many packs."""
        return self.quantity // self.pack

    @property
    def weekly(self) -> float:
        """How many are asked for in a week."""
        return self.stock.demand.weekly if self.stock.demand else 0.0

    @property
    def lost_weekly(self) -> float:
        """How many of them were not had."""
        return self.stock.demand.lost_weekly if self.stock.demand else 0.0

    @property
    def amount(self) -> Decimal:
        """What it costs."""
        return self.stock.unit_cost * self.quantity


@dataclass(frozen=True, kw_only=True, slots=True)
class SupplierOrder:
    """What to order of a supplier, what it would be with what is ordered already, and what it still lacks."""

    terms: SupplierTerms
    lines: tuple[Line, ...]
    missing_pieces: int = 0
    missing_amount: Decimal = Decimal("0.00")

    @property
    def amount(self) -> Decimal:
        """What the lines cost."""
        return sum((line.amount for line in self.lines), Decimal("0.00"))

    @property
    def pieces(self) -> int:
        """How many pieces the lines have."""
        return sum(line.quantity for line in self.lines)


def lead_days(terms: SupplierTerms, demand: Demand | None) -> int:
    """Days from ordering to receiving: as agreed, else as predicted with, else `LEAD_DAYS`."""
    if terms.lead_days is not None:
        return terms.lead_days
    return demand.lead_days if demand is not None else LEAD_DAYS


def state_of(stock: Stock, low_stock: int) -> StockState:
    """How it stands: out with nothing on the shelf, low where it is due, or at the mark where nothing is predicted."""
    if stock.on_hand <= 0:
        return StockState.OUT
    if stock.demand is None:
        return StockState.LOW if stock.on_hand <= low_stock else StockState.OK
    return StockState.LOW if is_due(stock) else StockState.OK


def is_due(stock: Stock) -> bool:
    """Whether it is to be ordered: what is on the shelf and on its way has come down to the reorder point."""
    demand = stock.demand
    return demand is not None and stock.position <= demand.reorder_point and stock.position < demand.order_up_to


def suggested(stock: Stock, order_pack: int) -> int:
    """How many pieces to order: what lacks of the level, in whole packs; 0 where it is not due."""
    if stock.demand is None or not is_due(stock):
        return 0
    lacking = stock.demand.order_up_to - stock.position
    return -(-lacking // order_pack) * order_pack


def order_of(terms: SupplierTerms, stocks: Sequence[Stock], already: OpenToday | None = None) -> SupplierOrder | None:
    """What to order of one supplier; None for nothing.

    An order below the minimum is topped up with what would last the shortest, but nothing beyond `MOST_COVER`; where
    that does not reach, what is missing is said.
    """
    already = already or OpenToday()
    lines = [
        Line(stock=one, quantity=pieces, pack=terms.order_pack, lead_days=lead_days(terms, one.demand))
        for one in stocks
        if (pieces := suggested(one, terms.order_pack))
    ]
    if not lines:
        return None
    pieces = terms.minimum_pieces - already.pieces - sum(line.quantity for line in lines)
    amount = terms.minimum_amount - already.amount - sum((line.amount for line in lines), Decimal("0.00"))
    if pieces > 0 or amount > 0:
        lines, pieces, amount = _topped_up(lines, pieces, amount)
    return SupplierOrder(
        terms=terms,
        lines=tuple(sorted(lines, key=_urgency)),
        missing_pieces=max(0, pieces),
        missing_amount=max(Decimal("0.00"), amount),
    )


def _topped_up(lines: Sequence[Line], pieces: int, amount: Decimal) -> tuple[list[Line], int, Decimal]:
    """The lines with more, as long as so many pieces and so much money are missing; and what is missing still."""
    before_pieces, before_amount = _whole(lines)
    grown = _filled(lines, Decimal(pieces), lambda line: Decimal(line.pack)) if pieces > 0 else list(lines)
    missing = amount - (_whole(grown)[1] - before_amount)
    if missing > 0:
        grown = _filled(grown, missing, lambda line: line.stock.unit_cost * line.pack)
    after_pieces, after_amount = _whole(grown)
    return grown, pieces - (after_pieces - before_pieces), amount - (after_amount - before_amount)


def _filled(lines: Sequence[Line], missing: Decimal, worth: Callable[[Line], Decimal]) -> list[Line]:
    """The lines with as many packs more as make up for what is missing, if `MOST_COVER` lets them.

    They are filled like vessels that stand together: all up to the lowest level, in days of cover, that will do. The
    level is halved to, so the work does not grow with what is missing. Of the last packs those come first that then
    last the shortest.
    """
    values = [worth(line) for line in lines]

    def packs(days: float) -> list[int]:
        return [_fits(line, days) if value else 0 for line, value in zip(lines, values, strict=True)]

    def makes(more: Sequence[int]) -> Decimal:
        return sum((value * count for value, count in zip(values, more, strict=True)), Decimal(0))

    low, high = 0.0, float(MOST_COVER)
    less, enough = [0] * len(lines), packs(high)
    if makes(enough) <= missing:
        return _with_packs(lines, enough)
    for _ in range(HALVINGS):
        if sum(enough) - sum(less) <= len(lines):
            break
        middle = (low + high) / 2
        more = packs(middle)
        if makes(more) < missing:
            low, less = middle, more
        else:
            high, enough = middle, more
    left = missing - makes(less)
    last = [
        (_cover(line, 1), place) for place, line in enumerate(_with_packs(lines, less)) if enough[place] > less[place]
    ]
    for _, place in sorted(last):
        if left <= 0:
            break
        count = min(enough[place] - less[place], ceil(left / values[place]))
        less[place] += count
        left -= values[place] * count
    return _with_packs(lines, less)


def _fits(line: Line, days: float) -> int:
    """How many packs more last no longer than so many days with all that is there."""
    demand = line.stock.demand
    if demand is None or demand.weekly <= 0:
        return 0
    there = line.stock.position + line.quantity
    count = int((days * demand.weekly / WEEK - there) // line.pack)
    while count > 0 and _cover(line, count) > days:
        count -= 1  # the last digits of the division
    return max(0, count)


def _with_packs(lines: Sequence[Line], packs: Sequence[int]) -> list[Line]:
    more = [count * line.pack for line, count in zip(lines, packs, strict=True)]
    return [
        replace(line, quantity=line.quantity + count, topped_up=line.topped_up + count) if count else line
        for line, count in zip(lines, more, strict=True)
    ]


def _whole(lines: Sequence[Line]) -> tuple[int, Decimal]:
    """The pieces of all lines, and what they cost."""
    return sum(line.quantity for line in lines), sum((line.amount for line in lines), Decimal(0))


def orders_of(
    stocks: Sequence[Stock], terms: Mapping[str, SupplierTerms], already: Mapping[str, OpenToday]
) -> list[SupplierOrder]:
    """What to order of each supplier, those first whose shelves empty first."""
    by_supplier: dict[str, list[Stock]] = {}
    for one in stocks:
        by_supplier.setdefault(one.supplier_id, []).append(one)
    found = [
        order_of(terms.get(supplier, SupplierTerms(supplier_id=supplier)), theirs, already.get(supplier))
        for supplier, theirs in by_supplier.items()
    ]
    there = [order for order in found if order is not None]
    return sorted(there, key=lambda order: (_urgency(order.lines[0]), order.terms.supplier_id))


def is_dead(stock: Stock, now: datetime) -> bool:
    """Whether some is on the shelf and nothing was sold for long."""
    return stock.on_hand > 0 and stock.moved_at is not None and now - stock.moved_at >= DEAD_AFTER


def is_over(stock: Stock) -> bool:
    """Whether the shelf and what is on its way last longer than `MOST_COVER`."""
    if stock.demand is None or stock.on_hand <= 0:
        return False
    cover = days_of_cover(stock.position, stock.demand.weekly)
    return cover is not None and cover > MOST_COVER


def beyond(stock: Stock, now: datetime) -> int:
    """How many pieces on the shelf are too many: all of what is dead, else those beyond `MOST_COVER`."""
    if is_dead(stock, now):
        return stock.on_hand
    if stock.demand is None or not is_over(stock):
        return 0
    enough = ceil(round(stock.demand.weekly * MOST_COVER / WEEK, 6))  # without the last digits of the product
    return max(0, stock.on_hand - enough)


def _cover(line: Line, packs: int = 0) -> float:
    """For how many days everything lasts once it is there, with so many packs more."""
    demand = line.stock.demand
    pieces = line.stock.position + line.quantity + packs * line.pack
    cover = days_of_cover(pieces, demand.weekly) if demand else None
    return float("inf") if cover is None else cover


def _urgency(line: Line) -> tuple[float, str]:
    """What empties first comes first."""
    cover = line.stock.cover
    return (float("inf") if cover is None else cover, line.stock.product_id)
