"""Runs the stock room: creates, edits and retires products, and sets their stock by movements."""

from dataclasses import replace
from datetime import datetime

from domain.errors import ProductChanged, ProductExists, UnknownProduct
from domain.events import StockFell
from domain.model import Product, Reason, StockMovement
from domain.ports import UnitOfWork


def create_product(uow: UnitOfWork, product: Product, *, actor: str, now: datetime) -> None:
    """Adds a product; its opening stock is its first movement.

    Raises:
        ProductExists: the id is taken, perhaps by a retired product.
    """
    if not uow.products.create(product):
        raise ProductExists(product.product_id)
    if product.quantity:
        _move(uow, product.product_id, product.quantity, Reason.RESTOCK, actor, now)


def edit_product(uow: UnitOfWork, edited: Product) -> None:
    """Overwrites a product's description and prices, not its stock.

    Raises:
        UnknownProduct: it does not exist.
        ProductChanged: somebody edited it since `edited` was read (`edited.version`); nothing is lost.
    """
    current = locked_product(uow, edited.product_id)
    if current.version != edited.version:
        raise ProductChanged(edited.product_id, edited.version, current.version)
    uow.products.save(edited)


def retire_product(uow: UnitOfWork, product_id: str, *, now: datetime) -> None:
    """Takes a product out of the shop; orders and history keep it.

    Raises:
        UnknownProduct: it does not exist.
    """
    uow.products.save(replace(locked_product(uow, product_id), retired_at=now))


def restock(uow: UnitOfWork, product_id: str, quantity: int, *, actor: str, now: datetime, low_stock: int = 0) -> int:
    """Adds `quantity` pieces (negative: takes them away, not below zero) and returns the new stock.

    Raises:
        UnknownProduct: it does not exist.
    """
    current = locked_product(uow, product_id)
    delta = max(quantity, -current.quantity)
    if delta:
        _move(uow, product_id, delta, Reason.RESTOCK if delta > 0 else Reason.ADJUST, actor, now)
        note_fall(uow, product_id, current.quantity, current.quantity + delta, low_stock)
    return current.quantity + delta


def note_fall(uow: UnitOfWork, product_id: str, before: int, after: int, low_stock: int) -> None:
    """Records `StockFell` when a product's stock crossed the low mark, or reached zero, from above."""
    if before > low_stock >= after or before > 0 == after:
        uow.record(StockFell(product_id=product_id, quantity=after))


def locked_product(uow: UnitOfWork, product_id: str) -> Product:
    """A product that nobody else may change until this unit of work ends.

    Raises:
        UnknownProduct: it does not exist.
    """
    product = uow.products.lock([product_id]).get(product_id)
    if product is None:
        raise UnknownProduct(product_id)
    return product


def _move(uow: UnitOfWork, product_id: str, delta: int, reason: Reason, actor: str, now: datetime) -> None:
    uow.products.move(
        [StockMovement(product_id=product_id, delta=delta, reason=reason, reference="", actor=actor, at=now)]
    )
