"""Gives roles and takes them back, so that the shop never ends up with nobody who may."""

from collections.abc import Mapping
from datetime import datetime

from domain.errors import LastAdmin, RoleConfigured
from domain.ports import UnitOfWork
from domain.records.auditing import Action, Entry
from domain.records.staff import Role, configured_roles


def grant_role(uow: UnitOfWork, subject: str, role: Role, *, actor: str, now: datetime) -> bool:
    """Gives a role; says whether the subject did not have it from a chat before."""
    if not uow.staff.grant(subject, role, actor, now):
        return False
    uow.audit.note(
        Entry(at=now, actor=actor, action=Action.GRANT, subject=f"role:{subject}", changed_to={"role": role})
    )
    return True


def revoke_role(
    uow: UnitOfWork,
    subject: str,
    role: Role,
    *,
    configured: Mapping[str, frozenset[str]],
    actor: str,
    now: datetime,
) -> bool:
    """Takes a role back that was given in a chat; says whether it was.

    Raises:
        RoleConfigured: the configuration gives it, so only the configuration can take it.
        LastAdmin: nobody would be left who may give roles.
    """
    if role in configured_roles(configured, (subject,)):
        raise RoleConfigured(subject, role)
    grants = uow.staff.all_locked()  # of two who revoke each other, the second sees the first one's work
    if not any(grant.subject == subject and grant.role is role for grant in grants):
        return False
    admins = {grant.subject for grant in grants if grant.role is Role.ADMIN}
    admins |= {who for who, roles in configured.items() if Role.ADMIN in roles}
    if role is Role.ADMIN and admins == {subject}:
        raise LastAdmin(subject)
    uow.staff.revoke(subject, role)
    uow.audit.note(
        Entry(at=now, actor=actor, action=Action.REVOKE, subject=f"role:{subject}", changed_from={"role": role})
    )
    return True
