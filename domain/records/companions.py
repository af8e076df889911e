"""What is bought together, and who knows it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.model import Product
from domain.records.catalogue import ANY_PRICE, PriceRange


@dataclass(frozen=True, kw_only=True, slots=True)
class Companion:
    """A product in `together` of the `orders` orders that held `because`, a product's id.

    Of a best seller `because` is empty, and both numbers are its orders.
    """

    product: Product
    together: int
    orders: int
    because: str = ""


class Recommender(Protocol):
    """What is bought together, and what is bought most; never retired products or such that are out of stock."""

    def bought_with(
        self, product_ids: Sequence[str], limit: int, *, without: Collection[str] = (), bounds: PriceRange = ANY_PRICE
    ) -> list[Companion]:
        """What goes best with a basket of products, each with its strongest evidence; cancelled orders are none."""
        ...

    def for_taste(
        self, product_ids: Sequence[str], limit: int, *, without: Collection[str] = (), bounds: PriceRange = ANY_PRICE
    ) -> list[Companion]:
        """What somebody may like who bought these products over time; what is popular of late counts too."""
        ...

    def best_sellers(
        self,
        since: datetime | None,
        limit: int,
        *,
        without: Collection[str] = (),
        bounds: PriceRange = ANY_PRICE,
        category: str = "",
        among: Sequence[str] = (),
    ) -> list[Companion]:
        """Products by the number of orders since then, or ever; those of `category` before all others.

        `among` certain products those that nobody ordered come last. Cancelled orders do not count.
        """
        ...
