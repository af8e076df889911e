"""What the board of conversations shows: sums of the warehouse's days, and questions that several people asked."""

from datetime import date

from sqlalchemy import Connection, text

from domain.periods import Span
from domain.records.conversations_board import MANY, SAME_WORDS, AskedByMany, IntentIn, TalkedIn
from storage.locks import are_there, keep_tables

_TABLES = ("mart.chat_days", "mart.chat_intents")
_COUNTS = (
    "conversations",
    "reached_list",
    "reached_cart",
    "reached_card",
    "reached_order",
    "orders",
    "turns",
    "misunderstood",
    "handed_off",
)
_CHANNELS = text("SELECT DISTINCT channel FROM mart.chat_days ORDER BY channel")
_TALKED = text(f"""
    SELECT CAST(date_trunc(:span, chat_date) AS date) AS first_day, channel,
           {", ".join(f"sum({name})::bigint AS {name}" for name in _COUNTS)}
    FROM mart.chat_days WHERE chat_date BETWEEN :first AND :last GROUP BY 1, 2 ORDER BY 1, 2
""")  # noqa: S608 - our own names
_INTENTS = text("""
    SELECT CAST(date_trunc(:span, chat_date) AS date) AS first_day, channel, intent, sum(turns)::bigint AS turns
    FROM mart.chat_intents WHERE chat_date BETWEEN :first AND :last GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
""")
_ASKED = text("""
    WITH waiting AS (
        SELECT coalesce(number, question_id) AS number, text, product_id, identity_id, at
        FROM pii.question WHERE closed_at IS NULL
    ), worded AS (
        SELECT DISTINCT ON (number) number, mode() WITHIN GROUP (ORDER BY text) AS words FROM waiting
        GROUP BY number, lower(btrim(text, ' .!?')) HAVING count(DISTINCT identity_id) >= :same_words
        ORDER BY number, count(DISTINCT identity_id) DESC, words
    )
    SELECT number, coalesce(min(worded.words), '') AS text, min(product_id) AS product_id,
           count(DISTINCT identity_id) AS people, count(*) AS times, max(at) AS last_at
    FROM waiting LEFT JOIN worded USING (number)
    GROUP BY number HAVING count(DISTINCT identity_id) >= :many
    ORDER BY people DESC, times DESC, last_at DESC, number LIMIT :limit
""")


class PostgresConversationsBoard:
    """Implements `domain.records.conversations_board.ConversationsBoard`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_built(self) -> bool:
        """See `domain.records.conversations_board.ConversationsBoard.is_built`."""
        built = are_there(self._connection, _TABLES)
        if built:
            keep_tables(self._connection, _TABLES)
        return built

    def channels(self) -> list[str]:
        """See `domain.records.conversations_board.ConversationsBoard.channels`."""
        return list(self._connection.execute(_CHANNELS).scalars())

    def talked(self, first: date, last: date, span: Span) -> list[TalkedIn]:
        """See `domain.records.conversations_board.ConversationsBoard.talked`."""
        rows = self._connection.execute(_TALKED, {"first": first, "last": last, "span": span})
        return [TalkedIn(**row._mapping) for row in rows]

    def intents(self, first: date, last: date, span: Span) -> list[IntentIn]:
        """See `domain.records.conversations_board.ConversationsBoard.intents`."""
        rows = self._connection.execute(_INTENTS, {"first": first, "last": last, "span": span})
        return [IntentIn(**row._mapping) for row in rows]

    def asked_by_many(self, limit: int) -> list[AskedByMany]:
        """See `domain.records.conversations_board.ConversationsBoard.asked_by_many`."""
        rows = self._connection.execute(_ASKED, {"many": MANY, "same_words": SAME_WORDS, "limit": limit})
        return [AskedByMany(**row._mapping) for row in rows]
