"""How boards are looked at: by which shop, when, through which filters, and what the data comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlencode

from bot.shop import Shop
from dashboards.board import Cell, Choice
from domain.periods import EARLIEST, Period, Span
from domain.ports import UnitOfWork
from domain.records.boards import ORDER_READERS
from domain.records.marts import EVERYTHING, Dimension, Glossary, Slice, WarehouseView
from domain.records.staff import Role
from reports.report import Comparison
from reports.warehouse import comparison

_LONGEST = 200  # of a name in an address


class BadFilter(Exception):
    """A filter of an address that cannot be; its text says what would do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What an address asks for: a period, a part of the shop; blank means what is usual."""

    span: Span = Span.WEEK
    day: date | None = None
    of: Slice = EVERYTHING

    @classmethod
    def read(cls, said: Mapping[str, str]) -> "Filters":
        """From the query of an address; what a board does not know is left alone.

        Raises:
            BadFilter: a value cannot be.
        """
        span, day = said.get("span") or Span.WEEK, said.get("day") or ""
        if span not in list(Span):
            raise BadFilter(f"A period is a {', a '.join(Span)}.")
        try:
            found = date.fromisoformat(day) if day else None
        except ValueError as bad:
            raise BadFilter("A day is written as 2026-05-31.") from bad
        if found is not None and found < EARLIEST:
            raise BadFilter(f"No shop is older than {EARLIEST}.")
        named = {str(one): (said.get(one) or "").strip() for one in Dimension}
        if any(len(value) > _LONGEST or not value.isprintable() for value in named.values()):
            raise BadFilter("There is no store, category or part of the day of such a name.")
        return cls(span=Span(span), day=found, of=Slice.of(named))

    def choices(self) -> tuple[Choice, ...]:
        """The filters of a period, as they stand."""
        spans = tuple((str(span), f"by {span}") for span in Span)
        day = self.day.isoformat() if self.day else ""
        return (
            Choice(name="span", label="Period", value=str(self.span), options=spans),
            Choice(name="day", label="With the day", value=day),
        )

    def address(self, path: str, **changed: object) -> str:
        """The address of a page with these filters, some of them changed."""
        one = replace(self, **changed)  # type: ignore[arg-type]  # names and types are those of the fields
        said = {"span": str(one.span), "day": one.day.isoformat() if one.day else ""}
        said |= {str(dimension): value for dimension, value in one.of.named.items()}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{path}?{query}" if query else path


@dataclass(frozen=True, kw_only=True)
class Look:
    """Somebody's look at a board: everything that it is made of, at one moment.

    `as_file` is the key of the section whose table is asked for as a file, then with all of its rows.
    """

    shop: Shop
    now: datetime
    uow: UnitOfWork
    view: WarehouseView
    glossary: Glossary
    filters: Filters
    query: Mapping[str, str]
    as_file: str = ""
    roles: frozenset[Role] = frozenset()  # of who looks

    @property
    def sees_costs(self) -> bool:
        """Whether who looks may know what products cost the shop."""
        return bool(self.roles & {Role.ADMIN, Role.FINANCE})

    @property
    def sees_orders(self) -> bool:
        """Whether who looks may know which order is whose."""
        return bool(self.roles & ORDER_READERS)

    @property
    def period(self) -> Period:
        """The period that is asked for: the last that is over, unless a day is named.

        Raises:
            BadFilter: the warehouse does not reach its end.
        """
        span, day = self.filters.span, self.filters.day
        if day is None:
            now = Period.containing(self.view.as_of, span)
            return now if now.last == self.view.as_of else now.before()
        asked = Period.containing(day, span)
        if asked.first > self.view.as_of:
            newest = self.shop.short_date(self.view.as_of)
            raise BadFilter(f"The warehouse reaches to {newest}, the newest day that can be asked for.")
        return asked

    @property
    def goes_on(self) -> bool:
        """Whether the period is not over, as far as the warehouse reaches."""
        return self.period.last > self.view.as_of

    @property
    def called(self) -> str:
        """The period in words, and how far it is known while it goes on."""
        so_far = f", so far up to {self.shop.short_date(self.view.as_of)}" if self.goes_on else ""
        return f"{self.shop.period(self.period)}{so_far}"

    def number(self, value: float | Decimal | None, digits: int = 0) -> Cell:
        """A cell of a number with so many digits behind the point, or of nothing."""
        return Cell(said="–" if value is None else self.shop.number(value, digits), value=value)

    def share(self, value: float | None) -> Cell:
        """A cell of a share of one, in percent."""
        return Cell(said="–" if value is None else self.shop.percent(value), value=value)

    def compared(self, now: Decimal | int, before: Decimal | int | None, what: str) -> tuple[Comparison, ...]:
        """How a tile's figure compares with what was before; one of a period that goes on with none that is over."""
        if self.goes_on and what == f"the {self.period.span} before":
            return ()
        return (comparison(now, before, what, self.shop),)

    def meaning(self, name: str) -> str:
        """What a model, or a column as `model.column`, means by dbt's descriptions."""
        model, _, column = name.partition(".")
        meaning = self.glossary.get(model)
        if meaning is None:
            return ""
        return meaning.columns.get(column, "") if column else meaning.said
