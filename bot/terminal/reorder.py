"""Lists what to order of suppliers, as a table to look at or as CSV that a supplier can read."""

import csv
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot.phrases import staff_supply
from bot.shop import Shop
from bot.terminal.refusals import refuse
from domain.csv_cells import harmless
from domain.ports import Clock, UnitOfWork
from domain.products.purchasing import to_order
from domain.products.reordering import SupplierOrder

HEADER = (
    "supplier_id",
    "product_id",
    "name",
    "quantity",
    "packs",
    "unit_cost",
    "amount",
    "days_of_cover",
    "demand_a_week",
    "lead_days",
)


def collect(uow: UnitOfWork, shop: Shop, clock: Clock, console: Console) -> list[SupplierOrder]:
    """What to order of each supplier; ends the program where nothing was predicted yet."""
    now = clock.now()
    if uow.supply.predicted() is None:
        refuse(console, staff_supply.NOT_PREDICTED)
    return to_order(uow, today=now.astimezone(shop.time_zone).date(), now=now)


def show(orders: Sequence[SupplierOrder], shop: Shop, console: Console) -> None:
    """Prints a table, a supplier below the other."""
    if not orders:
        console.print(staff_supply.NOTHING_DUE, markup=False)
        return
    for order in orders:
        heading = staff_supply.heading(shop, order)
        table = Table(title=heading, title_justify="left", box=None)
        table.add_column("product", overflow="fold")
        for name in ("order", "packs", "amount", "left", "coming", "lasts", "a week", "lead"):
            table.add_column(name, justify="right", no_wrap=True)
        for line in order.lines:
            stock = line.stock
            table.add_row(
                stock.product_id,
                shop.number(line.quantity),
                shop.number(line.packs),
                shop.money(line.amount),
                shop.number(stock.on_hand),
                shop.number(stock.incoming),
                staff_supply.days(shop, stock.cover),
                shop.rounded(line.weekly),
                staff_supply.days(shop, line.lead_days),
            )
        console.print(table)


def write_csv(orders: Sequence[SupplierOrder], file: Path | None) -> None:
    """Writes a line for each product; to the terminal where no file is named. Endless cover is blank."""
    rows = [
        [
            harmless(order.terms.supplier_id),
            harmless(line.stock.product_id),
            harmless(line.stock.title),
            line.quantity,
            line.packs,
            line.stock.unit_cost,
            line.amount,
            "" if line.stock.cover is None else round(line.stock.cover, 1),
            line.weekly,
            line.lead_days,
        ]
        for order in orders
        for line in order.lines
    ]
    with nullcontext(sys.stdout) if file is None else file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened, lineterminator="\n").writerows([HEADER, *rows])
