"""The restricted tables: the way back from a hashed e-mail, addresses, why the shop cancelled."""

from datetime import datetime

from sqlalchemy import Connection, Exists, delete, exists, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from domain.records.people import KeptAddress
from storage.locks import busy_when_timed_out, keep_email
from storage.tables import address, cancellation, confirmed, customer, email_lookup, identity, parcel


class PostgresPeople:
    """Implements `domain.records.people.People`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember_email(self, hashed_email: str, email: str, at: datetime) -> None:
        """See `domain.records.people.People.remember_email`."""
        looked_up = upsert(email_lookup).values(hashed_email=hashed_email, unhashed_email=email)
        # A row that is there is held until the end, so that nobody forgets the address in the middle of this.
        held = looked_up.on_conflict_do_update(index_elements=["hashed_email"], set_={"unhashed_email": email})
        with busy_when_timed_out():
            self._connection.execute(held)
        self._connection.execute(
            upsert(customer).values(hashed_email=hashed_email, first_seen_at=at).on_conflict_do_nothing()
        )

    def prove_email(self, identity_id: int, hashed_email: str, email: str, by: str, at: datetime) -> None:
        """See `domain.records.people.People.prove_email`."""
        self.remember_email(hashed_email, email, at)
        self._connection.execute(
            update(identity)
            .where(identity.c.identity_id == identity_id)
            .values(proven_email=hashed_email, proven_by=by, proven_at=at)
        )

    def confirm_email(self, identity_id: int, hashed_email: str, at: datetime) -> bool:
        """See `domain.records.people.People.confirm_email`."""
        row = upsert(confirmed).values(identity_id=identity_id, hashed_email=hashed_email, at=at)
        added = row.on_conflict_do_nothing().returning(confirmed.c.at)
        return self._connection.execute(added).first() is not None

    def confirmed(self, identity_id: int, hashed_email: str) -> bool:
        """See `domain.records.people.People.confirmed`."""
        by_link = exists().where(confirmed.c.identity_id == identity_id, confirmed.c.hashed_email == hashed_email)
        return bool(self._connection.execute(select(or_(by_link, _proven(identity_id, hashed_email)))).scalar())

    def proven(self, identity_id: int, hashed_email: str) -> bool:
        """See `domain.records.people.People.proven`."""
        return bool(self._connection.execute(select(_proven(identity_id, hashed_email))).scalar())

    def proven_email(self, identity_id: int) -> str | None:
        """See `domain.records.people.People.proven_email`."""
        statement = select(identity.c.proven_email).where(identity.c.identity_id == identity_id)
        found: str | None = self._connection.execute(statement).scalar()
        return found

    def proven_by(self, identity_id: int) -> str:
        """See `domain.records.people.People.proven_by`."""
        statement = select(identity.c.proven_by).where(identity.c.identity_id == identity_id)
        return self._connection.execute(statement).scalar() or ""

    def describe(self, hashed_email: str, *, location: str, loyal: bool) -> None:
        """Notes where a known customer lives (a postcode) and whether they take part in the loyalty scheme."""
        self._connection.execute(
            update(customer)
            .where(customer.c.hashed_email == hashed_email)
            .values(location=location, loyalty=int(loyal))
        )

    def email(self, hashed_email: str) -> str | None:
        """The address behind a hash, to send mail to it; None after it was forgotten."""
        return self._connection.execute(
            select(email_lookup.c.unhashed_email).where(email_lookup.c.hashed_email == hashed_email)
        ).scalar()

    def hashes_beginning(self, hashed: str) -> list[str]:
        """See `domain.records.people.People.hashes_beginning`."""
        alike = customer.c.hashed_email.startswith(hashed, autoescape=True)
        statement = select(customer.c.hashed_email).where(alike).order_by(customer.c.hashed_email).limit(2)
        return list(self._connection.execute(statement).scalars())

    def keep_email(self, hashed_email: str) -> bool:
        """Nobody forgets an e-mail until this unit of work ends; says whether it is known.

        Raises:
            Busy: it is being forgotten, and that takes too long.
        """
        return keep_email(self._connection, hashed_email)

    def remember_address(self, hashed_email: str | None, identity_id: int, text: str, at: datetime) -> int:
        """See `domain.records.people.People.remember_address`."""
        statement = insert(address).values(hashed_email=hashed_email, identity_id=identity_id, address=text, at=at)
        address_id: int = self._connection.execute(statement.returning(address.c.address_id)).scalar_one()
        return address_id

    def address(self, address_id: int) -> str:
        """See `domain.records.people.People.address`."""
        statement = select(address.c.address).where(address.c.address_id == address_id)
        found: str = self._connection.execute(statement).scalar_one()
        return found

    def addresses_of(self, hashed_email: str) -> list[KeptAddress]:
        """See `domain.records.people.People.addresses_of`."""
        chosen = select(address.c.address_id, address.c.address, address.c.own_since)
        rows = self._connection.execute(
            chosen.where(address.c.hashed_email == hashed_email).order_by(address.c.address_id.desc())
        ).all()
        lived = [row for row in rows if row.own_since is not None]
        own = max(lived, key=lambda row: (row.own_since, row.address_id)).address if lived else None
        newest = {row.address: row.address_id for row in reversed(rows)}
        kept = dict.fromkeys(row.address for row in rows)
        since = {row.address: row.own_since for row in sorted(lived, key=lambda row: (row.own_since, row.address_id))}
        return [
            KeptAddress(address_id=newest[one], text=one, own=one == own, lived_since=since.get(one)) for one in kept
        ]

    def live_at(self, hashed_email: str, address_id: int, at: datetime) -> None:
        """See `domain.records.people.People.live_at`."""
        theirs = (address.c.address_id == address_id, address.c.hashed_email == hashed_email)
        self._connection.execute(update(address).where(*theirs).values(own_since=at))

    def remember_parcel(self, order_id: int, carrier: str, tracking: str, at: datetime) -> None:
        """See `domain.records.people.People.remember_parcel`."""
        values = {"carrier": carrier, "tracking": tracking, "at": at}
        statement = upsert(parcel).values(order_id=order_id, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["order_id"], set_=values))

    def parcel(self, order_id: int) -> tuple[str, str]:
        """See `domain.records.people.People.parcel`."""
        statement = select(parcel.c.carrier, parcel.c.tracking).where(parcel.c.order_id == order_id)
        row = self._connection.execute(statement).first()
        return (row.carrier, row.tracking) if row else ("", "")

    def remember_reason(self, order_id: int, reason: str, at: datetime) -> None:
        """See `domain.records.people.People.remember_reason`."""
        kept = upsert(cancellation).values(order_id=order_id, reason=reason, at=at)
        again = kept.on_conflict_do_update(index_elements=["order_id"], set_={"reason": reason, "at": at})
        self._connection.execute(again)

    def reason(self, order_id: int) -> str:
        """See `domain.records.people.People.reason`."""
        statement = select(cancellation.c.reason).where(cancellation.c.order_id == order_id)
        return self._connection.execute(statement).scalar() or ""


def forget_reasons(connection: Connection, before: datetime) -> None:
    """Deletes why orders were cancelled before `before`."""
    connection.execute(delete(cancellation).where(cancellation.c.at < before))


def _proven(identity_id: int, hashed_email: str) -> Exists:
    return exists().where(identity.c.identity_id == identity_id, identity.c.proven_email == hashed_email)
