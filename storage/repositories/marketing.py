"""What the rules of marketing and the suggestions ask of the tables."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from domain.conversation import ChatRef
from domain.outreach.pausing import pause_of
from domain.outreach.rules import WEEK
from domain.records.marketing_facts import Facts, LeftQuote
from storage.locks import lock_marketing
from storage.repositories.audit import PostgresAudit
from storage.repositories.conversation_state import CHANGING, HASHED_EMAIL, TICKET, has, shows_card_of, value
from storage.repositories.notifications import PostgresConsents, PostgresNotifications

_HANDED_OVER = text(f"""
    SELECT EXISTS (
        SELECT FROM chat.conversation c JOIN chat.identity i USING (identity_id)
        WHERE (i.identity_id = :identity_id OR i.proven_email = :hashed_email) AND {has(TICKET, "c.state")}
    )
""")  # noqa: S608 - ours
_CANCELLED = text("SELECT max(cancelled_at) FROM shop.orders WHERE hashed_email = :hashed_email")
_BOUGHT = text("""
    SELECT DISTINCT product_id FROM shop.orders JOIN shop.order_line USING (order_id)
    WHERE hashed_email = :hashed_email AND placed_at >= :since AND state <> 'cancelled'
""")
_LEFT = f"""
    SELECT q.quote_id, {value(HASHED_EMAIL, "c.state")} AS hashed_email, c.identity_id,
           c.channel, c.chat_id, c.sender_id, q.created_at
    FROM shop.quote q JOIN chat.conversation c ON c.identity_id = q.identity_id
    WHERE {{which}} AND {shows_card_of("q.quote_id", "c.state")}
      AND {value(HASHED_EMAIL, "c.state")} IS NOT NULL AND {value(CHANGING, "c.state")} IS NULL
    ORDER BY q.created_at, q.quote_id
"""  # noqa: S608 - ours
_LEFT_BETWEEN = text(_LEFT.format(which="q.created_at BETWEEN :after AND :before"))
_LEFT_ONE = text(_LEFT.format(which="q.quote_id = :quote_id"))


class PostgresMarketing:
    """Implements `domain.outreach.rules.Marketing`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def facts(self, hashed_email: str, identity_id: int | None, now: datetime) -> Facts:
        """See `domain.outreach.rules.Marketing.facts`."""
        lock_marketing(self._connection, hashed_email)
        customer = {"hashed_email": hashed_email, "identity_id": identity_id}
        consents = PostgresConsents(self._connection)
        return Facts(
            consent=consents.of(hashed_email),
            suppressed=consents.suppressed(hashed_email),
            handed_over=bool(self._connection.execute(_HANDED_OVER, customer).scalar()),
            cancelled_at=self._connection.execute(_CANCELLED, {"hashed_email": hashed_email}).scalar(),
            sent=PostgresNotifications(self._connection).marketing_since(hashed_email, now - WEEK),
            paused=pause_of(PostgresAudit(self._connection)) is not None,
        )

    def bought_since(self, hashed_email: str, since: datetime) -> set[str]:
        """See `domain.outreach.rules.Marketing.bought_since`."""
        return set(self._connection.execute(_BOUGHT, {"hashed_email": hashed_email, "since": since}).scalars())

    def left_quotes(self, after: datetime, before: datetime) -> list[LeftQuote]:
        """See `domain.outreach.rules.Marketing.left_quotes`."""
        rows = self._connection.execute(_LEFT_BETWEEN, {"after": after, "before": before})
        return [_left(row) for row in rows]

    def left_quote(self, quote_id: str) -> LeftQuote | None:
        """See `domain.outreach.rules.Marketing.left_quote`."""
        row = self._connection.execute(_LEFT_ONE, {"quote_id": quote_id}).first()
        return None if row is None else _left(row)


def _left(row: Row[Any]) -> LeftQuote:
    return LeftQuote(
        quote_id=row.quote_id,
        hashed_email=row.hashed_email,
        identity_id=row.identity_id,
        chat=ChatRef(channel=row.channel, chat_id=row.chat_id),
        sender_id=row.sender_id,
        created_at=row.created_at,
    )
