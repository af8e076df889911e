"""Editing several products at once: a form, what would change, and only then the changes, all of them or none."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from bot.adapters.web.html import PRIVATE
from bot.adapters.web.staff.frame import Filled, StaffFrame
from bot.adapters.web.staff.menu import PRODUCTS
from bot.phrases import products_desk as phrases
from bot.phrases import staff, staff_products
from bot.shop import Shop
from bot.values import BadInput, clean, value_of
from domain.errors import ProductChanged, StockChanged
from domain.model import Product
from domain.numbers import plain_number
from domain.ports import Clock, UnitOfWork
from domain.products.editing import change_product, facts, with_facts
from domain.products.fields import BY_NAME, EDITABLE, PIECES
from domain.records.auditing import Entry, of_product
from domain.records.staff import Role
from domain.staff.entering import Entered

EDIT, APPLY, DONE = f"{PRODUCTS}/edit", f"{PRODUCTS}/apply", f"{PRODUCTS}/done"
MOST = 50  # products in one form
FOR_ALL = tuple(BY_NAME[name] for name in ("category", "price", "cost", "pack_size", "supplier"))


@dataclass(frozen=True, kw_only=True)
class _Edit:
    """A product in the form. `was` is what its fields held when the form was opened, `typed` what they hold in it."""

    product: Product
    version: int
    seen: int  # the newest entry about it then
    was: Mapping[str, str]
    typed: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    meanwhile: Sequence[str] = ()  # what others did to it since
    others: Mapping[str, str] = field(default_factory=dict)  # what they put its fields to that are typed in here, too

    @property
    def title(self) -> str:
        """What it is called."""
        name, product_id = self.product.name, self.product.product_id
        return f"{name} · {product_id}" if name else product_id

    @property
    def values(self) -> dict[str, str]:
        """The fields that are to hold something else."""
        return {name: text for name, text in self.typed.items() if text != self.was[name]}

    @property
    def stock_seen(self) -> int:
        """The stock when the form was opened."""
        return int(self.was["quantity"])

    def edited(self) -> Product:
        """The product as it is to be.

        Raises:
            BadInput: a value is none of its field.
        """
        return with_facts(self.product, {name: value_of(BY_NAME[name], text, "") for name, text in self.values.items()})


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
            edits = [_opened(uow, found[one]) for one in ids if one in found]
        if not edits:
            return self.frame.message(who, 404, phrases.NONE_CHOSEN, phrases.CHOOSE_SOME)
        return self._page(who, edits, said=phrases.too_many(most=MOST) if len(ids) > MOST else "")

    def difference(self, request: Request, who: Entered, filled: Filled) -> Response:
        """What would change; or the form again, where a value is wrong or somebody was faster."""
        with self.unit_of_work() as uow:
            edits = self._read(uow, filled)
            if not edits:
                return self.frame.message(who, 404, phrases.NONE_CHOSEN, phrases.CHOOSE_SOME)
            late = [self._caught_up(uow, who, edit) if _is_late(edit) else edit for edit in edits]
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
            edits = self._read(uow, filled)
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
            edits = self._read(uow, filled)
            late = [self._caught_up(uow, who, edit) if edit.product.product_id in failed else edit for edit in edits]
        if not late:
            return self.frame.message(who, 404, phrases.NONE_CHOSEN, phrases.CHOOSE_SOME)
        if any(edit.wrong for edit in late):
            return self._page(who, late, status=422, error=phrases.WRONG)
        if failed:
            return self._page(who, late, status=409, error=phrases.CONFLICTS)
        return self._page(who, late, said=staff_products.NOTHING_CHANGED)

    def _read(self, uow: UnitOfWork, filled: Filled) -> list[_Edit]:
        """What is in the form, in the order of ids; products that there are not any more are left out."""
        numbers = [number for number in range(MOST) if f"p{number}.id" in filled]
        found = uow.products.get([filled.one(f"p{number}.id") for number in numbers])
        edits = []
        for number in numbers:
            product = found.get(filled.one(f"p{number}.id"))
            if product is None:
                continue
            present = facts(product)
            was, typed = {}, {}
            for one in EDITABLE:
                key = f"p{number}.{one.name}"
                was[one.name] = filled.one(f"{key}.was") if f"{key}.was" in filled else present[one.name]
                typed[one.name] = filled.one(key) if key in filled else was[one.name]
                if one in FOR_ALL and filled.one(f"all.{one.name}").strip():
                    typed[one.name] = filled.one(f"all.{one.name}")
            if plain_number(was["quantity"]) is None:
                was["quantity"] = present["quantity"]
            edit = _Edit(
                product=product,
                version=plain_number(filled.one(f"p{number}.version")) or 0,
                seen=plain_number(filled.one(f"p{number}.seen")) or 0,
                was=was,
                typed=typed,
            )
            edits.append(replace(edit, wrong=_wrong(edit)))
        return sorted(edits, key=lambda edit: edit.product.product_id)

    def _caught_up(self, uow: UnitOfWork, who: Entered, edit: _Edit) -> _Edit:
        """The form of a product that somebody else changed: with what is there now, and what is typed kept."""
        now, product = self.clock.now(), edit.product
        entries = uow.audit.of(of_product(product.product_id), staff.PAGE, edit.seen)
        meanwhile = [staff_products.entry_line(self.shop, one, who.subject, now) for one in reversed(entries)]
        if product.quantity != edit.stock_seen and not any("quantity" in one.changed_to for one in entries):
            meanwhile.append(staff_products.stock_moved(expected=edit.stock_seen, actual=product.quantity))
        opened = _opened(uow, product)
        both = [name for name in edit.values if opened.was[name] != edit.was[name]]
        return replace(
            opened,
            typed={**opened.was, **edit.values},
            meanwhile=meanwhile or [staff_products.BY_ANOTHER_WAY],
            others={name: phrases.now(value=staff_products.fact(self.shop, name, opened.was[name])) for name in both},
        )

    def _difference(self, edit: _Edit) -> _Difference:
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
        self, who: Entered, edits: Sequence[_Edit], *, status: int = 200, error: str = "", said: str = ""
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


def _opened(uow: UnitOfWork, product: Product) -> _Edit:
    newest = uow.audit.of(of_product(product.product_id), limit=1)
    values = {one.name: one.fact(product) for one in EDITABLE}
    seen = newest[0].entry_id if newest else 0
    return _Edit(product=product, version=product.version, seen=seen, was=values, typed=values)


def _is_late(edit: _Edit) -> bool:
    """Whether somebody else changed the product since, or the stock that is to be overwritten."""
    moved = "quantity" in edit.values and edit.product.quantity != edit.stock_seen
    return moved or edit.product.version != edit.version


def _wrong(edit: _Edit) -> dict[str, str]:
    """Why values cannot be used, by field."""
    wrong = {}
    for name, text in edit.values.items():
        try:
            value_of(BY_NAME[name], text, "")
        except BadInput as bad:
            wrong[name] = bad.reason
    return wrong


def add_editing_pages(app: FastAPI, pages: EditingPages) -> None:
    """Adds the routes."""
    admin = frozenset({Role.ADMIN})
    app.add_route(EDIT, pages.form, methods=["GET"])
    app.add_route(EDIT, pages.frame.form(pages.difference, admin, "/inventory set"), methods=["POST"])
    app.add_route(APPLY, pages.frame.form(pages.apply, admin, "/inventory set"), methods=["POST"])
