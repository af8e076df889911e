"""A fit of the recommender and its swap against bare ALS on the same matrix and an SQL self-join; memory, and serving.

The orders are made up: a year of them that is settled and one day more, which serving counts when it is asked.
"""

import json
import random
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from psycopg2.errors import QueryCanceled
from scipy import sparse
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import OperationalError

from bench.table import Budget
from storage.copying import copy
from storage.server.database import app_engine, owner_engine, upgrade
from storage.server.embedded import EmbeddedPostgres
from storage.unit_of_work import PostgresUnitOfWork

SIZES = (1_000_000, 10_000_000)
PRODUCTS = 4_000
DRAWN_AN_ORDER = 11  # on average; what is drawn twice is one line, which leaves about ten
DAYS = 365
LINES_AT_ONCE = 500_000
SELF_JOIN_SECONDS = 600
BASKETS = (1, 20)
ASKED = 30
LIMIT = 20
BARE = ("als", "cosine", "bm25")

Ints = npt.NDArray[np.int64]

_ORDERS = """
    INSERT INTO shop.orders (order_id, hashed_email, state, placed_at, cancel_until, total, source)
    SELECT n, encode(sha256((n / 5)::text::bytea), 'hex'), 'delivered', moment, moment, 25, 'bench'
    FROM generate_series(0, :orders - 1) AS n,
    LATERAL (SELECT :start + n * make_interval(secs => :pace) AS moment) AS at
"""
# Names of three words, which some products share.
_PRODUCTS = """
    INSERT INTO shop.product (product_id, name, wholesale_cost, sale_price, supplier_id, quantity)
    SELECT 'P' || lpad(n::text, 5, '0'),
           translate(format('x%s y%s z%s', n % 40, n % 300, n % 1100), '0123456789', 'abcdefghij'), 1, 2.5, 'BENCH', 100
    FROM generate_series(0, :products - 1) AS n
"""
_SELF_JOIN = """
    CREATE TEMPORARY TABLE together AS
    SELECT a.product_id, b.product_id AS other_id, count(*) AS orders
    FROM shop.order_line a JOIN shop.order_line b USING (order_id) GROUP BY 1, 2
"""
_LOOK_UP = """
    SELECT other_id, sum(score) FROM shop.neighbour
    WHERE fit_id = (SELECT max(fit_id) FROM shop.fit) AND product_id = ANY(:ids)
    GROUP BY 1 ORDER BY 2 DESC LIMIT :limit
"""


def measure(postgres: EmbeddedPostgres, folder: Path, sizes: tuple[int, ...] = SIZES) -> list[Budget]:
    """Each size in a database of its own, which is gone afterwards; the larger one takes minutes."""
    budgets = []
    for lines in sizes:
        name = f"recommending_{lines}"
        execute(postgres.url, f"CREATE DATABASE {name}")
        try:
            budgets += _at(postgres.database_url(name), lines, folder)
        finally:
            execute(postgres.url, f"DROP DATABASE {name} WITH (FORCE)")
    return budgets


def _at(url: str, lines: int, folder: Path) -> list[Budget]:
    upgrade(url)
    now = datetime.now(UTC)
    matrix = folder / f"purchases{lines}.npz"
    load(url, lines, now, matrix)
    ours = _child("ours", make_url(url).render_as_string(hide_password=False), now.isoformat())
    served = _serving(url, lines)
    bare = {name: _child(name, str(matrix)) for name in BARE}
    joined = _self_join(url)
    seconds = f"{ours['seconds']:.1f} s"
    parts = " + ".join(f"{part:.1f}" for part in ours["parts"])
    limit = "> " if joined >= SELF_JOIN_SECONDS else ""
    budgets = [
        Budget(
            what=f"fit of {lines:,} order lines: read + fit + swap",
            ours=f"{parts} s",
            bare=f"{bare['als']['seconds']:.1f} s ALS",
            ratio=ours["seconds"] / bare["als"]["seconds"],
            most=2,
        ),
        Budget(
            what="the same against SQL",
            ours=seconds,
            bare=f"{limit}{joined:.1f} s self-join",
            ratio=ours["seconds"] / joined,
        ),
    ]
    for name in BARE[1:]:
        budgets.append(
            Budget(
                what=f"the same against {name}, 20 neighbours",
                ours=seconds,
                bare=f"{bare[name]['seconds']:.1f} s",
                ratio=ours["seconds"] / bare[name]["seconds"],
            )
        )
    budgets.append(
        Budget(
            what="its memory",
            ours=f"{ours['megabytes']:.0f} MB",
            bare=f"{bare['als']['megabytes']:.0f} MB ALS",
            ratio=ours["megabytes"] / bare["als"]["megabytes"],
        )
    )
    return budgets + served


def load(url: str, lines: int, now: datetime, file: Path) -> None:
    """Fills the shop, and keeps the settled orders as a matrix in `file`."""
    orders, products, settled = _purchases(lines)
    pace = timedelta(days=DAYS) / settled
    engine = owner_engine(url)
    with engine.begin() as connection:
        connection.execute(text(_PRODUCTS), {"products": PRODUCTS})
        connection.execute(
            text(_ORDERS),
            {"orders": int(orders[-1]) + 1, "start": now - timedelta(days=DAYS + 1), "pace": pace.total_seconds()},
        )
        columns = "order_id, line_no, product_id, quantity, unit_price"
        copy(connection, f"shop.order_line ({columns})", _csv(orders, products))
    engine.dispose()
    execute(url, "VACUUM ANALYZE", "CHECKPOINT")
    in_fit = orders < settled
    ones = np.ones(np.count_nonzero(in_fit), dtype=np.float32)
    matrix = sparse.csr_matrix((ones, (orders[in_fit], products[in_fit])), shape=(settled, PRODUCTS))
    sparse.save_npz(file, matrix, compressed=False)


def _purchases(lines: int) -> tuple[Ints, Ints, int]:
    """The order and the product of each line, by order, and how many orders are settled: those of the first `lines`.

    A product is bought about as often as one over its rank says (Zipf), and many orders are small.
    """
    chance = np.random.default_rng(lines)
    most = lines // 8
    drawn = np.repeat(np.arange(most), chance.geometric(1 / DRAWN_AN_ORDER, most))
    ranks = np.exp(chance.random(len(drawn)) * np.log(PRODUCTS + 1)).astype(np.int64)
    pairs = np.sort(drawn * PRODUCTS + np.minimum(ranks, PRODUCTS) - 1)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    orders, products = pairs // PRODUCTS, pairs % PRODUCTS
    settled = int(orders[lines])
    kept = orders < settled + settled // DAYS
    return orders[kept], products[kept], settled


def _csv(orders: Ints, products: Ints) -> Iterator[bytes]:
    names = np.array([f"P{number:05}" for number in range(PRODUCTS)], dtype=object)
    first = np.searchsorted(orders, orders)
    for start in range(0, len(orders), LINES_AT_ONCE):
        part = slice(start, start + LINES_AT_ONCE)
        numbers = np.arange(len(orders))[part] - first[part]
        frame = pd.DataFrame(
            {"order": orders[part], "line": numbers, "product": names[products[part]], "quantity": 1, "price": 2.5}
        )
        yield frame.to_csv(header=False, index=False).encode()


def _self_join(url: str) -> float:
    """Seconds that the database needs to count all pairs, at most `SELF_JOIN_SECONDS`."""
    engine = owner_engine(url)
    try:
        with engine.connect() as connection:
            connection.execute(text(f"SET statement_timeout = '{SELF_JOIN_SECONDS}s'"))
            started = time.perf_counter()
            try:
                connection.execute(text(_SELF_JOIN))
            except OperationalError as exc:
                if not isinstance(exc.orig, QueryCanceled):
                    raise
                return SELF_JOIN_SECONDS
            return time.perf_counter() - started
    finally:
        engine.dispose()


def _serving(url: str, lines: int) -> list[Budget]:
    """What goes with a product and with a basket, against a bare look into the fit's table."""
    chance = random.Random(lines)
    weights = [1 / rank for rank in range(1, PRODUCTS + 1)]
    engine = app_engine(url)
    budgets = []
    for size in BASKETS:
        baskets = [[f"P{n:05}" for n in chance.choices(range(PRODUCTS), weights, k=size)] for _ in range(ASKED)]
        ours = statistics.median(_ask(engine, basket) for basket in baskets)
        bare = statistics.median(_look_up(engine, basket) for basket in baskets)
        budgets.append(
            Budget(
                what=f"bought with {size} product(s), p50",
                ours=f"{ours * 1000:.1f} ms",
                bare=f"{bare * 1000:.1f} ms look-up",
                ratio=ours / bare,
            )
        )
    engine.dispose()
    return budgets


def _ask(engine: Engine, basket: list[str]) -> float:
    with PostgresUnitOfWork(engine) as uow:
        started = time.perf_counter()
        uow.recommender.bought_with(basket, LIMIT)
        return time.perf_counter() - started


def _look_up(engine: Engine, basket: list[str]) -> float:
    with engine.connect() as connection:
        started = time.perf_counter()
        connection.execute(text(_LOOK_UP), {"ids": basket, "limit": LIMIT}).all()
        return time.perf_counter() - started


def execute(url: str, *statements: str) -> None:
    engine = owner_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _child(*arguments: str) -> Any:
    """Seconds and peak megabytes of a fit in a process of its own."""
    command = [sys.executable, "-m", "bench.recommending", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _train(url: str, now: datetime) -> dict[str, object]:
    from scheduler.recommending import FITTING, train

    engine = app_engine(url)
    heard: dict[int, float] = {}

    def tell(step: str, done: int, of: int) -> None:
        if step == FITTING:
            heard[done] = time.perf_counter()

    started = time.perf_counter()
    train(engine, now, timedelta(days=1), tell)
    ended = time.perf_counter()
    engine.dispose()
    fitting, writing = heard[0], heard[1]
    return {"seconds": ended - started, "parts": [fitting - started, writing - fitting, ended - writing]}


def _bare(name: str, file: Path) -> dict[str, object]:
    """Of `fit` alone, with implicit's defaults."""
    from implicit.als import AlternatingLeastSquares
    from implicit.nearest_neighbours import BM25Recommender, CosineRecommender
    from threadpoolctl import threadpool_limits

    matrix = sparse.load_npz(file)
    # Its own threads and BLAS's would get into each other's way.
    with threadpool_limits(1, "blas"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it converts between its own formats, and says so
        kinds = {"als": AlternatingLeastSquares, "cosine": CosineRecommender, "bm25": BM25Recommender}
        started = time.perf_counter()
        kinds[name]().fit(matrix, show_progress=False)
        return {"seconds": time.perf_counter() - started}


def peak_megabytes() -> float:
    """Of this process alone: `getrusage` would begin with what the process that started it had."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    what, where, *rest = sys.argv[1:]
    found = _train(where, datetime.fromisoformat(rest[0])) if what == "ours" else _bare(what, Path(where))
    print(json.dumps({**found, "megabytes": peak_megabytes()}))
