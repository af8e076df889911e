"""Shelves as tests fill them: the use cases of staff, without what a test does not care about."""

from dataclasses import replace
from datetime import UTC, datetime

from domain.model import Product
from domain.ports import UnitOfWork
from domain.products import editing

NOW = datetime(2026, 5, 12, 17, 0, tzinfo=UTC)
SET_UP = "test"  # who fills the shelves


def create_product(uow: UnitOfWork, product: Product, *, actor: str = SET_UP, now: datetime = NOW) -> None:
    """Adds a product with its opening stock."""
    editing.add_product(uow, product, actor=actor, low_stock=0, now=now)


def edit_product(uow: UnitOfWork, edited: Product, *, now: datetime = NOW) -> None:
    """Overwrites a product but not its stock."""
    editing.change_product(uow, edited, actor=SET_UP, low_stock=0, now=now, stock_seen=edited.quantity)


def retire_product(uow: UnitOfWork, product_id: str, *, now: datetime = NOW) -> None:
    """Takes a product out of the shop."""
    editing.remove_product(uow, product_id, actor=SET_UP, now=now)


def restock(
    uow: UnitOfWork, product_id: str, quantity: int, *, actor: str = SET_UP, now: datetime = NOW, low_stock: int = 0
) -> int:
    """Adds pieces, or takes them away, and returns the new stock."""
    if quantity < 0:
        current = uow.products.lock([product_id])[product_id]
        less = replace(current, quantity=current.quantity + quantity)
        editing.change_product(uow, less, actor=actor, low_stock=low_stock, now=now)
    else:
        editing.restock_product(uow, product_id, quantity, actor=actor, low_stock=low_stock, now=now)
    return uow.products.get([product_id])[product_id].quantity
