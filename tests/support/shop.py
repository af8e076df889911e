"""A very small shop for the tests of the engine and its adapters."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import Engine as Database

from bot.shop import Shop
from domain.model import Product, Terms
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.stocking import create_product

NOW = datetime(2026, 5, 12, 17, 0, tzinfo=UTC)
SHOP = Shop(
    name="Test Shop",
    currency="USD",
    locale="en_US",
    time_zone=ZoneInfo("America/Denver"),
    support_hours="on weekdays",
    hash_key=b"0123456789abcdef0123456789abcdef",
    terms=Terms(
        cancel_window=timedelta(minutes=30), quote_hold=timedelta(minutes=15), most_per_line=1000, ask_above=50
    ),
)


def stock_mugs(engine: Database) -> None:
    """Puts ten red mugs on the shelf, at $12.00."""
    mug = Product(
        product_id="MUG-RED",
        name="Red Mug",
        quantity=10,
        wholesale_cost=Decimal(4),
        sale_price=Decimal(12),
        supplier_id="S",
    )
    with PostgresUnitOfWork(engine) as uow:
        create_product(uow, mug, actor="test", now=NOW)
        uow.commit()
