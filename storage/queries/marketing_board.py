"""What the board of marketing shows: sums of the warehouse's days, and who agreed to marketing by now."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, text

from domain.periods import Span
from domain.records.marketing_board import MessagesIn, RatedIn, RecommendedIn, RecoveredIn, Subscribers
from domain.records.notifications import NOT_PROVEN, Outcome
from storage.locks import are_there, keep_tables

_TABLES = tuple(f"mart.{name}" for name in ("recommendation_days", "message_days", "cart_recoveries"))
_RECOMMENDED = text("""
    SELECT CAST(date_trunc(:span, shown_date) AS date) AS first_day, placement, sum(shown)::bigint AS shown,
           sum(added)::bigint AS added, sum(dismissed)::bigint AS dismissed, sum(ordered)::bigint AS ordered,
           sum(bought)::bigint AS bought, sum(paid) AS paid
    FROM mart.recommendation_days WHERE shown_date BETWEEN :first AND :last GROUP BY 1, 2 ORDER BY 1, 2
""")
_MESSAGES = text("""
    SELECT CAST(date_trunc(:span, message_date) AS date) AS first_day, kind, outcome, reason,
           sum(messages)::bigint AS messages
    FROM mart.message_days WHERE message_date BETWEEN :first AND :last GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
""")
_RECOVERED = text("""
    SELECT CAST(date_trunc(:span, order_date) AS date) AS first_day,
           count(*) FILTER (WHERE NOT is_cancelled) AS orders, count(*) FILTER (WHERE is_cancelled) AS cancelled,
           sum(net) AS net
    FROM mart.cart_recoveries WHERE order_date BETWEEN :first AND :last GROUP BY 1 ORDER BY 1
""")
_RATING_DAYS = ("mart.rating_days",)
_RATED = text("""
    SELECT CAST(date_trunc(:span, rated_date) AS date) AS first_day, sum(ratings)::bigint AS ratings,
           sum(scores)::bigint AS scores, sum(low)::bigint AS low
    FROM mart.rating_days WHERE rated_date BETWEEN :first AND :last GROUP BY 1 ORDER BY 1
""")
_SUBSCRIBERS = text("""
    SELECT count(*) FILTER (WHERE agrees) AS now, count(*) FILTER (WHERE agrees AND lately) AS agreed,
           count(*) FILTER (WHERE NOT given AND lately) AS stopped
    FROM (
        SELECT given, c.at >= :since AND c.at < :until AS lately,
               given AND right(given_by, :length) <> :not_proven AND s.hashed_email IS NULL AS agrees
        FROM chat.consent c LEFT JOIN chat.suppression s USING (hashed_email)
    ) AS words
""")


class PostgresMarketingBoard:
    """Implements `domain.records.marketing_board.MarketingBoard`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_built(self) -> bool:
        """See `domain.records.marketing_board.MarketingBoard.is_built`."""
        built = are_there(self._connection, _TABLES)
        if built:
            keep_tables(self._connection, _TABLES)
        return built

    def recommended(self, first: date, last: date, span: Span) -> list[RecommendedIn]:
        """See `domain.records.marketing_board.MarketingBoard.recommended`."""
        return [RecommendedIn(**row) for row in self._rows(_RECOMMENDED, first, last, span)]

    def messages(self, first: date, last: date, span: Span) -> list[MessagesIn]:
        """See `domain.records.marketing_board.MarketingBoard.messages`."""
        found = self._rows(_MESSAGES, first, last, span)
        return [MessagesIn(**{**row, "outcome": Outcome(row["outcome"])}) for row in found]

    def recovered(self, first: date, last: date, span: Span) -> list[RecoveredIn]:
        """See `domain.records.marketing_board.MarketingBoard.recovered`."""
        return [RecoveredIn(**row) for row in self._rows(_RECOVERED, first, last, span)]

    def rated(self, first: date, last: date, span: Span) -> list[RatedIn]:
        """See `domain.records.marketing_board.MarketingBoard.rated`."""
        if not are_there(self._connection, _RATING_DAYS):
            return []
        keep_tables(self._connection, _RATING_DAYS)
        return [RatedIn(**row) for row in self._rows(_RATED, first, last, span)]

    def subscribers(self, since: datetime, until: datetime) -> Subscribers:
        """See `domain.records.marketing_board.MarketingBoard.subscribers`."""
        terms = {"since": since, "until": until, "not_proven": NOT_PROVEN, "length": len(NOT_PROVEN)}
        return Subscribers(**self._connection.execute(_SUBSCRIBERS, terms).one()._mapping)

    def _rows(self, statement: Any, first: date, last: date, span: Span) -> list[dict[str, Any]]:
        rows = self._connection.execute(statement, {"first": first, "last": last, "span": span})
        return [dict(row._mapping) for row in rows]
