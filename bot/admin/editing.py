"""`/inventory` add, set, restock, remove, restore, undo: every answer shows before → after, and an Undo button."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from bot.admin import forms, purchases
from bot.admin.parsing import assignments, new_id, setting, with_reason
from bot.admin.replies import actor, button, changed, heading, product_named, supply_rows
from bot.messages import Reply, Row, Verb
from bot.phrases import labels, misread, staff_products
from bot.phrases import staff as phrases
from bot.turn import Turn
from bot.values import BadInput, whole, with_values
from domain.model import Product
from domain.numbers import plain_number
from domain.products import editing
from domain.products.fields import EDITABLE, MONEY
from domain.products.receiving import restock as receive
from domain.products.undoing import undo
from domain.products.undoing_imports import is_import
from domain.products.undoing_supply import is_of_supply
from domain.records.auditing import Entry, product_of

UNKNOWN_SUPPLIER = "UNKNOWN"  # inventory files need one
_EDITABLE = {field.name for field in EDITABLE}


def add(turn: Turn, text: str) -> Reply:
    """Makes a product of a filled-in form or of `ID price=… cost=…`; without values it answers with the form."""
    filled = _filled(turn)
    product_id, values = (filled.get("product_id", ""), filled) if filled else assignments(text, "add")
    if not values:
        return Reply(
            text=phrases.usage("add", misread.WHAT_PRODUCT),
            form=forms.add_form({"product_id": product_id} if product_id else {}),
        )
    try:
        product = _new(product_id, {name: value for name, value in values.items() if value.strip()})
    except BadInput as wrong:
        if not filled:
            raise
        return Reply(text=wrong.reason, form=forms.add_form(filled))
    entry = editing.add_product(turn.uow, product, actor=actor(turn), low_stock=turn.shop.low_stock, now=turn.now)
    return _written(turn, product.product_id, entry)


def change(turn: Turn, text: str) -> Reply:
    """Changes a product by a filled-in form or by `ID FIELD VALUE`; without values it answers with the form."""
    if not text:
        raise BadInput(misread.WHICH_PRODUCT, "set")
    filled = _filled(turn)
    if filled:
        return _change_by_form(turn, product_named(turn, text), filled)
    known = turn.uow.products.spelled(text)  # an id may hold the name of a field
    product_id, values = (known.product_id, {}) if known else setting(text)
    product = known or product_named(turn, product_id)
    if not values:
        return Reply(
            title=heading(product),
            text=phrases.usage("set", misread.WHAT_TO_CHANGE),
            form=forms.set_form(turn, product),
        )
    why = ""
    if "quantity" in values:
        values["quantity"], why = with_reason(values["quantity"], "set")
    locked = turn.uow.products.lock([product.product_id])[product.product_id]
    edited = with_values(locked, values, "set")
    entry = editing.change_product(
        turn.uow, edited, actor=actor(turn), low_stock=turn.shop.low_stock, now=turn.now, why=why
    )
    return _written(turn, product.product_id, entry, why)


def restock(turn: Turn, text: str) -> Reply:
    """Adds pieces that came in; what was ordered of a supplier is on its way no more."""
    filled, why = _filled(turn), ""
    if not filled and turn.uow.products.spelled(text) is None:
        text, why = with_reason(text, "restock")
    product_id, _, pieces = (text, "", filled.get("quantity", "")) if filled else text.rpartition(" ")
    if not product_id or (not filled and turn.uow.products.spelled(text)):
        product = product_named(turn, text) if text else None
        if product is None:
            raise BadInput(misread.WHICH_PRODUCT, "restock")
        return Reply(
            title=heading(product),
            text=phrases.usage("restock", misread.HOW_MANY_CAME),
            form=forms.restock_form(product),
        )
    product = product_named(turn, product_id.strip())
    entry, received = receive(
        turn.uow,
        product.product_id,
        whole(pieces.strip(), 1, "restock"),
        actor=actor(turn),
        low_stock=turn.shop.low_stock,
        now=turn.now,
        why=why,
    )
    written = _written(turn, product.product_id, entry, why)
    said, buttons = purchases.counted(turn, product, received)
    return replace(written.with_lines(below=said), buttons=(*written.buttons, *buttons))


def remove(turn: Turn, text: str) -> Reply:
    """Takes a product out of the shop; history keeps it."""
    if not text:
        raise BadInput(misread.WHICH_PRODUCT, "remove")
    product = product_named(turn, text)
    entry = editing.remove_product(turn.uow, product.product_id, actor=actor(turn), now=turn.now)
    return _written(turn, product.product_id, entry)


def restore(turn: Turn, text: str) -> Reply:
    """Brings a removed product back."""
    if not text:
        raise BadInput(misread.WHICH_PRODUCT, "restore")
    product = product_named(turn, text)
    entry = editing.restore_product(turn.uow, product.product_id, actor=actor(turn), now=turn.now)
    return _written(turn, product.product_id, entry)


def undo_change(turn: Turn, text: str) -> Reply:
    """Takes back the change of that number, or the sender's own last one."""
    number = plain_number(text.removeprefix("#"))
    if number is None and text.removeprefix("#"):
        raise BadInput(misread.change(text=text), "undo")
    if number is None:
        last = turn.uow.audit.last_of(actor(turn))
        if last is None:
            return Reply(text=staff_products.NOTHING_TO_UNDO)
        number = last.entry_id
    done = undo(turn.uow, number, actor=actor(turn), low_stock=turn.shop.low_stock, now=turn.now)
    missing = [staff_products.missing_pieces(pieces=done.missing)] if done.missing else []
    if is_import(done.of):
        put_back = Row(staff_products.PUT_BACK, turn.shop.number(done.changed))
        removed = Row(staff_products.REMOVED, turn.shop.number(done.removed))
        return Reply(title=staff_products.IMPORT_UNDONE, body=(put_back, removed, *missing))
    if is_of_supply(done.of):
        rows = supply_rows(turn, done.entry) if done.entry else ()
        return Reply(title=done.of.subject.partition(":")[2], body=(staff_products.UNDONE, *rows))
    rows = changed(turn.shop, done.entry) if done.entry else ()
    product_id = product_of(done.of)
    product = turn.products([product_id])[product_id]
    return Reply(title=heading(product), body=(staff_products.UNDONE, *rows, *missing))


def _change_by_form(turn: Turn, product: Product, filled: Mapping[str, str]) -> Reply:
    """Raises ProductChanged or StockChanged when somebody else was faster than the form."""
    try:
        present = editing.facts(product)  # a file may have brought values that a form would not take
        values = {name: value for name, value in filled.items() if name in _EDITABLE and value != present[name]}
        edited = with_values(product, values, "set")
    except BadInput as wrong:
        return Reply(title=heading(product), text=wrong.reason, form=forms.set_form_again(product.product_id, filled))
    entry = editing.change_product(
        turn.uow,
        replace(edited, version=whole(filled.get("version", ""), 0, "set")),
        stock_seen=whole(filled.get("stock", ""), 0, "set") if "quantity" in values else product.quantity,
        actor=actor(turn),
        low_stock=turn.shop.low_stock,
        now=turn.now,
    )
    return _written(turn, product.product_id, entry)


def _new(product_id: str, values: Mapping[str, str]) -> Product:
    for needed in (field.name for field in EDITABLE if field.kind is MONEY and field.needed):
        if needed not in values:
            raise BadInput(misread.missing(name=needed), "add")
    blank = Product(
        product_id=new_id(product_id),
        quantity=0,
        wholesale_cost=Decimal(0),
        sale_price=Decimal(0),
        supplier_id=UNKNOWN_SUPPLIER,
    )
    return with_values(blank, {name: value for name, value in values.items() if name in _EDITABLE}, "add")


def _filled(turn: Turn) -> dict[str, str]:
    """The values of a filled-in form."""
    return dict(turn.message.command.fields) if turn.message.command else {}


def _written(turn: Turn, product_id: str, entry: Entry | None, why: str = "") -> Reply:
    """Before → after with what is odd about it; or that nothing is different."""
    product = turn.products([product_id])[product_id]
    if entry is None:
        return Reply(title=heading(product), text=staff_products.NOTHING_CHANGED)
    odd: list[str] = []
    if {"price", "cost"} & entry.changed_to.keys():
        before = entry.changed_from.get("price")
        odd = staff_products.warnings(
            turn.shop, Decimal(before) if before else None, product.sale_price, product.wholesale_cost
        )
    return Reply(
        title=heading(product),
        body=(*changed(turn.shop, entry), *([staff_products.because(why=why)] if why else []), *odd),
        buttons=button(labels.UNDO, Verb.INV_UNDO, str(entry.entry_id)),
    )
