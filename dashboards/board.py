"""What a board is: figures first, then sections, each a chart with the table behind it, what it means, and its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar, overload

from charts.chart import Chart
from reports.report import Comparison


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What a table says in one place: in words, as a plain value for a file, and where a click leads."""

    said: str
    value: str | int | float | Decimal | date | None
    href: str = ""


Row = tuple[Cell, ...]
Kind = TypeVar("Kind")


class Rows(Sequence[Row], Generic[Kind]):
    """A row of each of many things, made when it is asked for: a page shows few of those that a file has."""

    def __init__(self, of: Sequence[Kind], make: Callable[[Kind], Row]) -> None:
        self._of = of
        self._make = make

    def __len__(self) -> int:
        return len(self._of)

    @overload
    def __getitem__(self, where: int) -> Row: ...
    @overload
    def __getitem__(self, where: slice) -> Sequence[Row]: ...
    def __getitem__(self, where: int | slice) -> Row | Sequence[Row]:
        return Rows(self._of[where], self._make) if isinstance(where, slice) else self._make(self._of[where])


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Rows of cells below their headings; what is a number in the first row is one in all of its column."""

    headings: tuple[str, ...]
    rows: Sequence[Row]


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """A figure that is read at a glance, with how it compares, what it means, and where more of it stands."""

    label: str
    value: str
    compared: tuple[Comparison, ...] = ()
    note: str = ""
    meaning: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """What the audit log says of who takes rows of single customers or orders as a file.

    `subject` is as in `domain.records.auditing.Entry`; `rows` is what they are.
    """

    subject: str
    rows: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A chart and its table; `key` names it in addresses, `alt` says what the chart shows, `empty` why none is.

    Attributes:
        notes: what is to be known of its figures.
        links: where one goes on below its table.
        exports: what is noted of who takes it as a file; None is nothing.
        is_wide: whether its table has many columns.
        most: of its rows that a page shows; None is all. The file has all of them.
        cut: what the file says at its end, where it has not all.
    """

    key: str
    title: str
    meaning: str
    table: Table
    chart: Chart | None = None
    alt: str = ""
    empty: str = ""
    notes: tuple[str, ...] = ()
    links: tuple[Cell, ...] = ()
    exports: Export | None = None
    is_wide: bool = False
    most: int | None = None
    cut: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A filter of a board: its name in the address, what it is called, what is chosen, and what may be.

    Without options it is a day.
    """

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """A page of figures, as of the end of a day; `said` is what is to be known before any of them."""

    title: str
    as_of: date | None
    tiles: tuple[Tile, ...] = ()
    sections: tuple[Section, ...] = ()
    choices: tuple[Choice, ...] = ()
    said: tuple[str, ...] = ()

    def section(self, key: str) -> Section | None:
        """The section of that name."""
        return next((one for one in self.sections if one.key == key), None)


def text(said: str, href: str = "") -> Cell:
    """A cell of words."""
    return Cell(said=said, value=said, href=href)


def table(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """A table of such cells."""
    return Table(headings=tuple(headings), rows=tuple(map(tuple, rows)))
