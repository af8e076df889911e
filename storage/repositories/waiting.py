"""Who is to be told when a product is back, in Postgres."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, delete, func, or_, select, text, tuple_, update

from domain.records.waiting import BackInStock, Waiting
from storage.locks import busy_when_timed_out, lock_waiting
from storage.repositories.conversation_state import TICKET, value
from storage.tables import waiting

# Who asks again keeps their place, and waits from now on.
_ADD = text("""
    INSERT INTO chat.waiting
        (identity_id, channel, chat_id, sender_id, product_id, quantity, lacking, movement_id, at)
    SELECT :identity_id, :channel, :chat_id, :sender_id, :product_id, :quantity, :lacking,
           (SELECT coalesce(max(movement_id), 0) FROM shop.stock_movement WHERE product_id = :product_id), :at
    ON CONFLICT (product_id, identity_id) WHERE told_at IS NULL DO UPDATE
    SET quantity = excluded.quantity, lacking = excluded.lacking, movement_id = excluded.movement_id,
        at = excluded.at, channel = excluded.channel, chat_id = excluded.chat_id, sender_id = excluded.sender_id
    RETURNING xmax = 0
""")
# Who was told and ordered since has what came; who was told lately may order still.
_ORDERED = """EXISTS (
    SELECT FROM shop.orders o JOIN shop.order_line l USING (order_id)
    WHERE o.identity_id = t.identity_id AND o.placed_at >= t.told_at AND l.product_id = t.product_id)"""
# What somebody was told of is theirs for a while: for less where they proved nothing and never ordered, or a stranger
# could keep all others from hearing. What others bought since is nobody's any more.
_CLAIMS_SINCE = """CASE WHEN EXISTS (
        SELECT FROM chat.identity i WHERE i.identity_id = t.identity_id AND (i.proven_email IS NOT NULL OR EXISTS (
            SELECT FROM shop.orders o WHERE o.identity_id = i.identity_id AND o.state <> 'cancelled'))
    ) THEN CAST(:claims_since AS timestamptz) ELSE CAST(:strangers_since AS timestamptz) END"""
_SOLD_SINCE = """(
    SELECT coalesce(-sum(m.delta), 0) FROM shop.stock_movement m
    WHERE m.product_id = t.product_id AND m.at >= t.told_at AND m.delta < 0)"""
_BACK = text(f"""
    SELECT w.*, p.quantity AS on_hand,
        (SELECT coalesce(sum(m.delta), 0) FROM shop.stock_movement m
         WHERE m.product_id = w.product_id AND m.movement_id > w.movement_id AND m.delta > 0)
        - (SELECT coalesce(sum(t.lacking), 0) FROM chat.waiting t
           WHERE t.product_id = w.product_id AND t.told_at >= w.at AND (t.told_at >= {_CLAIMS_SINCE} OR {_ORDERED})
        ) AS returned,
        (SELECT coalesce(sum(greatest(t.quantity - {_SOLD_SINCE}, 0)), 0) FROM chat.waiting t
         WHERE t.product_id = w.product_id AND t.told_at >= {_CLAIMS_SINCE} AND NOT {_ORDERED}) AS claimed
    FROM chat.waiting w JOIN shop.product p USING (product_id)
    LEFT JOIN chat.conversation c USING (channel, chat_id, sender_id)
    WHERE w.told_at IS NULL AND p.retired_at IS NULL AND p.quantity > 0 AND {value(TICKET, "c.state")} IS NULL
    ORDER BY w.product_id, w.waiting_id
""")  # noqa: S608 - ours


class PostgresWaitingList:
    """Implements `domain.records.waiting.WaitingList`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, wish: Waiting) -> bool:
        """See `domain.records.waiting.WaitingList.add`.

        Raises:
            Busy: the same is being said in another chat of theirs, and that takes too long.
        """
        values = {
            "identity_id": wish.identity_id,
            "channel": wish.channel,
            "chat_id": wish.chat_id,
            "sender_id": wish.sender_id,
            "product_id": wish.product_id,
            "quantity": wish.quantity,
            "lacking": wish.lacking,
            "at": wish.at,
        }
        with busy_when_timed_out():
            return bool(self._connection.execute(_ADD, values).scalar_one())

    def of_identity(self, identity_id: int) -> list[Waiting]:
        """See `domain.records.waiting.WaitingList.of_identity`."""
        theirs = select(waiting).where(waiting.c.identity_id == identity_id, waiting.c.told_at.is_(None))
        return [_waiting(row) for row in self._connection.execute(theirs.order_by(waiting.c.waiting_id))]

    def leave(self, identity_id: int, product_id: str = "") -> list[str]:
        """See `domain.records.waiting.WaitingList.leave`."""
        gone = delete(waiting).where(waiting.c.identity_id == identity_id, waiting.c.told_at.is_(None))
        if product_id:
            gone = gone.where(waiting.c.product_id == product_id)
        return list(self._connection.execute(gone.returning(waiting.c.product_id)).scalars())

    def back(self, claims_since: datetime, strangers_since: datetime) -> list[BackInStock]:
        """See `domain.records.waiting.WaitingList.back`."""
        rows = self._connection.execute(_BACK, {"claims_since": claims_since, "strangers_since": strangers_since}).all()
        found = []
        for product_id, group in groupby(rows, key=lambda row: row.product_id):
            theirs = list(group)
            found.append(
                BackInStock(
                    product_id=product_id,
                    on_hand=theirs[0].on_hand,
                    claimed=int(theirs[0].claimed),
                    waiting=tuple(map(_waiting, theirs)),
                    returned={row.waiting_id: int(row.returned) for row in theirs},
                )
            )
        return found

    def lock(self, identity_id: int) -> None:
        """See `domain.records.waiting.WaitingList.lock`."""
        lock_waiting(self._connection, identity_id)

    def told_since(self, identity_id: int, since: datetime) -> int:
        """See `domain.records.waiting.WaitingList.told_since`."""
        message = tuple_(waiting.c.told_at, waiting.c.channel, waiting.c.chat_id, waiting.c.sender_id)
        told = select(func.count(message.distinct())).where(
            waiting.c.identity_id == identity_id, waiting.c.told_at > since
        )
        return int(self._connection.execute(told).scalar_one())

    def mark_told(self, waiting_ids: Sequence[int], now: datetime) -> list[int]:
        """See `domain.records.waiting.WaitingList.mark_told`."""
        still = (waiting.c.waiting_id.in_(waiting_ids), waiting.c.told_at.is_(None))
        told = update(waiting).where(*still).values(told_at=now).returning(waiting.c.waiting_id)
        return sorted(self._connection.execute(told).scalars())


def forget_waiting(connection: Connection, told_before: datetime, asked_before: datetime) -> None:
    """Forgets who was told long ago, and who waits for what does not come."""
    old = or_(waiting.c.told_at < told_before, waiting.c.at < asked_before)
    connection.execute(delete(waiting).where(old))


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(
        waiting_id=row.waiting_id,
        identity_id=row.identity_id,
        channel=row.channel,
        chat_id=row.chat_id,
        sender_id=row.sender_id,
        product_id=row.product_id,
        quantity=row.quantity,
        lacking=row.lacking,
        at=row.at,
    )
