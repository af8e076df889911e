"""Acts on placed orders, as data; of one order they are put together, or found to contradict each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.errors import ActsContradict


@dataclass(frozen=True, kw_only=True, slots=True)
class Pieces:
    """So many pieces of an order's product, and what they become; empty is nothing."""

    product_id: str
    quantity: int
    becomes: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CancelOrder:
    """All of an order that has not left."""

    order_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeItems:
    """Other variants in an order that has not left, or fewer pieces."""

    order_id: int
    pieces: tuple[Pieces, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnItems:
    """Pieces of a delivered order come back for money."""

    order_id: int
    pieces: tuple[Pieces, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExchangeItems:
    """Pieces of a delivered order come back for other variants."""

    order_id: int
    pieces: tuple[Pieces, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeAddress:
    """An order that has not left goes elsewhere."""

    order_id: int
    address_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeOwnAddress:
    """Where a customer lives from now on."""

    address_id: int


OfItems = ChangeItems | ReturnItems | ExchangeItems
Act = CancelOrder | OfItems | ChangeAddress | ChangeOwnAddress


def together(acts: Iterable[Act]) -> tuple[Act, ...]:
    """The acts, those of a kind on one order put together, in the order in which they were first said.

    Raises:
        ActsContradict: an order is cancelled and something else is done with it, or a piece becomes two things.
    """
    merged: dict[tuple[type, int], Act] = {}
    for act in acts:
        key = (type(act), getattr(act, "order_id", 0))
        there = merged.get(key)
        if there is None or isinstance(act, CancelOrder | ChangeAddress | ChangeOwnAddress):
            merged[key] = act
        elif isinstance(there, ChangeItems | ReturnItems | ExchangeItems) and isinstance(act, type(there)):
            new = tuple(one for one in act.pieces if one not in there.pieces)
            merged[key] = replace(there, pieces=(*there.pieces, *new))
    found = tuple(merged.values())
    _check(found)
    return found


def _check(acts: Sequence[Act]) -> None:
    cancelled = {act.order_id for act in acts if isinstance(act, CancelOrder)}
    taken: set[tuple[int, str]] = set()
    for act in acts:
        if isinstance(act, ChangeOwnAddress | CancelOrder):
            continue
        if act.order_id in cancelled:
            raise ActsContradict(act.order_id)
        if isinstance(act, ChangeAddress):
            continue
        for piece in act.pieces:
            if (act.order_id, piece.product_id) in taken:
                raise ActsContradict(act.order_id)
            taken.add((act.order_id, piece.product_id))
