"""Recommends products: bought together, of a kind, alike, bought before by this customer, or bought most."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.model import Identity, OrderState, Product
from domain.ports import UnitOfWork
from domain.products.catalogue import words
from domain.records.catalogue import PriceRange
from domain.records.companions import Companion
from domain.records.feedback import NOT_AGAIN, Placement

LEAST_ORDERS_TOGETHER = 2
POPULAR_DAYS = 30
LATEST_ORDERS = 30  # of a customer, that speak of their taste
HALF_LIFE = timedelta(days=90)  # after which an order says half as much
TASTE = 100  # so many products stand for a customer's taste
MOST_AGAIN = 3
CONSUMED = 2  # what was bought in so many orders is used up and bought again
ALIKE = 0.6  # names that share so many of their words are kinds of one thing
RELATED = 0.4  # names of another category that share so many are like it too
SPARE = 50  # for those that are too dear, too alike or too rare
LOOKED_AT = 60  # products that may be like another one


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation:
    """Products and what they rest on; popular ones on the last `since_days`, 0 for all time, and maybe a `category`."""

    companions: tuple[Companion, ...]
    placement: Placement
    since_days: int = 0
    category: str = ""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Taste:
    """What an identity's latest orders say: by product id in how many of them, when last, and how much it weighs."""

    times: dict[str, int]
    last_at: dict[str, datetime]
    weights: dict[str, float]

    @property
    def best(self) -> list[str]:
        """The products, those first that were bought often and lately."""
        return sorted(self.weights, key=lambda product_id: (-self.weights[product_id], product_id))

    def had(self, since: datetime) -> set[str]:
        """What was bought since then and is not needed again: whoever buys a thing twice uses it up."""
        return {
            product_id
            for product_id, moment in self.last_at.items()
            if moment >= since and self.times[product_id] < CONSUMED
        }


NO_TASTE = Taste(times={}, last_at={}, weights={})


def taste_of(uow: UnitOfWork, identity: Identity, now: datetime) -> Taste:
    """The taste that the orders show which this identity may see; cancelled ones say nothing."""
    taste = Taste(times={}, last_at={}, weights={})
    for order in uow.orders.of_identity(identity, limit=LATEST_ORDERS):
        if order.state is OrderState.CANCELLED:
            continue
        for product_id in {line.product_id for line in order.lines}:
            taste.times[product_id] = taste.times.get(product_id, 0) + 1
            taste.weights[product_id] = taste.weights.get(product_id, 0.0) + 0.5 ** (
                (now - order.placed_at) / HALF_LIFE
            )
            taste.last_at[product_id] = max(order.placed_at, taste.last_at.get(product_id, order.placed_at))
    return taste


def dismissed(uow: UnitOfWork, identity: Identity, now: datetime) -> set[str]:
    """What an identity did not want in the last 30 days."""
    return uow.impressions.dismissed_since(identity.identity_id, now - NOT_AGAIN)


def recommend(
    uow: UnitOfWork,
    *,
    goes_with: Sequence[str],
    without: Collection[str],
    bounds: PriceRange,
    now: datetime,
    limit: int = 5,
) -> Recommendation:
    """What was bought with `goes_with` in at least two orders; best sellers where the evidence is thin.

    Best sellers are of the category that all of `goes_with` have, if there is one. Nothing out of stock, retired,
    outside `bounds` or in `without` is recommended, and not two kinds of one thing.
    """
    together = [
        one
        for one in (
            uow.recommender.bought_with(goes_with, limit + SPARE, without=without, bounds=bounds) if goes_with else ()
        )
        if one.together >= LEAST_ORDERS_TOGETHER
    ]
    if together:
        return Recommendation(companions=_diverse(together, limit), placement=Placement.BOUGHT_TOGETHER)
    categories = {product.category for product in uow.products.get(goes_with).values()} if goes_with else set()
    category = categories.pop() if len(categories) == 1 else ""
    found = popular(uow, category=category, without=without, bounds=bounds, now=now, limit=limit + SPARE)
    return replace(found, companions=_diverse(found.companions, limit))


def popular(
    uow: UnitOfWork,
    *,
    without: Collection[str],
    bounds: PriceRange,
    now: datetime,
    category: str = "",
    among: Sequence[str] = (),
    limit: int = 5,
) -> Recommendation:
    """What was ordered most in the last 30 days, or of all time in a shop that sold nothing in them.

    Of a `category` if anything of it was ever ordered; or `among` certain products, where those that nobody ordered
    come last.
    """
    placement = Placement.OF_A_KIND if among else Placement.POPULAR
    elsewhere = Recommendation(companions=(), placement=placement)
    for days in (POPULAR_DAYS, 0):
        found = uow.recommender.best_sellers(
            now - timedelta(days=days) if days else None,
            limit + SPARE,
            without=without,
            bounds=bounds,
            category=category,
            among=among,
        )
        if not any(one.orders for one in found) and days:
            continue
        things = _one_of_each_group(found)
        fitting = tuple(one for one in things if category in ("", one.product.category))[:limit]
        if fitting or not category:
            return Recommendation(companions=fitting, placement=placement, since_days=days, category=category)
        if not elsewhere.companions:
            elsewhere = Recommendation(companions=things[:limit], placement=placement, since_days=days)
    return elsewhere


def recommend_for(
    uow: UnitOfWork, taste: Taste, *, without: Collection[str], bounds: PriceRange, limit: int = 3
) -> ForYou:
    """What a customer's taste says they may want; both lists are empty for who ordered nothing.

    They hold nothing out of stock, retired, outside `bounds` or in `without`.
    """
    best = taste.best
    if not best:
        return ForYou(again=(), new=())
    products = uow.products.get(best)
    again = [
        BoughtBefore(product=product, times=taste.times[product_id], last_at=taste.last_at[product_id])
        for product_id in best
        if (product := products.get(product_id)) is not None
        and product_id not in without
        and product.retired_at is None
        and product.quantity > 0
        and within(product, bounds)
    ]
    again = [one for at, one in enumerate(again) if not any(_are_variants(one.product, b.product) for b in again[:at])]
    new = [
        one
        for one in uow.recommender.for_taste(best[:TASTE], limit + SPARE, without={*best, *without}, bounds=bounds)
        if one.together >= LEAST_ORDERS_TOGETHER
    ]
    return ForYou(again=tuple(again[:MOST_AGAIN]), new=_diverse(new, limit))


def similar(
    uow: UnitOfWork, product: Product, *, without: Collection[str], bounds: PriceRange, limit: int = 5
) -> tuple[Product, ...]:
    """Products in stock of the same category, or of nearly the same name; by name and description, then by price."""
    name, described = _words_of(product)

    def alike(other: Product) -> float:
        return _overlap(name, _words_of(other)[0])

    def rank(other: Product) -> tuple[bool, float, float, str]:
        likeness = alike(other) + _overlap(described, _words_of(other)[1])
        apart = float(abs(other.sale_price - product.sale_price))
        return other.category != product.category, -likeness, apart, other.product_id

    found = {other.product_id: other for other in uow.catalogue.candidates(product.title, LOOKED_AT)}
    if product.category:
        found |= {other.product_id: other for other in uow.catalogue.candidates(product.category, LOOKED_AT)}
    fitting = [
        other
        for other in found.values()
        if other.product_id not in without
        and other.product_id != product.product_id
        and other.quantity > 0
        and within(other, bounds)
        and (other.category == product.category != "" or alike(other) >= RELATED)
    ]
    ranked = sorted((other for other in fitting if not _are_variants(other, product)), key=rank)
    return tuple(one for at, one in enumerate(ranked) if not any(_are_variants(one, better) for better in ranked[:at]))[
        :limit
    ]


def within(product: Product, bounds: PriceRange) -> bool:
    """Whether a product's price lies within the bounds."""
    price = product.sale_price
    return (
        (bounds.below is None or price < bounds.below)
        and (bounds.at_most is None or price <= bounds.at_most)
        and (bounds.above is None or price > bounds.above)
        and (bounds.at_least is None or price >= bounds.at_least)
    )


def _diverse(found: Sequence[Companion], limit: int) -> tuple[Companion, ...]:
    """The first of them, without further kinds of one thing: the red mug stands for the blue one."""
    chosen: list[tuple[Companion, set[str]]] = []
    for companion in found:
        name = set(words(companion.product.name))
        if len(chosen) < limit and not any(
            _overlap(name, other) >= ALIKE or _are_variants(companion.product, one.product) for one, other in chosen
        ):
            chosen.append((companion, name))
    return tuple(companion for companion, _ in chosen)


def _are_variants(one: Product, other: Product) -> bool:
    return one.group_id == other.group_id != ""


def _one_of_each_group(found: Sequence[Companion]) -> tuple[Companion, ...]:
    """The companions, of the variants of one thing the first."""
    kept: dict[str, Companion] = {}
    for one in found:
        kept.setdefault(one.product.group_id or f"/{one.product.product_id}", one)
    return tuple(kept.values())


def _words_of(product: Product) -> tuple[set[str], set[str]]:
    """The words of its name, and those of its name and description."""
    return set(words(product.title)), set(words(f"{product.title} {product.description}"))


def _overlap(one: set[str], other: set[str]) -> float:
    """The share of two names' words that both have."""
    return len(one & other) / len(one | other) if one and other else 0.0
