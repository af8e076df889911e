"""Lost demand in Postgres."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from domain.errors import Shortage
from storage.locks import busy_when_timed_out
from storage.tables import lost_demand


class PostgresLostDemand:
    """Implements `domain.records.demand.LostDemand`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, shortages: Iterable[Shortage], identity_id: int, day: date, now: datetime) -> None:
        """See `domain.records.demand.LostDemand.note`.

        Raises:
            Busy: the same is being noted from another chat of theirs, and that takes too long.
        """
        # In one order, so that nobody waits in a circle.
        rows = [
            {
                "product_id": one.product_id,
                "identity_id": identity_id,
                "day": day,
                "wanted": one.asked,
                "missing": one.asked - one.available,
                "at": now,
            }
            for one in sorted(shortages, key=lambda one: one.product_id)
        ]
        if not rows:
            return
        noted = insert(lost_demand).values(rows)
        new = noted.excluded
        most = noted.on_conflict_do_update(
            index_elements=["identity_id", "product_id", "day"],
            set_={"wanted": new.wanted, "missing": new.missing, "at": new.at},
            where=lost_demand.c.missing < new.missing,
        )
        with busy_when_timed_out():
            self._connection.execute(most)

    def most_missed(self, since: date, limit: int) -> tuple[int, list[tuple[str, int]]]:
        """See `domain.records.demand.LostDemand.most_missed`."""
        missed = func.sum(lost_demand.c.missing)
        of_each = select(lost_demand.c.product_id, missed).where(lost_demand.c.day >= since)
        most = of_each.group_by(lost_demand.c.product_id).order_by(missed.desc(), lost_demand.c.product_id)
        found = [(product_id, int(pieces)) for product_id, pieces in self._connection.execute(most)]
        return sum(pieces for _, pieces in found), found[:limit]
