"""Staff's changes of products: each is written together with its line in the audit log."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.errors import BadQuantity, NotRetired, ProductChanged, ProductExists, ProductRetired, StockChanged
from domain.model import Product, Reason, StockMovement
from domain.ports import UnitOfWork
from domain.products.fields import BY_NAME, MOST_PIECES, PRODUCT_FIELDS
from domain.products.stocking import locked_product, note_fall
from domain.records.auditing import Action, Entry, of_product


def facts(product: Product) -> dict[str, str]:
    """What the audit log can say of a product; "retired" is the moment, or blank."""
    return {field.name: field.fact(product) for field in PRODUCT_FIELDS}


def with_facts(product: Product, changed: Mapping[str, str]) -> Product:
    """The product with some of its facts put to other values; undoes `facts`."""
    values = {BY_NAME[name].column: BY_NAME[name].kind.read(value) for name, value in changed.items()}
    return replace(product, **values)


def add_product(uow: UnitOfWork, product: Product, *, actor: str, low_stock: int, now: datetime) -> Entry:
    """Creates a product; its opening stock is its first movement.

    Raises:
        ProductExists: the id is taken, however it is spelled, perhaps by a retired product.
    """
    if not uow.products.create(product):
        known = uow.products.spelled(product.product_id)
        raise ProductExists(known.product_id if known else product.product_id)
    _move(uow, replace(product, quantity=0), product, Action.ADD, actor, low_stock, now)
    added = {fact: value for fact, value in facts(product).items() if value != BY_NAME[fact].usual}
    return uow.audit.note(
        Entry(at=now, actor=actor, action=Action.ADD, subject=of_product(product.product_id), changed_to=added)
    )


def change_product(
    uow: UnitOfWork,
    edited: Product,
    *,
    actor: str,
    low_stock: int,
    now: datetime,
    stock_seen: int | None = None,
    action: Action = Action.SET,
    why: str = "",
) -> Entry | None:
    """Overwrites a product, its stock by a movement; None when nothing is different.

    Args:
        uow: the transaction.
        edited: as it is to be; `version` is the one that was read before the editing.
        actor: who, as in the audit log.
        low_stock: the mark for `StockFell`.
        now: the moment of the change.
        stock_seen: the stock that the editor saw; equal to `edited.quantity` it means that the stock stays as it is.
        action: how the audit log calls it.
        why: the reason of a change of the stock, as it was said; its movement keeps it.

    Raises:
        UnknownProduct: it does not exist.
        ProductChanged: somebody else edited it since `edited` was read.
        StockChanged: the stock that is to be overwritten is no longer `stock_seen`.
        BadQuantity: the stock would be negative, or more than the shop can hold.
    """
    current = locked_product(uow, edited.product_id)
    if current.version != edited.version:
        raise ProductChanged(edited.product_id, edited.version, current.version)
    if stock_seen is not None:
        if edited.quantity == stock_seen:
            edited = replace(edited, quantity=current.quantity)
        elif current.quantity != stock_seen:
            raise StockChanged(edited.product_id, stock_seen, current.quantity)
    return write(uow, current, edited, action=action, actor=actor, low_stock=low_stock, now=now, why=why)


def restock_product(
    uow: UnitOfWork, product_id: str, quantity: int, *, actor: str, low_stock: int, now: datetime, why: str = ""
) -> Entry | None:
    """Adds pieces to the stock.

    Raises:
        UnknownProduct: it does not exist.
        BadQuantity: the stock would be more than the shop can hold.
    """
    current = locked_product(uow, product_id)
    after = replace(current, quantity=current.quantity + quantity)
    return write(uow, current, after, action=Action.RESTOCK, actor=actor, low_stock=low_stock, now=now, why=why)


def remove_product(uow: UnitOfWork, product_id: str, *, actor: str, now: datetime) -> Entry | None:
    """Takes a product out of the shop; history keeps it.

    Raises:
        UnknownProduct: it does not exist.
        ProductRetired: it was taken out before.
    """
    current = locked_product(uow, product_id)
    if current.retired_at is not None:
        raise ProductRetired(product_id)
    after = replace(current, retired_at=now)
    return write(uow, current, after, action=Action.REMOVE, actor=actor, low_stock=0, now=now)


def restore_product(uow: UnitOfWork, product_id: str, *, actor: str, now: datetime) -> Entry | None:
    """Brings a removed product back into the shop.

    Raises:
        UnknownProduct: it does not exist.
        NotRetired: it is in the shop.
    """
    current = locked_product(uow, product_id)
    if current.retired_at is None:
        raise NotRetired(product_id)
    after = replace(current, retired_at=None)
    return write(uow, current, after, action=Action.RESTORE, actor=actor, low_stock=0, now=now)


def write(
    uow: UnitOfWork,
    before: Product,
    after: Product,
    *,
    action: Action,
    actor: str,
    low_stock: int,
    now: datetime,
    why: str = "",
) -> Entry | None:
    """Stores the difference between a locked product and what it is to be, and notes it; None when there is none.

    Raises:
        BadQuantity: the stock would be negative, or more than the shop can hold.
    """
    entry = difference(before, after, action=action, actor=actor, now=now)
    if entry is None:
        return None
    if set(entry.changed_to) != {"quantity"}:
        uow.products.save([after])
    _move(uow, before, after, action, actor, low_stock, now, why)
    return uow.audit.note(entry)


def difference(before: Product, after: Product, *, action: Action, actor: str, now: datetime) -> Entry | None:
    """What the audit log is to say of a change of a product; None when nothing is different.

    Raises:
        BadQuantity: the stock would be negative, or more than the shop can hold.
    """
    if not 0 <= after.quantity <= MOST_PIECES:
        raise BadQuantity(after.product_id, after.quantity, MOST_PIECES)
    was, becomes = facts(before), facts(after)
    changed = [fact for fact in was if was[fact] != becomes[fact]]
    if not changed:
        return None
    return Entry(
        at=now,
        actor=actor,
        action=action,
        subject=of_product(after.product_id),
        changed_from={fact: was[fact] for fact in changed},
        changed_to={fact: becomes[fact] for fact in changed},
    )


def _move(
    uow: UnitOfWork,
    before: Product,
    after: Product,
    action: Action,
    actor: str,
    low_stock: int,
    now: datetime,
    why: str = "",
) -> None:
    delta = after.quantity - before.quantity
    if not delta:
        return
    reason = Reason.RESTOCK if action in (Action.RESTOCK, Action.ADD) else Reason.ADJUST
    uow.products.move(
        [StockMovement(product_id=after.product_id, delta=delta, reason=reason, reference=why, actor=actor, at=now)]
    )
    note_fall(uow, after.product_id, before.quantity, after.quantity, low_stock)
