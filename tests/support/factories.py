"""Makes the shop's things for tests: each with ordinary values, of which a test names only those it is about."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.conversation import CartLine
from domain.model import Order, OrderLine, Product, Terms
from domain.orders.ordering import Buyer, place_quote
from domain.orders.quoting import price_cart
from domain.people.identity import hash_email
from domain.ports import UnitOfWork
from domain.promotions.applying import NO_CLAIM, Claim
from domain.records.promotions import Kind, Promotion
from tests.support.stocking import create_product

NOW = datetime(2026, 5, 12, 17, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TERMS = Terms(cancel_window=timedelta(minutes=30), quote_hold=timedelta(minutes=15), most_per_line=1000, ask_above=50)
HASH_KEY = b"a key for tests, 32 bytes or more"
EMAIL = "ada@example.com"
HASHED_EMAIL = hash_email(EMAIL, HASH_KEY)
ADA = 1  # a chat identity


def make_product(**overrides: Any) -> Product:
    """A mug at 12.00, ten in stock; a name gives it an id if none is given."""
    values: dict[str, Any] = {
        "product_id": overrides.get("name", "MUG").upper().replace(" ", "-"),
        "quantity": 10,
        "wholesale_cost": Decimal("5.00"),
        "sale_price": Decimal("12.00"),
        "supplier_id": "CLAYBIRD",
    }
    return Product(**values | overrides)


def shelf(quantity: int = 50, /, **names: str) -> list[Product]:
    """Products in stock, their names by their ids."""
    return [make_product(product_id=product_id, name=name, quantity=quantity) for product_id, name in names.items()]


def make_promotion(**overrides: Any) -> Promotion:
    """Ten percent off everything for all who type SPRING10, from a day ago on, without an end."""
    values: dict[str, Any] = {
        "name": "SPRING10",
        "code": "SPRING10",
        "kind": Kind.PERCENT,
        "percent": Decimal(10) if overrides.get("kind", Kind.PERCENT) is Kind.PERCENT else None,
        "starts_at": NOW - timedelta(days=1),
    }
    return Promotion(**values | overrides)


def make_order(quantities: Mapping[str, int] | None = None, **overrides: Any) -> Order:
    """An order that is not stored yet: one mug, or the given quantities, each at 12.00."""
    placed_at = overrides.get("placed_at", NOW)
    values: dict[str, Any] = {
        "order_id": 0,
        "hashed_email": HASHED_EMAIL,
        "lines": tuple(
            OrderLine(product_id=product_id, quantity=quantity, unit_price=Decimal("12.00"))
            for product_id, quantity in (quantities or {"MUG": 1}).items()
        ),
        "placed_at": placed_at,
        "cancel_until": placed_at + TERMS.cancel_window,
        "identity_id": ADA,
        "source": "web",
    }
    return Order(**values | overrides)


def stock(uow: UnitOfWork, *products: Product) -> None:
    """Fills the stock room, makes the customer known, and commits."""
    for product in products:
        create_product(uow, product, actor="test", now=NOW)
    uow.people.remember_email(HASHED_EMAIL, EMAIL, NOW)
    uow.commit()


def quote(
    uow: UnitOfWork,
    quantities: Mapping[str, int],
    *,
    identity_id: int = ADA,
    now: datetime = NOW,
    claim: Claim = NO_CLAIM,
) -> str:
    """Quotes a cart and returns the quote's id; does not commit."""
    cart = [CartLine(product_id=product_id, quantity=quantity) for product_id, quantity in quantities.items()]
    priced = price_cart(uow, cart, identity_id=identity_id, terms=TERMS, now=now, claim=claim)
    uow.quotes.add(priced)
    return priced.quote_id


def confirm(
    uow: UnitOfWork, quote_id: str, *, identity_id: int = ADA, now: datetime = NOW, proven: bool = False
) -> tuple[Order, bool]:
    """Places a quote for the known customer, without an address; does not commit."""
    return place_quote(
        uow,
        quote_id,
        Buyer(identity_id=identity_id, hashed_email=HASHED_EMAIL, source="web", proven=proven),
        terms=TERMS,
        now=now,
    )


def place(uow: UnitOfWork, quantities: Mapping[str, int], *, identity_id: int = ADA, now: datetime = NOW) -> Order:
    """Quotes and places a cart at once, and commits."""
    order, _ = confirm(uow, quote(uow, quantities, identity_id=identity_id, now=now), identity_id=identity_id, now=now)
    uow.commit()
    return order
