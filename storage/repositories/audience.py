"""The customers whom staff collects for a campaign, in Postgres."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import audience_member as member


class PostgresAudience:
    """Implements `domain.records.predictions.Audience`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, hashed_email: str, actor: str, now: datetime) -> bool:
        """See `domain.records.predictions.Audience.put`."""
        row = {"hashed_email": hashed_email, "added_by": actor, "at": now}
        added = insert(member).values(row).on_conflict_do_nothing().returning(member.c.hashed_email)
        return self._connection.execute(added).first() is not None

    def take_out(self, hashed_email: str) -> bool:
        """See `domain.records.predictions.Audience.take_out`."""
        gone = delete(member).where(member.c.hashed_email == hashed_email).returning(member.c.hashed_email)
        return self._connection.execute(gone).first() is not None

    def members(self, limit: int, offset: int = 0) -> tuple[list[str], int]:
        """See `domain.records.predictions.Audience.members`."""
        latest = select(member.c.hashed_email).order_by(member.c.at.desc(), member.c.hashed_email)
        shown = self._connection.execute(latest.limit(limit).offset(offset)).scalars().all()
        total = self._connection.execute(select(func.count()).select_from(member)).scalar_one()
        return list(shown), int(total)
