"""What a cart is on its way to: a new order, or the change of one that is placed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.conversation import CartLine
from domain.model import Order, Product, Quote, Terms
from domain.orders.changing import as_if_returned, differs, price_change
from domain.orders.ordering import total_quantities
from domain.orders.quoting import price_cart
from domain.ports import UnitOfWork
from domain.promotions.applying import NO_CLAIM, Claim


@dataclass(frozen=True, kw_only=True, slots=True)
class NewOrder:
    """The cart becomes an order of its own."""

    def stock_of(self, product: Product) -> int:
        """How many pieces may be had."""
        return product.quantity if product.retired_at is None else 0

    def differs(self, cart: Sequence[CartLine], address_id: int | None) -> bool:
        """Whether there is anything to confirm."""
        return True

    def price(
        self,
        uow: UnitOfWork,
        cart: Sequence[CartLine],
        *,
        identity_id: int,
        terms: Terms,
        now: datetime,
        claim: Claim = NO_CLAIM,
    ) -> Quote:
        """See `domain.orders.quoting.price_cart`."""
        return price_cart(uow, cart, identity_id=identity_id, terms=terms, now=now, claim=claim)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeOrder:
    """The cart and the address become those of an order that is placed; what it holds can be had again."""

    order: Order

    def stock_of(self, product: Product) -> int:
        """How many pieces may be had, with those that the order holds; of what is retired only those."""
        returned = as_if_returned({product.product_id: product}, self.order)[product.product_id]
        return NEW_ORDER.stock_of(returned)

    def differs(self, cart: Sequence[CartLine], address_id: int | None) -> bool:
        """Whether there is anything to confirm: a cart like the order, to the same address, changes nothing."""
        return differs(self.order, cart, address_id)

    def only_adds(self, cart: Sequence[CartLine]) -> bool:
        """Whether the cart holds all that the order does, and more."""
        held, wanted = total_quantities(self.order.lines), {line.product_id: line.quantity for line in cart}
        return held != wanted and all(wanted.get(one, 0) >= many for one, many in held.items())

    def price(
        self,
        uow: UnitOfWork,
        cart: Sequence[CartLine],
        *,
        identity_id: int,
        terms: Terms,
        now: datetime,
        claim: Claim = NO_CLAIM,
    ) -> Quote:
        """See `domain.orders.changing.price_change`."""
        return price_change(uow, self.order, cart, identity_id=identity_id, terms=terms, now=now, claim=claim)


Journey = NewOrder | ChangeOrder
NEW_ORDER = NewOrder()
