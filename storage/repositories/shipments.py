"""Shipments of orders in Postgres."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from domain.records.shipments import ShipmentStatus
from storage.tables import shipment


class PostgresShipments:
    """Implements `domain.records.shipments.Shipments`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def leave(self, order_id: int, at: datetime) -> None:
        """See `domain.records.shipments.Shipments.leave`."""
        left = insert(shipment).values(order_id=order_id, status=str(ShipmentStatus.SHIPPED), shipped_at=at)
        self._connection.execute(left)

    def arrive(self, order_id: int, at: datetime) -> None:
        """See `domain.records.shipments.Shipments.arrive`."""
        self._end(order_id, status=str(ShipmentStatus.DELIVERED), delivered_at=at)

    def miss(self, order_id: int, status: ShipmentStatus) -> None:
        """See `domain.records.shipments.Shipments.miss`."""
        self._end(order_id, status=str(status))

    def _end(self, order_id: int, **values: Any) -> None:
        ours = shipment.c.order_id == order_id, shipment.c.reference.is_(None)
        under_way = shipment.c.status == str(ShipmentStatus.SHIPPED)
        self._connection.execute(update(shipment).where(*ours, under_way).values(**values))
