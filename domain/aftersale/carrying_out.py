"""Does several acts on placed orders in one unit of work: all of them as they were shown, or none.

Locks are taken as single acts take them: the orders in the order of their numbers, then all products by id.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.aftersale.acts import (
    Act,
    CancelOrder,
    ChangeAddress,
    ChangeItems,
    ChangeOwnAddress,
    ExchangeItems,
    ReturnItems,
)
from domain.aftersale.checking import Customer, Verdict, check, wish_of
from domain.conversation import ChatRef
from domain.errors import PlanOutdated
from domain.model import Order, Terms
from domain.orders.cancelling import cancel_order
from domain.orders.changing import Change, change_order
from domain.ports import UnitOfWork
from domain.records.returns import Return
from domain.returns.calling_off import call_off_return
from domain.returns.requesting import request_return


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What was done: each act's verdict, its order afterwards, and the return that it became."""

    verdict: Verdict
    order: Order | None = None
    requested: Return | None = None


def carry_out(
    uow: UnitOfWork,
    acts: Sequence[Act],
    customer: Customer,
    *,
    shown: Sequence[Verdict],
    terms: Terms,
    now: datetime,
    told_in: ChatRef,
) -> tuple[Done, ...]:
    """Does all acts; `shown` are the verdicts that were agreed to.

    Raises:
        PlanOutdated: one of them would not be done as it was shown; nothing was changed.
        CustomerError: a rule says no after all; undo the unit of work to its savepoint.
        Busy: orders, products or methods are locked by others for too long.
    """
    order_ids = sorted({act.order_id for act in acts if not isinstance(act, ChangeOwnAddress)})
    orders = [order for order_id in order_ids if (order := uow.orders.lock(order_id)) is not None]
    uow.products.lock(sorted(_products(acts, orders)))
    verdicts = check(uow, acts, customer, terms=terms, now=now)
    if [tell_apart(one) for one in verdicts] != [tell_apart(one) for one in shown]:
        raise PlanOutdated
    if any(one.error is not None for one in verdicts):
        raise PlanOutdated
    addresses = {act.order_id: act.address_id for act in acts if isinstance(act, ChangeAddress)}
    changed = {act.order_id for act in acts if isinstance(act, ChangeItems)}
    done: list[Done] = []
    for verdict in verdicts:
        if isinstance(verdict.act, ChangeAddress) and verdict.act.order_id in changed:
            done.append(Done(verdict=verdict, order=verdict.order))  # it goes with the change of its lines
            continue
        done.append(_do(uow, verdict, customer, addresses, terms=terms, now=now, told_in=told_in))
    return tuple(done)


def tell_apart(verdict: Verdict) -> tuple[object, ...]:
    """All of a verdict that a customer agrees to; two that are alike in it are the same to them."""
    return (
        verdict.act,
        verdict.pays,
        tuple(one.method_id for one in verdict.methods),
        tuple((one.pieces, one.before, one.after) for one in verdict.swaps),
        type(verdict.error),
    )


def _products(acts: Sequence[Act], orders: Sequence[Order]) -> set[str]:
    ids = {line.product_id for order in orders for line in order.lines}
    for act in acts:
        if isinstance(act, ChangeItems | ReturnItems | ExchangeItems):
            ids |= {one for piece in act.pieces for one in (piece.product_id, piece.becomes) if one}
    return ids


def _do(
    uow: UnitOfWork,
    verdict: Verdict,
    customer: Customer,
    addresses: dict[int, int],
    *,
    terms: Terms,
    now: datetime,
    told_in: ChatRef,
) -> Done:
    act, identity = verdict.act, customer.identity
    method_id = None if verdict.order is None else customer.pays(verdict.order.order_id) or None
    match act:
        case ChangeOwnAddress(address_id=address_id):
            if identity.proven_email is not None:
                uow.people.live_at(identity.proven_email, address_id, now)
            return Done(verdict=verdict)
        case CancelOrder(order_id=order_id):
            order = cancel_order(
                uow, order_id, identity=identity, actor=told_in.channel, now=now, told_in=told_in, method_id=method_id
            )
            return Done(verdict=verdict, order=order)
        case ReturnItems(order_id=order_id) | ExchangeItems(order_id=order_id):
            if verdict.adds_to is not None:
                call_off_return(uow, verdict.adds_to.return_id, identity=identity, now=now, told_in=told_in)
            wish = wish_of(act, customer, verdict.adds_to)
            requested = request_return(uow, order_id, wish, identity=identity, terms=terms, now=now, told_in=told_in)
            return Done(verdict=verdict, order=verdict.order, requested=requested)
        case ChangeItems(order_id=order_id) | ChangeAddress(order_id=order_id):
            quote, known = verdict.quote, verdict.order
            if known is None or quote is None:
                raise PlanOutdated
            uow.quotes.add(quote)
            change = Change(
                quote_id=quote.quote_id, address_id=addresses.get(order_id, known.address_id), method_id=method_id
            )
            changed, _ = change_order(uow, order_id, change, identity=identity, terms=terms, now=now, told_in=told_in)
            return Done(verdict=verdict, order=changed)
