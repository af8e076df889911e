"""The boards there are, in the order of the menu: what each is called, and who makes it."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboards import conversations, customers, marketing, overview, products, sales
from dashboards.board import Board
from dashboards.looking import Look
from domain.records.boards import BOARD_READERS, BoardName
from domain.records.staff import Role


@dataclass(frozen=True, kw_only=True)
class BoardKind:
    """A board of the menu; `make` raises `BadFilter` where it cannot be what an address asks for."""

    name: BoardName
    label: str
    make: Callable[[Look], Board]

    @property
    def may(self) -> frozenset[Role]:
        """Who may see it."""
        return BOARD_READERS[self.name]


BOARDS = (
    BoardKind(name=BoardName.OVERVIEW, label=overview.TITLE, make=overview.make_board),
    BoardKind(name=BoardName.SALES, label=sales.TITLE, make=sales.make_board),
    BoardKind(name=BoardName.CUSTOMERS, label=customers.TITLE, make=customers.make_board),
    BoardKind(name=BoardName.PRODUCTS, label="Stock", make=products.make_board),
    BoardKind(name=BoardName.MARKETING, label=marketing.TITLE, make=marketing.make_board),
    BoardKind(name=BoardName.CONVERSATIONS, label=conversations.TITLE, make=conversations.make_board),
)
