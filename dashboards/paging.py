"""Lists that go on from page to page: how much of one is read, and the links below it; a file has all of it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from bot.shop import Shop
from dashboards.board import Cell, text
from dashboards.looking import BadFilter, Look

PAGE = 50
MOST_EXPORTED = 100_000  # rows of a file, as in a chat
NOTED = "Taking the file is noted in the audit log."
Place = TypeVar("Place")
Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True, slots=True)
class Paging(Generic[Place]):
    """The part of a list that is asked for: a page behind a place, of the first rows without one, or a file."""

    after: Place | None
    is_file: bool

    @classmethod
    def of(cls, look: Look, key: str, form: re.Pattern[str], place: Callable[[re.Match[str]], Place]) -> Self:
        """From the address of a look at a section.

        Args:
            look: at the board.
            key: of the section.
            form: how a place is written in an address.
            place: makes one of what is written so; raises ValueError where it cannot be.

        Raises:
            BadFilter: there is no such place to go on from.
        """
        is_file, said = look.as_file == key, look.query.get("after") or ""
        if is_file or not said:
            return cls(after=None, is_file=is_file)
        try:
            if found := form.fullmatch(said):
                return cls(after=place(found), is_file=False)
        except ValueError:
            pass
        raise BadFilter("A list goes on only where its own link leads.")

    @property
    def limit(self) -> int:
        """How many rows to read: one more than are shown tells whether the list goes on."""
        return self._most + 1

    def shown(self, found: Sequence[Row]) -> Sequence[Row]:
        """Those of the rows that were read which are shown."""
        return found[: self._most]

    def cut(self, found: Sequence[object], shop: Shop) -> str:
        """What the file says at its end, where it has not all of the list."""
        if not self.is_file or len(found) <= MOST_EXPORTED:
            return ""
        return f"The list goes on: a file has the first {shop.number(MOST_EXPORTED)} of it."

    def links(self, found: Sequence[object], address: Callable[[str], str], last: str) -> tuple[Cell, ...]:
        """Back to the first page, and on behind the place `last`; `address` is the list's from a place on."""
        back = [] if self.after is None else [text("From the first on", address(""))]
        goes_on = not self.is_file and len(found) > PAGE
        return (*back, *([text(f"The next {PAGE}", address(last))] if goes_on else []))

    @property
    def _most(self) -> int:
        return MOST_EXPORTED if self.is_file else PAGE
