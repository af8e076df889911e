"""What a simulated day leaves beside its orders: parcels, what was missed, how conversations went. Written at once."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from domain.model import Order, OrderState
from storage.tables import conversation_day, lost_demand, shipment

_DAYS_TO_SHIP = (0, 1, 1, 1, 2, 2, 3, 4)
_LOST_SHARE, _RETURNED_SHARE = 0.003, 0.008


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """When a parcel leaves and arrives, and what becomes of it."""

    shipped_at: datetime
    delivered_at: datetime
    fate: str = "delivered"


def send(chance: random.Random, placed_at: datetime) -> Way:
    """The way of an order's parcel: it leaves the same day or up to four days later; a few get lost or come back."""
    shipped_at = placed_at + timedelta(days=chance.choice(_DAYS_TO_SHIP), hours=chance.uniform(1, 3))
    lot = chance.random()
    fate = "lost" if lot < _LOST_SHARE else "returned" if lot < _LOST_SHARE + _RETURNED_SHARE else "delivered"
    return Way(shipped_at=shipped_at, delivered_at=shipped_at + timedelta(days=chance.uniform(1, 4)), fate=fate)


@dataclass(frozen=True, kw_only=True, slots=True)
class Traces:
    """The rows of a day."""

    day: date
    shipments: list[dict[str, Any]] = field(default_factory=list)
    lost: list[dict[str, Any]] = field(default_factory=list)
    conversations: list[dict[str, Any]] = field(default_factory=list)

    def sent(self, order: Order, way: Way, now: datetime) -> None:
        """Notes the parcel of an order that has left; what becomes of it is known when it should be there."""
        if order.state not in (OrderState.SHIPPED, OrderState.DELIVERED):
            return
        status = way.fate if now >= way.delivered_at else "shipped"
        moments = {"shipped_at": order.shipped_at, "delivered_at": order.delivered_at}
        self.shipments.append({"order_id": order.order_id, "status": status, **moments})

    def missed(self, missing: Mapping[str, tuple[int, int]], at: datetime) -> None:
        """Notes what somebody wanted of each product, and how much of that was not there."""
        for product_id, (wanted, lacking) in missing.items():
            row = {"product_id": product_id, "wanted": wanted, "missing": lacking, "day": self.day, "at": at}
            self.lost.append(row)

    def talked(self, chance: random.Random, channel: str, *, orders: int) -> None:
        """Makes up how a conversation went in which so much was ordered."""
        listed = chance.choice((0, 1, 1, 2, 3))
        carted = chance.randint(1, 3) if orders or chance.random() < 0.4 else 0
        cards = chance.randint(1, 2) if orders else int(carted > 0 and chance.random() < 0.4)
        misunderstood = chance.choice((1, 1, 2)) if chance.random() < (0.15 if orders else 0.35) else 0
        handed_off = int(chance.random() < (0.01 if orders else 0.06))
        self.conversations.append(
            {
                "channel": channel,
                "day": self.day,
                # An order takes an address and a yes besides; and who says nothing of all this said hello.
                "turns": 1 + listed + carted + cards + misunderstood + handed_off + orders * chance.randint(1, 4),
                "misunderstood": misunderstood,
                "handed_off": handed_off,
                "listed": listed,
                "carted": carted,
                "cards": cards,
                "orders": orders,
            }
        )

    def write(self, connection: Connection) -> None:
        """Three statements at most, however much happened."""
        for table, rows in (
            (shipment, self.shipments),
            (lost_demand, self.lost),
            (conversation_day, self.conversations),
        ):
            if rows:
                connection.execute(insert(table).values(rows))
