"""Letting other programs in: making keys for them, knowing these again, and ending them."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import ShopError
from domain.ports import UnitOfWork
from domain.records.api_keys import ApiKey
from domain.records.auditing import Action, Entry, of_api_key

PREFIX = "parley_"  # so that a key that was pasted somewhere is found for what it is
USE_IS_NOTED = timedelta(minutes=1)  # a later use within it is not
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass
class BadKeyName(ShopError):
    """A key of a program cannot be called so."""

    name: str


@dataclass
class KeyNameTaken(ShopError):
    """A key of this name holds."""

    name: str


@dataclass
class KeyUnknown(ShopError):
    """No key of this name holds."""

    name: str


def make_key(uow: UnitOfWork, key: ApiKey, by: str) -> str:
    """Makes a key for a program; returns its secret, which can be had no second time.

    Raises:
        BadKeyName, KeyNameTaken: nothing was made.
    """
    if not _NAME.fullmatch(key.name):
        raise BadKeyName(key.name)
    for over in uow.api_keys.named(key.name):
        if over.revoked_at is None and not over.holds(key.made_at):
            uow.api_keys.revoke(over.key_id, key.made_at)
    secret = PREFIX + secrets.token_urlsafe(32)
    if uow.api_keys.add(secret, key) is None:
        raise KeyNameTaken(key.name)
    may = {"scopes": " ".join(sorted(key.scopes)), "until": key.ends_at.isoformat()}
    subject = of_api_key(key.name)
    uow.audit.note(Entry(at=key.made_at, actor=by, action=Action.GRANT, subject=subject, changed_to=may))
    return secret


def known(uow: UnitOfWork, secret: str, now: datetime) -> ApiKey | None:
    """The key of a secret, if it holds; that it was used is noted."""
    key = uow.api_keys.of_secret(secret) if secret.startswith(PREFIX) else None
    if key is None or not key.holds(now):
        return None
    if key.used_at is None or now - key.used_at >= USE_IS_NOTED:
        uow.api_keys.note_use(key.key_id, now)
        uow.commit()
    return key


def revoke_key(uow: UnitOfWork, name: str, *, by: str, now: datetime) -> ApiKey:
    """Ends the key of a name at once.

    Raises:
        KeyUnknown: none of that name holds.
    """
    holding = next((one for one in uow.api_keys.named(name) if one.holds(now)), None)
    if holding is None:
        raise KeyUnknown(name)
    uow.api_keys.revoke(holding.key_id, now)
    uow.audit.note(Entry(at=now, actor=by, action=Action.REVOKE, subject=of_api_key(name)))
    return holding
