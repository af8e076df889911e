"""Recommends products: bought together with others, bought before by this customer, or bought most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.catalogue import words
from domain.model import Identity, OrderState, Product
from domain.ports import Companion, PriceRange, UnitOfWork

LEAST_ORDERS_TOGETHER = 2
POPULAR_DAYS = 30
LATEST_ORDERS = 30  # of a customer, that speak of their taste
HALF_LIFE = timedelta(days=90)  # after which an order says half as much
TASTE = 50  # so many products stand for a customer's taste
MOST_AGAIN = 3
ALIKE = 0.6  # names that share so many of their words are kinds of one thing


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation:
    """Products and why: `together` is False when they are just popular since `since_days` days."""

    companions: tuple[Companion, ...]
    together: bool
    since_days: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class BoughtBefore:
    """A product that a customer bought in `times` orders, the last of them at `last_at`."""

    product: Product
    times: int
    last_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ForYou:
    """What a customer may want: `again` what they bought before, best first, and what is `new` to them."""

    again: tuple[BoughtBefore, ...]
    new: tuple[Companion, ...]


def recommend(
    uow: UnitOfWork,
    *,
    based_on: Sequence[str],
    without: Sequence[str],
    bounds: PriceRange,
    now: datetime,
    limit: int = 5,
) -> Recommendation:
    """What was bought with `based_on` in at least two orders; best sellers where the evidence is thin.

    Best sellers are those of the last 30 days, or of all time in a shop that sold nothing in them.
    Nothing out of stock, retired, outside `bounds` or among `without` is recommended, and not two kinds of one thing.
    """

    def fits(companion: Companion) -> bool:
        return companion.product.product_id not in without and in_range(companion, bounds)

    spare = limit + len(without) + 50
    if based_on:
        found = [
            companion
            for companion in uow.recommender.bought_with(based_on, spare)
            if companion.together >= LEAST_ORDERS_TOGETHER and fits(companion)
        ]
        if found:
            return Recommendation(companions=_diverse(found, limit), together=True)
    for days in (POPULAR_DAYS, 0):
        since = now - timedelta(days=days) if days else datetime.min.replace(tzinfo=now.tzinfo)
        found = [companion for companion in uow.recommender.best_sellers(since, spare) if fits(companion)]
        if found:
            return Recommendation(companions=_diverse(found, limit), together=False, since_days=days)
    return Recommendation(companions=(), together=False)


def recommend_for(
    uow: UnitOfWork,
    identity: Identity,
    *,
    without: Sequence[str],
    bounds: PriceRange,
    now: datetime,
    limit: int = 3,
) -> ForYou:
    """What a customer's orders say they may want, recent ones first; both lists are empty for who ordered nothing.

    It rests on the orders that this identity may see, and holds nothing out of stock, outside `bounds` or in `without`.
    """
    times: dict[str, int] = {}
    weights: dict[str, float] = {}
    last_at: dict[str, datetime] = {}
    for order in uow.orders.of_identity(identity, limit=LATEST_ORDERS):
        if order.state is OrderState.CANCELLED:
            continue
        for product_id in {line.product_id for line in order.lines}:
            times[product_id] = times.get(product_id, 0) + 1
            weights[product_id] = weights.get(product_id, 0.0) + 0.5 ** ((now - order.placed_at) / HALF_LIFE)
            last_at[product_id] = max(order.placed_at, last_at.get(product_id, order.placed_at))
    if not times:
        return ForYou(again=(), new=())
    best = sorted(weights, key=lambda product_id: (-weights[product_id], product_id))
    products = uow.products.get(best)
    again = [
        BoughtBefore(product=product, times=times[product_id], last_at=last_at[product_id])
        for product_id in best
        if (product := products.get(product_id)) is not None
        and product_id not in without
        and product.retired_at is None
        and product.quantity > 0
        and _within(product, bounds)
    ]
    known = {*times, *without}
    found = recommend(uow, based_on=best[:TASTE], without=sorted(known), bounds=bounds, now=now, limit=limit)
    return ForYou(again=tuple(again[:MOST_AGAIN]), new=found.companions if found.together else ())


def _diverse(found: Sequence[Companion], limit: int) -> tuple[Companion, ...]:
    """The first of them, without further kinds of one thing: the red mug stands for the blue one."""
    chosen: list[tuple[Companion, set[str]]] = []
    for companion in found:
        name = set(words(companion.product.name))
        if len(chosen) < limit and not any(_alike(name, other) for _, other in chosen):
            chosen.append((companion, name))
    return tuple(companion for companion, _ in chosen)


def _alike(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and len(one & other) / len(one | other) >= ALIKE


def in_range(companion: Companion, bounds: PriceRange) -> bool:
    """Whether a product's price lies within the bounds."""
    return _within(companion.product, bounds)


def _within(product: Product, bounds: PriceRange) -> bool:
    price = product.sale_price
    return (
        (bounds.below is None or price < bounds.below)
        and (bounds.at_most is None or price <= bounds.at_most)
        and (bounds.above is None or price > bounds.above)
        and (bounds.at_least is None or price >= bounds.at_least)
    )
