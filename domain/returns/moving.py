"""What the steps of a return share: its order locked, stock moved, the customer told."""

from collections import Counter
from datetime import datetime

from domain.conversation import ChatRef
from domain.errors import ReturnNotFound
from domain.events import ReturnMoved
from domain.model import Order, Reason, StockMovement
from domain.ports import UnitOfWork
from domain.records.returns import Return


def locked_return(uow: UnitOfWork, return_id: int) -> tuple[Order, Return]:
    """A return and its order, which nobody else may change until this unit of work ends.

    Raises:
        ReturnNotFound: there is none.
        Busy: the order is locked by others for too long.
    """
    found = uow.returns.get(return_id)
    order = None if found is None else uow.orders.lock(found.order_id)
    now_it_is = uow.returns.get(return_id)  # whoever held the order may have changed it
    if order is None or now_it_is is None:
        raise ReturnNotFound(return_id)
    return order, now_it_is


def set_aside(uow: UnitOfWork, one: Return, sign: int, *, actor: str, now: datetime) -> dict[str, int]:
    """Takes the replacements of a return out of stock (-1), or puts them back (1); says how many of which."""
    pieces: Counter[str] = Counter()
    for line in one.lines:
        if line.replacement_id:
            pieces[line.replacement_id] += line.quantity
    _move(uow, one, pieces, sign, Reason.EXCHANGE, actor=actor, now=now)
    return dict(pieces)


def take_back(uow: UnitOfWork, one: Return, *, actor: str, now: datetime) -> None:
    """Puts what came back into stock."""
    pieces: Counter[str] = Counter()
    for line in one.lines:
        pieces[line.product_id] += line.quantity
    _move(uow, one, pieces, 1, Reason.RETURN, actor=actor, now=now)


def tell(uow: UnitOfWork, one: Return, told_in: ChatRef | None = None) -> None:
    """Lets its customer know how far a return is."""
    numbers = [each.return_id for each in uow.returns.of_order(one.order_id)]
    nth = 1 + numbers.index(one.return_id)
    uow.record(ReturnMoved(order_id=one.order_id, nth=nth, state=one.state, told_in=told_in))


def _move(
    uow: UnitOfWork, one: Return, pieces: Counter[str], sign: int, why: Reason, *, actor: str, now: datetime
) -> None:
    if not pieces:
        return
    uow.products.lock(list(pieces))
    uow.products.move(
        [
            StockMovement(
                product_id=product_id,
                delta=sign * quantity,
                reason=why,
                reference=str(one.order_id),
                actor=actor,
                at=now,
            )
            for product_id, quantity in sorted(pieces.items())
        ]
    )
