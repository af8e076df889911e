"""What a simulated day leaves beside its orders, written at once.

Parcels, what was missed, how conversations went, what was recommended and mailed, and what people had to help with.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from demo.shoppers import SEED
from domain.model import Order, OrderState
from domain.records.feedback import Placement
from domain.records.notifications import Kind, Outcome
from storage.tables import consent, conversation_day, impression, lost_demand, notification, shipment, ticket

_DAYS_TO_SHIP = (0, 1, 1, 1, 2, 2, 3, 4)
_LOST_SHARE, _RETURNED_SHARE = 0.003, 0.008
_SHOWN_AT_ONCE = 3  # recommendations
_PLACEMENTS = (Placement.BOUGHT_TOGETHER, Placement.BOUGHT_TOGETHER, Placement.POPULAR, Placement.SIMILAR)
_TAKEN_SHARE, _ADDED_SHARE, _DISMISSED_SHARE = 0.12, 0.04, 0.03
_AGREED_SHARE, _REFUSED_SHARE = 0.6, 0.1
_BEGINS = ("greet", "greet", "help", "ask_fact", "ask_shop", "past_orders", "order_status", "other")
_LISTS, _CARTS, _CARDS = (
    ("stock_question", "price_filter", "recommend"),
    ("order", "order", "add_to_cart"),
    ("show_cart",),
)
_PLACES_ORDERS = ("button", "provide_address", "provide_email", "affirm")
_BY = "link"
NOBODY = 0  # no chat has this identity
_TOPICS = ("asked for a person", "late; order", "broken; order", "wrong_item; order", "refund; order")


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


def agrees(email: str) -> bool | None:
    """Whether somebody agreed to mails of marketing, refused them, or never said."""
    lot = random.Random(f"{SEED} {email}").random()  # noqa: S311 - a simulation, no secret
    return True if lot < _AGREED_SHARE else False if lot < _AGREED_SHARE + _REFUSED_SHARE else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Traces:
    """The rows of a day, as they are at a moment; `chance` is not that of the orders, so that it changes none."""

    day: date
    now: datetime
    chance: random.Random
    shipments: list[dict[str, Any]] = field(default_factory=list)
    lost: list[dict[str, Any]] = field(default_factory=list)
    conversations: list[dict[str, Any]] = field(default_factory=list)
    impressions: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    tickets: list[dict[str, Any]] = field(default_factory=list)
    consents: dict[str, dict[str, Any]] = field(default_factory=dict)

    def sent(self, order: Order, way: Way) -> None:
        """Notes the parcel of an order that has left; what becomes of it is known when it should be there."""
        if order.state not in (OrderState.SHIPPED, OrderState.DELIVERED):
            return
        status = way.fate if self.now >= way.delivered_at else "shipped"
        moments = {"shipped_at": order.shipped_at, "delivered_at": order.delivered_at}
        self.shipments.append({"order_id": order.order_id, "status": status, **moments})

    def missed(self, missing: Mapping[str, tuple[int, int]], at: datetime) -> None:
        """Notes what somebody wanted of each product, and how much of that was not there."""
        for product_id, (wanted, lacking) in missing.items():
            row = {"product_id": product_id, "wanted": wanted, "missing": lacking, "day": self.day, "at": at}
            self.lost.append(row)

    def recommended(self, order: Order, products: Sequence[str]) -> None:
        """Makes up what was recommended before an order: now and then something that it then had."""
        had = [line.product_id for line in order.lines]
        taken = self.chance.choice(had) if self.chance.random() < _TAKEN_SHARE else None
        others = [one for one in self.chance.sample(products, 2 * _SHOWN_AT_ONCE) if one not in had]
        shown = ([taken] if taken else []) + others
        placement = self.chance.choice(_PLACEMENTS)
        for product_id in shown[:_SHOWN_AT_ONCE]:
            lot = self.chance.random()
            added = product_id == taken or lot < _ADDED_SHARE
            dismissed = not added and lot > 1 - _DISMISSED_SHARE
            self.impressions.append(
                {
                    "placement": placement,
                    "product_id": product_id,
                    "hashed_email": order.hashed_email,
                    "shown_at": order.placed_at - timedelta(minutes=5),
                    "added_at": order.placed_at - timedelta(minutes=3) if added else None,
                    "dismissed_at": order.placed_at - timedelta(minutes=4) if dismissed else None,
                    "order_id": order.order_id if product_id == taken else None,
                }
            )

    def mailed(self, order: Order, agreed: bool | None) -> None:
        """Notes the mails of an order: what was placed, and the recommendation after it or why there was none."""
        self._mailed(order, Kind.ORDER_PLACED, Outcome.SENT, "")
        if agreed:
            self._mailed(order, Kind.REMARKETING, Outcome.SENT, f"agreed ({_BY})")
        else:
            reason = "no consent" if agreed is None else f"opted out ({_BY})"
            self._mailed(order, Kind.REMARKETING, Outcome.WITHHELD, reason)
        if agreed is not None:
            said = {"hashed_email": order.hashed_email, "given": agreed, "given_by": _BY, "at": order.placed_at}
            self.consents.setdefault(order.hashed_email, said)

    def _mailed(self, order: Order, kind: Kind, outcome: Outcome, reason: str) -> None:
        key, at = f"demo:{kind}:{order.order_id}", order.placed_at + timedelta(seconds=2)
        is_sent = outcome is Outcome.SENT
        self.messages.append(
            {
                "key": key,
                "message_id": key,
                "kind": kind,
                "marketing": kind.marketing,
                "channel": "email",
                "hashed_email": order.hashed_email,
                "order_id": order.order_id,
                "outcome": outcome,
                "reason": reason,
                "created_at": at,
                "tried_at": at if is_sent else None,
                "settled_at": at,
            }
        )

    def talked(self, chance: random.Random, channel: str, at: datetime, *, orders: int) -> None:
        """Makes up how a conversation went in which so much was ordered."""
        listed = chance.choice((0, 1, 1, 2, 3))
        carted = chance.randint(1, 3) if orders or chance.random() < 0.4 else 0
        cards = chance.randint(1, 2) if orders else int(carted > 0 and chance.random() < 0.4)
        misunderstood = chance.choice((1, 1, 2)) if chance.random() < (0.15 if orders else 0.35) else 0
        handed_off = int(chance.random() < (0.01 if orders else 0.06))
        # An order takes an address and a yes besides; and who says nothing of all this said hello.
        intents = {_BEGINS: 1, _LISTS: listed, _CARTS: carted, _CARDS: cards, ("not_understood",): misunderstood}
        intents |= {("human",): handed_off, _PLACES_ORDERS: orders * chance.randint(1, 4)}
        self.conversations.append(
            {
                "channel": channel,
                "day": self.day,
                "turns": sum(intents.values()),
                "intents": Counter(self.chance.choice(kind) for kind, turns in intents.items() for _ in range(turns)),
                "misunderstood": misunderstood,
                "handed_off": handed_off,
                "listed": listed,
                "carted": carted,
                "cards": cards,
                "orders": orders,
            }
        )
        if handed_off:
            self._asked(channel, at)

    def _asked(self, channel: str, at: datetime) -> None:
        """Somebody asked for a person, who answered and helped within a day or two; nobody's words are made up."""
        answered = at + timedelta(minutes=self.chance.lognormvariate(3, 0.8))
        resolved = answered + timedelta(hours=self.chance.lognormvariate(1, 1))
        if resolved > self.now:
            return
        self.tickets.append(
            {
                "identity_id": NOBODY,
                "channel": channel,
                "about": self.chance.choice(_TOPICS),
                "opened_at": at,
                "first_answer_at": answered,
                "resolved_at": resolved,
            }
        )

    def write(self, connection: Connection) -> None:
        """A statement for each kind at most, however much happened."""
        for table, rows in (
            (shipment, self.shipments),
            (lost_demand, self.lost),
            (conversation_day, self.conversations),
            (impression, self.impressions),
            (notification, self.messages),
            (ticket, self.tickets),
        ):
            if rows:
                connection.execute(insert(table).values(rows))
        if self.consents:  # the first word of each
            connection.execute(insert(consent).values(list(self.consents.values())).on_conflict_do_nothing())
