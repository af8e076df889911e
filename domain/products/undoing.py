"""Takes back what the audit log tells of products, by its number: an import, one change, or a change of the supply."""

from datetime import datetime

from domain.errors import EntryUnknown
from domain.ports import UnitOfWork
from domain.products.undoing_changes import Undone, undo_change
from domain.products.undoing_imports import is_import, undo_import
from domain.products.undoing_supply import is_of_supply, undo_supply


def undo(uow: UnitOfWork, entry_id: int, *, actor: str, low_stock: int, now: datetime) -> Undone:
    """Puts back what an entry says it was before, once, and of an import all that it changed.

    Raises:
        EntryUnknown: there is no such entry.
        NotUndoable: it tells of something else, or too little.
        AlreadyUndone: nothing changes a second time.
        ChangedSince, ImportChangedSince: something else was written over it since; nothing is lost.
        BadQuantity: a stock would be more than the shop can hold.
        PurchaseUnknown: the order to a supplier is gone.
        Busy: others hold what it is about for too long.
    """
    entry = uow.audit.get(entry_id)
    if entry is None:
        raise EntryUnknown(entry_id)
    if is_of_supply(entry):
        return Undone(of=entry, entry=undo_supply(uow, entry, actor=actor, now=now))
    if is_import(entry):
        return undo_import(uow, entry, actor=actor, now=now)
    return undo_change(uow, entry, actor=actor, low_stock=low_stock, now=now)
