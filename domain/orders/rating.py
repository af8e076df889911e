"""Rates an order that came: its customer's last answer counts, for a while after the delivery."""

from datetime import datetime, timedelta

from domain.errors import NotRateable
from domain.model import Order
from domain.ports import UnitOfWork
from domain.records.ratings import SCORES, Rating

OPEN = timedelta(days=60)  # from the delivery
ASKED_WHY = 3  # whoever gives so much or less is asked what was wrong: only from 4 on an order went well


def rateable(order: Order, now: datetime) -> bool:
    """Whether an order has come, and not long ago."""
    return order.delivered_at is not None and now < order.delivered_at + OPEN


def rate(uow: UnitOfWork, order: Order, score: int, *, source: str, now: datetime) -> None:
    """Keeps the score of an order, for whoever it belongs to.

    Raises:
        NotRateable: it has not come yet, or too long ago.
        Busy: it is being rated elsewhere, and that takes too long.
    """
    if score not in SCORES:
        raise ValueError(f"{score} is no score")
    if not rateable(order, now):
        raise NotRateable(order.order_id)
    uow.ratings.put(Rating(order_id=order.order_id, score=score, at=now, source=source))
