"""Scoring everybody at night against reading out what it is made of; its memory, and how both grow.

Marts are filled by hand: of each customer five orders of two lines in nine months, of as many products as customers.
"""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from analytics.predictions.predicting import Predictions
from analytics.predictions.terms import PredictionTerms
from analytics.warehouse import Warehouse
from bench.table import Budget
from bench.warehousing import TERMS, database_of, peak
from domain.records.predictions import Predicted
from storage.copying import copy_out
from storage.server.clock import MachineClock
from storage.server.database import app_engine, owner_engine, upgrade
from storage.server.embedded import EmbeddedPostgres

SIZES = (10_000, 100_000)
MOST_GROWTH = 15.0  # for ten times as many
MOST_MEGABYTES = 1000.0
_FILL = (
    """INSERT INTO shop.product (product_id, name, wholesale_cost, sale_price, supplier_id, quantity)
    SELECT 'P' || n, 'Product ' || n, 1, 3, 'BENCH', 100 FROM generate_series(0, :size - 1) AS n""",
    """INSERT INTO mart.fct_orders (order_id, customer_id, store_id, channel, state, placed_at, order_date, daypart,
        is_cancelled, is_loyal, is_discounted, lines, units, gross, discount, cancelled, net, margin, updated_at)
    SELECT n, 1 + n / 5, 'web', 'web', 'delivered', day, CAST(day AS date), 'rest', false, false, false, 2, 3, 12, 0, 0,
           12, 9, day
    FROM generate_series(0, :size * 5 - 1) AS n,
        LATERAL (
            SELECT CAST(:as_of AS timestamptz) - (abs(hashint8(n)) % (60 + n / 5 % 200)) * interval '1 day'
        ) AS at (day)""",
    """INSERT INTO mart.fct_order_lines (order_id, line_no, product_id, customer_id, store_id, channel, state, is_loyal,
        placed_at, category, order_date, daypart, is_cancelled, leads_order, units, unit_price, amount, discount, paid,
        unit_cost, margin, updated_at)
    SELECT order_id, line_no, 'P' || (abs(hashint8(order_id * 2 + line_no)) % CAST(:size AS bigint)), customer_id,
        'web', 'web', state, false, placed_at, 'other', order_date, 'rest', false, line_no = 1, line_no, 4,
        4 * line_no, 0,
        4 * line_no, 1, 3 * line_no, placed_at
    FROM mart.fct_orders, generate_series(1, 2) AS line_no""",
    "ANALYZE mart.fct_orders",
    "ANALYZE mart.fct_order_lines",
)


def measure(postgres: EmbeddedPostgres, folder: Path, sizes: tuple[int, ...] = SIZES) -> list[Budget]:
    """Each size in a database of its own: so many customers, and so many products."""
    budgets, seconds = [], {}
    for size in sizes:
        with database_of(postgres, f"predicting_{size}") as url:
            found, seconds[size] = _at(url, size, folder / "read.csv")
            budgets += found
    first, last = min(sizes), max(sizes)
    grown = Budget(
        what=f"scoring {last:,} customers and products against {first:,}",
        ours=f"{seconds[last]:.1f} s",
        bare=f"{seconds[first]:.1f} s",
        ratio=seconds[last] / seconds[first],
        most=MOST_GROWTH,
    )
    return [*budgets, grown]


def _at(url: str, size: int, file: Path) -> tuple[list[Budget], float]:
    upgrade(url)
    engine, clock = app_engine(url), MachineClock()
    as_of = datetime.now(UTC).date() - timedelta(days=1)
    built = Warehouse(engine, url, clock, TERMS).build(as_of, whole=True)
    if built.build.failure is not None:
        raise RuntimeError(built.build.failure)
    owner = owner_engine(url)
    with owner.begin() as connection:
        for statement in _FILL:
            connection.execute(text(statement), {"size": size, "as_of": as_of} if ":" in statement else {})
    owner.dispose()
    predictions = Predictions(engine, url, clock, PredictionTerms())
    predictions.renew(fit=True)
    began = time.perf_counter()
    with peak("analytics.predictions.child") as memory:
        done = predictions.renew()
    seconds = time.perf_counter() - began
    if done is None or {run.what for run in done.runs} != set(Predicted):
        raise RuntimeError(f"not everything was scored: {done}")
    read = _read(engine, file)
    engine.dispose()
    return [
        Budget(
            what=f"scoring {size:,} customers and {size:,} products",
            ours=f"{seconds:.1f} s",
            bare=f"{read:.1f} s to read their lines",
            ratio=seconds / read,
        ),
        Budget(
            what=f"memory of that, {size:,}",
            ours=f"{memory[0]:,.0f} MB",
            bare=f"{MOST_MEGABYTES:,.0f} MB",
            ratio=memory[0] / MOST_MEGABYTES,
            most=1.0,
        ),
    ], seconds


def _read(engine: Engine, file: Path) -> float:
    """Seconds to copy out what the scores are made of."""
    began = time.perf_counter()
    with engine.connect() as connection, file.open("wb") as into:
        lines = "SELECT customer_id, product_id, order_date, units, paid FROM mart.fct_order_lines"
        copy_out(connection, lines, {}, into)
    return time.perf_counter() - began
