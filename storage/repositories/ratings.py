"""How customers rated their orders, in Postgres."""

from dataclasses import asdict

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.records.ratings import Rating
from storage.locks import busy_when_timed_out
from storage.tables import rating


class PostgresRatings:
    """Implements `domain.records.ratings.Ratings`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, given: Rating) -> None:
        """See `domain.records.ratings.Ratings.put`."""
        given_now = upsert(rating).values(asdict(given))
        latest = {name: given_now.excluded[name] for name in ("score", "at", "source")}
        with busy_when_timed_out():
            self._connection.execute(given_now.on_conflict_do_update(index_elements=["order_id"], set_=latest))

    def of_order(self, order_id: int) -> Rating | None:
        """See `domain.records.ratings.Ratings.of_order`."""
        row = self._connection.execute(select(rating).where(rating.c.order_id == order_id)).first()
        return None if row is None else Rating(**row._mapping)
