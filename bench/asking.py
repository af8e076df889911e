"""The REST API under load: fifty mixed calls a second for a minute, begun on time whatever became of those before.

The shop is that of `warehousing`, with predictions for everybody and a fitted recommender.
"""

import asyncio
import itertools
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

from analytics.warehouse import Warehouse
from bench.table import Budget, percentile
from bench.warehousing import A_DAY, FEWEST_DAYS, LINES_AN_ORDER, PRODUCTS, TERMS, database_of, fill
from bench.web import HASH_KEY, running_web
from domain.records.api_keys import ApiKey, Scope
from domain.staff.api_access import make_key
from scheduler.recommending import train
from storage.server.clock import MachineClock
from storage.server.database import app_engine, owner_engine, upgrade
from storage.server.embedded import EmbeddedPostgres
from storage.unit_of_work import PostgresUnitOfWork
from storage.upkeep import rekeying

SIZES = (100_000, 1_000_000, 10_000_000)
A_SECOND, SECONDS = 50, 60
MOST_SECONDS = 0.2  # of 95 % of the calls
# Whoever may be written to; predictions of everybody; demand of every product, of which one in ten is to be ordered.
_FILL = (
    """INSERT INTO pii.email_lookup (hashed_email, unhashed_email)
    SELECT hashed_email, customer_id || '@example.com' FROM shop.customer""",
    """INSERT INTO raw.prediction_run (what, model_version, as_of, made_at, days)
    SELECT what, 'bench', :as_of, now(), 45 FROM unnest(ARRAY['churn', 'value', 'demand']) AS what""",
    """INSERT INTO raw.prediction_churn (run_id, customer_id, probability, at_stake, reasons)
    SELECT run_id, customer_id, (customer_id % 100) / 100.0, customer_id % 90, 'bench'
    FROM shop.customer, raw.prediction_run WHERE what = 'churn'""",
    """INSERT INTO raw.prediction_value (run_id, customer_id, expected)
    SELECT run_id, customer_id, customer_id % 300 FROM shop.customer, raw.prediction_run WHERE what = 'value'""",
    """INSERT INTO raw.prediction_demand (run_id, product_id, weekly_demand, weekly_deviation, lost_weekly, weeks, abc,
        xyz, service_level, lead_days, reorder_point, order_up_to)
    SELECT run_id, product_id, 7, 2, 0, 40, 'A', 'X', 0.95, 14, CASE WHEN n % 10 = 0 THEN 120 ELSE 20 END, 140
    FROM raw.prediction_run, (SELECT product_id, row_number() OVER () AS n FROM shop.product) AS product
    WHERE what = 'demand'""",
)


def measure(postgres: EmbeddedPostgres, folder: Path, sizes: tuple[int, ...] = SIZES) -> list[Budget]:
    """Each size in a database of its own; the largest one takes minutes to be filled."""
    found: dict[int, list[float]] = {}
    budgets = []
    for lines in sizes:
        with database_of(postgres, f"asking_{lines}") as url:
            found[lines], errors, bare = _at(url, lines, folder)
        p50, p95, p99 = (percentile(found[lines], share) for share in (0.5, 0.95, 0.99))
        budgets.append(
            Budget(
                what=f"p95 of the API at {A_SECOND} calls a second, {lines:,} order lines; {errors} errors",
                ours=f"{p95 * 1000:.0f} ms (p50 {p50 * 1000:.0f}, p99 {p99 * 1000:.0f})",
                bare=f"{MOST_SECONDS * 1000:.0f} ms allowed, /health {bare * 1000:.0f}",
                ratio=p95 / MOST_SECONDS if not errors else float("inf"),
                most=1,
            )
        )
    first, last = (percentile(found[lines], 0.95) for lines in (min(sizes), max(sizes)))
    if len(sizes) > 1:
        budgets.append(
            Budget(
                what=f"its growth from {min(sizes):,} to {max(sizes):,} order lines",
                ours=f"{last * 1000:.0f} ms",
                bare=f"{first * 1000:.0f} ms",
                ratio=last / first,
            )
        )
    return budgets


def _at(url: str, lines: int, folder: Path) -> tuple[list[float], int, float]:
    """Seconds of each call, how many went wrong, and the median of asking for nothing."""
    hashes = filled(url, lines)
    engine = app_engine(url)
    now = datetime.now(UTC)
    with PostgresUnitOfWork(engine) as uow:
        key = ApiKey(
            name="bench", scopes=frozenset(Scope), per_minute=1_000_000, made_at=now, ends_at=now + timedelta(days=1)
        )
        secret = make_key(uow, key, "bench")
        uow.commit()
    engine.dispose()
    with running_web(url, "http://127.0.0.1:9", folder, name=f"asking{lines}") as address:
        return asyncio.run(_load(f"{address}/api/v1", secret, hashes))


def filled(url: str, lines: int) -> list[str]:
    """Fills a shop, its warehouse and what is predicted; the hashes of some customers."""
    upgrade(url)
    engine = app_engine(url)
    rekeying.check_key(engine, HASH_KEY.encode())  # the addresses below are of no key
    now = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    orders = lines // LINES_AN_ORDER
    as_of = (now - timedelta(days=1)).date()
    owner = owner_engine(url)
    with owner.begin() as connection:
        fill(connection, orders, now - timedelta(days=max(FEWEST_DAYS, orders // A_DAY) + 1), now - timedelta(days=1))
    built = Warehouse(engine, url, MachineClock(), TERMS).build(as_of)
    if built.build.failure is not None:
        raise RuntimeError(built.build.failure)
    with owner.begin() as connection:
        for statement in _FILL:
            connection.execute(text(statement), {"as_of": as_of} if ":as_of" in statement else {})
    train(engine, now, timedelta(0))
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        some = connection.execute(text("SELECT hashed_email FROM shop.customer ORDER BY hashed_email LIMIT 2000"))
        hashes = list(some.scalars())
    owner.dispose()
    engine.dispose()
    return hashes


def _calls(hashes: list[str]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """What programs ask, mixed as a shop would see it: tills and shop windows more often than analysts."""
    chance = random.Random(1)

    def product() -> str:
        return f"P{chance.randrange(PRODUCTS)}"

    while True:
        for _ in range(3):
            yield "GET", f"/customers/{chance.choice(hashes)}", {}
            yield "GET", f"/products/{product()}", {}
            yield "GET", f"/products/{product()}/together", {}
            yield "POST", "/recommendations", {"json": {"basket": [product() for _ in range(3)]}}
        yield "GET", f"/products/{product()}/stock", {}
        yield "GET", "/products", {"params": {"category": f"Shelf {chance.randrange(20)}"}}
        yield "GET", "/customers", {"params": {"segment": chance.choice(["VIP", "New", "Regular", "Churn Risk"])}}
        yield "GET", "/customers", {"params": {"risk_above": 0.95, "tier": "High"}}
        yield "GET", "/inventory/reorder", {}
        yield "GET", "/products-of-data/sales_erp", {}
        for name in ("sales", "segments", "loyalty", "stores", "discounts", "churn"):
            yield "GET", f"/metrics/{name}", {}
        yield (
            "GET",
            "/metrics/sales",
            {"params": {"store": f"store-{chance.randrange(5)}", "span": "day", "periods": 90}},
        )


async def _load(address: str, secret: str, hashes: list[str]) -> tuple[list[float], int, float]:
    spent: list[float] = []
    wrong: Counter[int] = Counter()
    limits = httpx.Limits(max_connections=200)
    async with httpx.AsyncClient(base_url=address, timeout=30, limits=limits) as client:
        client.headers["Authorization"] = f"Bearer {secret}"

        async def ask(method: str, path: str, terms: Mapping[str, Any]) -> None:
            began = time.perf_counter()
            answer = await client.request(method, path, **terms)
            spent.append(time.perf_counter() - began)
            if answer.status_code != 200:
                wrong[answer.status_code] += 1

        for call in itertools.islice(_calls(hashes), 60):  # plans and caches, as a shop that runs has them
            await ask(*call)
        bare = []
        for _ in range(50):
            began = time.perf_counter()
            await client.get("/health")
            bare.append(time.perf_counter() - began)
        spent.clear()
        begin = time.perf_counter()
        asked = []
        for number, call in enumerate(itertools.islice(_calls(hashes), A_SECOND * SECONDS)):
            await asyncio.sleep(begin + number / A_SECOND - time.perf_counter())
            asked.append(asyncio.create_task(ask(*call)))
        await asyncio.gather(*asked)
    return spent, wrong.total(), percentile(bare, 0.5)
