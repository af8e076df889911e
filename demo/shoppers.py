"""The demo shop's customers: how often they buy and where, what they like, when they come and when they go."""

import csv
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from demo.plans import BRANCHES, PLACES
from domain.model import Product

SEED = "fern and fable"
CUSTOMERS = 900
NEVER = 10**6
_FIRST = (
    "ada ben cleo dan eva finn gus hana ian june kai lena max nora otto pia quinn rosa sam tess uma vic wren yara zoe"
).split()
_LAST = (
    "abbott brook castle drake ellis frost grove holt irving joyce kemp lane marsh nash oakes pryor reed stone vale"
).split()
_ZIPS = "80203 80014 80501 80302 87501 84101 82001 59715 83702 68102 66044 73102 75201 85004 89101".split()


@dataclass(frozen=True, kw_only=True, slots=True)
class Shopper:
    """A simulated customer.

    They buy between two shares of the past, `since` and `until`, mostly at `place`. They are in the loyalty scheme from
    when they have ordered `joins` times until they have `leaves` times.
    """

    email: str
    location: str
    weight: float
    favourites: tuple[str, ...]
    bundles: tuple[tuple[str, ...], ...]
    place: str
    since: float
    until: float
    joins: int
    leaves: int

    def buys_at(self, share: float) -> bool:
        """Whether they are a customer at that share of the past."""
        return self.since <= share < self.until

    def loyal_after(self, orders: int) -> bool:
        """Whether they are in the loyalty scheme when they have ordered so often."""
        return self.joins <= orders < self.leaves


def read_bundles(file: Path) -> list[tuple[str, ...]]:
    """The groups of products that are bought together."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [tuple(row["product_ids"].split()) for row in csv.DictReader(rows)]


def make_shoppers(products: Sequence[Product], bundles: Sequence[tuple[str, ...]]) -> list[Shopper]:
    """The same 900 customers every time."""
    chance = random.Random(SEED)  # noqa: S311 - a simulation, no secret
    habits = random.Random(f"{SEED} habits")  # noqa: S311 - the same; apart, so that names stay what they are
    categories = sorted({product.category for product in products})
    shoppers = []
    for number in range(CUSTOMERS):
        liked = chance.sample(categories, 3)
        liked_products = [product.product_id for product in products if product.category in liked]
        weight = math.exp(chance.gauss(0, 1.1))
        email = f"{chance.choice(_FIRST)}.{chance.choice(_LAST)}{number}@example.{chance.choice(('com', 'org'))}"
        location = chance.choice(_ZIPS)
        place = habits.choices(list(PLACES), weights=list(PLACES.values()))[0]
        since, until = _stay(habits)
        joins = _joins(habits, weight)
        shoppers.append(
            Shopper(
                email=email,
                location=habits.choice(BRANCHES[place].zips) if place in BRANCHES else location,
                weight=weight,
                favourites=tuple(chance.sample(liked_products, min(6, len(liked_products)))),
                bundles=tuple(chance.sample(list(bundles), 3)),
                place=place,
                since=since,
                until=until,
                joins=joins,
                leaves=joins + habits.randint(2, 6) if habits.random() < 0.08 else NEVER,
            )
        )
    return shoppers


def _stay(habits: random.Random) -> tuple[float, float]:
    """From when until when: most are there from the start, some come later, some go around the middle."""
    if habits.random() < 0.45:
        return habits.uniform(0, 0.99), math.inf
    return 0, habits.uniform(0.4, 0.75) if habits.random() < 0.4 else math.inf


def _joins(habits: random.Random, weight: float) -> int:
    """After how many orders: half of those who buy much from the first on, others when they are used to the shop."""
    if weight > 2.5 and habits.random() < 0.5:
        return 0
    return habits.choice((3, 4, 5)) if weight > 1 and habits.random() < 0.4 else NEVER


def wanted_by(
    chance: random.Random, buyer: Shopper, popular: Sequence[str], cheap: Sequence[str], *, loyal: bool
) -> dict[str, int]:
    """What a customer wants: a bundle with gaps, favourites, what everybody buys, what is cheap just now."""
    wanted: dict[str, int] = {}
    if chance.random() < 0.55:
        bundle = chance.choice(buyer.bundles)
        for product_id in bundle:
            if chance.random() < 0.8:
                wanted[product_id] = 1
    for product_id in chance.sample(buyer.favourites, k=chance.choice((0, 1, 1, 2, 2) if loyal else (0, 1, 1, 2))):
        wanted[product_id] = chance.choice((1, 1, 1, 2, 2, 3))
    for product_id in cheap:
        if chance.random() < 0.04:
            wanted[product_id] = chance.choice((1, 2, 2))
    if not wanted or chance.random() < 0.25:
        # A few products sell most: the chance falls with the place in a fixed order of popularity.
        wanted[popular[int(len(popular) * chance.random() ** 2.5)]] = chance.choice((1, 1, 2))
    return wanted
