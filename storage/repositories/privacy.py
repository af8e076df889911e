"""Everything that the tables keep of a person, in Postgres: found, counted, read out and erased."""

from sqlalchemy import Connection, text

from domain.model import Identity
from domain.records.privacy import Kept, PersonalData, Reach
from storage.locks import lock_conversations_of
from storage.repositories import personal_data, personal_erasing, personal_reach
from storage.repositories.conversation_state import ADDRESS_ID, value

_FORGET_PARCEL = text(f"""
    WITH detached AS (
        UPDATE shop.orders o SET address_id = NULL FROM shop.orders before
        WHERE o.order_id = :order_id AND before.order_id = o.order_id
        AND NOT EXISTS (SELECT FROM pii.email_lookup l WHERE l.hashed_email = o.hashed_email)
        RETURNING before.address_id
    )
    DELETE FROM pii.address a USING detached WHERE a.address_id = detached.address_id
    AND NOT EXISTS (SELECT FROM shop.orders o WHERE o.address_id = a.address_id AND o.order_id <> :order_id)
    AND NOT EXISTS (SELECT FROM chat.conversation c WHERE {value(ADDRESS_ID, "c.state")} = CAST(a.address_id AS text))
""")  # noqa: S608 - ours


class PostgresPrivacy:
    """Implements `domain.records.privacy.Privacy`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reach_of(self, identity: Identity) -> Reach:
        """See `domain.records.privacy.Privacy.reach_of`."""
        return personal_reach.reach_of(self._connection, identity)

    def reach_of_email(self, hashed_email: str) -> Reach | None:
        """See `domain.records.privacy.Privacy.reach_of_email`."""
        return personal_reach.reach_of_email(self._connection, hashed_email)

    def lock(self, reach: Reach) -> None:
        """See `domain.records.privacy.Privacy.lock`."""
        lock_conversations_of(self._connection, [*reach.identity_ids, *reach.users])

    def kept(self, reach: Reach) -> Kept:
        """See `domain.records.privacy.Privacy.kept`."""
        return personal_data.count(self._connection, reach)

    def data(self, reach: Reach) -> PersonalData:
        """See `domain.records.privacy.Privacy.data`."""
        return personal_data.read_out(self._connection, reach)

    def erase(self, reach: Reach) -> None:
        """See `domain.records.privacy.Privacy.erase`."""
        personal_erasing.erase(self._connection, reach)

    def forget_parcel(self, order_id: int) -> None:
        """See `domain.records.privacy.Privacy.forget_parcel`."""
        self._connection.execute(_FORGET_PARCEL, {"order_id": order_id})
