"""The customers whom staff collects for a campaign, in Postgres."""

from datetime import datetime

from sqlalchemy import Connection, Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from domain.records.predictions import Member
from storage.tables import audience_member as member
from storage.tables import customer

_MEMBERS = select(customer.c.customer_id, member.c.hashed_email).join(
    customer, customer.c.hashed_email == member.c.hashed_email
)


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

    def members(self, limit: int, offset: int = 0) -> tuple[list[Member], int]:
        """See `domain.records.predictions.Audience.members`."""
        latest = _MEMBERS.order_by(member.c.at.desc(), member.c.hashed_email).limit(limit).offset(offset)
        total = self._connection.execute(select(func.count()).select_from(member)).scalar_one()
        return self._found(latest), int(total)

    def one(self, customer_id: int) -> Member | None:
        """See `domain.records.predictions.Audience.one`."""
        return next(iter(self._found(_MEMBERS.where(customer.c.customer_id == customer_id))), None)

    def named(self, hash_begins: str) -> list[Member]:
        """See `domain.records.predictions.Audience.named`."""
        begins = member.c.hashed_email.startswith(hash_begins, autoescape=True)
        return self._found(_MEMBERS.where(begins).order_by(member.c.hashed_email).limit(2))

    def _found(self, query: Select[tuple[int, str]]) -> list[Member]:
        return [Member(**row._mapping) for row in self._connection.execute(query)]
