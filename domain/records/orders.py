"""Orders and quotes as they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.model import Identity, Order, OrderState, Quote
from domain.records.payments import Payment


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which orders are looked for; nothing of it means whatever it is. `since` counts, `before` does not."""

    state: OrderState | None = None
    order_id: int | None = None
    product_id: str = ""
    hashed_email: str = ""
    since: datetime | None = None
    before: datetime | None = None

    @property
    def oldest_first(self) -> bool:
        """Who waits longest is to be shipped first; everything else is wanted for what happened last."""
        return self.state is OrderState.PLACED


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Orders, and behind which order to go on looking; None where there are no more."""

    orders: Sequence[Order]
    next_after: int | None


class Orders(Protocol):
    """Placed orders."""

    def find(self, wanted: Wanted, limit: int, after: int | None = None) -> Found:
        """Orders that are wanted, at most `limit`, behind the order `after`.

        What no index finds is looked for among so many orders only, and then `next_after` goes on with the others.
        """
        ...

    def count(self, state: OrderState, most: int) -> int:
        """How many orders are in a state; of more than `most` no more are counted."""
        ...

    def get(self, order_id: int) -> Order | None:
        """One order, for staff: it does not ask whose it is."""
        ...

    def waiting(self, limit: int, offset: int = 0) -> list[Order]:
        """Orders that are placed and not shipped yet, oldest first."""
        ...

    def waiting_for(self, product_id: str, limit: int) -> list[Order]:
        """The newest orders with a product that are placed and not shipped yet."""
        ...

    def add(self, order: Order, charge: Payment | None = None) -> Order:
        """Stores a new order, with the charge that opens its ledger, and returns it with its number."""
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
