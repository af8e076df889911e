"""Proofs of e-mail addresses, in Postgres. They hold addresses, so they go a day after they expired."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from domain.records.proofs import Proof, Purpose
from storage.locks import lock_proof, lock_proofs
from storage.tables import proof

_PROOFS: Select[Any] = select(
    proof.c.proof_id, proof.c.identity_id, proof.c.hashed_email, proof.c.email, proof.c.tries, proof.c.digits
)


class PostgresProofs:
    """Implements `domain.records.proofs.Proofs`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock_asking(self, identity_id: int, hashed_email: str) -> None:
        """See `domain.records.proofs.Proofs.lock_asking`."""
        lock_proofs(self._connection, f"address/{hashed_email}", f"identity/{identity_id}")

    def begin(
        self,
        identity_id: int,
        hashed_email: str,
        email: str,
        now: datetime,
        expires_at: datetime,
        purpose: Purpose = Purpose.MAIL,
        digits: int = 6,
    ) -> int:
        """See `domain.records.proofs.Proofs.begin`."""
        older = (proof.c.identity_id == identity_id, *_open(purpose, now))
        self._connection.execute(update(proof).where(*older).values(used_at=now))
        row = {
            "purpose": str(purpose),
            "identity_id": identity_id,
            "created_at": now,
            "hashed_email": hashed_email,
            "email": email,
            "expires_at": expires_at,
            "digits": digits,
        }
        proof_id: int = self._connection.execute(insert(proof).values(row).returning(proof.c.proof_id)).scalar_one()
        return proof_id

    def open_of(self, identity_id: int, now: datetime) -> Proof | None:
        """See `domain.records.proofs.Proofs.open_of`."""
        row = lock_proof(self._connection, _PROOFS.where(proof.c.identity_id == identity_id, *_open(Purpose.MAIL, now)))
        return None if row is None else _proof(row)

    def latest_of(self, identity_id: int, since: datetime) -> Proof | None:
        """See `domain.records.proofs.Proofs.latest_of`."""
        mine = (
            proof.c.identity_id == identity_id,
            proof.c.purpose == str(Purpose.MAIL),
            proof.c.created_at > since,
        )
        newest = _PROOFS.where(*mine).order_by(proof.c.proof_id.desc()).limit(1)
        row = self._connection.execute(newest).first()
        return None if row is None else _proof(row)

    def open_links(self, now: datetime) -> list[Proof]:
        """See `domain.records.proofs.Proofs.open_links`."""
        return [_proof(row) for row in self._connection.execute(_PROOFS.where(*_open(Purpose.LINK, now)))]

    def count_since(
        self, purpose: Purpose, since: datetime, *, identity_id: int | None = None, hashed_email: str | None = None
    ) -> int:
        """See `domain.records.proofs.Proofs.count_since`."""
        counted = select(func.count()).where(proof.c.purpose == str(purpose), proof.c.created_at > since)
        if identity_id is not None:
            counted = counted.where(proof.c.identity_id == identity_id)
        if hashed_email is not None:
            counted = counted.where(proof.c.hashed_email == hashed_email)
        return self._connection.execute(counted).scalar_one()

    def count_try(self, proof_id: int) -> None:
        """See `domain.records.proofs.Proofs.count_try`."""
        self._connection.execute(update(proof).where(proof.c.proof_id == proof_id).values(tries=proof.c.tries + 1))

    def mark_used(self, proof_id: int, now: datetime) -> bool:
        """See `domain.records.proofs.Proofs.mark_used`."""
        used = update(proof).where(proof.c.proof_id == proof_id, proof.c.used_at.is_(None)).values(used_at=now)
        return self._connection.execute(used.returning(proof.c.proof_id)).first() is not None

    def to_mail(self, proof_id: int, now: datetime) -> Proof | None:
        """See `domain.records.proofs.Proofs.to_mail`."""
        wanted = _PROOFS.where(proof.c.proof_id == proof_id, *_open(Purpose.MAIL, now))
        row = self._connection.execute(wanted).first()
        return None if row is None else _proof(row)


def forget_proofs(connection: Connection, before: datetime) -> None:
    """Deletes the proofs that expired before `before`, whatever became of them."""
    connection.execute(delete(proof).where(proof.c.expires_at < before))


def _open(purpose: Purpose, now: datetime) -> tuple[Any, ...]:
    return (proof.c.purpose == str(purpose), proof.c.used_at.is_(None), proof.c.expires_at > now)


def _proof(row: Row[Any]) -> Proof:
    return Proof(**row._mapping)
