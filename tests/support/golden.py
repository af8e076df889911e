"""Fifteen orders whose sums can be done by hand; `test_sales.py` and `test_reports.py` hold what they come to."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from domain.model import Order, OrderLine, OrderState
from domain.people.identity import hash_email
from domain.periods import Period, Span
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import HASH_KEY, NOW, make_order, make_product
from tests.support.stocking import create_product

DENVER = ZoneInfo("America/Denver")
WEEK = Period.containing(date(2026, 5, 4), Span.WEEK)  # May 4 to 10
PRICES = {"MUG": Decimal("12.00"), "PLATE": Decimal("7.25"), "TEAPOT": Decimal("34.50")}
EMAILS = {name: f"{name}.lovelace@example.com" for name in ("ada", "bob", "cyd", "dee", "eve")}
HASHES = {name: hash_email(email, HASH_KEY) for name, email in EMAILS.items()}
ADDRESS = "17 Analytical Way, Denver CO 80203"
# The clocks of Denver; the week's orders are 6 to 13. Lines, discounts, and what the customer pays:
GOLDEN = (
    # customer, placed, lines, discount, cancelled
    ("ada", "2025-05-07 12:00:00", {"MUG": 1}, "0.00", None),  # 1: 12.00, 52 weeks before
    ("bob", "2026-04-14 12:00:00", {"PLATE": 2}, "0.00", None),  # 2: 14.50, three weeks before
    ("ada", "2026-04-22 09:00:00", {"TEAPOT": 1}, "3.45", "2026-05-05 10:00:00"),  # 3: 31.05, two weeks before
    ("bob", "2026-04-27 00:00:00", {"MUG": 1}, "0.00", None),  # 4: 12.00, the week before begins
    ("cyd", "2026-05-03 23:59:59", {"TEAPOT": 2}, "0.00", "2026-05-04 00:00:00"),  # 5: 69.00, the week before ends
    ("ada", "2026-05-04 00:00:00", {"MUG": 3}, "0.00", None),  # 6: 36.00
    ("dee", "2026-05-04 18:00:00", {"TEAPOT": 1, "PLATE": 1}, "4.18", None),  # 7: 41.75 - 4.18 = 37.57
    ("bob", "2026-05-05 12:30:00", {"MUG": 2, "PLATE": 1}, "0.00", None),  # 8: 31.25
    ("ada", "2026-05-06 08:15:00", {"TEAPOT": 1}, "0.01", "2026-05-06 09:00:00"),  # 9: 34.50 - 0.01 = 34.49
    ("eve", "2026-05-08 19:45:00", {"PLATE": 4}, "0.00", None),  # 10: 29.00
    ("bob", "2026-05-09 23:30:00", {"MUG": 1}, "0.00", "2026-05-12 08:00:00"),  # 11: 12.00, cancelled the week after
    ("dee", "2026-05-10 16:00:00", {"PLATE": 1}, "0.00", None),  # 12: 7.25
    ("cyd", "2026-05-10 23:59:59", {"TEAPOT": 1}, "0.00", None),  # 13: 34.50
    ("ada", "2026-05-11 00:00:00", {"MUG": 1}, "0.00", None),  # 14: 12.00, the week after begins
    ("bob", "2026-05-12 12:00:00", {"TEAPOT": 1}, "4.50", None),  # 15: 30.00
)


def there(moment: str) -> datetime:
    """A moment by the clocks of Denver, in UTC."""
    return datetime.fromisoformat(moment).replace(tzinfo=DENVER).astimezone(UTC)


def order(customer: str, placed_at: datetime, quantities: dict[str, int], **overrides: Any) -> Order:
    """An order at the products' prices."""
    lines = tuple(
        OrderLine(product_id=product_id, quantity=quantity, unit_price=PRICES[product_id])
        for product_id, quantity in quantities.items()
    )
    return make_order(hashed_email=HASHES[customer], placed_at=placed_at, lines=lines, **overrides)


def stock_products(uow: PostgresUnitOfWork) -> None:
    """The three products."""
    for product_id, price in PRICES.items():
        product = make_product(product_id=product_id, name=product_id.title(), sale_price=price)
        create_product(uow, product, actor="test", now=NOW - timedelta(days=400))


def fill(uow: PostgresUnitOfWork) -> list[Order]:
    """Stores the products and the orders, with who and where the customers are, and commits."""
    stock_products(uow)
    stored = []
    for customer, placed, quantities, discount, cancelled in GOLDEN:
        uow.people.remember_email(HASHES[customer], EMAILS[customer], NOW)
        address_id = uow.people.remember_address(HASHES[customer], 1, ADDRESS, NOW)
        end = {"state": OrderState.CANCELLED, "cancelled_at": there(cancelled)} if cancelled else {}
        taken_off = Decimal(discount)
        made = order(customer, there(placed), quantities, discount=taken_off, address_id=address_id, **end)
        stored.append(uow.orders.add(made))
    uow.commit()
    return stored
