"""Takes back an import of products, or one change of a product, by its number in the audit log."""

import getpass
from datetime import datetime

from rich.console import Console

from bot.phrases import staff, staff_products
from bot.shop import Shop
from bot.terminal.refusals import refuse
from domain.errors import ShopError, StaffError
from domain.ports import UnitOfWork
from domain.products.undoing import undo
from domain.products.undoing_imports import is_import, undo_import


def take_back(uow: UnitOfWork, shop: Shop, number: int, now: datetime, console: Console) -> None:
    """Takes the change back and says what that did; ends the program where it cannot be."""
    actor = f"shell:{getpass.getuser()}"
    entry = uow.audit.get(number)
    try:
        if entry is not None and is_import(entry):
            whole = undo_import(uow, entry, actor=actor, now=now)
            said = f"import #{number} undone: {whole.changed:,} products put back, {whole.removed:,} removed"
            missing = whole.missing
        else:
            one = undo(uow, number, actor=actor, low_stock=shop.low_stock, now=now)
            said, missing = f"change #{number} of {one.product_id} undone", one.missing
    except ShopError as error:
        if not isinstance(error, StaffError):
            raise
        refuse(console, staff.sorry(shop, error, now))
    uow.commit()
    console.print("[green]✓[/]", end=" ")
    console.print(said, markup=False, highlight=False)
    if missing:
        console.print(staff_products.missing_pieces(pieces=missing), markup=False, highlight=False)
