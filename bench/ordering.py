"""Placing an order against pgbench running the same statements, and no oversell with 50 clients on one SKU."""

import re
import subprocess
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, make_url, text

from bench.table import Budget
from domain.errors import OutOfStock
from domain.model import Order, OrderLine, Product, Terms
from domain.orders.ordering import place_order
from domain.products.editing import add_product
from storage.server.database import app_engine
from storage.server.embedded import EmbeddedPostgres
from storage.unit_of_work import PostgresUnitOfWork

SECONDS = 6
TERMS = Terms(
    cancel_window=timedelta(minutes=30), quote_hold=timedelta(minutes=15), most_per_line=10**6, ask_above=10**6
)
HASH = "b" * 64


def measure(postgres: EmbeddedPostgres, url: str) -> list[Budget]:
    """Orders a second with 1 client on many SKUs and with 50 clients on one, and what pgbench reaches."""
    engine = app_engine(url, pool_size=50)
    _stock(engine)
    budgets = []
    for clients, sku in ((1, "BENCH-A"), (50, "BENCH-B")):
        script = _script(engine, sku)
        ours = _ours(engine, sku, clients)
        bare = _pgbench(postgres, url, script, clients)
        budgets.append(
            Budget(
                what=f"orders a second, {clients} client(s), one SKU",
                ours=f"{ours:.0f}/s",
                bare=f"{bare:.0f}/s pgbench",
                ratio=ours / bare,
                least=0.5,
            )
        )
    budgets.append(_oversell(engine))
    engine.dispose()
    return budgets


def _stock(engine: Engine) -> None:
    now = datetime.now(UTC)
    with PostgresUnitOfWork(engine) as uow:
        for product_id, quantity in (("BENCH-A", 10**8), ("BENCH-B", 10**8), ("BENCH-LAST", 20)):
            product = Product(
                product_id=product_id,
                name=product_id,
                quantity=quantity,
                wholesale_cost=Decimal(1),
                sale_price=Decimal(2),
                supplier_id="BENCH",
            )
            add_product(uow, product, actor="bench", low_stock=0, now=now)
        uow.people.remember_email(HASH, "bench@example.com", now)
        uow.commit()


def _order(sku: str, now: datetime) -> Order:
    return Order(
        order_id=0,
        hashed_email=HASH,
        lines=(OrderLine(product_id=sku, quantity=1, unit_price=Decimal(2)),),
        placed_at=now,
        cancel_until=now + TERMS.cancel_window,
        source="bench",
    )


def _place(engine: Engine, sku: str) -> None:
    with PostgresUnitOfWork(engine) as uow:
        place_order(uow, _order(sku, datetime.now(UTC)), terms=TERMS)
        uow.commit()


def _script(engine: Engine, sku: str) -> str:
    """The statements that placing one order sends, as a pgbench script."""
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        statements.append(cursor.mogrify(statement, parameters).decode())

    event.listen(engine, "before_cursor_execute", note)
    _place(engine, sku)
    event.remove(engine, "before_cursor_execute", note)
    lines = ["BEGIN;"]
    for statement in statements:
        one_line = re.sub(r"\s+", " ", statement).strip()
        if "INSERT INTO shop.orders" in one_line:
            lines.append(f"{one_line} \\gset")
        else:
            # the movement refers to the order's number
            lines.append(re.sub(r"ARRAY\['\d+'\]", "ARRAY[':order_id']", one_line) + ";")
    return "\n".join([*lines, "COMMIT;"])


def _ours(engine: Engine, sku: str, clients: int) -> float:
    stop = time.monotonic() + SECONDS
    counts = [0] * clients

    def buy(number: int) -> None:
        while time.monotonic() < stop:
            _place(engine, sku)
            counts[number] += 1

    _in_parallel(buy, clients)
    return sum(counts) / SECONDS


def _in_parallel(work: Any, clients: int) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _pgbench(postgres: EmbeddedPostgres, url: str, script: str, clients: int) -> float:
    parsed = make_url(url)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "order.sql"
        file.write_text(script)
        command = [
            str(postgres.bin_folder / "pgbench"),
            *("-n", "-h", str(parsed.query["host"]), "-U", str(parsed.username), "-f", str(file)),
            *("-c", str(clients), "-j", str(min(clients, 2)), "-T", str(SECONDS), str(parsed.database)),
        ]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"tps = ([\d.]+)", output)
    if found is None:
        raise RuntimeError(output)
    return float(found.group(1))


def _oversell(engine: Engine) -> Budget:
    """50 clients try to buy 20 pieces; every piece sold beyond that is an oversell."""
    sold = [0] * 50

    def buy(number: int) -> None:
        try:
            _place(engine, "BENCH-LAST")
            sold[number] = 1
        except OutOfStock:
            return

    _in_parallel(buy, 50)
    with engine.connect() as connection:
        left = connection.execute(
            text("SELECT quantity FROM shop.product WHERE product_id = 'BENCH-LAST'")
        ).scalar_one()
    wrong = abs(sum(sold) - 20) + abs(left)
    return Budget(what="oversold pieces, 50 clients on the last 20", ours=str(wrong), bare="0", ratio=wrong, most=0)
