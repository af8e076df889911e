"""Pausing all marketing at once: mails, reminders and posts. Whether it is paused is what the audit log says last."""

from datetime import datetime

from domain.records.auditing import Action, Audit, Entry

MARKETING = "marketing"  # the subject of the entries


def pause_of(audit: Audit) -> Entry | None:
    """Who paused marketing and when; None while it is not paused."""
    last = next(iter(audit.of(MARKETING, limit=1)), None)
    return last if last is not None and last.action == Action.PAUSE else None


def switch(audit: Audit, *, paused: bool, actor: str, now: datetime) -> None:
    """Pauses it or goes on with it; nothing is noted where that changes nothing. What is due meanwhile is left out."""
    if paused != (pause_of(audit) is not None):
        audit.note(Entry(at=now, actor=actor, action=Action.PAUSE if paused else Action.RESUME, subject=MARKETING))
