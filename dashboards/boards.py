"""The boards there are: where each is, what it is called, who may see it, and who makes it."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboards import conversations, marketing, sales
from dashboards.board import Board
from dashboards.looking import Look
from domain.records.staff import Role

ROOT = "/dashboard"


@dataclass(frozen=True, kw_only=True)
class BoardKind:
    """A board of the menu; `make` raises `BadFilter` where it cannot be what an address asks for."""

    name: str
    label: str
    may: frozenset[Role]
    make: Callable[[Look], Board]

    @property
    def path(self) -> str:
        """Where it is."""
        return f"{ROOT}/{self.name}" if self.name else ROOT


BOARDS = (
    BoardKind(
        name="sales",
        label=sales.TITLE,
        may=frozenset({Role.ADMIN, Role.MARKETING, Role.FINANCE}),
        make=sales.make_board,
    ),
    BoardKind(
        name="marketing",
        label=marketing.TITLE,
        may=frozenset({Role.ADMIN, Role.MARKETING}),
        make=marketing.make_board,
    ),
    BoardKind(
        name="conversations",
        label=conversations.TITLE,
        may=frozenset({Role.ADMIN, Role.MARKETING, Role.SUPPORT}),
        make=conversations.make_board,
    ),
)
