"""`parley import orders` against a bare COPY of the same rows plus one GROUP BY, and its memory at two sizes."""

import json
import random
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url

from bench.table import Budget
from storage.imports.files import ImportRules
from storage.imports.inventory import import_inventory
from storage.server.database import app_engine, owner_engine

SIZES = (100_000, 1_000_000)
LINES_AN_ORDER = (20, 4)  # as in online_retail, and a harder case: more of an import is orders
PRODUCTS = 5_000
HEADER = "date,cust_email,cust_location,product_id,product_quantity,unit_price\n"


def measure(url: str, folder: Path) -> list[Budget]:
    """Time as a ratio at both sizes; memory of the larger import against the smaller one's."""
    _load_products(url, folder)
    memory: dict[tuple[int, int], float] = {}
    budgets = []
    for lines in SIZES:
        for lines_an_order in LINES_AN_ORDER:
            file = _orders_file(folder, lines, lines_an_order)
            bare = statistics.median(_bare(url, file) for _ in range(3))
            ours, memory[lines, lines_an_order] = _ours(url, file)
            budgets.append(
                Budget(
                    what=f"import of {lines:,} lines, {lines_an_order} an order",
                    ours=f"{ours:.1f} s",
                    bare=f"{bare:.2f} s COPY + GROUP BY",
                    ratio=ours / bare,
                    most=5,
                )
            )
    small, large = (max(memory[lines, shape] for shape in LINES_AN_ORDER) for lines in SIZES)
    budgets.append(
        Budget(
            what="memory of the larger import",
            ours=f"{large:.0f} MB",
            bare=f"{small:.0f} MB at {SIZES[0]:,}",
            ratio=large / small,
            most=1.2,
        )
    )
    return budgets


def _load_products(url: str, folder: Path) -> None:
    file = folder / "inventory.csv"
    rows = "".join(f"P{number:05},100,1.00,2.50,BENCH\n" for number in range(PRODUCTS))
    file.write_text(f"product_id,quantity,wholesale_cost,sale_price,supplier_id\n{rows}")
    engine = app_engine(url)
    import_inventory(engine, file, now=datetime.now(UTC), rules=ImportRules(progress=lambda done, total: None))
    engine.dispose()


def _orders_file(folder: Path, lines: int, lines_an_order: int) -> Path:
    """One customer for ten orders; no two files share a customer, so nothing repeats."""
    chance = random.Random(lines)
    file = folder / f"orders{lines}x{lines_an_order}.csv"
    start = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(days=lines % 997)
    with file.open("w") as out:
        out.write(HEADER)
        for order in range(lines // lines_an_order):
            moment = start + timedelta(minutes=order)
            who = f"bench{lines}x{lines_an_order}.{chance.randrange(lines // lines_an_order // 10)}@example.com"
            for product in chance.sample(range(PRODUCTS), lines_an_order):
                out.write(f"{moment:%Y-%m-%d %H:%M:%S},{who},80203,P{product:05},{chance.randint(1, 9)},2.50\n")
    return file


def _bare(url: str, file: Path) -> float:
    engine = owner_engine(url)
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        started = time.perf_counter()
        cursor.execute(
            "CREATE TABLE public.bare (date timestamp, cust_email text, cust_location text, product_id text, "
            "product_quantity int, unit_price numeric(12,2))"
        )
        with file.open("rb") as rows:
            cursor.copy_expert("COPY public.bare FROM STDIN WITH (FORMAT csv, HEADER)", rows)
        cursor.execute("SELECT date, cust_email, count(*) FROM public.bare GROUP BY 1, 2")
        cursor.fetchall()
        connection.commit()
        seconds = time.perf_counter() - started
        cursor.execute("DROP TABLE public.bare")
        connection.commit()
    finally:
        connection.close()
        engine.dispose()
    return seconds


def _ours(url: str, file: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of an import in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.importing", make_url(url).render_as_string(hide_password=False), str(file)],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, megabytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, megabytes


def _import(url: str, file: Path) -> None:
    from storage.imports.orders import import_orders

    engine = app_engine(url)
    started = time.perf_counter()
    import_orders(
        engine,
        file,
        hash_key=b"k" * 32,
        time_zone="UTC",
        now=datetime.now(UTC),
        apply_stock=False,
        rules=ImportRules(progress=lambda done, total: None),
    )
    seconds = time.perf_counter() - started
    engine.dispose()
    print(json.dumps([seconds, _peak_megabytes()]))


def _peak_megabytes() -> float:
    """Of this process alone: `getrusage` would begin with what the process that started it had."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    _import(sys.argv[1], Path(sys.argv[2]))
