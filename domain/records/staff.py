"""Who works for the shop and may do what. A subject is "slack:U…" (a user), "slack:S…" (a group) or "telegram:…"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


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


class Staff(Protocol):
    """The roles that were given in chats."""

    def roles_of(self, subjects: Sequence[str]) -> frozenset[Role]:
        """The roles of any of these subjects."""
        ...

    def all(self) -> list[Grant]:
        """Every role that was given, by subject."""
        ...

    def all_locked(self) -> list[Grant]:
        """As `all`, and nobody else may take roles back until this unit of work ends."""
        ...

    def grant(self, subject: str, role: Role, by: str, at: datetime) -> bool:
        """Gives a role; False if the subject had it."""
        ...

    def revoke(self, subject: str, role: Role) -> None:
        """Takes a role back."""
        ...


class StaffPasses(Protocol):
    """Who of staff may see the pages for staff: links that work once, and the sessions that they begin.

    What is kept is no more than what a secret is known again by.
    """

    def give(self, secret: str, subjects: Sequence[str], *, is_link: bool, until: datetime) -> None:
        """Keeps a new one, of who is these subjects."""
        ...

    def take_link(self, secret: str, now: datetime) -> tuple[str, ...]:
        """Whose link it is, which then works no more; nobody's where it does not work."""
        ...

    def session(self, secret: str, now: datetime) -> tuple[str, ...]:
        """Whose session it is; nobody's where it is over."""
        ...

    def end(self, secret: str) -> None:
        """Ends a session."""
        ...


def roles_held(configured: Mapping[str, frozenset[str]], staff: Staff, who: Sequence[str]) -> frozenset[Role]:
    """The roles of any of these subjects: those of the configuration, and those that were given in chats."""
    return configured_roles(configured, who) | staff.roles_of(who)
