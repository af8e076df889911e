"""The demo shop's past: nine months of customers with habits, replayed through the real ordering code.

It is fast because a simulated day is one transaction (no wait for the disk per order), an order is three statements,
what else a day leaves is written at its end, and an order that arrived long ago is stored as delivered instead of being
walked through its states. Every day has its own random numbers, made from the seed and the date, and whatever else it
depends on is in the database: so a load that was killed goes on with the next day and ends in the same history.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, func, select

from demo import plans
from demo.plans import BRANCHES, CHANNELS, Span
from demo.shoppers import SEED, Shopper, make_shoppers, read_bundles, wanted_by
from demo.traces import Traces, Way, agrees, send
from domain.model import Order, OrderLine, OrderState, Product, Terms, money, subtotal
from domain.orders.cancelling import give_back
from domain.orders.ordering import place_order
from domain.people.identity import hash_email
from domain.products.editing import change_product, restock_product
from storage.tables import orders
from storage.unit_of_work import PostgresUnitOfWork

SHELF = 40  # a product with less than this is restocked in the morning
CANCELLED_SHARE = 0.04
TALK_SHARE = 0.25  # conversations that end without an order, for each that ends with one
CHEAPER = {"LANTERN-BLK": Decimal("36.00"), "TINS-3": Decimal("22.50"), "VASE-TER": Decimal("26.00")}
_WEEKDAYS = (0.9, 0.85, 0.9, 1.0, 1.2, 1.25, 0.95)
_MONTHS = (0.8, 0.85, 0.9, 0.95, 1.1, 1.0, 0.9, 0.85, 1.0, 1.1, 1.35, 1.6)
_HOURS = [1] * 7 + [4] * 10 + [8] * 5 + [3] * 2
_OPENING_HOURS = [0] * 9 + [3] * 2 + [6] * 2 + [4] * 3 + [7] * 3 + [0] * 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """What the past is made by: the shop's key, rules and clock, how much was ordered, which days, and its end."""

    orders_per_day: float
    hash_key: bytes
    terms: Terms
    time_zone: ZoneInfo
    span: Span
    now: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class _Visit:
    """Somebody comes to order, at a branch or by a channel."""

    at: datetime
    buyer: Shopper
    place: str


def simulate_day(
    uow: PostgresUnitOfWork, day: date, shoppers: Sequence[Shopper], past: Past, ordered: Counter[str]
) -> int:
    """Plays one day inside the caller's transaction; returns how many orders were placed.

    `ordered` is how many orders there are by hashed e-mail; the day's are added.
    """
    chance = random.Random(f"{SEED} {day}")  # noqa: S311 - a simulation, no secret
    beside = random.Random(f"{SEED} {day} beside")  # noqa: S311 - a simulation, no secret
    products, traces = _opened(uow, day, past), Traces(day=day, now=past.now, chance=beside)
    left = {product.product_id: product.quantity for product in products.values()}
    popular = sorted(one.product_id for one in products.values() if not one.group_id)  # variants are new in the shop
    random.Random(SEED).shuffle(popular)  # noqa: S311 - a simulation, no secret
    placed = 0
    for visit in _visits(chance, day, shoppers, past):
        buyer, channel = visit.buyer, visit.place in CHANNELS
        hashed = hash_email(buyer.email, past.hash_key)
        _introduce(uow, buyer, hashed, ordered[hashed], visit.at)
        loyal = buyer.loyal_after(ordered[hashed])
        wanted = wanted_by(chance, buyer, popular, plans.cheap_on(day, past.span), loyal=loyal)
        missing = {one: (much, much - left[one]) for one, much in wanted.items() if much > left[one]}
        had = {one: min(much, left[one]) for one, much in wanted.items() if left[one]}
        traces.missed(missing, visit.at)
        discount = _discount(chance, plans.discount_on(day, past.span), loyal=loyal)
        way, cancelled = send(chance, visit.at), chance.random() < CANCELLED_SHARE
        if channel:
            traces.talked(chance, visit.place, visit.at, orders=int(bool(had)))
            if chance.random() < TALK_SHARE:
                traces.talked(chance, visit.place, visit.at, orders=0)
        if not had:
            continue
        order = replace(_order(visit, had, products, discount, past), hashed_email=hashed)
        order = place_order(uow, order if cancelled else _aged(order, way, past.now), terms=past.terms)
        traces.sent(order, way)
        if channel:
            traces.recommended(order, popular)
            traces.mailed(order, agrees(buyer.email))
        placed, ordered[hashed] = placed + 1, ordered[hashed] + 1
        if cancelled:
            at = visit.at + past.terms.cancel_window * chance.uniform(0.1, 0.9)
            give_back(uow, order, actor="demo", now=at)
        else:
            left |= {one: left[one] - much for one, much in had.items()}
    traces.write(uow.connection)
    return placed


def _opened(uow: PostgresUnitOfWork, day: date, past: Past) -> dict[str, Product]:
    """The products as they are in the morning: shelves filled, but for what is scarce, and prices put up or down."""
    opening = datetime.combine(day, time(5), past.time_zone).astimezone(UTC)
    products = {product.product_id: product for product in uow.products.all()}
    for cut in plans.CUTS:
        product, price = products[cut.product_id], cut.price_on(day, past.span)
        if product.sale_price != price:
            change_product(uow, replace(product, sale_price=price), actor="demo", low_stock=0, now=opening)
            products[cut.product_id] = replace(product, sale_price=price)
    supplied = plans.supplied_on(day)
    for product_id, product in products.items():
        least, level = (plans.SCARCE[product_id],) * 2 if product_id in plans.SCARCE else (SHELF, 0)
        if product.quantity >= least or (product_id in plans.SCARCE and product_id not in supplied):
            continue
        more = level - product.quantity if level else SHELF * 6
        restock_product(uow, product_id, more, actor="demo", low_stock=0, now=opening)
        products[product_id] = replace(product, quantity=product.quantity + more)
    return products


def _visits(chance: random.Random, day: date, shoppers: Sequence[Shopper], past: Past) -> Iterator[_Visit]:
    """Who comes, in the order of the day; whose branch is closed orders elsewhere."""
    share = (day - past.span.first).days / past.span.days
    there = [one for one in shoppers if one.buys_at(share)]
    expected = past.orders_per_day * _WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1]
    if plans.discount_on(day, past.span):
        expected *= plans.UPLIFT
    buyers = chance.choices(there, weights=[one.weight for one in there], k=max(0, round(chance.gauss(expected, 3))))
    visits = []
    for buyer in buyers:
        place = buyer.place if chance.random() < 0.9 else plans.ELSEWHERE
        if place in BRANCHES and not BRANCHES[place].is_open(day, past.span):
            place = plans.ELSEWHERE
        visits.append(_Visit(at=_moment(chance, day, place, past), buyer=buyer, place=place))
    yield from sorted(visits, key=lambda visit: visit.at)


def _moment(chance: random.Random, day: date, place: str, past: Past) -> datetime:
    """Some minute of the day by the shop's clock; evenings are busier, and branches are open by day only."""
    hour = chance.choices(range(24), weights=_OPENING_HOURS if place in BRANCHES else _HOURS)[0]
    there = time(hour, chance.randrange(60), chance.randrange(60))
    return datetime.combine(day, there, past.time_zone).astimezone(UTC)


def _introduce(uow: PostgresUnitOfWork, buyer: Shopper, hashed: str, orders_before: int, at: datetime) -> None:
    """Makes a customer known who comes for the first time, and notes who joins the loyalty scheme or leaves it."""
    if not orders_before:
        uow.people.remember_email(hashed, buyer.email, at)
    if orders_before in (0, buyer.joins, buyer.leaves):
        uow.people.describe(hashed, location=buyer.location, loyal=buyer.loyal_after(orders_before))


def _discount(chance: random.Random, promoted: Decimal, *, loyal: bool) -> Decimal:
    """The share that is taken off: most know of a promotion, and loyal customers have a voucher now and then."""
    if promoted and chance.random() < 0.8:
        return promoted
    return plans.LOYALTY_DISCOUNT if loyal and chance.random() < 0.25 else Decimal(0)


def _order(
    visit: _Visit, quantities: dict[str, int], products: dict[str, Product], discount: Decimal, past: Past
) -> Order:
    lines = tuple(
        OrderLine(product_id=product_id, quantity=quantity, unit_price=products[product_id].sale_price)
        for product_id, quantity in quantities.items()
    )
    return Order(
        order_id=0,
        hashed_email="",
        lines=lines,
        placed_at=visit.at,
        cancel_until=visit.at + past.terms.cancel_window,
        source=visit.place if visit.place in CHANNELS else plans.OVER_THE_COUNTER,
        store_id=visit.place if visit.place in BRANCHES else "",
        discount=money(subtotal(lines) * discount),
    )


def _aged(order: Order, way: Way, now: datetime) -> Order:
    """The order as far on its way as its age says; a lost parcel does not arrive."""
    if now < way.shipped_at:
        return order
    shipped = replace(order, state=OrderState.SHIPPED, shipped_at=way.shipped_at)
    if now < way.delivered_at or way.fate == "lost":
        return shipped
    return replace(shipped, state=OrderState.DELIVERED, delivered_at=way.delivered_at)


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
        shoppers = make_shoppers([one for one in uow.products.all() if not one.group_id], read_bundles(bundles))
        known = uow.connection.execute(select(orders.c.hashed_email, func.count()).group_by(orders.c.hashed_email))
        ordered = Counter({row[0]: row[1] for row in known})
    made = 0
    for number, day in enumerate(days):
        progress("Past orders", number, len(days))
        with PostgresUnitOfWork(engine) as uow:
            made += simulate_day(uow, day, shoppers, past, ordered)
            done(uow, day)
            uow.commit()
    progress("Past orders", len(days), len(days))
    return made
