"""Orders and quotes as they are kept."""

from datetime import datetime
from typing import Protocol

from domain.model import Identity, Order, OrderState, Quote


class Orders(Protocol):
    """Placed orders."""

    def get(self, order_id: int) -> Order | None:
        """One order, for staff: it does not ask whose it is."""
        ...

    def waiting(self, limit: int, offset: int = 0) -> list[Order]:
        """Orders that are placed and not shipped yet, oldest first."""
        ...

    def waiting_for(self, product_id: str, limit: int) -> list[Order]:
        """The newest orders with a product that are placed and not shipped yet."""
        ...

    def add(self, order: Order) -> Order:
        """Stores a new order and returns it with its number."""
        ...

    def of_quote(self, quote_id: str) -> Order | None:
        """The order that a quote became."""
        ...

    def lock(self, order_id: int) -> Order | None:
        """One order, which nobody else may change until this unit of work ends."""
        ...

    def change_state(self, order_id: int, state: OrderState, at: datetime) -> None:
        """Notes a step in an order's life and when it happened."""
        ...

    def change(self, order: Order) -> None:
        """Stores a locked order's new lines, discount, quote, address and count of changes.

        The quote that it had before is deleted, so that nobody can place it once more.
        """
        ...

    def of_identity(self, identity: Identity, limit: int, offset: int = 0) -> list[Order]:
        """What this identity may see, newest first: its own orders, and its proven e-mail's."""
        ...


class Quotes(Protocol):
    """Quotes shown to customers."""

    def add(self, quote: Quote) -> None:
        """Stores a quote."""
        ...

    def get(self, quote_id: str) -> Quote | None:
        """One quote, expired or not."""
        ...
