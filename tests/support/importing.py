"""What the tests of the imports share: small files, and questions to the database."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from storage.errors import ImportRefused
from storage.imports.files import ImportResult, ImportRules
from storage.imports.inventory import import_inventory
from storage.imports.orders import import_orders

NOW = datetime(2026, 5, 12, 17, 0, tzinfo=UTC)
HASH_KEY = b"a key for tests, 32 bytes or more"
INVENTORY = "product_id,quantity,wholesale_cost,sale_price,supplier_id\nMUG,10,5.00,12.00,CLAY\nJUG,4,9.00,20.00,CLAY\n"
ORDER_HEADER = "date,cust_email,cust_location,product_id,product_quantity"

SHARED_DATA = Path(__file__).parents[3] / "shared" / "data"


def write(folder: Path, content: str | bytes, name: str = "file.csv") -> Path:
    """Writes a file, packed if its name says so; the text gets no other line ends than it has."""
    raw = content.encode() if isinstance(content, str) else content
    file = folder / name
    file.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return file


def stock_shop(engine: Engine, folder: Path) -> None:
    """Ten mugs at 12.00 and four jugs at 20.00."""
    import_inventory(engine, write(folder, INVENTORY, "stock.csv"), now=NOW)


def load_orders(engine: Engine, file: Path, *, apply_stock: bool = False, **rules: Any) -> ImportResult:
    """Imports orders as a shop in Denver does."""
    how = ImportRules(**rules)
    return import_orders(
        engine, file, hash_key=HASH_KEY, time_zone="America/Denver", now=NOW, apply_stock=apply_stock, rules=how
    )


def refusal(engine: Engine, load: Callable[..., ImportResult], file: Path, **options: Any) -> ImportRefused:
    """How `load` refuses the file, which changes nothing."""
    before = everything(engine)
    with pytest.raises(ImportRefused) as caught:
        load(engine, file, **options)
    assert everything(engine) == before
    return caught.value


def bad_rows(refused: ImportRefused) -> list[tuple[int, str]]:
    """The rows of a refusal as plain pairs."""
    return [(row.line, row.reason) for row in refused.bad_rows]


def ask(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def wrong_stocks(engine: Engine) -> list[tuple[Any, ...]]:
    """Products whose stock is not the sum of their movements."""
    return ask(
        engine,
        "SELECT product_id, p.quantity, sum(delta) FROM shop.product p LEFT JOIN shop.stock_movement m "
        "USING (product_id) GROUP BY product_id HAVING p.quantity <> coalesce(sum(delta), 0)",
    )


def everything(engine: Engine) -> list[list[tuple[Any, ...]]]:
    """The contents of all tables that an import can touch."""
    tables = "product stock_movement customer orders order_line shipment".split()
    return [ask(engine, f"SELECT * FROM shop.{table} ORDER BY 1, 2") for table in tables] + [
        ask(engine, f"SELECT * FROM pii.{table} ORDER BY 1") for table in ("profile", "email_lookup")
    ]
