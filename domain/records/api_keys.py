"""Keys by which other programs ask the shop: what each may ask for, how often, and until when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Scope(StrEnum):
    """What a key may ask for."""

    PRODUCTS = "products"
    RECOMMENDATIONS = "recommendations"
    INVENTORY = "inventory"
    CUSTOMERS = "customers"
    METRICS = "metrics"
    DATA = "data"
    PII = "pii"  # whose address is behind a pseudonym, and the other way round


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiKey:
    """A key without its secret, which nobody can tell from what is kept."""

    name: str
    scopes: frozenset[Scope]
    per_minute: int
    made_at: datetime
    ends_at: datetime
    key_id: int = 0
    revoked_at: datetime | None = None
    used_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it lets anybody in."""
        return self.revoked_at is None and now < self.ends_at

    @property
    def actor(self) -> str:
        """Who acts with it, as the audit log notes it."""
        return f"api:{self.name}"


class ApiKeys(Protocol):
    """The keys that were made; names are unique among those that hold."""

    def add(self, secret: str, key: ApiKey) -> ApiKey | None:
        """Keeps a new one and returns it with its number; None where one of its name was not ended.

        Of the secret no more is kept than what it is known again by.
        """
        ...

    def of_secret(self, secret: str) -> ApiKey | None:
        """Which key it is, whether it holds or not."""
        ...

    def named(self, name: str) -> list[ApiKey]:
        """Those of a name, the newest first."""
        ...

    def all(self) -> list[ApiKey]:
        """All of them, the newest first."""
        ...

    def revoke(self, key_id: int, at: datetime) -> None:
        """Ends one for good."""
        ...

    def note_use(self, key_id: int, at: datetime) -> None:
        """Notes when it was used last."""
        ...
