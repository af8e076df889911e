"""Products as they are kept and found: their rows and stock, questions to the catalogue, what staff asks of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from domain.model import Product, StockMovement


@dataclass(frozen=True, kw_only=True, slots=True)
class PriceRange:
    """Bounds of a price question; `below` and `above` exclude their value, the other two include it."""

    below: Decimal | None = None
    at_most: Decimal | None = None
    above: Decimal | None = None
    at_least: Decimal | None = None
    descending: bool = False


ANY_PRICE = PriceRange()


class Products(Protocol):
    """The catalogue and its stock."""

    def get(self, product_ids: Sequence[str]) -> dict[str, Product]:
        """The products that exist among `product_ids`, retired ones included."""
        ...

    def spelled(self, written: str) -> Product | None:
        """The product whose id this spells (`domain.products.product_ids`), retired or not; its own spelling first."""
        ...

    def lock(self, product_ids: Sequence[str]) -> dict[str, Product]:
        """Like `get`, and nobody else may change them until this unit of work ends.

        Raises:
            Busy: others hold them for longer than the lock time-out.
        """
        ...

    def create(self, product: Product) -> bool:
        """Makes a new product, without stock; False when there is one of that id, however it is spelled.

        Raises:
            Busy: somebody else is making it, and takes longer than the lock time-out.
        """
        ...

    def save(self, products: Sequence[Product]) -> None:
        """Overwrites everything of them but the stock, and counts their versions up."""
        ...

    def move(self, movements: Sequence[StockMovement]) -> None:
        """Writes movements and brings the products' quantities in line; the products must be locked."""
        ...


class Catalogue(Protocol):
    """Questions to the catalogue; none of them locks anything or returns retired products."""

    def candidates(self, phrase: str, limit: int) -> list[Product]:
        """Products whose id, name or category may be meant by `phrase`, likeliest first; ids stand before names."""
        ...

    def named(self, names: Collection[str], ids: Collection[str]) -> list[Product]:
        """Products whose name has one of the keys `names`, or whose id one of `ids`: `domain.products.catalogue`."""
        ...

    def priced(self, bounds: PriceRange, phrase: str, limit: int, offset: int, *, category: str = "") -> list[Product]:
        """Products in stock within `bounds`, by price; those of `category` and those that `phrase` means, if given.

        Of the variants of a group that are meant only the first stands there.
        A phrase means the products whose names hold its words; else those whose names and categories do; else those
        whose names are spelt like it.
        """
        ...

    def described(self, words: Sequence[str], limit: int) -> dict[str, dict[str, bool]]:
        """For each word the products in stock whose name, category or description holds it, at most `limit` of them.

        By id, with whether name or category holds it.
        """
        ...

    def variants(self, group_ids: Collection[str]) -> list[Product]:
        """All variants of some groups that are in the shop, sold out or not, by id."""
        ...

    def categories(self) -> list[tuple[str, int]]:
        """The categories with how many products of each are in stock, most first; "" is that of all without one.

        Those that differ in case only are one.
        """
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What an inventory file did, in numbers of products; `entry_id` is its number in the audit log, 0 if nothing."""

    rows: int
    created: int
    changed: int
    unchanged: int
    entry_id: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedFile:
    """An inventory file that was checked; `difference` tells what it was to change from any other change."""

    content: str
    difference: str
    until: datetime


class StockRoom(Protocol):
    """What staff asks of the catalogue; none of the questions locks anything."""

    def listed(
        self, *, phrase: str = "", at_most: int | None = None, limit: int, offset: int = 0
    ) -> tuple[list[Product], int]:
        """A page of products, and how many there are in all.

        With a `phrase` those that hold it in id, name or category, retired ones included, nearest first; else those in
        the shop, with `at_most` only those of no more stock, emptiest first.
        """
        ...

    def page(
        self, after: str, limit: int, *, category: str | None = None, in_stock: bool | None = None
    ) -> list[Product]:
        """Products in the shop by id, those behind the id `after`; None means whatever it is."""
        ...

    def movements(self, product_id: str, limit: int) -> list[StockMovement]:
        """A product's stock movements, newest first."""
        ...

    def all(self) -> list[Product]:
        """All products that are in the shop, by id."""
        ...

    def load(self, content: str, *, file: str, actor: str, now: datetime) -> Imported:
        """Takes in the content of an inventory file, whole or not at all, and notes each change in the audit log.

        Raises:
            BadImport: with the bad lines.
            Busy: products are locked by others for too long.
        """
        ...

    def keep(self, file: CheckedFile) -> int:
        """Keeps a file that was checked, and gives the number it is taken by."""
        ...

    def take(self, file_id: int, now: datetime) -> CheckedFile | None:
        """A file that was kept, once; None if there is none of that number, or its time is over."""
        ...
