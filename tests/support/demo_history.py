"""Loads the demo shop's history for tests, up to one moment."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, text

from demo import load
from domain.model import Terms

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TERMS = Terms(cancel_window=timedelta(minutes=30), quote_hold=timedelta(minutes=15), most_per_line=1000, ask_above=50)


def run(engine: Engine, images: Path, orders: int = 400, now: datetime = NOW) -> int:
    """Loads the demo, or goes on with it; returns how many orders were made."""
    return load.load_demo(
        engine,
        hash_key=b"0" * 32,
        now=now,
        terms=TERMS,
        time_zone=ZoneInfo("America/Denver"),
        images=images,
        progress=lambda part, done, total: None,
        orders=orders,
    )


def one(engine: Engine, query: str) -> object:
    """The one value that a query finds."""
    with engine.connect() as connection:
        return connection.execute(text(query)).scalar_one()
