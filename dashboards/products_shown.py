"""The products that somebody looks at: the filters of the board, where a click leads, and the list of products."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property, partial
from urllib.parse import quote, urlencode

from dashboards.board import Cell, Choice, Rows, Section, Table, text
from dashboards.looking import BadFilter, Look
from domain.products.reordering import MOST_COVER, beyond, is_dead, is_due, is_over
from domain.records.marts import Dimension
from domain.records.products_board import DAYS, MISSED_DAYS, Standing
from domain.records.supply import WEEK
from reports.report import money

PATH = "/dashboard/products"
MOST_ROWS, MOST_LISTED = 50, 25  # of a table that is opened, and of the list before anything is asked of it
CLASSES = tuple(abc + xyz for abc in "ABC" for xyz in "XYZ")
OUT, DUE, OVER, ENDLESS = "out", "due", "over", "none"
LIMITS = (7, 14, 28, MOST_COVER)  # days of cover, at which a bin ends
_LISTS = {OUT: "out of stock", DUE: "to reorder", OVER: "too much of", ENDLESS: "no demand"}


def bin_names() -> dict[str, str]:
    """How long a product may last: by its name in addresses, in words; the shortest first."""
    starts = (0, *LIMITS)
    between = {
        f"to-{end}": f"under {end} days" if not start else f"{start}–{end - 1} days"
        for start, end in zip(starts, LIMITS, strict=False)
    }
    return {OUT: "out", **between, f"from-{MOST_COVER}": f"{MOST_COVER} days or more", ENDLESS: "no demand"}


def bin_of(one: Standing) -> str:
    """The bin that a product is in: what is out is out, whatever is wanted of it."""
    if one.stock.on_hand <= 0:
        return OUT
    if one.stock.cover is None:
        return ENDLESS
    found = next((end for end in LIMITS if one.stock.cover < end), None)
    return f"from-{MOST_COVER}" if found is None else f"to-{found}"


def class_of(one: Standing) -> str:
    """Its class, as AX; blank where nothing is predicted of it."""
    return one.stock.demand.abc + one.stock.demand.xyz if one.stock.demand else ""


def lists() -> dict[str, str]:
    """What may be listed: by its name in addresses, in words."""
    lasting = {name: f"lasts {said}" for name, said in bin_names().items() if name not in (OUT, ENDLESS)}
    return {"": "all products", **_LISTS, **lasting, **{one: f"class {one}" for one in CLASSES}}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What of the shop's products is looked at; those that are sold no more are not among them."""

    look: Look
    every: Sequence[Standing]
    supplier_names: dict[str, str]

    @classmethod
    def of(cls, look: Look) -> "Shown":
        """By the filters of a look.

        Raises:
            BadFilter: there is no such category, supplier, list or product.
        """
        titles = {one: terms.title for one, terms in look.uow.supply.terms().items()}
        shown = cls(look=look, every=tuple(look.uow.products_board.standings()), supplier_names=titles)
        if shown.category and shown.category not in {one.category for one in shown.every}:
            raise BadFilter(f"No product is of a category “{shown.category}”.")
        if shown.supplier and shown.supplier not in {one.stock.supplier_id for one in shown.every}:
            raise BadFilter(f"No product comes from a supplier “{shown.supplier}”.")
        if shown.listed not in lists():
            raise BadFilter(f"There is no list “{shown.listed}”: choose one of {', '.join(filter(None, lists()))}.")
        if shown.product and shown.product not in {one.stock.product_id for one in shown.every}:
            raise BadFilter(f"There is no product “{shown.product}”.")
        return shown

    @property
    def now(self) -> datetime:
        """When it is looked at."""
        return self.look.now

    @property
    def category(self) -> str:
        """The category that is asked for; blank for all."""
        return self.look.filters.of.category

    @property
    def supplier(self) -> str:
        """The supplier's id."""
        return self._said("supplier")

    @property
    def listed(self) -> str:
        """The list that is asked for."""
        return self._said("list")

    @property
    def product(self) -> str:
        """The id of the product that is asked for."""
        return self._said("product")

    def _said(self, name: str) -> str:
        return (self.look.query.get(name) or "").strip()

    @cached_property
    def with_retired(self) -> tuple[Standing, ...]:
        """The products of the category and the supplier, with those that are sold no more."""
        return tuple(
            one
            for one in self.every
            if self.category in ("", one.category) and self.supplier in ("", one.stock.supplier_id)
        )

    @cached_property
    def products(self) -> tuple[Standing, ...]:
        """Those that are sold."""
        return tuple(one for one in self.with_retired if not one.is_retired)

    @cached_property
    def by_id(self) -> dict[str, Standing]:
        """The same by their ids."""
        return {one.stock.product_id: one for one in self.products}

    def supplier_name(self, supplier_id: str) -> str:
        """What people call a supplier."""
        return self.supplier_names.get(supplier_id, supplier_id)

    def address(self, at: str = "", **changed: str) -> str:
        """The board's address with its filters, some of them changed, down to a section."""
        filters = self.look.filters
        said = {
            "span": str(filters.span),
            "day": filters.day.isoformat() if filters.day else "",
            str(Dimension.CATEGORY): self.category,
            "supplier": self.supplier,
            "list": self.listed,
            **changed,
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{PATH}?{query}" + (f"#{at}" if at else "")

    def list_of(self, name: str) -> str:
        """Where a list is."""
        return self.address("products", list=name)

    def named(self, one: Standing) -> Cell:
        """A product's name, which leads to its row."""
        return text(one.stock.title, f"{self._row_address}{quote(one.stock.product_id, safe='')}#products")

    @cached_property
    def _row_address(self) -> str:
        return f"{self.address(list='')}&product="

    def choices(self) -> tuple[Choice, ...]:
        """The filters as they stand."""
        categories = sorted({one.category for one in self.every})
        suppliers = sorted({one.stock.supplier_id for one in self.every})
        named = [(one, self.supplier_name(one)) for one in suppliers]
        return (
            *self.look.filters.choices(),
            Choice(
                name=str(Dimension.CATEGORY),
                label="Category",
                value=self.category,
                options=(("", "all"), *((one, one) for one in categories)),
            ),
            Choice(name="supplier", label="Supplier", value=self.supplier, options=(("", "all"), *named)),
            Choice(name="list", label="In the list of products", value=self.listed, options=tuple(lists().items())),
        )

    def money(self, amount: Decimal) -> str:
        """An amount in the shop's currency."""
        return money(amount, self.look.shop)

    def count(self, number: float) -> str:
        """A whole number as the shop writes it."""
        return self.look.shop.number(number)

    def days(self, cover: float | None) -> Cell:
        """For how many days something lasts."""
        return Cell(said="for ever", value=None) if cover is None else self.look.number(cover)

    def costing(self, *cells: Cell) -> tuple[Cell, ...]:
        """These cells for who may know what products cost; else none."""
        return cells if self.look.sees_costs else ()

    def headed(self, *headings: str) -> tuple[str, ...]:
        """The same for their headings."""
        return headings if self.look.sees_costs else ()


def product_list(shown: Shown) -> Section:
    """The products of the list that is asked for, or the one that is; what brings most first."""
    if shown.product:
        found = [one for one in shown.every if one.stock.product_id == shown.product]
        title = f"Product: {found[0].stock.title}"
    else:
        found = sorted(_listed(shown), key=lambda one: (-one.net, one.stock.product_id))
        of = f"{shown.count(len(found))} of {shown.count(len(shown.products))}"
        title = f"Products: {lists()[shown.listed]}, {of}"
    currency = shown.look.shop.currency
    head: tuple[str, ...] = ("product", "id", "category", "class", "on the shelf", "on its way", "wanted a week")
    head += (
        "lasts, days",
        f"net of {DAYS // WEEK} weeks, {currency}",
        f"missed, {MISSED_DAYS} days",
        f"days out of {DAYS}",
    )
    return Section(
        key="products",
        title=title,
        most=MOST_ROWS if shown.listed else MOST_LISTED,
        meaning=shown.look.meaning("product_standings"),
        table=Table(headings=(*head, *shown.headed("at cost")), rows=Rows(found, partial(_row, shown))),
        empty="No product is like that.",
    )


def _listed(shown: Shown) -> Sequence[Standing]:
    wanted: dict[str, Callable[[Standing], bool]] = {
        "": lambda one: True,
        DUE: lambda one: is_due(one.stock) and not one.stock.snoozed(shown.now),
        OVER: lambda one: is_over(one.stock) or is_dead(one.stock, shown.now),
        **{name: (lambda one, name=name: bin_of(one) == name) for name in bin_names()},  # type: ignore[misc]
        **{name: (lambda one, name=name: class_of(one) == name) for name in CLASSES},  # type: ignore[misc]
    }
    return [one for one in shown.products if wanted[shown.listed](one)]


def _row(shown: Shown, one: Standing) -> tuple[Cell, ...]:
    stock = one.stock
    return (
        shown.named(one),
        text(stock.product_id),
        text(one.category),
        text(class_of(one) or "–"),
        shown.look.number(stock.on_hand),
        shown.look.number(stock.incoming),
        shown.look.number(stock.demand.weekly if stock.demand else None, 1),
        shown.days(stock.cover) if stock.demand else shown.look.number(None),
        shown.look.number(one.net, 2),
        shown.look.number(one.missed_lately),
        shown.look.number(one.days_out),
        *shown.costing(shown.look.number(stock.unit_cost * max(stock.on_hand, 0), 2)),
    )


def too_much(shown: Shown) -> list[tuple[Standing, int]]:
    """What lasts too long or nobody buys, with how many pieces are too many; what ties up most money first."""
    found = [
        (one, beyond(one.stock, shown.now))
        for one in shown.products
        if is_over(one.stock) or is_dead(one.stock, shown.now)
    ]
    return sorted(found, key=lambda pair: (-pair[1] * pair[0].stock.unit_cost, pair[0].stock.product_id))
