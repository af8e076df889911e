"""Recommends products from plain counts: bought together with others, or bought most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.ports import Companion, PriceRange, UnitOfWork

LEAST_ORDERS_TOGETHER = 2
POPULAR_DAYS = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Recommendation:
    """Products and why: `together` is False when they are just popular since `since_days` days."""

    companions: tuple[Companion, ...]
    together: bool
    since_days: int = 0


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
    Nothing out of stock, retired, outside `bounds` or among `without` is recommended.
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
            return Recommendation(companions=tuple(found[:limit]), together=True)
    for days in (POPULAR_DAYS, 0):
        since = now - timedelta(days=days) if days else datetime.min.replace(tzinfo=now.tzinfo)
        found = [companion for companion in uow.recommender.best_sellers(since, spare) if fits(companion)]
        if found:
            return Recommendation(companions=tuple(found[:limit]), together=False, since_days=days)
    return Recommendation(companions=(), together=False)


def in_range(companion: Companion, bounds: PriceRange) -> bool:
    """Whether a product's price lies within the bounds."""
    price = companion.product.sale_price
    return (
        (bounds.below is None or price < bounds.below)
        and (bounds.at_most is None or price <= bounds.at_most)
        and (bounds.above is None or price > bounds.above)
        and (bounds.at_least is None or price >= bounds.at_least)
    )
