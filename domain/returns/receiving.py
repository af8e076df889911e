"""Receives what comes back and settles it: money or the replacement goes to the customer, or the return is refused.

What is as good as new, or as broken as its customer said, is settled at once. Of all else somebody of the shop decides.
"""

from dataclasses import replace
from datetime import datetime

from domain.errors import GiftCardTooLow, MethodUnknown, ReturnMoved
from domain.model import Order
from domain.orders.money import costs_today
from domain.payments.settling import settle
from domain.ports import UnitOfWork
from domain.records.auditing import Action, Entry, of_order
from domain.records.payments import INVOICE, Why
from domain.records.returns import Condition, Return, ReturnKind, ReturnReason, ReturnState, number_of
from domain.returns.moving import locked_return, set_aside, take_back, tell

_SETTLED = {
    ReturnKind.RETURN: (ReturnState.REFUNDED, Why.RETURNED),
    ReturnKind.EXCHANGE: (ReturnState.REPLACED, Why.EXCHANGED),
}


def receive_return(uow: UnitOfWork, return_id: int, condition: Condition, *, actor: str, now: datetime) -> Return:
    """Notes how the pieces came back; only good ones are stock again.

    What was missing may be received again once it is found.

    Raises:
        ReturnNotFound: there is none.
        ReturnMoved: it came to its end before.
        Busy: the order, the products or the payments are locked by others for too long.
    """
    order, one = locked_return(uow, return_id)
    if not one.state.is_open:
        raise ReturnMoved(return_id, one.state)
    received = replace(one, state=ReturnState.RECEIVED, condition=condition, received_at=one.received_at or now)
    if condition is Condition.GOOD:
        take_back(uow, received, actor=actor, now=now)
    if condition is Condition.GOOD or (condition is Condition.DAMAGED and one.reason is ReturnReason.BROKEN):
        return _settled(uow, order, one, received, actor=actor, now=now)
    return _moved(uow, one, received, actor=actor, now=now)


def accept_return(uow: UnitOfWork, return_id: int, *, actor: str, now: datetime) -> Return:
    """Settles what did not come back as it should: the customer gets the money or the replacement all the same.

    Raises:
        ReturnNotFound: there is none.
        ReturnMoved: it was not received yet, or came to its end before.
        Busy: the order or the payments are locked by others for too long.
    """
    order, one = locked_return(uow, return_id)
    if one.state is not ReturnState.RECEIVED:
        raise ReturnMoved(return_id, one.state)
    return _settled(uow, order, one, one, actor=actor, now=now)


def refuse_return(uow: UnitOfWork, return_id: int, *, actor: str, now: datetime) -> Return:
    """Ends a return without money or replacement: what came is no good, or it never came.

    Raises:
        ReturnNotFound: there is none.
        ReturnMoved: it came to its end before.
        Busy: the order or the products are locked by others for too long.
    """
    _, one = locked_return(uow, return_id)
    if not one.state.is_open:
        raise ReturnMoved(return_id, one.state)
    refused = replace(one, state=ReturnState.REFUSED, settled_at=now)
    set_aside(uow, refused, 1, actor=actor, now=now)
    return _moved(uow, one, refused, actor=actor, now=now)


def _settled(uow: UnitOfWork, order: Order, before: Return, received: Return, *, actor: str, now: datetime) -> Return:
    """Money or the replacement is the customer's; the order's payments are brought to what it costs now."""
    state, why = _SETTLED[received.kind]
    settled = replace(received, state=state, settled_at=now)
    moved = _moved(uow, before, settled, actor=actor, now=now)
    owed = costs_today(order, uow.returns.of_order(order.order_id))
    try:
        settle(uow, order, owed=owed, why=why, now=now, method_id=received.method_id or None)
    except (MethodUnknown, GiftCardTooLow):  # since it was requested: it is gone, or something else was bought with it
        settle(uow, order, owed=owed, why=why, now=now, method_id=INVOICE.method_id)
    return moved


def _moved(uow: UnitOfWork, before: Return, after: Return, *, actor: str, now: datetime) -> Return:
    uow.returns.change(after)
    facts = {"return": number_of(after.return_id), "state": str(after.state)}
    uow.audit.note(
        Entry(
            at=now,
            actor=actor,
            action=Action.RETURN,
            subject=of_order(after.order_id),
            changed_from={"state": str(before.state)},
            changed_to=facts if after.condition is None else {**facts, "condition": str(after.condition)},
        )
    )
    tell(uow, after)
    return after
