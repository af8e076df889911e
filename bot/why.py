"""Explains to staff what a customer was sent and what was withheld, and why."""

from collections.abc import Sequence

from bot.shop import Shop
from domain.notifications import Notification

MOST = 20
TITLE = "What was sent and withheld, newest first"
NOTHING = "Nothing was sent to this customer, and nothing withheld."


def rows(found: Sequence[Notification], shop: Shop) -> list[str]:
    """A row for each message, newest first: when, what, by which way, and what became of it and why."""
    return [f"{shop.moment(one.created_at)} · {_what(one)}\t{one.outcome}: {one.reason}" for one in found]


def _what(one: Notification) -> str:
    about = f" #{one.order_id}" if one.order_id else ""
    return f"{one.kind.replace('_', ' ')}{about} by {one.channel}"
