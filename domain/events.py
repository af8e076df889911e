"""What happened in the shop, for those who must hear of it; recorded in the transaction that made it happen."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderPlaced:
    """A customer placed an order."""

    order_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderCancelled:
    """An order was called off and its stock given back."""

    order_id: int


Event = OrderPlaced | OrderCancelled
