"""What customers' channels are told each week: which products became cheaper, and which are ordered most."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from domain.model import Product
from domain.products.recommending import Recommendation

NEWS = timedelta(days=30)  # a price that was cut longer ago is no news
PRICES_COMPARED = timedelta(days=30)  # before the cut, in which the price was never as low
TOO_LATE = timedelta(days=2)  # a post that was due longer ago is left out: the next one is near


@dataclass(frozen=True, kw_only=True, slots=True)
class Deal:
    """A product that became cheaper; `was` is the lowest price it had in the 30 days before."""

    product: Product
    was: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Offers:
    """Deals, the largest cut first, and what was ordered most beside them."""

    deals: tuple[Deal, ...]
    favourites: Recommendation


def most_deals(products: int) -> int:
    """How many of a post's products may be deals: half, or one more than half."""
    return (products + 1) // 2
