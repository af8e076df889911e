"""Who works for the shop and may do what. A subject is "slack:U…" (a user), "slack:S…" (a group) or "telegram:…"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the shop."""

    ADMIN = "admin"
    MARKETING = "marketing"
    FINANCE = "finance"
    SUPPORT = "support"


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """A role that was given in a chat."""

    subject: str
    role: Role
    granted_by: str


def subjects(channel: str, sender_id: str, groups: Iterable[str]) -> tuple[str, ...]:
    """The subjects that a sender is: himself and his groups."""
    return tuple(f"{channel}:{one}" for one in (sender_id, *groups))


def configured_roles(configured: Mapping[str, frozenset[str]], who: Iterable[str]) -> frozenset[Role]:
    """The roles that the configuration gives to any of these subjects."""
    return frozenset(Role(role) for subject in who for role in configured.get(subject, ()))
