"""Builds of the warehouse, whole and of what is new, against the same SQL run by hand; memory, and how both grow.

The orders are made up: so many a day, for as long as they last, and then a day more, which the second build adds.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import reduce
from graphlib import TopologicalSorter
from pathlib import Path

import psutil
from sqlalchemy import Connection, Engine, make_url, text

from analytics.building import PROJECT
from analytics.child import address
from analytics.lake.exporting import TABLES, Lake
from analytics.warehouse import Built, Warehouse, WarehouseTerms
from bench.table import Budget
from domain.records.builds import Outcome
from storage.copying import copy_out
from storage.server.clock import MachineClock
from storage.server.database import app_engine, owner_engine, upgrade
from storage.server.embedded import EmbeddedPostgres

SIZES = (100_000, 1_000_000, 10_000_000)
LARGE = 1_000_000  # below, what dbt does around each model outweighs the model
LINES_AN_ORDER = 4
A_DAY = 3_000  # orders: a larger shop is an older one
FEWEST_DAYS = 30
PRODUCTS, CUSTOMERS_SHARE = 5_000, 8  # orders for each customer
# What ranks all customers anew, for each of the days that digests compare.
RANKING = frozenset(
    "int_customers_summarised int_customers_scored segment_history rfm_segments clv_tiers churn_indicators"
    " dim_customers snap_loyalty".split()
)
OF_PRODUCTS = frozenset(file.stem for file in (PROJECT / "models" / "products").rglob("*.sql"))  # ports of their own
TERMS = WarehouseTerms(time_zone="America/Denver", country="US")

_FILL = (
    """INSERT INTO shop.product (product_id, name, category, wholesale_cost, sale_price, supplier_id, quantity)
    SELECT 'P' || n, 'Product ' || n, 'Shelf ' || n % 20, 1 + n % 7, 3 + n % 11, 'BENCH', 100
    FROM generate_series(0, :products - 1) AS n""",
    """INSERT INTO shop.stock_movement (product_id, delta, reason, at)
    SELECT product_id, quantity, 'import', CAST(:start AS timestamptz) FROM shop.product""",
    """INSERT INTO shop.customer (hashed_email, location, loyalty, first_seen_at)
    SELECT encode(sha256(n::text::bytea), 'hex'), (80000 + n % 300)::text, CAST(n % 5 = 0 AS int), :start
    FROM generate_series(0, :customers - 1) AS n""",
)
_MADE = """
    CREATE TEMP TABLE made ON COMMIT DROP AS
    SELECT n AS order_id, CAST(:start AS timestamptz) + (n - :after) * CAST(:pace AS interval) AS at,
           abs(CAST(hashint8(n) AS bigint)) AS chance
    FROM generate_series(CAST(:after AS bigint) + 1, CAST(:after AS bigint) + :count) AS n
"""
_LINES = """
    INSERT INTO shop.order_line (order_id, line_no, product_id, quantity, unit_price)
    SELECT order_id, line_no, 'P' || p, 1 + (chance + line_no) % 3, 3 + p % 11
    FROM made, generate_series(1, 4) AS line_no, LATERAL (SELECT (chance + line_no * 613) % :products AS p) AS product
"""
_INDEXES = text("""
    SELECT pg_get_indexdef(indexrelid) AS indexdef, indisprimary AS is_key
    FROM pg_index WHERE indrelid = CAST(:schema || '.' || :name AS regclass)
""")
_ORDERS = """
    INSERT INTO shop.orders (order_id, hashed_email, state, placed_at, cancel_until, discount, total, source, store_id,
                             cancelled_at, updated_at)
    SELECT order_id, encode(sha256((chance % :customers)::text::bytea), 'hex'),
           CASE WHEN chance % 25 = 0 THEN 'cancelled' ELSE 'delivered' END, at, at, off, amount - off, 'web',
           CASE WHEN chance % 3 = 0 THEN '' ELSE 'store-' || chance % 5 END,
           CASE WHEN chance % 25 = 0 THEN at + interval '10 minutes' END, at
    FROM made, LATERAL (
        SELECT sum(quantity * unit_price) AS amount, CASE WHEN chance % 7 = 0 THEN 1 ELSE 0 END AS off
        FROM shop.order_line l WHERE l.order_id = made.order_id
    ) AS lines
"""


def measure(postgres: EmbeddedPostgres, folder: Path, sizes: tuple[int, ...] = SIZES) -> list[Budget]:
    """Each size in a database of its own, which is gone afterwards; the largest one takes minutes."""
    budgets: list[Budget] = []
    seconds: dict[int, tuple[float, float]] = {}
    for lines in sizes:
        name = f"warehousing_{lines}"
        with database_of(postgres, name) as url:
            found, seconds[lines] = _at(url, lines, folder)
            budgets += found
    first, last = min(sizes), max(sizes)
    if last > first:
        for number, what in enumerate(("whole build", "a new day's models but what ranks customers")):
            budgets.append(
                Budget(
                    what=f"{what}, {last:,} lines against {first:,}",
                    ours=f"{seconds[last][number]:.1f} s",
                    bare=f"{seconds[first][number]:.1f} s",
                    ratio=seconds[last][number] / seconds[first][number],
                )
            )
    return budgets


def _at(url: str, lines: int, folder: Path) -> tuple[list[Budget], tuple[float, float]]:
    upgrade(url)
    now = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    orders = lines // LINES_AN_ORDER
    owner = owner_engine(url)
    with owner.begin() as connection:
        days = max(FEWEST_DAYS, orders // A_DAY)
        fill(connection, orders, now - timedelta(days=days + 1), now - timedelta(days=1))
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine = app_engine(url)
    warehouse = Warehouse(engine, url, MachineClock(), TERMS)
    as_of = (now - timedelta(days=1)).date()
    with peak() as memory:
        whole = warehouse.build(as_of)
    by_hand = _by_hand(url, folder / f"dbt{lines}", as_of.isoformat())
    with owner.begin() as connection:
        add_orders(connection, orders, A_DAY, now - timedelta(days=1), now)
    added = warehouse.build(as_of)
    for built in (whole, added):
        if built.build.failure is not None:
            raise RuntimeError(built.build.failure)
    exported, again, copied = _export(engine, folder / f"lake{lines}")
    engine.dispose()
    owner.dispose()
    models, of_the_day = _of_models(whole), _of_models(added)
    ranking = sum(step.seconds for step in added.steps if step.name in RANKING)
    budgets = [
        Budget(
            what=f"whole build of {lines:,} order lines, execution of its models",
            ours=f"{models:.1f} s",
            bare=f"{by_hand:.1f} s by hand",
            ratio=models / by_hand,
            most=1.3 if lines >= LARGE else None,
        ),
        Budget(
            what="the same with dbt's start and all tests",
            ours=f"{whole.build.seconds:.1f} s",
            bare=f"{memory[0]:.0f} MB in dbt",
            ratio=(whole.build.seconds or 0) / by_hand,
        ),
        Budget(
            what=f"a day of {A_DAY:,} orders added to it",
            ours=f"{added.build.seconds:.1f} s",
            bare=f"{of_the_day:.1f} s in models, {ranking:.1f} of it to rank {orders // CUSTOMERS_SHARE:,} customers",
            ratio=(added.build.seconds or 0) / (whole.build.seconds or 1),
        ),
    ]
    budgets.append(
        Budget(
            what="its facts and dimensions written into the lake; again, where nothing changed",
            ours=f"{exported:.1f} s; {again:.1f} s",
            bare=f"{copied:.1f} s to copy them out as CSV",
            ratio=exported / copied,
        )
    )
    return budgets, (whole.build.seconds or 0, of_the_day - ranking)


def _export(engine: Engine, folder: Path) -> tuple[float, float, float]:
    """Seconds of a first export, of one after it, and of copying the same tables out."""
    lake, spent = Lake(engine, str(folder), MachineClock()), []
    for _ in range(2):
        began = time.perf_counter()
        lake.export()
        spent.append(time.perf_counter() - began)
    began = time.perf_counter()
    with engine.connect() as connection, open(os.devnull, "wb") as nowhere:
        for table in TABLES:
            copy_out(connection, f"SELECT * FROM mart.{table}", {}, nowhere)
    return spent[0], spent[1], time.perf_counter() - began


def fill(connection: Connection, orders: int, start: datetime, end: datetime) -> None:
    """Products, customers and orders, spread evenly over the time."""
    customers = max(10, orders // CUSTOMERS_SHARE)
    for statement in _FILL:
        connection.execute(text(statement), {"products": PRODUCTS, "customers": customers, "start": start})
    add_orders(connection, 0, orders, start, end)


def add_orders(connection: Connection, after: int, count: int, start: datetime, end: datetime) -> None:
    """So many orders more, numbered from `after` on, written when they were placed."""
    known = connection.execute(text("SELECT count(*) FROM shop.customer")).scalar_one()
    pace = (end - start) / count
    terms = {"after": after, "count": count, "start": start, "pace": pace, "customers": known, "products": PRODUCTS}
    for statement in (_MADE, _LINES, "ANALYZE made", _ORDERS):
        connection.execute(text(statement), terms)


def _of_models(built: Built) -> float:
    """Seconds spent in models and snapshots."""
    models = [step for step in built.steps if step.kind != "test" and step.name not in OF_PRODUCTS]
    return sum(step.seconds for step in models if step.outcome is Outcome.DONE)


def _by_hand(url: str, folder: Path, as_of: str) -> float:
    """Seconds for the statements of the tables' models, each made of those before it, in a connection of ours."""
    engine = owner_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    spent, own = 0.0, dict[str, str]()
    with engine.connect() as connection:
        connection.execute(text("CREATE SCHEMA by_hand AUTHORIZATION parley_dbt"))
        connection.execute(text("SET ROLE parley_dbt"))
        for schema, name, compiled in _compiled(url, folder, as_of):
            indexes = connection.execute(_INDEXES, {"schema": schema, "name": name}).all()
            defined = [(row.indexdef.replace(f"{schema}.{name}", f"by_hand.{name}"), row.is_key) for row in indexes]
            select = reduce(lambda said, renamed: said.replace(*renamed), own.items(), compiled)
            began = time.perf_counter()
            connection.exec_driver_sql(f"CREATE TABLE by_hand.{name} (LIKE {schema}.{name} INCLUDING CONSTRAINTS)")
            for statement in (
                *(definition for definition, is_key in defined if is_key),
                f"INSERT INTO by_hand.{name} {select}",
                *(definition for definition, is_key in defined if not is_key),
                f"ANALYZE by_hand.{name}",
            ):
                connection.exec_driver_sql(statement.replace("%", "%%"))
            spent += time.perf_counter() - began
            own[f'"{make_url(url).database}"."{schema}"."{name}"'] = f"by_hand.{name}"
        connection.execute(text("DROP SCHEMA by_hand CASCADE"))
    engine.dispose()
    return spent


def _compiled(url: str, folder: Path, as_of: str) -> Iterator[tuple[str, str, str]]:
    """Schema, name and statement of each model that is a table, as a whole build has it, after what it is made of."""
    dbt = Path(sys.executable).with_name("dbt")
    variables = json.dumps(TERMS.variables() | {"as_of": as_of})
    project, target = str(PROJECT), str(folder)
    arguments = ["--project-dir", project, "--profiles-dir", project, "--target-path", target, "--log-path", target]
    subprocess.run(
        [dbt, "compile", "--full-refresh", "--quiet", "--vars", variables, *arguments],
        env={**os.environ, **address(url)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    nodes = json.loads((folder / "manifest.json").read_text())["nodes"]
    made_of = {key: node["depends_on"]["nodes"] for key, node in nodes.items() if node["resource_type"] != "test"}
    for key in TopologicalSorter(made_of).static_order():
        node = nodes.get(key)
        ours = node and node["resource_type"] == "model" and node["name"] not in OF_PRODUCTS
        if ours and node["config"]["materialized"] != "view":
            yield node["schema"], node["name"], node["compiled_code"]


@contextmanager
def peak(module: str = "analytics.child") -> Iterator[list[float]]:
    """The most memory that a child of ours had meanwhile, in MB."""
    most, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            for child in psutil.Process().children(recursive=True):
                try:
                    if module in child.cmdline():
                        most[0] = max(most[0], child.memory_info().rss / 1e6)
                except psutil.Error:
                    continue

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


@contextmanager
def database_of(postgres: EmbeddedPostgres, name: str) -> Iterator[str]:
    owner = owner_engine(postgres.url).execution_options(isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield postgres.database_url(name)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    owner.dispose()
