"""Which products an order suggests, each with its evidence."""

from dataclasses import dataclass
from datetime import datetime

from domain.model import Order, Product
from domain.outreach.rules import Limits
from domain.ports import UnitOfWork
from domain.products.recommending import LEAST_ORDERS_TOGETHER, SPARE, recommend
from domain.records.catalogue import PriceRange
from domain.records.companions import Companion
from domain.records.feedback import NOT_AGAIN

MOST_SUGGESTED = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestions:
    """One to three products, or none: `pairs` with their evidence, or else the `popular` of the last `since_days`."""

    pairs: tuple[Companion, ...] = ()
    popular: tuple[Companion, ...] = ()
    since_days: int = 0

    @property
    def products(self) -> list[Product]:
        """What is suggested, best first."""
        return [pair.product for pair in self.pairs] + [companion.product for companion in self.popular]


def suggest(uow: UnitOfWork, order: Order, limits: Limits, now: datetime) -> Suggestions:
    """What past customers bought together with an order's products; popular products where that evidence is thin.

    Nothing that is out of stock, in the order, dismissed, or was bought by this customer in the last
    `limits.not_bought`.
    """
    mine = [line.product_id for line in order.lines]
    without = {*mine, *uow.marketing.bought_since(order.hashed_email, now - limits.not_bought)}
    if order.identity_id is not None:
        without |= uow.impressions.dismissed_since(order.identity_id, now - NOT_AGAIN)
    pairs = [
        pair
        for pair in uow.recommender.bought_with(mine, MOST_SUGGESTED + SPARE, without=without)
        if pair.together >= LEAST_ORDERS_TOGETHER
    ]
    if pairs:
        return Suggestions(pairs=tuple(pairs[:MOST_SUGGESTED]))
    found = recommend(uow, goes_with=(), without=without, bounds=PriceRange(), now=now, limit=MOST_SUGGESTED)
    return Suggestions(popular=found.companions, since_days=found.since_days)
