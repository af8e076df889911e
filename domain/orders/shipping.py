"""Sends an order on its way and notes its arrival; from then on its customer cannot cancel it."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import AlreadyCancelled, AlreadyDelivered, AlreadyShipped, NotShipped, OrderNotFound
from domain.events import OrderDelivered, OrderShipped, ParcelCorrected
from domain.model import Order, OrderState
from domain.ports import UnitOfWork
from domain.records.auditing import Action, Entry, of_order

# Where well-known carriers tell what became of a parcel, by their names in small letters.
_PAGES = {
    "ups": "https://www.ups.com/track?tracknum={}",
    "usps": "https://tools.usps.com/go/TrackConfirmAction?tLabels={}",
    "fedex": "https://www.fedex.com/fedextrack/?trknbr={}",
    "dhl": "https://www.dhl.com/global-en/home/tracking.html?tracking-id={}",
    "royal mail": "https://www.royalmail.com/track-your-item#/tracking-results/{}",
}
WELL_KNOWN = {"ups": "UPS", "usps": "USPS", "fedex": "FedEx", "dhl": "DHL", "royal mail": "Royal Mail"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """Who brings an order and under which number; both may be unknown. The number is letters, digits and hyphens."""

    carrier: str = ""
    tracking: str = ""

    @property
    def page(self) -> str:
        """Where its way can be followed; empty where we know no such page."""
        page = _PAGES.get(self.carrier.casefold(), "") if self.tracking else ""
        return page.format(self.tracking)

    def __str__(self) -> str:
        return " ".join(part for part in (self.carrier, self.tracking) if part)


NO_PARCEL = Parcel()
_MOST_CORRECTIONS = 1000


def ship_order(uow: UnitOfWork, order_id: int, *, now: datetime, parcel: Parcel = NO_PARCEL) -> Order:
    """Marks a placed order as shipped, in a parcel of which something may be known.

    Raises:
        OrderNotFound: no such order.
        AlreadyCancelled: its customer was faster.
        AlreadyShipped: it left before.
        Busy: the order is locked by others for too long.
    """
    order = uow.orders.lock(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    if order.state is OrderState.CANCELLED:
        raise AlreadyCancelled(order_id, order.cancelled_at or now)
    if order.state is not OrderState.PLACED:
        raise AlreadyShipped(order_id, order.shipped_at or now)
    uow.orders.change_state(order_id, OrderState.SHIPPED, now)
    uow.shipments.leave(order_id, now)
    if parcel != NO_PARCEL:
        uow.people.remember_parcel(order_id, parcel.carrier, parcel.tracking, now)
    uow.record(OrderShipped(order_id=order_id))
    return order


def correct_parcel(uow: UnitOfWork, order_id: int, parcel: Parcel, *, actor: str, now: datetime) -> Parcel | None:
    """Puts another carrier or number to a shipped order; what is not said of it stays. None where nothing is different.

    The log says that it was corrected, and not the number, which leads to the customer's door.
    """
    order, known = uow.orders.lock(order_id), parcel_of(uow, order_id)
    right = Parcel(carrier=parcel.carrier or known.carrier, tracking=parcel.tracking or known.tracking)
    if order is None or order.state is not OrderState.SHIPPED or right == known:
        return None
    uow.people.remember_parcel(order_id, right.carrier, right.tracking, now)
    before = sum(entry.action == Action.PARCEL for entry in uow.audit.of(of_order(order_id), _MOST_CORRECTIONS))
    uow.audit.note(Entry(at=now, actor=actor, action=Action.PARCEL, subject=of_order(order_id)))
    uow.record(ParcelCorrected(order_id=order_id, correction=before + 1))
    return right


def parcel_of(uow: UnitOfWork, order_id: int) -> Parcel:
    """What is known of an order's parcel."""
    carrier, tracking = uow.people.parcel(order_id)
    return Parcel(carrier=carrier, tracking=tracking)


def deliver_order(uow: UnitOfWork, order_id: int, *, now: datetime) -> Order:
    """Marks a shipped order as delivered.

    Raises:
        OrderNotFound: no such order.
        AlreadyCancelled: there is nothing on its way.
        NotShipped: it has not left yet.
        AlreadyDelivered: it arrived before.
        Busy: the order is locked by others for too long.
    """
    order = uow.orders.lock(order_id)
    if order is None:
        raise OrderNotFound(order_id)
    if order.state is OrderState.CANCELLED:
        raise AlreadyCancelled(order_id, order.cancelled_at or now)
    if order.state is OrderState.DELIVERED:
        raise AlreadyDelivered(order_id, order.delivered_at or now)
    if order.state is not OrderState.SHIPPED:
        raise NotShipped(order_id)
    uow.orders.change_state(order_id, OrderState.DELIVERED, now)
    uow.shipments.arrive(order_id, now)
    uow.record(OrderDelivered(order_id=order_id))
    return order
