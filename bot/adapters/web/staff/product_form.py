"""The form in which several products are edited: what it held when it was opened, what is typed, and what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.adapters.web.forms import Filled
from bot.values import BadInput, value_of
from domain.model import Product
from domain.numbers import plain_number
from domain.ports import UnitOfWork
from domain.products.editing import facts, with_facts
from domain.products.fields import BY_NAME, EDITABLE
from domain.records.auditing import of_product

MOST = 50  # products in one form
FOR_ALL = tuple(BY_NAME[name] for name in ("category", "price", "cost", "pack_size", "supplier", "group"))


@dataclass(frozen=True, kw_only=True)
class Edit:
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

    @property
    def is_late(self) -> bool:
        """Whether somebody else changed the product since, or the stock that is to be overwritten."""
        moved = "quantity" in self.values and self.product.quantity != self.stock_seen
        return moved or self.product.version != self.version


def read(uow: UnitOfWork, filled: Filled) -> list[Edit]:
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
        edit = Edit(
            product=product,
            version=plain_number(filled.one(f"p{number}.version")) or 0,
            seen=plain_number(filled.one(f"p{number}.seen")) or 0,
            was=was,
            typed=typed,
        )
        edits.append(replace(edit, wrong=_wrong(edit)))
    return sorted(edits, key=lambda edit: edit.product.product_id)


def opened(uow: UnitOfWork, product: Product) -> Edit:
    """A product as it is now, for a form of it."""
    newest = uow.audit.of(of_product(product.product_id), limit=1)
    values = {one.name: one.fact(product) for one in EDITABLE}
    seen = newest[0].entry_id if newest else 0
    return Edit(product=product, version=product.version, seen=seen, was=values, typed=values)


def _wrong(edit: Edit) -> dict[str, str]:
    """Why values cannot be used, by field."""
    wrong = {}
    for name, text in edit.values.items():
        try:
            value_of(BY_NAME[name], text, "")
        except BadInput as bad:
            wrong[name] = bad.reason
    return wrong
