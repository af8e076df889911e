"""Explains to staff what a customer was sent and what was withheld, and why."""

from collections.abc import Sequence

from bot.shop import Shop
from domain.records.notifications import Notification
from domain.records.opting_in import OptIn

MOST = 20
TITLE = "What was sent and withheld, newest first"
CONSENT_TITLE = "What was agreed to, newest first"
NOTHING = "Nothing was sent to this customer, and nothing withheld."


def rows(found: Sequence[Notification], shop: Shop) -> list[tuple[str, str]]:
    """A row for each message, newest first: when, what, by which way, and what became of it and why."""
    return [(f"{shop.moment(one.created_at)} · {_what(one)}", f"{one.outcome}: {one.reason}") for one in found]


def consents(found: Sequence[OptIn], shop: Shop) -> list[tuple[str, str]]:
    """A row for each time marketing was asked about, newest first: the evidence of a consent."""
    return [(f"{shop.moment(one.asked_at)} · asked in {one.asked_in}", _answered(one, shop)) for one in found]


def _answered(one: OptIn, shop: Shop) -> str:
    said = {None: "no answer", True: "yes", False: "no"}[one.agreed]
    parts = [f"words {one.words}", f"{said} {shop.moment(one.answered_at)}" if one.answered_at else said]
    if one.mailed_at:
        parts.append(f"link mailed {shop.moment(one.mailed_at)}")
    if one.confirmed_at:
        parts.append(f"confirmed by {one.confirmed_by} {shop.moment(one.confirmed_at)}")
    elif one.agreed:
        parts.append("never confirmed, so nothing was sent for it")
    return "; ".join(parts)


def _what(one: Notification) -> str:
    about = f" #{one.order_id}" if one.order_id else ""
    return f"{one.kind.replace('_', ' ')}{about} by {one.channel}"
