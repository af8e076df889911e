"""What the timetable begins, and what it leaves alone where no time is set."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from apscheduler.schedulers.blocking import BlockingScheduler

from scheduler import timetable
from scheduler.planning import Plan
from scheduler.tasks import Due
from tests.support.fakes import StillClock
from tests.support.rooms import RULES
from tests.support.shop import NOW


@dataclass
class Begun:
    """A queue that keeps what was begun."""

    due: list[Due] = field(default_factory=list)
    rules: Any = RULES

    def begin(self, *due: Due) -> None:
        self.due += due


def planned(monkeypatch: pytest.MonkeyPatch, plan: Plan, jobs: Begun) -> dict[str, Any]:
    """What is planned, by its name: a function that does it."""
    found: dict[str, Any] = {}
    monkeypatch.setattr(
        BlockingScheduler, "start", lambda self: found.update({one.id: one.func for one in self.get_jobs()})
    )
    reports = SimpleNamespace(plan=plan, enqueue_due=lambda: None)
    timetable.run(jobs, reports, "America/Denver", StillClock(NOW))  # type: ignore[arg-type]
    return found


def test_the_weeks_reorders_are_begun_with_their_week(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = Begun()
    found = planned(monkeypatch, Plan(reorder="0 7 * * mon"), jobs)
    for name in ("reorder", "missed_reorder", "waiting", "stock"):
        found[name]()
    assert [(one.name, one.args) for one in jobs.due] == [
        ("tell_reorder", {"week": "2026-05-11"}),
        ("tell_reorder", {"week": "2026-05-11"}),
        ("tell_waiting", {}),
        ("watch_stock", {}),
    ]


def test_without_a_time_nobody_is_told_what_to_reorder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not {"reorder", "missed_reorder"} & set(planned(monkeypatch, Plan(), Begun()))
