"""Who is told that something is back: in the order of asking, as far as what came reaches.

Somebody asked for this message, so it needs no consent to marketing, and pausing marketing does not hold it. It keeps
to the quiet hours, and to the caps on marketing counted for itself: so many messages a day and a week to one customer.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from domain.outreach.rules import DAY, WEEK, Limits
from domain.records.waiting import BackInStock, Waiting, WaitingList

CLAIM = timedelta(hours=24)  # so long nobody else is told of the pieces that somebody was told of
STRANGERS_CLAIM = timedelta(minutes=30)  # the same where they proved no address and never ordered
KEEP_TOLD = WEEK
KEEP_WAITING = timedelta(days=180)  # what did not come for so long is waited for no more


def to_tell(found: Sequence[BackInStock], may_hear: Callable[[int], bool]) -> list[Waiting]:
    """Who is told now, of each product in the order of asking.

    Told are those for whom what was lacking came since they asked, and is there beside what others were told of. Who
    is not covered yet, or may not hear now, keeps their place and holds nobody up.
    """
    told: list[Waiting] = []
    for product in found:
        left, given = product.on_hand - product.claimed, 0
        for one in product.waiting:
            came = product.returned.get(one.waiting_id, 0) - given
            if one.quantity <= left and one.lacking <= came and may_hear(one.identity_id):
                told.append(one)
                left, given = left - one.quantity, given + one.lacking
    return told


def within_caps(waiting: WaitingList, identity_id: int, limits: Limits, now: datetime) -> bool:
    """Whether a customer may get one more such message."""
    day, week = waiting.told_since(identity_id, now - DAY), waiting.told_since(identity_id, now - WEEK)
    return day < limits.per_day and week < limits.per_week
