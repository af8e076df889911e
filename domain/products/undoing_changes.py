"""Takes back one change of a product, once."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import AlreadyUndone, ChangedSince, NotUndoable
from domain.model import Product
from domain.ports import UnitOfWork
from domain.products.editing import facts, with_facts, write
from domain.products.receiving import take_back_receipts
from domain.products.stocking import locked_product
from domain.records.auditing import Action, Entry, product_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Undone:
    """What an undo did with a change.

    Attributes:
        of: the change that was taken back.
        entry: what the audit log says of that; None if nothing was left to do, and of an import, which has many.
        changed: how many products of an import were put back.
        removed: how many products of an import were taken out of the shop.
        missing: how many pieces could not be taken back, because they are sold.
    """

    of: Entry
    entry: Entry | None = None
    changed: int = 0
    removed: int = 0
    missing: int = 0


def undo_change(uow: UnitOfWork, entry: Entry, *, actor: str, low_stock: int, now: datetime) -> Undone:
    """Puts back what an entry says it was before; stock by the opposite movement, which stops at zero.

    A product that the entry created is taken out of the shop. What a restock was counted for is to come again.

    Raises:
        NotUndoable: it is not about one product's facts.
        AlreadyUndone: nothing changes a second time.
        ChangedSince: something else was written over it since; nothing is lost.
    """
    product_id = product_of(entry)
    if not product_id or not entry.changed_to:
        raise NotUndoable(entry.entry_id, entry.action)
    current = locked_product(uow, product_id)
    if not uow.audit.mark_undone(entry.entry_id, now):
        raise AlreadyUndone(entry.entry_id)
    before, missing = without(entry, current, now)
    done = write(uow, current, before, action=Action.UNDO, actor=actor, low_stock=low_stock, now=now)
    take_back_receipts(uow, entry.entry_id, actor=actor, now=now)
    return Undone(of=entry, entry=done, missing=missing)


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
