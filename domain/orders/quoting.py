"""Prices a cart: a quote holds the server's prices for a while. Pricing stores nothing; `uow.quotes.add` does."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.conversation import CartLine
from domain.errors import BadQuantity, EmptyCart, OutOfStock, ProductRetired, Shortage, UnknownProduct
from domain.model import OrderLine, Product, Quote, Terms, sum_of
from domain.ports import UnitOfWork
from domain.promotions.applying import NO_CLAIM, Claim, discounts_for


def price_cart(
    uow: UnitOfWork,
    cart: Sequence[CartLine],
    *,
    identity_id: int,
    terms: Terms,
    now: datetime,
    claim: Claim = NO_CLAIM,
) -> Quote:
    """The quote of a cart at today's prices, with what promotions take off.

    Raises:
        EmptyCart: nothing to price.
        UnknownProduct, ProductRetired, BadQuantity, OutOfStock: a line cannot be sold like this.
    """
    if not cart:
        raise EmptyCart
    products = uow.products.get([line.product_id for line in cart])
    check_lines({line.product_id: line.quantity for line in cart}, products, terms.most_per_line)
    return quote_of(uow, cart, products, identity_id=identity_id, terms=terms, now=now, claim=claim)


def quote_of(
    uow: UnitOfWork,
    cart: Sequence[CartLine],
    products: Mapping[str, Product],
    *,
    identity_id: int,
    terms: Terms,
    now: datetime,
    claim: Claim,
) -> Quote:
    """The quote of a cart that was checked, at the prices of `products`."""
    lines = priced_lines(cart, products)
    discounts = discounts_for(uow, lines, products, claim, now)
    return Quote(
        quote_id=f"q_{secrets.token_hex(6)}",
        identity_id=identity_id,
        lines=lines,
        created_at=now,
        expires_at=now + terms.quote_hold,
        discount=sum_of(discounts),
        discounts=discounts,
    )


def priced_lines(cart: Sequence[CartLine], products: Mapping[str, Product]) -> tuple[OrderLine, ...]:
    """The lines of a cart at the prices of `products`; what is no product any more is left out."""
    return tuple(
        OrderLine(product_id=line.product_id, quantity=line.quantity, unit_price=products[line.product_id].sale_price)
        for line in cart
        if line.product_id in products
    )


def check_lines(quantities: dict[str, int], products: dict[str, Product], most_per_line: int) -> None:
    """Says no when a line cannot be sold; all shortages are reported at once.

    Raises:
        UnknownProduct, ProductRetired, BadQuantity, OutOfStock: see their docstrings.
    """
    for product_id, quantity in quantities.items():
        if product_id not in products:
            raise UnknownProduct(product_id)
        if products[product_id].retired_at is not None:
            raise ProductRetired(product_id)
        if not 1 <= quantity <= most_per_line:
            raise BadQuantity(product_id, quantity, most_per_line)
    shortages = tuple(
        Shortage(product_id=product_id, asked=quantity, available=products[product_id].quantity)
        for product_id, quantity in quantities.items()
        if products[product_id].quantity < quantity
    )
    if shortages:
        raise OutOfStock(shortages)
