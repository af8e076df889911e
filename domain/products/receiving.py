"""What came of orders to suppliers, and what is taken back of it; each with its audit entry.

Locks: a product first, then its supplier. Who orders locks the supplier alone, so nobody waits in a circle.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.ports import UnitOfWork
from domain.products.editing import restock_product
from domain.products.purchasing import line_of, settle
from domain.products.supply_entries import PRODUCT, RECEIVED, note
from domain.records.auditing import Action, Entry, of_purchase
from domain.records.purchases import PurchaseLine, PurchaseState


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """What of a restock was counted for an order to a supplier, and how its line and it are now."""

    purchase_id: int
    pieces: int
    line: PurchaseLine
    state: PurchaseState


def restock(
    uow: UnitOfWork, product_id: str, quantity: int, *, actor: str, low_stock: int, now: datetime, why: str = ""
) -> tuple[Entry | None, list[Received]]:
    """Adds pieces to the stock, and counts them for the orders to suppliers that have them, the oldest first.

    What is more than was ordered counts for the last of these; with none it is a restock like any other. An order of
    which nothing is to come any more is received.

    Raises:
        UnknownProduct, BadQuantity, Busy: see `restock_product`.
    """
    entry = restock_product(uow, product_id, quantity, actor=actor, low_stock=low_stock, now=now, why=why)
    if entry is None:
        return None, []
    for supplier in sorted({one.supplier_id for one in uow.purchases.incoming_of(product_id)}):
        uow.supply.lock_supplier(supplier)
    waiting = [one for one in uow.purchases.incoming_of(product_id) if line_of(one, product_id).incoming]
    left, done = quantity, []
    for place, purchase in enumerate(waiting, 1):
        before = line_of(purchase, product_id)
        pieces = left if place == len(waiting) else min(left, before.incoming)
        if not pieces:
            break
        left -= pieces
        after = replace(before, received=before.received + pieces)
        uow.purchases.put_line(purchase.purchase_id, after)
        uow.purchases.note_receipt(entry.entry_id, purchase.purchase_id, product_id, pieces)
        _note_received(uow, purchase.purchase_id, before, after, Action.RECEIVE, actor, now)
        state = settle(uow, purchase.purchase_id, now)
        done.append(Received(purchase_id=purchase.purchase_id, pieces=pieces, line=after, state=state))
    return entry, done


def take_back_receipts(uow: UnitOfWork, entry_id: int, *, actor: str, now: datetime) -> None:
    """What a restock was counted for is to come again; for what is undone. An order that was called off stays so.

    Raises:
        Busy: somebody else orders of the supplier, and takes too long.
    """
    receipts = uow.purchases.take_receipts(entry_id)
    suppliers = {
        purchase.supplier_id for number, _, _ in receipts if (purchase := uow.purchases.get(number)) is not None
    }
    for supplier in sorted(suppliers):
        uow.supply.lock_supplier(supplier)
    for number, product_id, pieces in receipts:
        purchase = uow.purchases.get(number)
        before = purchase.line(product_id) if purchase is not None else None
        if before is not None:
            after = replace(before, received=max(0, before.received - pieces))
            uow.purchases.put_line(number, after)
            _note_received(uow, number, before, after, Action.UNDO, actor, now)
            settle(uow, number, now)


def _note_received(
    uow: UnitOfWork,
    purchase_id: int,
    before: PurchaseLine,
    after: PurchaseLine,
    action: Action,
    actor: str,
    now: datetime,
) -> None:
    was = {PRODUCT: after.product_id, RECEIVED: str(before.received)}
    becomes = {PRODUCT: after.product_id, RECEIVED: str(after.received)}
    note(uow, action, of_purchase(purchase_id), was, becomes, actor, now)
