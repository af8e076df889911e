"""Pausing all marketing at once: mails, reminders and posts. Whether it is paused is what the audit log says last."""

from datetime import datetime

from domain.auditing import Action, Entry
from domain.ports import Audit

MARKETING = "marketing"  # the subject of the entries


def pause_of(audit: Audit) -> Entry | None:
    """Who paused marketing and when; None while it is not paused."""
    last = next(iter(audit.of(MARKETING, limit=1)), None)
    return last if last is not None and last.action == Action.PAUSE else None


def pause(audit: Audit, *, actor: str, now: datetime) -> bool:
    """Pauses it; False when it was paused already. What is due meanwhile is withheld for good."""
    return _change(audit, Action.PAUSE, actor, now) if pause_of(audit) is None else False


def resume(audit: Audit, *, actor: str, now: datetime) -> bool:
    """Goes on with what is due from now on; False when it was not paused."""
    return _change(audit, Action.RESUME, actor, now) if pause_of(audit) is not None else False


def _change(audit: Audit, action: Action, actor: str, now: datetime) -> bool:
    audit.note(Entry(at=now, actor=actor, action=action, subject=MARKETING))
    return True
