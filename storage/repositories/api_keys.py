"""Keys of other programs, in Postgres, by the hash of their secrets."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.records.api_keys import ApiKey, Scope
from storage.tables import api_key

_KEY = api_key.c
_KEPT = [column for column in _KEY if column.name != "hash"]


class PostgresApiKeys:
    """Implements `domain.records.api_keys.ApiKeys`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, secret: str, key: ApiKey) -> ApiKey | None:
        """See `domain.records.api_keys.ApiKeys.add`."""
        row = {"name": key.name, "scopes": sorted(key.scopes), "per_minute": key.per_minute}
        times = {"made_at": key.made_at, "ends_at": key.ends_at}
        made = insert(api_key).values(hash=_hash(secret), **row, **times).on_conflict_do_nothing().returning(*_KEPT)
        found = self._connection.execute(made).first()
        return None if found is None else _key(found)

    def of_secret(self, secret: str) -> ApiKey | None:
        """See `domain.records.api_keys.ApiKeys.of_secret`."""
        return next(iter(self._found(select(*_KEPT).where(_KEY.hash == _hash(secret)))), None)

    def named(self, name: str) -> list[ApiKey]:
        """See `domain.records.api_keys.ApiKeys.named`."""
        return self._found(select(*_KEPT).where(_KEY.name == name).order_by(_KEY.key_id.desc()))

    def all(self) -> list[ApiKey]:
        """See `domain.records.api_keys.ApiKeys.all`."""
        return self._found(select(*_KEPT).order_by(_KEY.key_id.desc()))

    def revoke(self, key_id: int, at: datetime) -> None:
        """See `domain.records.api_keys.ApiKeys.revoke`."""
        self._connection.execute(update(api_key).where(_KEY.key_id == key_id).values(revoked_at=at))

    def note_use(self, key_id: int, at: datetime) -> None:
        """See `domain.records.api_keys.ApiKeys.note_use`."""
        self._connection.execute(update(api_key).where(_KEY.key_id == key_id).values(used_at=at))

    def _found(self, query: Select[Any]) -> list[ApiKey]:
        return [_key(row) for row in self._connection.execute(query)]


def _key(row: Any) -> ApiKey:
    return ApiKey(**{**row._mapping, "scopes": frozenset(map(Scope, row.scopes))})


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
