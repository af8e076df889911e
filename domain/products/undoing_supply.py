"""What was ordered, called off, agreed or snoozed is put back, once."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from domain.errors import (
    AlreadyUndone,
    ChangedSince,
    NotUndoable,
)
from domain.ports import UnitOfWork
from domain.products.agreeing import agree, terms_facts
from domain.products.purchasing import locked_purchase, put_line
from domain.products.supply_entries import ORDERED, PRODUCT, RECEIVED, STATE, UNTIL, note
from domain.records.auditing import Action, Entry, of_purchase, of_snooze, of_supplier
from domain.records.purchases import Purchase, PurchaseLine, PurchaseState
from domain.records.supply import SupplierTerms


def is_of_supply(entry: Entry) -> bool:
    """Whether an audit entry tells of something that is done here."""
    return entry.subject.startswith((of_supplier(""), of_purchase(""), of_snooze("")))


def undo_supply(uow: UnitOfWork, entry: Entry, *, actor: str, now: datetime) -> Entry | None:
    """Puts back what an entry says it was before, once; None when nothing was left to do.

    Raises:
        NotUndoable: it tells of what came, which its restock's own undo takes back.
        AlreadyUndone: nothing changes a second time.
        ChangedSince: something else was written over it since, or came of it.
        PurchaseUnknown: the order is gone.
        Busy: somebody else orders of the supplier, and takes too long.
    """
    kind, _, name = entry.subject.partition(":")
    if entry.action not in (Action.SET, Action.ORDER, Action.CALL_OFF, Action.SNOOZE):
        raise NotUndoable(entry.entry_id, entry.action)
    purchase = locked_purchase(uow, int(name)) if kind == "purchase" else None
    if kind == "supplier":
        uow.supply.lock_supplier(name)
    if not uow.audit.mark_undone(entry.entry_id, now):
        raise AlreadyUndone(entry.entry_id)
    if purchase is not None:
        return _undo_purchase(uow, entry, purchase, actor, now)
    if kind == "snooze":
        before = entry.changed_from[UNTIL]
        there = uow.supply.snooze(name, datetime.fromisoformat(before) if before else None)
        _unchanged(entry, name, UNTIL, there.isoformat() if there else "")
        return note(uow, Action.UNDO, entry.subject, entry.changed_to, entry.changed_from, actor, now)
    present = terms_facts(uow.supply.terms().get(name, SupplierTerms(supplier_id=name)))
    for fact in entry.changed_to:
        _unchanged(entry, name, fact, present[fact])
    return agree(uow, name, entry.changed_from, actor=actor, now=now, action=Action.UNDO)


def _undo_purchase(uow: UnitOfWork, entry: Entry, purchase: Purchase, actor: str, now: datetime) -> Entry:
    number = purchase.purchase_id
    if STATE in entry.changed_to:
        _unchanged(entry, f"P{number}", STATE, purchase.state)
        uow.purchases.put_state(number, PurchaseState.OPEN, now)
        return note(uow, Action.UNDO, entry.subject, entry.changed_to, entry.changed_from, actor, now)
    product_id = entry.changed_to[PRODUCT]
    product = uow.products.get([product_id]).get(product_id)
    cost = product.wholesale_cost if product else Decimal("0.00")
    before = purchase.line(product_id) or PurchaseLine(product_id=product_id, ordered=0, unit_cost=cost)
    _unchanged(entry, product_id, ORDERED, str(before.ordered))
    after = replace(before, ordered=int(entry.changed_from[ORDERED]))
    if entry.action == Action.ORDER and before.received > after.ordered:
        raise ChangedSince(entry.entry_id, product_id, RECEIVED, "0", str(before.received))
    if purchase.state is PurchaseState.CANCELLED and after.incoming > before.incoming:
        if purchase.lines:  # all of it was called off since: nothing of it would come
            raise ChangedSince(entry.entry_id, f"P{number}", STATE, PurchaseState.OPEN, PurchaseState.CANCELLED)
        uow.purchases.put_state(number, PurchaseState.OPEN, now)  # it was only empty
    return put_line(uow, number, before, after, Action.UNDO, actor, now)


def _unchanged(entry: Entry, subject: str, fact: str, present: str) -> None:
    if entry.changed_to[fact] != present:
        raise ChangedSince(entry.entry_id, subject, fact, entry.changed_to[fact], present)
