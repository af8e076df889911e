"""A report over a month of a million order lines, against the same sums asked of Postgres alone."""

import json
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bench import recommending
from bench.table import Budget
from bot.shop import Shop
from domain.model import Terms
from domain.periods import Period, Span
from domain.records.sales import ReportName
from scheduler.reporting import make_report
from storage.server import database
from storage.server.database import app_engine
from storage.server.embedded import EmbeddedPostgres

LINES = 1_000_000
MONTH = Period.containing(date(2026, 5, 1), Span.MONTH)
ZONE = ZoneInfo("America/Denver")
_INTO_ONE_MONTH = """
    UPDATE shop.orders SET placed_at = timestamptz '2026-05-01 06:00:00+00'
        + interval '30.9 days' * (extract(epoch FROM placed_at - first) / extract(epoch FROM last - first))::float
    FROM (SELECT min(placed_at) AS first, max(placed_at) AS last FROM shop.orders) AS bounds
"""
# What a report asks at least: the month's totals, its days, its products and its customers.
_SUMS = (
    """SELECT count(*), sum(total), count(DISTINCT hashed_email) FROM shop.orders
       WHERE placed_at >= :since AND placed_at < :until""",
    """SELECT CAST(placed_at AT TIME ZONE :zone AS date), count(*), sum(total) FROM shop.orders
       WHERE placed_at >= :since AND placed_at < :until GROUP BY 1""",
    """SELECT product_id, count(DISTINCT order_id), sum(quantity), sum(quantity * unit_price)
       FROM shop.orders JOIN shop.order_line USING (order_id)
       WHERE placed_at >= :since AND placed_at < :until GROUP BY 1""",
    """SELECT hashed_email, sum(total) FROM shop.orders
       WHERE placed_at >= :since AND placed_at < :until GROUP BY 1 ORDER BY 2 DESC LIMIT 5""",
)
SHOP = Shop(
    name="Bench",
    currency="USD",
    locale="en_US",
    time_zone=ZONE,
    support_hours="",
    terms=Terms(
        cancel_window=timedelta(minutes=30), quote_hold=timedelta(minutes=15), most_per_line=1000, ask_above=50
    ),
    hash_key=b"",
)


def measure(postgres: EmbeddedPostgres, folder: Path) -> list[Budget]:
    """Both reports of one month, in a database of their own."""
    recommending.execute(postgres.url, "CREATE DATABASE reporting")
    try:
        url = postgres.database_url("reporting")
        database.upgrade(url)
        recommending.load(url, LINES, datetime.now(UTC), folder / "reporting.npz")
        recommending.execute(url, _INTO_ONE_MONTH, "VACUUM ANALYZE")
        sums = min(_sums(url) for _ in range(3))
        done = {name: _child(url, name) for name in (ReportName.MARKETING, ReportName.FINANCE)}
    finally:
        recommending.execute(postgres.url, "DROP DATABASE reporting WITH (FORCE)")
    return [
        Budget(
            what=f"{name} report of a month of {LINES:,} order lines, with its picture",
            ours=f"{one['seconds']:.1f} s, {one['megabytes']:.0f} MB",
            bare=f"{sums:.1f} s",
            ratio=one["seconds"] / sums,
            most=2,
        )
        for name, one in done.items()
    ]


def _sums(url: str) -> float:
    terms = {"since": MONTH.begins(ZONE), "until": MONTH.ends(ZONE), "zone": str(ZONE)}
    engine = app_engine(url)
    with engine.connect() as connection:
        began = time.perf_counter()
        for statement in _SUMS:
            connection.execute(text(statement), terms).all()
        seconds = time.perf_counter() - began
    engine.dispose()
    return seconds


def _child(url: str, name: ReportName) -> dict[str, float]:
    """The second of two reports of a fresh process: the first loads pandas, Altair and what draws."""
    command = [sys.executable, "-m", "bench.reporting", url, name]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _main(url: str, name: str) -> None:
    engine = app_engine(url)
    for _ in range(2):
        began = time.perf_counter()
        make_report(engine, ReportName(name), MONTH, SHOP, MONTH.ends(ZONE), top=5)
        seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "megabytes": recommending.peak_megabytes()}))


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2])
