"""Loads the demo shop: products, pictures and nine months of history. A load that was killed goes on where it was."""

import csv
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, func, select, update
from sqlalchemy.dialects.postgresql import insert

from demo import history
from demo.gallery import hang_all
from demo.plans import Span
from domain.model import Terms
from domain.records.promotions import Kind, Promotion
from storage.imports.files import ImportRules
from storage.imports.inventory import import_inventory
from storage.tables import product, simulation, stock_movement
from storage.unit_of_work import PostgresUnitOfWork

PRODUCTS = Path(__file__).parent / "products.csv"
BUNDLES = Path(__file__).parent / "bundles.csv"
DAYS = 273
ORDERS = 8000
MARK = "demo"
CARDS = ("CARD-BDAY", "CARD-HOME", "CARD-LOVE", "CARD-THX")
DONE = "done"


def load_demo(
    engine: Engine,
    *,
    hash_key: bytes,
    now: datetime,
    terms: Terms,
    time_zone: ZoneInfo,
    images: Path,
    progress: history.Progress,
    orders: int = ORDERS,
) -> int:
    """Fills an empty shop, or finishes an interrupted load; returns the number of orders that were made.

    A shop that has products of its own is left alone. The mark that a load has begun is written before the first
    product, each day's orders are committed with the note that the day is done, and the last step sets the stock and
    some lower prices.
    """
    hang_all(images, lambda hung, total: progress("Pictures", hung, total))
    yesterday = now.astimezone(time_zone).date() - timedelta(days=1)
    next_day = _begin(engine, yesterday - timedelta(days=DAYS - 1))
    if next_day == DONE:
        return 0
    first = date.fromisoformat(next_day)
    if _empty(engine):
        import_inventory(
            engine,
            PRODUCTS,
            now=datetime.combine(first - timedelta(days=1), time(12), time_zone),
            rules=ImportRules(progress=lambda done, total: progress("Products", done, total)),
            actor="demo",
        )
    days = [first + timedelta(days=number) for number in range((yesterday - first).days + 1)]
    span = Span(first=_opened_on(engine, time_zone), days=DAYS)
    made = history.simulate(
        engine,
        days,
        history.Past(
            orders_per_day=orders / DAYS, hash_key=hash_key, terms=terms, time_zone=time_zone, span=span, now=now
        ),
        bundles=BUNDLES,
        done=lambda uow, day: _note(uow, (day + timedelta(days=1)).isoformat()),
        progress=progress,
    )
    with PostgresUnitOfWork(engine) as uow:
        history.set_stock(uow, _quantities(), now)
        history.lower_prices(uow, now)
        _promote(uow, now)
        _note(uow, DONE)
        uow.commit()
    return made


def _promote(uow: PostgresUnitOfWork, now: datetime) -> None:
    """A code for everything, and cards of which the third is free by itself; both are told to who asks."""
    code = Promotion(
        name="Welcome",
        code="FERN10",
        kind=Kind.PERCENT,
        percent=Decimal(10),
        combinable=True,
        listed=True,
        starts_at=now,
    )
    cards = Promotion(
        name="Three cards for two",
        kind=Kind.N_FOR_M,
        buy=3,
        pay=2,
        product_ids=CARDS,
        combinable=True,
        listed=True,
        starts_at=now,
    )
    for promotion in (code, cards):
        uow.promotions.add(promotion)


def _begin(engine: Engine, first: date) -> str:
    """The day to go on with; "done" also for a shop that never was the demo's."""
    with engine.begin() as connection:
        mark = connection.execute(select(simulation.c.next_day).where(simulation.c.file_hash == MARK)).scalar()
        if mark is not None:
            return str(mark)
        if connection.execute(select(product.c.product_id).limit(1)).first() is not None:
            return DONE
        connection.execute(insert(simulation).values(file_hash=MARK, next_day=first.isoformat()))
        return first.isoformat()


def _opened_on(engine: Engine, time_zone: ZoneInfo) -> date:
    """The first day of the past: the one after the shelves were filled, however late the load is finished."""
    with engine.connect() as connection:
        filled: datetime = connection.execute(select(func.min(stock_movement.c.at))).scalar_one()
    return filled.astimezone(time_zone).date() + timedelta(days=1)


def _empty(engine: Engine) -> bool:
    with engine.connect() as connection:
        return connection.execute(select(product.c.product_id).limit(1)).first() is None


def _note(uow: PostgresUnitOfWork, next_day: str) -> None:
    uow.connection.execute(update(simulation).where(simulation.c.file_hash == MARK).values(next_day=next_day))


def _quantities() -> dict[str, int]:
    with PRODUCTS.open(encoding="utf-8", newline="") as rows:
        return {row["product_id"]: int(row["quantity"]) for row in csv.DictReader(rows)}
