"""How the audit log tells of supply: the names of its facts, and an entry."""

from collections.abc import Mapping
from datetime import datetime

from domain.ports import UnitOfWork
from domain.records.auditing import Action, Entry

PRODUCT, ORDERED, RECEIVED, STATE, UNTIL = "product", "ordered", "received", "state", "silent until"


def note(
    uow: UnitOfWork,
    action: Action,
    subject: str,
    was: Mapping[str, str],
    becomes: Mapping[str, str],
    actor: str,
    now: datetime,
) -> Entry:
    """Notes who did what, from which facts to which."""
    entry = Entry(at=now, actor=actor, action=action, subject=subject, changed_from=was, changed_to=becomes)
    return uow.audit.note(entry)
