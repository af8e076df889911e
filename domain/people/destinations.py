"""Where an order goes: who of staff may look, and that they did, or tried, is noted; the address itself never is."""

from collections.abc import Collection
from datetime import datetime

from domain.model import Order
from domain.people.addresses import read_address
from domain.ports import UnitOfWork
from domain.records.auditing import Action, Entry, of_order
from domain.records.staff import Role


def may_look(uow: UnitOfWork, order: Order, held: Collection[Role]) -> bool:
    """An admin may; support while it has the customer's conversation."""
    if Role.ADMIN in held:
        return True
    return Role.SUPPORT in held and order.identity_id is not None and uow.tickets.open_of(order.identity_id)


def turn_away(uow: UnitOfWork, order: Order, *, actor: str, now: datetime) -> None:
    """Notes that somebody wanted to know it who may not."""
    uow.audit.note(Entry(at=now, actor=actor, action=Action.REFUSED, subject=of_order(order.order_id)))


def look(uow: UnitOfWork, order: Order, *, actor: str, now: datetime) -> list[str]:
    """Name, address and remark of who gets it, each on its own line, and notes the look; none where it is unknown."""
    if order.address_id is None:
        return []
    uow.audit.note(Entry(at=now, actor=actor, action=Action.LOOK, subject=of_order(order.order_id)))
    kept = uow.people.address(order.address_id)
    read = read_address(kept)
    return list(read.lines) if read.text == kept else kept.splitlines()
