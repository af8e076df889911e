"""Takes back an import of products, or one change of a product or its supply, by its number in the audit log."""

import getpass
from datetime import datetime

from rich.console import Console

from bot.phrases import staff, staff_products
from bot.shop import Shop
from bot.terminal.refusals import refuse
from domain.errors import ShopError, StaffError
from domain.ports import UnitOfWork
from domain.products.undoing import undo
from domain.products.undoing_imports import is_import
from domain.records.auditing import product_of


def take_back(uow: UnitOfWork, shop: Shop, number: int, now: datetime, console: Console) -> None:
    """Takes the change back and says what that did; ends the program where it cannot be."""
    try:
        done = undo(uow, number, actor=f"shell:{getpass.getuser()}", low_stock=shop.low_stock, now=now)
    except ShopError as error:
        if not isinstance(error, StaffError):
            raise
        refuse(console, staff.sorry(shop, error, now))
    uow.commit()
    if is_import(done.of):
        said = f"import #{number} undone: {done.changed:,} products put back, {done.removed:,} removed"
    else:
        said = f"change #{number} of {product_of(done.of) or done.of.subject} undone"
    console.print("[green]✓[/]", end=" ")
    console.print(said, markup=False, highlight=False)
    if done.missing:
        console.print(staff_products.missing_pieces(pieces=done.missing), markup=False, highlight=False)
