"""Takes back all that an import changed of products, in one go or not at all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.errors import AlreadyUndone, ChangedSince, ImportChangedSince, NotUndoable
from domain.model import Product, Reason, StockMovement
from domain.ports import UnitOfWork
from domain.products.editing import difference
from domain.products.undoing_changes import Undone, without
from domain.records.auditing import INVENTORY, Action, Entry, Standing, product_of

MOST_NAMED = 10
_COUNTED = (Action.SET, Action.IMPORT)  # they say what the stock is, others what came or went


def is_import(entry: Entry) -> bool:
    """Whether an audit entry tells of an import as a whole."""
    return (entry.action, entry.subject) == (Action.IMPORT, INVENTORY)


def undo_import(uow: UnitOfWork, whole: Entry, *, actor: str, now: datetime) -> Undone:
    """Puts back what an import changed, but for what was put back of it before; what it created leaves the shop.

    As with one change (`domain.products.undoing_changes`), stock goes back by the opposite movement and what was sold
    since stays sold. No word is given of stock that falls, as none is by an import.

    Raises:
        NotUndoable: it is not known what it changed of each product.
        AlreadyUndone: nothing changes a second time.
        ImportChangedSince: some of its products were changed again since; nothing is lost.
        BadQuantity: a stock would be more than the shop can hold.
        Busy: others hold one of the products for too long.
    """
    if not uow.audit.mark_undone(whole.entry_id, now):
        raise AlreadyUndone(whole.entry_id)
    lines = uow.audit.of_import(whole.entry_id)
    if not lines:
        raise NotUndoable(whole.entry_id, whole.action)
    products = uow.products.lock([product_of(line) for line in lines])
    still_done = uow.audit.mark_all_undone([line.entry_id for line in lines], now)
    lines = [line for line in lines if line.entry_id in still_done]
    later = _later(uow, whole, lines)
    pairs: list[tuple[Product, Product]] = []
    in_the_way: list[tuple[str, Entry | None]] = []
    missing = 0
    for line in lines:
        current, changes = products[product_of(line)], later.get(line.subject, [])
        by = [one.entry for one in changes if _builds_upon(one, line)]
        try:
            before, lacking = without(line, current, now)
        except ChangedSince as error:
            by = by or [one.entry for one in changes if error.fact in one.entry.changed_to]
            in_the_way.append((current.product_id, by[-1] if by else None))
        else:
            in_the_way += [(current.product_id, by[-1])] if by else []
            pairs.append((current, before))
            missing += lacking
    if in_the_way:
        named = tuple((product_id, _number(uow, by)) for product_id, by in in_the_way[:MOST_NAMED])
        raise ImportChangedSince(whole.entry_id, named, len(in_the_way))
    written = _write(uow, pairs, actor, now)
    removed = sum(bool(entry.changed_to.get("retired")) for entry in written)
    return Undone(of=whole, changed=len(written) - removed, removed=removed, missing=missing)


def _later(uow: UnitOfWork, whole: Entry, lines: Sequence[Entry]) -> Mapping[str, list[Standing]]:
    """What was done since with each of the products, by subject."""
    found: defaultdict[str, list[Standing]] = defaultdict(list)
    for change in uow.audit.changes_since(whole.entry_id, [line.subject for line in lines]):
        found[change.entry.subject].append(change)
    return found


def _builds_upon(later: Standing, line: Entry) -> bool:
    """Whether a later change would be lost, though the facts that the import wrote still stand."""
    changed_to = later.entry.changed_to
    if not line.changed_from:
        return set(changed_to) != {"retired"}
    return "quantity" in line.changed_to and "quantity" in changed_to and later.done in _COUNTED


def _number(uow: UnitOfWork, by: Entry | None) -> int:
    """What takes a later change back: its own number, or that of the import which it is a line of."""
    if by is None or by.action != Action.IMPORT:
        return by.entry_id if by else 0
    return uow.audit.import_of(by.entry_id)


def _write(uow: UnitOfWork, pairs: Sequence[tuple[Product, Product]], actor: str, now: datetime) -> list[Entry]:
    """Stores what products were before, and notes each difference."""
    entries: list[Entry] = []
    saved: list[Product] = []
    moved: list[StockMovement] = []
    for current, before in pairs:
        entry = difference(current, before, action=Action.UNDO, actor=actor, now=now)
        if entry is None:
            continue
        entries.append(entry)
        if set(entry.changed_to) != {"quantity"}:
            saved.append(before)
        if delta := before.quantity - current.quantity:
            moved.append(
                StockMovement(
                    product_id=before.product_id, delta=delta, reason=Reason.ADJUST, reference="", actor=actor, at=now
                )
            )
    uow.products.save(saved)
    uow.products.move(moved)
    uow.audit.note_all(entries)
    return entries
