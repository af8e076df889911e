"""Forgets a person, at their own word or at the shop's: everything goes but their orders, which stay without a name."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from domain.conversation import ChatRef
from domain.events import PersonForgotten
from domain.model import Identity
from domain.orders.cancelling import cancel_order
from domain.ports import UnitOfWork
from domain.records.privacy import Kept, Reach, kept_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """That a person was forgotten, and what was erased; the number is random and kept nowhere beside a name."""

    number: str
    erased: Kept


def forget_identity(
    uow: UnitOfWork,
    identity: Identity,
    *,
    agreed: Collection[int],
    staying: Collection[int] = (),
    actor: str,
    now: datetime,
    told_in: ChatRef,
) -> Receipt | None:
    """Erases what an identity may erase, after cancelling its open orders: those whose cancelling is `agreed`.

    Returns None when others are open than agreed, or others of strangers still to arrive than those of which the person
    knows that they are `staying`; nothing is erased then. The conversation of the running turn is
    erased with the rest, so saving it afterwards keeps nothing.

    Raises:
        AlreadyShipped, CancelWindowClosed: an open order can no longer be cancelled.
        Busy: others hold the conversations, orders or products for too long.
    """
    reach = _locked(uow, lambda: uow.privacy.reach_of(identity))
    kept = kept_of(uow.privacy, identity, reach)
    if not (set(kept.open_orders) <= set(agreed) and set(kept.parcels) <= set(staying)):
        return None
    for order_id in kept.open_orders:
        cancel_order(uow, order_id, identity=identity, actor=actor, now=now, told_in=told_in)
    return _erase(uow, reach, kept)


def forget_email(uow: UnitOfWork, hashed_email: str) -> Receipt | None:
    """Erases all of an e-mail's for staff, whatever is open: an order that is not shipped loses its address.

    Returns None when the shop does not know the e-mail.

    Raises:
        Busy: others hold the conversations for too long.
    """
    if uow.privacy.reach_of_email(hashed_email) is None:
        return None
    reach = _locked(uow, lambda: uow.privacy.reach_of_email(hashed_email) or Reach())
    return _erase(uow, reach, uow.privacy.kept(reach))


def _locked(uow: UnitOfWork, find: Callable[[], Reach]) -> Reach:
    """What is found once nobody writes any more in the conversations that it concerns."""
    locked = None
    while (found := find()) != locked:
        uow.privacy.lock(found)
        locked = found
    return found


def _erase(uow: UnitOfWork, reach: Reach, kept: Kept) -> Receipt:
    uow.privacy.erase(reach)
    uow.record(PersonForgotten(hashed_emails=reach.hashed_emails))
    return Receipt(number=secrets.token_hex(6).upper(), erased=kept)
