"""What customers' channels are told each week: which products became cheaper, and which are ordered most."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from domain.model import Product
from domain.recommending import Recommendation

MOST_OFFERS = 5  # more is not read
PRICES_COMPARED = timedelta(days=30)  # a price is lower when it was higher all that time, up to its last changes


@dataclass(frozen=True, kw_only=True, slots=True)
class Deal:
    """A product that became cheaper; `was` is the lowest price it had before, in the time compared."""

    product: Product
    was: Decimal


@dataclass(frozen=True, kw_only=True, slots=True)
class Offers:
    """Deals, the largest cut first, and what was ordered most beside them."""

    deals: tuple[Deal, ...]
    favourites: Recommendation

    @property
    def products(self) -> tuple[Product, ...]:
        """All of them."""
        return (*(one.product for one in self.deals), *(one.product for one in self.favourites.companions))


def most_deals(products: int) -> int:
    """How many of a post's products may be deals: about half, so that favourites always have room."""
    return (products + 1) // 2
