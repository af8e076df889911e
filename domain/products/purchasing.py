"""What to order of suppliers, what is ordered and what is called off; each with its audit entry.

Locks: a product first, then its supplier. Who orders locks the supplier alone, so nobody waits in a circle.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.errors import (
    BadQuantity,
    NotDue,
    ProductRetired,
    PurchaseClosed,
    PurchaseUnknown,
    UnknownProduct,
)
from domain.ports import UnitOfWork
from domain.products.fields import MOST_PIECES
from domain.products.reordering import Line, SupplierOrder, is_due, lead_days, orders_of
from domain.products.supply_entries import ORDERED, PRODUCT, STATE, note
from domain.records.auditing import Action, Entry, of_purchase
from domain.records.purchases import Purchase, PurchaseLine, PurchaseState
from domain.records.supply import Stock, SupplierTerms


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
        coming = [one for one in uow.purchases.incoming_of(product_id) if line_of(one, product_id).incoming]
        purchase_id = coming[-1].purchase_id if coming else None
        raise NotDue(product_id, stock.on_hand, stock.incoming, purchase_id)
    purchase = uow.purchases.ordered_on(product.supplier_id, today)
    if purchase is None:
        terms = uow.supply.terms().get(product.supplier_id, SupplierTerms(supplier_id=product.supplier_id))
        expected = today + timedelta(days=lead_days(terms, stock.demand))
        purchase = uow.purchases.begin(product.supplier_id, today, expected, now)
    known = purchase.line(product_id) or PurchaseLine(product_id=product_id, ordered=0, unit_cost=stock.unit_cost)
    line = replace(known, ordered=known.ordered + quantity)
    entry = put_line(uow, purchase.purchase_id, known, line, Action.ORDER, actor, now)
    return entry, uow.purchases.get(purchase.purchase_id) or purchase


def call_off(uow: UnitOfWork, purchase_id: int, product_id: str = "", *, actor: str, now: datetime) -> Entry:
    """Nothing more is to come of an order, or of one product of it; what came stays.

    Raises:
        PurchaseUnknown: there is no such order, or no such line in it.
        PurchaseClosed: nothing is to come of it anyway.
        Busy: somebody else orders of the supplier, and takes too long.
    """
    purchase = locked_purchase(uow, purchase_id)
    before = purchase.line(product_id)
    if product_id and before is None:
        raise PurchaseUnknown(purchase_id)
    if before is not None and len(purchase.lines) > 1:
        if purchase.state is not PurchaseState.OPEN or not before.incoming:
            raise PurchaseClosed(purchase_id, purchase.state)
        return put_line(uow, purchase_id, before, replace(before, ordered=before.received), Action.CALL_OFF, actor, now)
    if purchase.state is not PurchaseState.OPEN:
        raise PurchaseClosed(purchase_id, purchase.state)
    uow.purchases.put_state(purchase_id, PurchaseState.CANCELLED, now)
    was, becomes = {STATE: str(purchase.state)}, {STATE: str(PurchaseState.CANCELLED)}
    return note(uow, Action.CALL_OFF, of_purchase(purchase_id), was, becomes, actor, now)


def locked_purchase(uow: UnitOfWork, purchase_id: int) -> Purchase:
    """An order that nobody else changes until this unit of work ends."""
    purchase = uow.purchases.get(purchase_id)
    if purchase is None:
        raise PurchaseUnknown(purchase_id)
    uow.supply.lock_supplier(purchase.supplier_id)
    return uow.purchases.get(purchase_id) or purchase


def line_of(purchase: Purchase, product_id: str) -> PurchaseLine:
    """The line of a product that the order has."""
    line = purchase.line(product_id)
    if line is None:
        raise PurchaseUnknown(purchase.purchase_id)
    return line


def put_line(
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
    settle(uow, purchase_id, now)
    was = {PRODUCT: after.product_id, ORDERED: str(before.ordered)}
    becomes = {PRODUCT: after.product_id, ORDERED: str(after.ordered)}
    return note(uow, action, of_purchase(purchase_id), was, becomes, actor, now)


def settle(uow: UnitOfWork, purchase_id: int, now: datetime) -> PurchaseState:
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
