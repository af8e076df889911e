"""Reckons what promotions take off a cart: which of them, from which lines, to the cent.

* A percentage is rounded to the cent once, half a cent up, over all lines that it is for.
* Of n for m, as many groups of n pieces as there are count, and their cheapest pieces are free.
* Those that may be combined add up, each reckoned from full prices; one that may not stands alone. What takes off more
  is taken, and of two that take off the same what takes fewer promotions, and then the older ones.
* No line is paid less than nothing: the promotion for the fewest things comes first, the last one gets what is left.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.model import Discount, OrderLine, money, sum_of
from domain.records.promotions import Kind, Promotion

NOTHING = Decimal("0.00")


class Lack(StrEnum):
    """Why a promotion takes nothing off these lines."""

    OTHER_PRODUCTS = "other products"  # nothing in the cart is what it is for
    PIECES = "pieces"
    AMOUNT = "amount"
    ITEM = "item"  # what would be free is not in the cart


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """What a promotion alone takes off, of which lines by their places; or what is lacking, and how much is there."""

    of_lines: Mapping[int, Decimal]
    lack: Lack | None = None
    pieces: int = 0
    amount: Decimal = NOTHING

    @property
    def total(self) -> Decimal:
        """Of all lines together."""
        return sum(self.of_lines.values(), NOTHING)


def discounts_of(
    lines: Sequence[OrderLine], categories: Mapping[str, str], promotions: Iterable[Promotion]
) -> tuple[Discount, ...]:
    """The best that these promotions take off together, a row each; their order is that of their numbers.

    Args:
        lines: of the cart, in whatever order.
        categories: of the products, by their ids.
        promotions: those that the customer may use.
    """
    candidates = sorted(promotions, key=lambda one: one.promotion_id)
    together = [one for one in candidates if one.combinable]
    alone = [[one] for one in candidates if not one.combinable]
    rows = [_rows(lines, categories, some) for some in (together, *alone)]
    return max(rows, key=lambda some: (sum_of(some), -len(some), [-row.promotion_id for row in some]))


def share_of(lines: Sequence[OrderLine], categories: Mapping[str, str], promotion: Promotion) -> Share:
    """What a promotion alone takes off the lines."""
    for_it = {
        place: line
        for place, line in enumerate(lines)
        if promotion.is_for(line.product_id, categories.get(line.product_id, ""))
    }
    free = _cheapest_of(lines, promotion.free_product) if promotion.kind is Kind.FREE_ITEM else None
    pieces = sum(line.quantity for line in for_it.values()) - (free in for_it)
    amount = sum((line.amount for line in for_it.values()), NOTHING)
    amount -= lines[free].unit_price if free is not None and free in for_it else NOTHING
    least = promotion.buy or 1 if promotion.kind is Kind.N_FOR_M else 1
    lack = None
    if not pieces:
        lack = Lack.OTHER_PRODUCTS
    elif pieces < max(promotion.least_pieces, least):
        lack = Lack.PIECES
    elif amount < promotion.least_amount:
        lack = Lack.AMOUNT
    elif promotion.kind is Kind.FREE_ITEM and free is None:
        lack = Lack.ITEM
    if lack is not None:
        return Share(of_lines={}, lack=lack, pieces=pieces, amount=amount)
    return Share(of_lines=_taken(promotion, lines, for_it, free), pieces=pieces, amount=amount)


def _rows(
    lines: Sequence[OrderLine], categories: Mapping[str, str], promotions: Sequence[Promotion]
) -> tuple[Discount, ...]:
    """What promotions that are all used take off, as far as the lines' prices reach."""
    ordered = sorted(lines, key=lambda line: (line.product_id, line.unit_price, line.quantity))
    left = {place: line.amount for place, line in enumerate(ordered)}
    shares = {one.promotion_id: share_of(ordered, categories, one) for one in promotions}
    found = []
    for promotion in sorted(promotions, key=lambda one: (_breadth(one, ordered, categories), one.promotion_id)):
        taken = NOTHING
        for place, amount in shares[promotion.promotion_id].of_lines.items():
            part = min(amount, left[place])
            left[place] -= part
            taken += part
        if taken:
            row = Discount(promotion_id=promotion.promotion_id, name=promotion.label, amount=taken, code=promotion.code)
            found.append(row)
    return tuple(sorted(found, key=lambda row: row.promotion_id))


def _breadth(promotion: Promotion, lines: Sequence[OrderLine], categories: Mapping[str, str]) -> Decimal:
    """How much of the cart a promotion is for."""
    if promotion.kind is Kind.FREE_ITEM:
        return NOTHING
    found = (line.amount for line in lines if promotion.is_for(line.product_id, categories.get(line.product_id, "")))
    return sum(found, NOTHING)


def _taken(
    promotion: Promotion, lines: Sequence[OrderLine], for_it: Mapping[int, OrderLine], free: int | None
) -> dict[int, Decimal]:
    match promotion.kind:
        case Kind.PERCENT:
            full = sum((line.amount for line in for_it.values()), NOTHING)
            return _spread(money(full * (promotion.percent or 0) / 100), for_it)
        case Kind.AMOUNT:
            full = sum((line.amount for line in for_it.values()), NOTHING)
            return _spread(min(promotion.amount or NOTHING, full), for_it)
        case Kind.FREE_ITEM:
            return {} if free is None else {free: lines[free].unit_price}
        case Kind.N_FOR_M:
            return _cheapest(promotion.buy or 1, promotion.pay or 1, for_it)


def _spread(whole: Decimal, lines: Mapping[int, OrderLine]) -> dict[int, Decimal]:
    """An amount over lines by what they cost, to the cent; what rounding leaves goes on to the next line."""
    shares: dict[int, Decimal] = {}
    cost, given, full = NOTHING, NOTHING, sum((line.amount for line in lines.values()), NOTHING)
    for place, line in lines.items():
        cost += line.amount
        shares[place] = (money(whole * cost / full) if full else NOTHING) - given
        given += shares[place]
    return shares


def _cheapest(buy: int, pay: int, lines: Mapping[int, OrderLine]) -> dict[int, Decimal]:
    """The cheapest pieces of as many groups as there are."""
    free = sum(line.quantity for line in lines.values()) // buy * (buy - pay)
    shares: dict[int, Decimal] = {}
    for place, line in sorted(lines.items(), key=lambda pair: (pair[1].unit_price, pair[0])):
        pieces = min(free, line.quantity)
        free -= pieces
        if pieces:
            shares[place] = line.unit_price * pieces
    return shares


def _cheapest_of(lines: Sequence[OrderLine], product_id: str) -> int | None:
    """Where the cheapest piece of a product is; None where there is none."""
    places = [place for place, line in enumerate(lines) if line.product_id == product_id]
    return min(places, key=lambda place: lines[place].unit_price, default=None)
