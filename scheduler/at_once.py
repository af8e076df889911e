"""What an event changes at once, in the transaction that made it happen; what may wait is a job (`tasks.FOLLOWS`)."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain import events, message_ids
from domain.outreach.rules import ORDER_CANCELLED
from domain.people.identity import forgotten_mark
from domain.records.notifications import Kind, Outcome, new_mail
from storage.queries import job_queue
from storage.queries.ingested import remember_forgotten
from storage.repositories.notifications import PostgresNotifications
from storage.repositories.orders import PostgresOrders
from storage.repositories.people import PostgresPeople
from storage.repositories.privacy import PostgresPrivacy


def _order_cancelled(connection: Connection, event: events.OrderCancelled, now: datetime) -> None:
    """Keeps the shop's reason, takes back the recommendation that waits, and forgets the parcel."""
    if event.reason:  # without one it was the customer
        PostgresPeople(connection).remember_reason(event.order_id, event.reason, now)
    key = message_ids.remarketing(event.order_id)
    order = PostgresOrders(connection).get(event.order_id) if job_queue.withdraw(connection, key) else None
    if order is not None:
        mail = new_mail(key, Kind.REMARKETING, order.hashed_email, now, order_id=event.order_id)
        withheld = replace(mail, outcome=Outcome.WITHHELD, reason=ORDER_CANCELLED)
        PostgresNotifications(connection).note(withheld)
    PostgresPrivacy(connection).forget_parcel(event.order_id)


def _order_delivered(connection: Connection, event: events.OrderDelivered, now: datetime) -> None:
    """Nobody follows the parcel any more."""
    PostgresPrivacy(connection).forget_parcel(event.order_id)


def _person_forgotten(connection: Connection, event: events.PersonForgotten, now: datetime) -> None:
    """Has them taken out of the copies of files, with all others of that quarter of an hour."""
    remember_forgotten(connection, [forgotten_mark(hashed_email) for hashed_email in event.hashed_emails])


AT_ONCE: Mapping[type[events.Event], Callable[[Connection, Any, datetime], None]] = {
    events.OrderCancelled: _order_cancelled,
    events.OrderDelivered: _order_delivered,
    events.PersonForgotten: _person_forgotten,
}
