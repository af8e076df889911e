"""What the answers to staff share: who asks, buttons, rows of products, pages."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.messages import Button, Choice, Row, Verb
from bot.phrases import labels, staff_products
from bot.phrases import staff_supply as words
from bot.phrases.staff import PAGE
from bot.shop import Shop
from bot.turn import Turn
from domain.errors import UnknownProduct
from domain.model import Product
from domain.products.supply_entries import PRODUCT, UNTIL
from domain.records.auditing import Entry
from domain.records.supply import SupplierTerms


def actor(turn: Turn) -> str:
    """Who asks, as the audit log notes it."""
    return f"{turn.source}:{turn.message.sender_id}"


def button(label: str, verb: Verb, arg: str = "") -> tuple[Button, ...]:
    """A button, or none where its argument is too long for one."""
    choice = Choice(verb=verb, arg=arg)
    return (Button(label=label, choice=choice),) if choice.fits else ()


def product_named(turn: Turn, product_id: str) -> Product:
    """The product of an id, however it is spelled.

    Raises:
        UnknownProduct: there is none.
    """
    product = turn.uow.products.spelled(product_id)
    if product is None:
        raise UnknownProduct(product_id[:100])
    return product


def heading(product: Product) -> str:
    """A product's name and id."""
    return f"{product.name} · {product.product_id}" if product.name else product.product_id


def row(turn: Turn, product: Product) -> Row:
    """A product in one row: id, name, stock or state; price."""
    name = f" · {product.name}" if product.name else ""
    state = staff_products.REMOVED if product.retired_at else turn.shop.number(product.quantity)
    return Row(f"{product.product_id}{name} · {state}", turn.shop.money(product.sale_price))


def changed(shop: Shop, entry: Entry) -> tuple[Row, ...]:
    """A row for each changed fact."""
    return tuple(Row(name, what) for name, what in staff_products.changes(shop, entry))


def span(shop: Shop, number: int, shown: Sequence[object], total: int) -> str:
    """Which of how many a page shows: "11 to 20 of 10,012"."""
    first = (number - 1) * PAGE
    return staff_products.span(shop, first=first + 1, last=first + len(shown), total=total)


def today(turn: Turn) -> date:
    """The day by the shop's clock."""
    return turn.now.astimezone(turn.shop.time_zone).date()


def terms_of(turn: Turn, supplier_id: str) -> SupplierTerms:
    """What is agreed with a supplier, or as it is with everybody."""
    return turn.uow.supply.terms().get(supplier_id, SupplierTerms(supplier_id=supplier_id))


def undo_button(entry: Entry) -> tuple[Button, ...]:
    """Takes back a change."""
    return button(labels.UNDO, Verb.INV_UNDO, str(entry.entry_id))


def from_to(entry: Entry, fact: str) -> str:
    """A fact of an entry: before → after."""
    return f"{entry.changed_from[fact]} → {entry.changed_to[fact]}"


def supply_rows(turn: Turn, entry: Entry) -> tuple[Row, ...]:
    """A row for each fact of an entry about supply."""
    return tuple(
        Row(
            words.LABELS.get(name, name),
            f"{_shown(turn, name, entry.changed_from.get(name, ''))} → {_shown(turn, name, value)}",
        )
        for name, value in entry.changed_to.items()
        if name != PRODUCT
    )


def _shown(turn: Turn, name: str, value: str) -> str:
    if name == UNTIL and value:
        return turn.shop.local(datetime.fromisoformat(value), turn.now)
    return words.fact(turn.shop, name, value)
