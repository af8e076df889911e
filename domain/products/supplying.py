"""What staff does about supply: orders of suppliers, what came of them, terms, snoozes; each with its audit entry.

Locks: a product first, then its supplier. Who orders locks the supplier alone, so nobody waits in a circle.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from domain.errors import (
    AlreadyUndone,
    BadQuantity,
    ChangedSince,
    NotDue,
    NotUndoable,
    ProductRetired,
    PurchaseClosed,
    PurchaseUnknown,
    SupplierUnknown,
    UnknownProduct,
)
from domain.model import money
from domain.ports import UnitOfWork
from domain.products.editing import restock_product
from domain.products.fields import MOST_PIECES
from domain.products.reordering import Line, SupplierOrder, is_due, lead_days, orders_of
from domain.records.auditing import Action, Entry, of_purchase, of_snooze, of_supplier
from domain.records.purchases import Purchase, PurchaseLine, PurchaseState
from domain.records.supply import Stock, SupplierTerms

PRODUCT, ORDERED, RECEIVED, STATE, UNTIL = "product", "ordered", "received", "state", "silent until"  # audit facts
SNOOZE = timedelta(days=7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """What of a restock was counted for an order to a supplier, and how its line and it are now."""

    purchase_id: int
    pieces: int
    line: PurchaseLine
    state: PurchaseState


def to_order(uow: UnitOfWork, *, today: date, now: datetime) -> list[SupplierOrder]:
    """What to order of each supplier now, without what is snoozed; nothing before the first prediction."""
    return orders_of(uow.supply.due(now), uow.supply.terms(), uow.purchases.open_today(today))


def suggestion(uow: UnitOfWork, stock: Stock, *, today: date, now: datetime) -> Line | None:
    """The line of a product in what to order of its supplier, as if nobody had snoozed it; None where it has none."""
    if not is_due(stock):
        return None
    due = uow.supply.due(now, stock.supplier_id)
    if stock.product_id not in [one.product_id for one in due]:
        due.append(stock)
    orders = orders_of(due, uow.supply.terms(), uow.purchases.open_today(today))
    lines = [line for order in orders for line in order.lines]
    return next((line for line in lines if line.stock.product_id == stock.product_id), None)


def accept(
    uow: UnitOfWork, product_id: str, quantity: int, *, actor: str, today: date, now: datetime
) -> tuple[Entry, Purchase]:
    """Orders so many pieces of a product that is due: on today's open order to its supplier, which is made if need be.

    Whoever accepts it second finds it on its way.

    Raises:
        UnknownProduct, ProductRetired: there is nothing to order.
        NotDue: enough is there or on its way.
        BadQuantity: no pieces, or more than the shop can hold.
        Busy: somebody else orders of the supplier, and takes too long.
    """
    product = uow.products.get([product_id]).get(product_id)
    if product is None:
        raise UnknownProduct(product_id)
    if product.retired_at is not None:
        raise ProductRetired(product_id)
    if not 0 < quantity <= MOST_PIECES:
        raise BadQuantity(product_id, quantity, MOST_PIECES)
    uow.supply.lock_supplier(product.supplier_id)
    stock = uow.supply.stock_of([product_id])[product_id]
    if not is_due(stock):
        coming = [one for one in uow.purchases.incoming_of(product_id) if _line(one, product_id).incoming]
        purchase_id = coming[-1].purchase_id if coming else None
        raise NotDue(product_id, stock.on_hand, stock.incoming, purchase_id)
    purchase = uow.purchases.ordered_on(product.supplier_id, today)
    if purchase is None:
        terms = uow.supply.terms().get(product.supplier_id, SupplierTerms(supplier_id=product.supplier_id))
        expected = today + timedelta(days=lead_days(terms, stock.demand))
        purchase = uow.purchases.begin(product.supplier_id, today, expected, now)
    known = purchase.line(product_id) or PurchaseLine(product_id=product_id, ordered=0, unit_cost=stock.unit_cost)
    line = replace(known, ordered=known.ordered + quantity)
    entry = _order(uow, purchase.purchase_id, known, line, Action.ORDER, actor, now)
    return entry, uow.purchases.get(purchase.purchase_id) or purchase


def restock(
    uow: UnitOfWork, product_id: str, quantity: int, *, actor: str, low_stock: int, now: datetime
) -> tuple[Entry | None, list[Received]]:
    """Adds pieces to the stock, and counts them for the orders to suppliers that have them, the oldest first.

    What is more than was ordered counts for the last of these; with none it is a restock like any other. An order of
    which nothing is to come any more is received.

    Raises:
        UnknownProduct, BadQuantity, Busy: see `restock_product`.
    """
    entry = restock_product(uow, product_id, quantity, actor=actor, low_stock=low_stock, now=now)
    if entry is None:
        return None, []
    for supplier in sorted({one.supplier_id for one in uow.purchases.incoming_of(product_id)}):
        uow.supply.lock_supplier(supplier)
    waiting = [one for one in uow.purchases.incoming_of(product_id) if _line(one, product_id).incoming]
    left, done = quantity, []
    for place, purchase in enumerate(waiting, 1):
        before = _line(purchase, product_id)
        pieces = left if place == len(waiting) else min(left, before.incoming)
        if not pieces:
            break
        left -= pieces
        after = replace(before, received=before.received + pieces)
        uow.purchases.put_line(purchase.purchase_id, after)
        uow.purchases.note_receipt(entry.entry_id, purchase.purchase_id, product_id, pieces)
        _note_received(uow, purchase.purchase_id, before, after, Action.RECEIVE, actor, now)
        state = _settle(uow, purchase.purchase_id, now)
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
            _settle(uow, number, now)


def call_off(uow: UnitOfWork, purchase_id: int, product_id: str = "", *, actor: str, now: datetime) -> Entry:
    """Nothing more is to come of an order, or of one product of it; what came stays.

    Raises:
        PurchaseUnknown: there is no such order, or no such line in it.
        PurchaseClosed: nothing is to come of it anyway.
        Busy: somebody else orders of the supplier, and takes too long.
    """
    purchase = _locked(uow, purchase_id)
    before = purchase.line(product_id)
    if product_id and before is None:
        raise PurchaseUnknown(purchase_id)
    if before is not None and len(purchase.lines) > 1:
        if purchase.state is not PurchaseState.OPEN or not before.incoming:
            raise PurchaseClosed(purchase_id, purchase.state)
        return _order(uow, purchase_id, before, replace(before, ordered=before.received), Action.CALL_OFF, actor, now)
    if purchase.state is not PurchaseState.OPEN:
        raise PurchaseClosed(purchase_id, purchase.state)
    uow.purchases.put_state(purchase_id, PurchaseState.CANCELLED, now)
    was, becomes = {STATE: str(purchase.state)}, {STATE: str(PurchaseState.CANCELLED)}
    return _note(uow, Action.CALL_OFF, of_purchase(purchase_id), was, becomes, actor, now)


def snooze(uow: UnitOfWork, product_id: str, *, actor: str, now: datetime) -> tuple[Entry, datetime]:
    """The admins hear nothing of a product for a week; says until when.

    Raises:
        UnknownProduct: it does not exist.
    """
    if product_id not in uow.products.get([product_id]):
        raise UnknownProduct(product_id)
    until = now + SNOOZE
    before = uow.supply.snooze(product_id, until)
    was, becomes = {UNTIL: before.isoformat() if before else ""}, {UNTIL: until.isoformat()}
    return _note(uow, Action.SNOOZE, of_snooze(product_id), was, becomes, actor, now), until


def terms_facts(terms: SupplierTerms) -> dict[str, str]:
    """What the audit log can say of a supplier's terms; what nobody said is blank."""
    return {
        "name": terms.name,
        "lead": "" if terms.lead_days is None else str(terms.lead_days),
        "pack": str(terms.order_pack),
        "minimum": str(terms.minimum_pieces),
        "amount": str(money(terms.minimum_amount)),
    }


def with_terms(terms: SupplierTerms, changed: Mapping[str, str]) -> SupplierTerms:
    """The terms with some facts put to other values; undoes `terms_facts`."""
    facts = terms_facts(terms) | dict(changed)
    return SupplierTerms(
        supplier_id=terms.supplier_id,
        name=facts["name"],
        lead_days=int(facts["lead"]) if facts["lead"] else None,
        order_pack=int(facts["pack"]),
        minimum_pieces=int(facts["minimum"]),
        minimum_amount=Decimal(facts["amount"]),
    )


def agree(
    uow: UnitOfWork,
    supplier_id: str,
    changed: Mapping[str, str],
    *,
    actor: str,
    now: datetime,
    action: Action = Action.SET,
) -> Entry | None:
    """Writes down what is agreed with a supplier; None when nothing is different.

    Raises:
        SupplierUnknown: no product comes from there.
        Busy: somebody else writes it, and takes too long.
    """
    if supplier_id not in uow.supply.suppliers():
        raise SupplierUnknown(supplier_id)
    uow.supply.lock_supplier(supplier_id)
    before = uow.supply.terms().get(supplier_id, SupplierTerms(supplier_id=supplier_id))
    after = with_terms(before, changed)
    was, becomes = terms_facts(before), terms_facts(after)
    different = [name for name in was if was[name] != becomes[name]]
    if not different:
        return None
    uow.supply.save_terms(after)
    subject = of_supplier(supplier_id)
    return _note(
        uow,
        action,
        subject,
        {name: was[name] for name in different},
        {name: becomes[name] for name in different},
        actor,
        now,
    )


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
    purchase = _locked(uow, int(name)) if kind == "purchase" else None
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
        return _note(uow, Action.UNDO, entry.subject, entry.changed_to, entry.changed_from, actor, now)
    present = terms_facts(uow.supply.terms().get(name, SupplierTerms(supplier_id=name)))
    for fact in entry.changed_to:
        _unchanged(entry, name, fact, present[fact])
    return agree(uow, name, entry.changed_from, actor=actor, now=now, action=Action.UNDO)


def _undo_purchase(uow: UnitOfWork, entry: Entry, purchase: Purchase, actor: str, now: datetime) -> Entry:
    number = purchase.purchase_id
    if STATE in entry.changed_to:
        _unchanged(entry, f"P{number}", STATE, purchase.state)
        uow.purchases.put_state(number, PurchaseState.OPEN, now)
        return _note(uow, Action.UNDO, entry.subject, entry.changed_to, entry.changed_from, actor, now)
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
    return _order(uow, number, before, after, Action.UNDO, actor, now)


def _order(
    uow: UnitOfWork,
    purchase_id: int,
    before: PurchaseLine,
    after: PurchaseLine,
    action: Action,
    actor: str,
    now: datetime,
) -> Entry:
    """Writes how many are ordered of a product, and what that makes of the order."""
    uow.purchases.put_line(purchase_id, after)
    _settle(uow, purchase_id, now)
    was = {PRODUCT: after.product_id, ORDERED: str(before.ordered)}
    becomes = {PRODUCT: after.product_id, ORDERED: str(after.ordered)}
    return _note(uow, action, of_purchase(purchase_id), was, becomes, actor, now)


def _settle(uow: UnitOfWork, purchase_id: int, now: datetime) -> PurchaseState:
    """Puts an order into the state that its lines make of it: open as long as anything is to come."""
    purchase = uow.purchases.get(purchase_id)
    if purchase is None:
        raise PurchaseUnknown(purchase_id)
    if purchase.state is PurchaseState.CANCELLED and purchase.lines:
        return purchase.state
    state = PurchaseState.RECEIVED if purchase.lines else PurchaseState.CANCELLED
    if any(line.incoming for line in purchase.lines):
        state = PurchaseState.OPEN
    if state is not purchase.state:
        uow.purchases.put_state(purchase_id, state, now)
    return state


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
    _note(uow, action, of_purchase(purchase_id), was, becomes, actor, now)


def _note(
    uow: UnitOfWork,
    action: Action,
    subject: str,
    was: Mapping[str, str],
    becomes: Mapping[str, str],
    actor: str,
    now: datetime,
) -> Entry:
    entry = Entry(at=now, actor=actor, action=action, subject=subject, changed_from=was, changed_to=becomes)
    return uow.audit.note(entry)


def _unchanged(entry: Entry, subject: str, fact: str, present: str) -> None:
    if entry.changed_to[fact] != present:
        raise ChangedSince(entry.entry_id, subject, fact, entry.changed_to[fact], present)


def _line(purchase: Purchase, product_id: str) -> PurchaseLine:
    """The line of a product that the order has."""
    line = purchase.line(product_id)
    if line is None:
        raise PurchaseUnknown(purchase.purchase_id)
    return line


def _locked(uow: UnitOfWork, purchase_id: int) -> Purchase:
    """An order that nobody else changes until this unit of work ends."""
    purchase = uow.purchases.get(purchase_id)
    if purchase is None:
        raise PurchaseUnknown(purchase_id)
    uow.supply.lock_supplier(purchase.supplier_id)
    return uow.purchases.get(purchase_id) or purchase
