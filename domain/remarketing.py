"""Which products an order suggests, each with its evidence."""

from dataclasses import dataclass
from datetime import datetime

from domain.marketing import Limits, Pair
from domain.model import Order, Product
from domain.ports import Companion, PriceRange, UnitOfWork
from domain.recommending import LEAST_ORDERS_TOGETHER, recommend

MOST_SUGGESTED = 3
DOUBT = 10  # so many orders without the other product are added to each share, so that 2 of 2 does not beat 37 of 112


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestions:
    """One to three products, or none: `pairs` with their evidence, or else the `popular` of the last `since_days`."""

    pairs: tuple[Pair, ...] = ()
    popular: tuple[Companion, ...] = ()
    since_days: int = 0

    @property
    def products(self) -> list[Product]:
        """What is suggested, best first."""
        return [pair.product for pair in self.pairs] + [companion.product for companion in self.popular]


def suggest(uow: UnitOfWork, order: Order, limits: Limits, now: datetime) -> Suggestions:
    """What past customers bought together with an order's products; popular products where that evidence is thin.

    Nothing that is out of stock, in the order, or was bought by this customer in the last `limits.not_bought`.
    """
    mine = [line.product_id for line in order.lines]
    bought = uow.marketing.bought_since(order.hashed_email, now - limits.not_bought)
    without = {*mine, *bought}
    best: dict[str, Pair] = {}
    for pair in uow.marketing.bought_with_each(mine):
        if pair.together < LEAST_ORDERS_TOGETHER or pair.product.product_id in without:
            continue
        known = best.get(pair.product.product_id)
        if known is None or _share(pair) > _share(known):
            best[pair.product.product_id] = pair
    if best:
        pairs = sorted(best.values(), key=lambda pair: (-_share(pair), pair.product.product_id))
        return Suggestions(pairs=tuple(pairs[:MOST_SUGGESTED]))
    found = recommend(uow, based_on=[], without=sorted(without), bounds=PriceRange(), now=now, limit=MOST_SUGGESTED)
    return Suggestions(popular=found.companions, since_days=found.since_days)


def _share(pair: Pair) -> float:
    return pair.together / (pair.orders + DOUBT)
