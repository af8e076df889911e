"""Shipments of orders in Postgres."""

from datetime import datetime

from sqlalchemy import Connection, exists, insert, literal, select, update

from domain.records.shipments import ShipmentStatus
from storage.tables import shipment


class PostgresShipments:
    """Implements `domain.records.shipments.Shipments`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def leave(self, order_id: int, at: datetime) -> None:
        """See `domain.records.shipments.Shipments.leave`."""
        self._move(order_id, ShipmentStatus.PENDING, ShipmentStatus.SHIPPED, shipped_at=at)
        left = select(literal(order_id), literal(str(ShipmentStatus.SHIPPED)), literal(at))
        known = exists().where(shipment.c.order_id == order_id)
        columns = ["order_id", "status", "shipped_at"]
        self._connection.execute(insert(shipment).from_select(columns, left.where(~known)))

    def arrive(self, order_id: int, at: datetime) -> None:
        """See `domain.records.shipments.Shipments.arrive`."""
        self._move(order_id, ShipmentStatus.SHIPPED, ShipmentStatus.DELIVERED, delivered_at=at)

    def miss(self, order_id: int, status: ShipmentStatus) -> None:
        """See `domain.records.shipments.Shipments.miss`."""
        self._move(order_id, ShipmentStatus.SHIPPED, status)

    def _move(self, order_id: int, before: ShipmentStatus, after: ShipmentStatus, **moments: datetime) -> None:
        moved = update(shipment).where(shipment.c.order_id == order_id, shipment.c.status == str(before))
        self._connection.execute(moved.values(status=str(after), **moments))
