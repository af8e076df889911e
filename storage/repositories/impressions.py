"""What customers were recommended and what they did with it, in Postgres."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_once

from domain.model import Order
from domain.records.feedback import ATTRIBUTED, Performance, Placement
from storage.tables import impression, posted

# Of each product the impression that an act counts for: the latest of this identity's in time.
_LATEST = """
    SELECT DISTINCT ON (product_id) impression_id, added_at, order_id FROM shop.impression
    WHERE identity_id = :identity_id AND product_id = ANY(:ids) AND {which}
    ORDER BY product_id, {latest} DESC, impression_id DESC
"""
_ADDED = text(f"""
    UPDATE shop.impression SET added_at = :now
    FROM ({_LATEST.format(which="shown_at >= :since", latest="shown_at")}) AS l
    WHERE impression.impression_id = l.impression_id AND l.added_at IS NULL
""")  # noqa: S608 - ours
_DISMISSED = text(f"""
    UPDATE shop.impression SET dismissed_at = :now
    FROM ({_LATEST.format(which="true", latest="shown_at")}) AS l
    WHERE impression.impression_id = l.impression_id
""")  # noqa: S608 - ours
_DISMISSED_SINCE = text(
    "SELECT product_id FROM shop.impression WHERE identity_id = :identity_id AND dismissed_at >= :since"
)
_ORDERED = text(f"""
    UPDATE shop.impression SET order_id = :order_id
    FROM ({_LATEST.format(which="added_at >= :since", latest="added_at")}) AS l
    WHERE impression.impression_id = l.impression_id AND l.order_id IS NULL AND NOT EXISTS (
        SELECT FROM shop.impression counted
        WHERE counted.identity_id = :identity_id AND counted.order_id = :order_id
          AND counted.product_id = impression.product_id)
""")  # noqa: S608 - ours
_PERFORMANCE = text("""
    SELECT placement, count(*) AS shown, count(added_at) AS added, count(dismissed_at) AS dismissed,
           count(amount) AS ordered, coalesce(sum(amount), 0) AS revenue
    FROM shop.impression i LEFT JOIN LATERAL (
        SELECT sum(l.quantity * l.unit_price) AS amount
        FROM shop.orders o JOIN shop.order_line l USING (order_id)
        WHERE o.order_id = i.order_id AND l.product_id = i.product_id AND o.state <> 'cancelled'
    ) AS paid ON true
    WHERE shown_at >= :since AND shown_at < :until
    GROUP BY placement
""")


class PostgresImpressions:
    """Implements `domain.records.feedback.Impressions`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def shown(self, placement: Placement, product_ids: Sequence[str], identity_id: int, now: datetime) -> None:
        """See `domain.records.feedback.Impressions.shown`."""
        rows = [
            {"placement": placement, "product_id": product_id, "identity_id": identity_id, "shown_at": now}
            for product_id in product_ids
        ]
        if rows:
            self._connection.execute(insert(impression), rows)

    def mailed(
        self, placement: Placement, product_ids: Sequence[str], hashed_email: str, message_id: str, now: datetime
    ) -> None:
        """See `domain.records.feedback.Impressions.mailed`."""
        rows = [
            {
                "placement": placement,
                "product_id": product_id,
                "hashed_email": hashed_email,
                "message_id": message_id,
                "shown_at": now,
            }
            for product_id in product_ids
        ]
        self._connection.execute(insert_once(impression).on_conflict_do_nothing(), rows)

    def posted(self, channels: Iterable[str], product_ids: Sequence[str], now: datetime) -> None:
        """See `domain.records.feedback.Impressions.posted`."""
        rows = [
            {"channel": channel, "product_id": product_id, "at": now}
            for channel in sorted(set(channels))
            for product_id in sorted(set(product_ids))
        ]
        if rows:
            again = insert_once(posted).on_conflict_do_update(
                index_elements=["channel", "product_id"], set_={"at": now}
            )
            self._connection.execute(again, rows)

    def was_posted(self, channel: str, product_id: str, since: datetime) -> bool:
        """See `domain.records.feedback.Impressions.was_posted`."""
        there = (posted.c.channel == channel, posted.c.product_id == product_id, posted.c.at >= since)
        return self._connection.execute(select(posted.c.at).where(*there)).first() is not None

    def followed(self, message_id: str, product_id: str, identity_id: int, now: datetime) -> None:
        """See `domain.records.feedback.Impressions.followed`."""
        mine = update(impression).where(
            impression.c.message_id == message_id,
            impression.c.product_id == product_id,
            impression.c.identity_id.is_(None),
            impression.c.added_at.is_(None),
        )
        self._connection.execute(mine.values(identity_id=identity_id, added_at=now))

    def added(self, product_ids: Sequence[str], identity_id: int, now: datetime) -> None:
        """See `domain.records.feedback.Impressions.added`."""
        terms = {"ids": list(product_ids), "identity_id": identity_id, "since": now - ATTRIBUTED, "now": now}
        self._connection.execute(_ADDED, terms)

    def dismissed(self, product_ids: Sequence[str], identity_id: int, now: datetime) -> None:
        """See `domain.records.feedback.Impressions.dismissed`."""
        self._connection.execute(_DISMISSED, {"ids": list(product_ids), "identity_id": identity_id, "now": now})

    def dismissed_since(self, identity_id: int, since: datetime) -> set[str]:
        """See `domain.records.feedback.Impressions.dismissed_since`."""
        return set(self._connection.execute(_DISMISSED_SINCE, {"identity_id": identity_id, "since": since}).scalars())

    def ordered(self, order: Order) -> None:
        """See `domain.records.feedback.Impressions.ordered`."""
        terms = {
            "ids": [line.product_id for line in order.lines],
            "identity_id": order.identity_id,
            "since": order.placed_at - ATTRIBUTED,
            "order_id": order.order_id,
        }
        self._connection.execute(_ORDERED, terms)

    def performance(self, since: datetime, until: datetime) -> list[Performance]:
        """See `domain.records.feedback.Impressions.performance`."""
        return [
            Performance(
                placement=Placement(row.placement),
                shown=row.shown,
                added=row.added,
                dismissed=row.dismissed,
                ordered=row.ordered,
                revenue=row.revenue,
            )
            for row in self._connection.execute(_PERFORMANCE, {"since": since, "until": until})
        ]


def forget_impressions(connection: Connection, before: datetime) -> int:
    """Deletes what was shown or posted before then; returns how many were shown."""
    connection.execute(delete(posted).where(posted.c.at < before))
    return int(connection.execute(delete(impression).where(impression.c.shown_at < before)).rowcount)
