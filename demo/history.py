"""The demo shop's past: nine months of customers with habits, replayed through the real ordering code.

It is fast because a simulated day is one transaction (no wait for the disk per order), an order is three statements,
and an order that arrived long ago is stored as delivered instead of being walked through its states. Every day has its
own random numbers, made from the seed and the date, so a load that was killed goes on with the next day and ends in the
same history.
"""

import csv
import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine

from domain.model import Order, OrderLine, OrderState, Product, Terms, money, subtotal
from domain.orders.cancelling import give_back
from domain.orders.ordering import place_order
from domain.people.identity import hash_email
from domain.products.editing import change_product, restock_product
from storage.unit_of_work import PostgresUnitOfWork

SEED = "fern and fable"
SOURCE = "demo"  # of its orders
CUSTOMERS = 900
SHELF = 40  # a product with less than this is restocked in the morning
CANCELLED_SHARE = 0.04
ARRIVED_AFTER = timedelta(days=3)
SHIPPED_AFTER = timedelta(days=1)
LOYALTY_DISCOUNT = Decimal("0.05")
SALE_DISCOUNT = Decimal("0.10")
CHEAPER = {"LANTERN-BLK": Decimal("36.00"), "TINS-3": Decimal("22.50"), "VASE-TER": Decimal("26.00")}
_WEEKDAYS = (0.9, 0.85, 0.9, 1.0, 1.2, 1.25, 0.95)
_MONTHS = (0.8, 0.85, 0.9, 0.95, 1.1, 1.0, 0.9, 0.85, 1.0, 1.1, 1.35, 1.6)
_FIRST = (
    "ada ben cleo dan eva finn gus hana ian june kai lena max nora otto pia quinn rosa sam tess uma vic wren yara zoe"
).split()
_LAST = (
    "abbott brook castle drake ellis frost grove holt irving joyce kemp lane marsh nash oakes pryor reed stone vale"
).split()
_ZIPS = "80203 80014 80501 80302 87501 84101 82001 59715 83702 68102 66044 73102 75201 85004 89101".split()


@dataclass(frozen=True, kw_only=True, slots=True)
class Shopper:
    """A simulated customer: how often they buy, and what they like."""

    email: str
    location: str
    weight: float
    loyal: bool
    favourites: tuple[str, ...]
    bundles: tuple[tuple[str, ...], ...]


def read_bundles(file: Path) -> list[tuple[str, ...]]:
    """The groups of products that are bought together."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [tuple(row["product_ids"].split()) for row in csv.DictReader(rows)]


def make_shoppers(products: Sequence[Product], bundles: Sequence[tuple[str, ...]]) -> list[Shopper]:
    """The same 900 customers every time."""
    chance = random.Random(SEED)  # noqa: S311 - a simulation, no secret
    categories = sorted({product.category for product in products})
    shoppers = []
    for number in range(CUSTOMERS):
        liked = chance.sample(categories, 3)
        liked_products = [product.product_id for product in products if product.category in liked]
        weight = math.exp(chance.gauss(0, 1.1))
        shoppers.append(
            Shopper(
                email=f"{chance.choice(_FIRST)}.{chance.choice(_LAST)}{number}@example.{chance.choice(('com', 'org'))}",
                location=chance.choice(_ZIPS),
                weight=weight,
                loyal=weight > 2.5,
                favourites=tuple(chance.sample(liked_products, min(6, len(liked_products)))),
                bundles=tuple(chance.sample(list(bundles), 3)),
            )
        )
    return shoppers


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """What the past is made by: the shop's key and rules, how much was ordered, and the moment at which it ends."""

    orders_per_day: float
    hash_key: bytes
    terms: Terms
    now: datetime


def simulate_day(uow: PostgresUnitOfWork, day: date, shoppers: Sequence[Shopper], past: Past) -> int:
    """Plays one day inside the caller's transaction; returns how many orders were placed."""
    chance = random.Random(f"{SEED} {day}")  # noqa: S311 - a simulation, no secret
    products = _restocked(uow, day)
    popular = sorted(products)
    random.Random(SEED).shuffle(popular)  # noqa: S311 - a simulation, no secret
    expected = past.orders_per_day * _WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1]
    buyers = chance.choices(shoppers, weights=[one.weight for one in shoppers], k=round(chance.gauss(expected, 3)))
    moments = sorted(_moment(chance, day) for _ in buyers)
    for buyer, moment in zip(buyers, moments, strict=True):
        hashed = hash_email(buyer.email, past.hash_key)
        uow.people.remember_email(hashed, buyer.email, moment)
        uow.people.describe(hashed, location=buyer.location, loyal=buyer.loyal)
        order = _order(chance, buyer, products, popular, moment, past.terms)
        cancelled = chance.random() < CANCELLED_SHARE
        aged = _aged(replace(order, hashed_email=hashed), past.now, cancelled=cancelled)
        placed = place_order(uow, aged, terms=past.terms)
        if placed.shipped_at is not None:
            uow.shipments.leave(placed.order_id, placed.shipped_at)
        if placed.delivered_at is not None:
            uow.shipments.arrive(placed.order_id, placed.delivered_at)
        if cancelled:
            at = moment + past.terms.cancel_window * chance.uniform(0.1, 0.9)
            give_back(uow, placed, actor="demo", now=at)
    return len(buyers)


def _restocked(uow: PostgresUnitOfWork, day: date) -> dict[str, Product]:
    """Fills the shelves before the shop opens, so that nobody finds them empty."""
    opening = datetime.combine(day, time(5), UTC)
    products = {product.product_id: product for product in uow.products.all()}
    for product in products.values():
        if product.quantity < SHELF:
            restock_product(uow, product.product_id, SHELF * 6, actor="demo", low_stock=0, now=opening)
    return products


def _moment(chance: random.Random, day: date) -> datetime:
    """Some minute of the day; evenings are busier."""
    hour = chance.choices(range(24), weights=[1] * 7 + [4] * 10 + [8] * 5 + [3] * 2)[0]
    return datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), UTC)


def _order(
    chance: random.Random,
    buyer: Shopper,
    products: dict[str, Product],
    popular: Sequence[str],
    moment: datetime,
    terms: Terms,
) -> Order:
    """What a customer orders: a bundle with gaps, favourites, or what everybody buys."""
    wanted: dict[str, int] = {}
    if chance.random() < 0.55:
        bundle = chance.choice(buyer.bundles)
        for product_id in bundle:
            if chance.random() < 0.8:
                wanted[product_id] = 1
    for product_id in chance.sample(buyer.favourites, k=chance.choice((0, 1, 1, 2))):
        wanted[product_id] = chance.choice((1, 1, 1, 2, 2, 3))
    if not wanted or chance.random() < 0.25:
        # A few products sell most: the chance falls with the place in a fixed order of popularity.
        wanted[popular[int(len(popular) * chance.random() ** 2.5)]] = chance.choice((1, 1, 2))
    lines = tuple(
        OrderLine(product_id=product_id, quantity=quantity, unit_price=products[product_id].sale_price)
        for product_id, quantity in wanted.items()
    )
    share = Decimal(0)
    if moment.month == 11 and moment.day >= 22 and moment.isocalendar().week == 48:
        share = SALE_DISCOUNT
    elif buyer.loyal and chance.random() < 0.3:
        share = LOYALTY_DISCOUNT
    return Order(
        order_id=0,
        hashed_email="",
        lines=lines,
        placed_at=moment,
        cancel_until=moment + terms.cancel_window,
        source=SOURCE,
        discount=money(subtotal(lines) * share),
    )


def _aged(order: Order, now: datetime, *, cancelled: bool) -> Order:
    """The order as far on its way as its age says; one that will be cancelled has not left."""
    age = now - order.placed_at
    if cancelled or age < SHIPPED_AFTER:
        return order
    shipped_at = order.placed_at + SHIPPED_AFTER
    if age < ARRIVED_AFTER:
        return replace(order, state=OrderState.SHIPPED, shipped_at=shipped_at)
    return replace(
        order,
        state=OrderState.DELIVERED,
        shipped_at=shipped_at,
        delivered_at=order.placed_at + ARRIVED_AFTER,
    )


def set_stock(uow: PostgresUnitOfWork, quantities: dict[str, int], now: datetime) -> None:
    """Brings the shelves to the quantities of the catalogue file, by movements."""
    for product in uow.products.all():
        filled = replace(product, quantity=quantities[product.product_id])
        change_product(uow, filled, actor="demo", low_stock=0, now=now)


def lower_prices(uow: PostgresUnitOfWork, now: datetime) -> None:
    """Makes some products cheaper since yesterday, so that customers' channels have deals to hear of."""
    for product in uow.products.get(list(CHEAPER)).values():
        cheaper = replace(product, sale_price=CHEAPER[product.product_id])
        change_product(uow, cheaper, actor="demo", low_stock=0, now=now - timedelta(days=1))


Progress = Callable[[str, float, float], None]


def simulate(
    engine: Engine,
    days: Sequence[date],
    past: Past,
    *,
    bundles: Path,
    done: Callable[[PostgresUnitOfWork, date], None],
    progress: Progress,
) -> int:
    """Plays the days, each in one transaction that also notes it by calling `done`; returns the number of orders."""
    with PostgresUnitOfWork(engine) as uow:
        shoppers = make_shoppers(uow.products.all(), read_bundles(bundles))
    orders = 0
    for number, day in enumerate(days):
        progress("Past orders", number, len(days))
        with PostgresUnitOfWork(engine) as uow:
            orders += simulate_day(uow, day, shoppers, past)
            done(uow, day)
            uow.commit()
    progress("Past orders", len(days), len(days))
    return orders
