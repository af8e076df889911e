"""What was changed of products at once, and taking it back: one change, all of them, or an import."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from bot.adapters.web.forms import Filled
from bot.adapters.web.html import PRIVATE
from bot.adapters.web.staff.editing import DONE
from bot.adapters.web.staff.frame import StaffFrame
from bot.adapters.web.staff.menu import PRODUCTS
from bot.adapters.web.staff.product_form import MOST
from bot.phrases import products_desk as phrases
from bot.phrases import staff, staff_products
from bot.shop import Shop
from domain.errors import Busy, ShopError, StaffError
from domain.model import Product
from domain.numbers import plain_number
from domain.ports import Clock, UnitOfWork
from domain.products.undoing import undo
from domain.products.undoing_imports import is_import
from domain.records.auditing import Entry, product_of
from domain.records.staff import Role
from domain.staff.entering import Entered

UNDO = f"{PRODUCTS}/undo"


@dataclass(frozen=True, kw_only=True)
class _Change:
    """A change as it is shown; `said` is what became of undoing it."""

    entry: Entry
    title: str
    rows: Sequence[tuple[str, str]]
    button: str
    said: str


@dataclass(frozen=True, kw_only=True)
class UndoingPages:
    """The page of what was changed."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    shop: Shop
    frame: StaffFrame

    def done(self, request: Request) -> Response:
        """The changes that the address names."""
        numbers = _numbers(request.query_params.getlist("entry"))
        return self.frame.shown(request, lambda who: self._page(who, numbers, {}, status=200))

    def undo(self, request: Request, who: Entered, filled: Filled) -> Response:
        """Takes changes back, each that can be."""
        shown, wanted = _numbers(filled.all("entry")), _numbers(filled.all("undo"))
        said: dict[int, str] = {}
        failed = False
        now = self.clock.now()
        with self.unit_of_work() as uow:
            entries = _of_catalogue(uow, wanted)
            uow.products.lock([product_of(entry) for entry in entries])  # at once, so that nobody waits in a circle
            for entry in reversed(entries):
                try:
                    with uow.savepoint():
                        pieces = undo(
                            uow, entry.entry_id, actor=who.subject, low_stock=self.shop.low_stock, now=now
                        ).missing
                except ShopError as error:
                    if isinstance(error, Busy) or not isinstance(error, StaffError):
                        raise
                    failed, said[entry.entry_id] = True, staff.sorry(self.shop, error, now)
                else:
                    said |= {entry.entry_id: staff_products.missing_pieces(pieces=pieces)} if pieces else {}
            uow.commit()
        if said:
            return self._page(who, shown, said, status=409 if failed else 200)
        return RedirectResponse(f"{DONE}?{urlencode({'entry': shown}, doseq=True)}", status_code=303, headers=PRIVATE)

    def _title(self, entry: Entry, products: Mapping[str, Product]) -> str:
        if is_import(entry):
            return phrases.imported(who=entry.actor, at=self.shop.moment(entry.at))
        return products[product_of(entry)].title

    def _page(self, who: Entered, numbers: Sequence[int], said: Mapping[int, str], *, status: int) -> Response:
        with self.unit_of_work() as uow:
            entries = _of_catalogue(uow, numbers)
            products = uow.products.get([product_of(entry) for entry in entries])
        changes = [
            _Change(
                entry=entry,
                title=phrases.change(what=self._title(entry, products), entry_id=entry.entry_id),
                rows=list(entry.changed_to.items()) if is_import(entry) else staff_products.changes(self.shop, entry),
                button=phrases.undo(entry_id=entry.entry_id),
                said=said.get(entry.entry_id, ""),
            )
            for entry in entries
        ]
        return self.frame.page(
            who,
            "products_done",
            phrases.DONE,
            here=PRODUCTS,
            status=status if changes else 404,
            words=phrases,
            all=PRODUCTS,
            action=UNDO,
            changes=changes,
            text=phrases.changes(self.shop, count=sum(map(_size, entries))) if entries else phrases.NOTHING_HERE,
            open=[change.entry.entry_id for change in changes if change.entry.undone_at is None],
        )


def _numbers(said: Sequence[str]) -> list[int]:
    read = (plain_number(one) for one in said[:MOST])
    return list(dict.fromkeys(number for number in read if number is not None))


def _of_catalogue(uow: UnitOfWork, numbers: Sequence[int]) -> list[Entry]:
    """The changes of products, and imports of them, among the audit log's entries of these numbers."""
    found = (uow.audit.get(number) for number in numbers)
    return [one for one in found if one is not None and one.changed_to and (product_of(one) or is_import(one))]


def _size(entry: Entry) -> int:
    """How many products a change is of."""
    return sum(map(int, entry.changed_to.values())) if is_import(entry) else 1


def add_undoing_pages(app: FastAPI, pages: UndoingPages) -> None:
    """Adds the routes."""
    app.add_route(DONE, pages.done, methods=["GET"])
    app.add_route(UNDO, pages.frame.form(pages.undo, frozenset({Role.ADMIN}), "/inventory undo"), methods=["POST"])
