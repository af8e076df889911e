"""What customers have of an order by now, and what they paid for it: pure, and to the cent.

What was taken off an order is shared out over its lines by amount, as the warehouse does it (`fct_order_lines`), and
over the pieces of a line evenly. Whoever gives the last piece of a line back gets what is left of it: so all pieces
together are what was paid, whatever comes back in which order, is called off, or refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.model import Order, money, subtotal
from domain.records.returns import NOTHING, Return, ReturnLine, ReturnState


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Pieces of a product at one price that the customer has, and what was paid for all of them together."""

    product_id: str
    unit_price: Decimal
    quantity: int
    paid: Decimal


def held(order: Order, returns: Iterable[Return]) -> list[Held]:
    """What the customer has and nobody wants back yet, with what took the place of something.

    Args:
        order: as it was delivered.
        returns: the order's, oldest first.
    """
    pieces: dict[tuple[str, Decimal], Held] = {}
    for line, paid in zip(order.lines, paid_of_lines(order), strict=True):
        _put(pieces, line.product_id, line.unit_price, line.quantity, paid)
    for one in returns:
        if one.state in (ReturnState.CALLED_OFF, ReturnState.REFUSED):
            continue
        for back in one.lines:
            _put(pieces, back.product_id, back.unit_price, -back.quantity, -back.amount)
            if one.state is ReturnState.REPLACED and back.replacement_id:
                _put(pieces, back.replacement_id, back.replacement_price, back.quantity, back.paid_after)
    return [one for one in pieces.values() if one.quantity]


def paid_of_lines(order: Order) -> list[Decimal]:
    """What was paid for each line of an order; together that is its total."""
    paid, so_far, full = [], NOTHING, subtotal(order.lines)
    for line in order.lines:
        before, so_far = so_far, so_far + line.amount
        paid.append(line.amount - (_share(order.discount, so_far, full) - _share(order.discount, before, full)))
    return paid


def taken_from(pieces: Sequence[Held], product_id: str, quantity: int) -> list[ReturnLine]:
    """So many pieces of a product, of which there are enough: the dearest first, with what was paid for them."""
    lines = []
    for one in sorted(pieces, key=lambda one: one.unit_price, reverse=True):
        some = min(one.quantity, quantity) if one.product_id == product_id else 0
        if some:
            quantity -= some
            amount = _share(one.paid, Decimal(some), Decimal(one.quantity))
            lines.append(ReturnLine(product_id=product_id, quantity=some, unit_price=one.unit_price, amount=amount))
    return lines


def without(pieces: Iterable[Held], lines: Iterable[ReturnLine]) -> list[Held]:
    """What is left of pieces when these come back."""
    left = {(one.product_id, one.unit_price): one for one in pieces}
    for line in lines:
        _put(left, line.product_id, line.unit_price, -line.quantity, -line.amount)
    return [one for one in left.values() if one.quantity]


def count(pieces: Iterable[Held], product_id: str) -> int:
    """How many pieces of a product there are."""
    return sum(one.quantity for one in pieces if one.product_id == product_id)


def _put(
    pieces: dict[tuple[str, Decimal], Held], product_id: str, unit_price: Decimal, quantity: int, paid: Decimal
) -> None:
    nothing = Held(product_id=product_id, unit_price=unit_price, quantity=0, paid=NOTHING)
    before = pieces.get((product_id, unit_price), nothing)
    pieces[product_id, unit_price] = replace(before, quantity=before.quantity + quantity, paid=before.paid + paid)


def _share(whole: Decimal, part: Decimal, full: Decimal) -> Decimal:
    return money(whole * part / full) if full else NOTHING
