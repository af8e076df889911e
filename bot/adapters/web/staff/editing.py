"""Editing several products at once: a form, what would change, and only then the changes, all of them or none."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from bot.adapters.web.forms import Filled
from bot.adapters.web.html import PRIVATE
from bot.adapters.web.staff.frame import StaffFrame
from bot.adapters.web.staff.menu import PRODUCTS
from bot.adapters.web.staff.product_form import FOR_ALL, MOST, Edit, opened, read
from bot.phrases import products_desk as phrases
from bot.phrases import staff, staff_products
from bot.shop import Shop
from bot.values import clean
from domain.errors import ProductChanged, StockChanged
from domain.ports import Clock, UnitOfWork
from domain.products.editing import change_product, facts
from domain.products.fields import EDITABLE, PIECES
from domain.records.auditing import Entry, of_product
from domain.records.staff import Role
from domain.staff.entering import Entered

EDIT, APPLY, DONE = f"{PRODUCTS}/edit", f"{PRODUCTS}/apply", f"{PRODUCTS}/done"


@dataclass(frozen=True, kw_only=True)
class _Difference:
    """What would change of a product: rows of a fact, before and after, and what is odd about it."""

    title: str
    rows: Sequence[tuple[str, str, str]]
    odd: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class EditingPages:
    """The form, and what comes of it."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    shop: Shop
    frame: StaffFrame

    def form(self, request: Request) -> Response:
        """The chosen products, to be edited."""
        return self.frame.shown(request, lambda who: self._form(who, request.query_params.getlist("id")))

    def _form(self, who: Entered, chosen: Sequence[str]) -> Response:
        ids = list(dict.fromkeys(clean(one) for one in chosen))
        with self.unit_of_work() as uow:
            found = uow.products.get(ids[:MOST])
            edits = [opened(uow, found[one]) for one in ids if one in found]
        if not edits:
            return self.frame.message(who, 404, phrases.NONE_CHOSEN, phrases.CHOOSE_SOME)
        return self._page(who, edits, said=phrases.too_many(most=MOST) if len(ids) > MOST else "")

    def difference(self, request: Request, who: Entered, filled: Filled) -> Response:
        """What would change; or the form again, where a value is wrong or somebody was faster."""
        with self.unit_of_work() as uow:
            edits = read(uow, filled)
            if not edits:
                return self.frame.message(who, 404, phrases.NONE_CHOSEN, phrases.CHOOSE_SOME)
            late = [self._caught_up(uow, who, edit) if edit.is_late else edit for edit in edits]
        if any(edit.wrong for edit in edits):
            return self._page(who, edits, status=422, error=phrases.WRONG)
        if any(edit.meanwhile for edit in late):
            return self._page(who, late, status=409, error=phrases.CONFLICTS)
        if "again" in filled:
            return self._page(who, edits)
        differences = [one for one in map(self._difference, edits) if one.rows]
        if not differences:
            return self._page(who, edits, said=staff_products.NOTHING_CHANGED)
        return self.frame.page(
            who,
            "products_difference",
            phrases.DIFFERENCE,
            here=PRODUCTS,
            words=phrases,
            edits=edits,
            fields=EDITABLE,
            differences=differences,
            save=phrases.save(count=sum(len(one.rows) for one in differences)),
            edit=EDIT,
            apply=APPLY,
        )

    def apply(self, request: Request, who: Entered, filled: Filled) -> Response:
        """Changes the products, all or none, and leads to what was changed."""
        entries: list[Entry] = []
        failed: set[str] = set()
        now = self.clock.now()
        with self.unit_of_work() as uow:
            edits = read(uow, filled)
            uow.products.lock([edit.product.product_id for edit in edits])  # at once, so that nobody waits in a circle
            for edit in edits if not any(edit.wrong for edit in edits) else ():
                try:
                    entry = change_product(
                        uow,
                        replace(edit.edited(), version=edit.version),
                        stock_seen=edit.stock_seen if "quantity" in edit.values else edit.product.quantity,
                        actor=who.subject,
                        low_stock=self.shop.low_stock,
                        now=now,
                    )
                except (ProductChanged, StockChanged):
                    failed.add(edit.product.product_id)
                else:
                    entries += [entry] if entry else []
            if not failed and entries:
                uow.commit()
        if failed or not entries:
            return self._refused(who, filled, failed)
        done = urlencode({"entry": [entry.entry_id for entry in entries]}, doseq=True)
        return RedirectResponse(f"{DONE}?{done}", status_code=303, headers=PRIVATE)

    def _refused(self, who: Entered, filled: Filled, failed: Collection[str]) -> Response:
        """The form with what was typed, and why nothing of it was saved."""
        with self.unit_of_work() as uow:
            edits = read(uow, filled)
            late = [self._caught_up(uow, who, edit) if edit.product.product_id in failed else edit for edit in edits]
        if not late:
            return self.frame.message(who, 404, phrases.NONE_CHOSEN, phrases.CHOOSE_SOME)
        if any(edit.wrong for edit in late):
            return self._page(who, late, status=422, error=phrases.WRONG)
        if failed:
            return self._page(who, late, status=409, error=phrases.CONFLICTS)
        return self._page(who, late, said=staff_products.NOTHING_CHANGED)

    def _caught_up(self, uow: UnitOfWork, who: Entered, edit: Edit) -> Edit:
        """The form of a product that somebody else changed: with what is there now, and what is typed kept."""
        now, product = self.clock.now(), edit.product
        entries = uow.audit.of(of_product(product.product_id), staff.PAGE, edit.seen)
        meanwhile = [staff_products.entry_line(self.shop, one, who.subject, now) for one in reversed(entries)]
        if product.quantity != edit.stock_seen and not any("quantity" in one.changed_to for one in entries):
            meanwhile.append(staff_products.stock_moved(expected=edit.stock_seen, actual=product.quantity))
        present = opened(uow, product)
        both = [name for name in edit.values if present.was[name] != edit.was[name]]
        return replace(
            present,
            typed={**present.was, **edit.values},
            meanwhile=meanwhile or [staff_products.BY_ANOTHER_WAY],
            others={name: phrases.now(value=staff_products.fact(self.shop, name, present.was[name])) for name in both},
        )

    def _difference(self, edit: Edit) -> _Difference:
        before, after = facts(edit.product), facts(edit.edited())
        changed = [name for name in after if after[name] != before[name]]
        odd: list[str] = []
        if {"price", "cost"} & set(changed):
            was = Decimal(before["price"]) if "price" in changed else None
            odd = staff_products.warnings(self.shop, was, Decimal(after["price"]), Decimal(after["cost"]))
        rows = [(staff_products.label(name), self._fact(name, before), self._fact(name, after)) for name in changed]
        return _Difference(title=edit.title, rows=rows, odd=odd)

    def _fact(self, name: str, values: Mapping[str, str]) -> str:
        return staff_products.fact(self.shop, name, values[name])

    def _page(
        self, who: Entered, edits: Sequence[Edit], *, status: int = 200, error: str = "", said: str = ""
    ) -> Response:
        return self.frame.page(
            who,
            "products_edit",
            phrases.EDIT,
            here=PRODUCTS,
            status=status,
            words=phrases,
            all=PRODUCTS,
            action=EDIT,
            edits=edits,
            fields=EDITABLE,
            pieces=PIECES,
            for_all=FOR_ALL if len(edits) > 1 else (),
            error=error,
            said=said,
        )


def add_editing_pages(app: FastAPI, pages: EditingPages) -> None:
    """Adds the routes."""
    admin = frozenset({Role.ADMIN})
    app.add_route(EDIT, pages.form, methods=["GET"])
    app.add_route(EDIT, pages.frame.form(pages.difference, admin, "/inventory set"), methods=["POST"])
    app.add_route(APPLY, pages.frame.form(pages.apply, admin, "/inventory set"), methods=["POST"])
