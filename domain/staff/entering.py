"""Letting staff onto the pages for staff: a link from a chat, which works once, begins a session."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.ports import UnitOfWork
from domain.records.staff import Role, roles_held

LINK_HOLDS = timedelta(minutes=5)
SESSION_HOLDS = timedelta(hours=8)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entered:
    """Somebody of staff on the pages: who they are, first themselves and then their groups, and their roles now."""

    subjects: tuple[str, ...]
    roles: frozenset[Role]

    @property
    def subject(self) -> str:
        """Themselves, as the audit log notes it."""
        return self.subjects[0]


def make_link(uow: UnitOfWork, subjects: Sequence[str], now: datetime) -> str:
    """The secret of a link for who is these subjects."""
    secret = secrets.token_urlsafe(24)
    uow.staff_passes.give(secret, subjects, is_link=True, until=now + LINK_HOLDS)
    return secret


def enter(uow: UnitOfWork, secret: str, now: datetime) -> str | None:
    """The secret of the session that a link begins; None where it does not work, or no more."""
    subjects = uow.staff_passes.take_link(secret, now)
    if not subjects:
        return None
    session = secrets.token_urlsafe(24)
    uow.staff_passes.give(session, subjects, is_link=False, until=now + SESSION_HOLDS)
    return session


def who(uow: UnitOfWork, session: str, configured: Mapping[str, frozenset[str]], now: datetime) -> Entered | None:
    """Who comes with a session; None where it is over, or they have no role any more."""
    subjects = uow.staff_passes.session(session, now)
    roles = roles_held(configured, uow.staff, subjects) if subjects else frozenset[Role]()
    return Entered(subjects=subjects, roles=roles) if roles else None
