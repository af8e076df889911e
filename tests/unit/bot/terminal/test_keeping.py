"""What the demo does about parts that end: the database and who ended for want of it begin again; others end it."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from bot.terminal.keeping import AFTERMATH_SECONDS, MOST_OUTAGES, OUTAGES_SECONDS, START_SECONDS, Keeper
from bot.terminal.processes import ChildEnded
from storage.errors import DatabaseUnreachable


@dataclass
class Part:
    """A process that lives until it is told that it ended."""

    code: int | None = None

    def poll(self) -> int | None:
        return self.code


@dataclass
class Stage:
    """A demo of three parts on a Postgres whose number changes with each start, and a clock that stands still."""

    now: float = 1000.0
    postgres: int | None = 1
    starts: int = 1
    refuses: bool = False
    told: list[str] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=lambda: {name: Part() for name in ("web", "worker", "local Slack")})

    def __post_init__(self) -> None:
        self.keeper = self.keeps(Path("shop"))

    def keeps(self, folder: Path | None) -> Keeper:
        return Keeper(
            cast(dict[str, subprocess.Popen[bytes]], self.parts),
            {name: lambda: cast(subprocess.Popen[bytes], Part()) for name in ("web", "worker")},
            logs=Path("logs"),
            tell=self.told.append,
            state_folder=folder,
            clock=lambda: self.now,
        )

    def start(self, folder: Path) -> None:
        if self.refuses:
            self.now += START_SECONDS / 3
            raise DatabaseUnreachable("no")
        if self.postgres is None:
            self.starts += 1
            self.postgres = self.starts

    def outage(self) -> None:
        self.postgres = None
        self.keeper.check()


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    made: list[Stage] = []
    monkeypatch.setattr("storage.server.embedded.server_pid", lambda folder: made[0].postgres if made else 1)
    monkeypatch.setattr("bot.terminal.keeping.time.sleep", lambda seconds: None)
    made.append(Stage())
    monkeypatch.setattr("storage.server.embedded.start", made[0].start)
    return made[0]


def test_nothing_is_said_while_all_is_well(stage: Stage) -> None:
    for _ in range(3):
        stage.keeper.check()
    assert stage.told == []


def test_a_part_that_ends_by_itself_ends_the_demo(stage: Stage) -> None:
    stage.parts["worker"].code = -9
    with pytest.raises(ChildEnded) as ended:
        stage.keeper.check()
    assert (ended.value.name, ended.value.log) == ("worker", Path("logs/worker.log"))


def test_the_database_begins_again_and_one_line_says_so(stage: Stage) -> None:
    stage.outage()
    stage.keeper.check()
    assert stage.postgres == 2
    assert len(stage.told) == 1
    assert "Postgres" in stage.told[0]


def test_a_server_that_its_watcher_started_again_is_told_too(stage: Stage) -> None:
    stage.postgres = 77
    stage.keeper.check()
    stage.keeper.check()
    assert (stage.postgres, len(stage.told)) == (77, 1)


def test_who_ends_for_want_of_the_database_begins_again_but_once(stage: Stage) -> None:
    stage.parts["web"].code = 1  # together with it
    stage.outage()
    stage.parts["worker"].code = 1  # and a little later
    stage.keeper.check()
    assert all(part.poll() is None for part in stage.parts.values())
    assert [line.split()[0] for line in stage.told] == ["Postgres", "web", "worker"]
    stage.parts["worker"].code = 1
    with pytest.raises(ChildEnded):
        stage.keeper.check()


def test_the_database_is_no_excuse_for_long_nor_for_who_needs_none(stage: Stage) -> None:
    stage.outage()
    stage.now += AFTERMATH_SECONDS + 1
    stage.keeper.check()
    stage.parts["worker"].code = 1
    with pytest.raises(ChildEnded):
        stage.keeper.check()
    stage.parts["worker"].code = None
    stage.parts["local Slack"].code = 1
    with pytest.raises(ChildEnded):
        stage.outage()


def test_a_database_that_does_not_start_ends_the_demo_in_words(stage: Stage) -> None:
    stage.refuses = True
    with pytest.raises(DatabaseUnreachable):
        stage.outage()


def test_a_database_that_ends_again_and_again_ends_the_demo(stage: Stage) -> None:
    for _ in range(MOST_OUTAGES):
        stage.outage()
    with pytest.raises(DatabaseUnreachable):
        stage.outage()
    stage.now += OUTAGES_SECONDS + 1
    stage.outage()


def test_somebody_elses_database_is_left_to_them(stage: Stage) -> None:
    keeper = stage.keeps(None)
    stage.postgres = None
    keeper.check()
    assert (stage.postgres, stage.told) == (None, [])
