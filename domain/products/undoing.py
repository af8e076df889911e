"""Takes back one change of a product, by its line in the audit log, once."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import AlreadyUndone, ChangedSince, EntryUnknown, NotUndoable
from domain.model import Product
from domain.ports import UnitOfWork
from domain.products.editing import facts, with_facts, write
from domain.products.receiving import take_back_receipts
from domain.products.stocking import locked_product
from domain.records.auditing import Action, Entry, product_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Undone:
    """What an undo did: its own entry, None if nothing was left to do; `missing` pieces were sold already."""

    entry: Entry | None
    product_id: str
    missing: int = 0


def undo(uow: UnitOfWork, entry_id: int, *, actor: str, low_stock: int, now: datetime) -> Undone:
    """Puts back what an entry says it was before; stock by the opposite movement, which stops at zero.

    A product that the entry created is taken out of the shop. What a restock was counted for is to come again.

    Raises:
        EntryUnknown: there is no such entry.
        NotUndoable: it is not about one product's facts.
        AlreadyUndone: nothing changes a second time.
        ChangedSince: something else was written over it since; nothing is lost.
    """
    entry = uow.audit.get(entry_id)
    if entry is None:
        raise EntryUnknown(entry_id)
    product_id = product_of(entry)
    if not product_id or not entry.changed_to:
        raise NotUndoable(entry_id, entry.action)
    current = locked_product(uow, product_id)
    if not uow.audit.mark_undone(entry_id, now):
        raise AlreadyUndone(entry_id)
    before, missing = without(entry, current, now)
    done = write(uow, current, before, action=Action.UNDO, actor=actor, low_stock=low_stock, now=now)
    take_back_receipts(uow, entry_id, actor=actor, now=now)
    return Undone(entry=done, product_id=product_id, missing=missing)


def without(entry: Entry, current: Product, now: datetime) -> tuple[Product, int]:
    """A product as it would be without a change of it, and how many pieces of that are missing, because they are sold.

    Raises:
        ChangedSince: something else was written over it since.
    """
    present = facts(current)
    for fact, value in entry.changed_to.items():
        if fact != "quantity" and present[fact] != value:
            raise ChangedSince(entry.entry_id, current.product_id, fact, value, present[fact])
    if not entry.changed_from:
        back = {} if current.retired_at else {"retired": now.isoformat()}
    else:
        back = {fact: value for fact, value in entry.changed_from.items() if fact != "quantity"}
    missing = 0
    if "quantity" in entry.changed_from:
        wanted = current.quantity + int(entry.changed_from["quantity"]) - int(entry.changed_to["quantity"])
        missing = max(0, -wanted)
        back["quantity"] = str(max(0, wanted))
    return with_facts(current, back), missing
