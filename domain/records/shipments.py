"""What left the shop for a customer, as it is kept."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol


class ShipmentStatus(StrEnum):
    """How far a shipment came."""

    PENDING = "pending"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    RETURNED = "returned"
    LOST = "lost"


class Shipments(Protocol):
    """Shipments of orders, each a row: made when staff ships an order, or of what a file tells of one."""

    def leave(self, order_id: int, at: datetime) -> None:
        """Notes that an order left the shop; what a file told of it before is what left."""
        ...

    def arrive(self, order_id: int, at: datetime) -> None:
        """Notes that what left the shop for an order arrived."""
        ...

    def miss(self, order_id: int, status: ShipmentStatus) -> None:
        """Notes that what left the shop for an order did not arrive: it came back, or was lost."""
        ...
