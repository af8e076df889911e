"""What the answers to staff share: who asks, buttons, rows of products, pages."""

from collections.abc import Sequence

from bot.messages import Button, Choice, Row, Verb
from bot.phrases import staff_products
from bot.phrases.staff import PAGE
from bot.shop import Shop
from bot.turn import Turn
from domain.errors import UnknownProduct
from domain.model import Product
from domain.records.auditing import Entry


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
    state = staff_products.REMOVED if product.retired_at else f"{product.quantity:,}"
    return Row(f"{product.product_id}{name} · {state}", turn.shop.money(product.sale_price))


def changed(shop: Shop, entry: Entry) -> tuple[Row, ...]:
    """A row for each changed fact."""
    return tuple(Row(name, what) for name, what in staff_products.changes(shop, entry))


def span(number: int, shown: Sequence[object], total: int) -> str:
    """Which of how many a page shows: "11 to 20 of 10,012"."""
    first = (number - 1) * PAGE
    return staff_products.span(first=first + 1, last=first + len(shown), total=total)
