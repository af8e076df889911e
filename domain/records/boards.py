"""The boards that managers look at, and who of staff may see which."""

from collections.abc import Mapping
from enum import StrEnum

from domain.records.staff import Role


class BoardName(StrEnum):
    """A board, in the order of the menu."""

    OVERVIEW = "overview"
    SALES = "sales"
    CUSTOMERS = "customers"
    PRODUCTS = "products"
    MARKETING = "marketing"
    CONVERSATIONS = "conversations"

    @property
    def path(self) -> str:
        """Where it is; the overview is what all others stand under."""
        return ROOT if self is BoardName.OVERVIEW else f"{ROOT}/{self}"


ROOT = "/dashboard"
ORDERS = "/orders-desk"
ORDER_READERS = frozenset({Role.ADMIN, Role.SUPPORT})  # of single orders, by number and pseudonym
BOARD_READERS: Mapping[BoardName, frozenset[Role]] = {
    BoardName.OVERVIEW: frozenset({Role.ADMIN, Role.MARKETING, Role.FINANCE}),
    BoardName.SALES: frozenset({Role.ADMIN, Role.MARKETING, Role.FINANCE}),
    BoardName.CUSTOMERS: frozenset({Role.ADMIN, Role.MARKETING}),
    BoardName.PRODUCTS: frozenset({Role.ADMIN, Role.MARKETING, Role.FINANCE}),
    BoardName.MARKETING: frozenset({Role.ADMIN, Role.MARKETING}),
    BoardName.CONVERSATIONS: frozenset({Role.ADMIN, Role.MARKETING, Role.SUPPORT}),
}
