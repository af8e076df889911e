"""The warehouse's builds: how far one is, how its models and tests went, and what is told of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

STALE = timedelta(hours=36)  # a night was missed


class Outcome(StrEnum):
    """How a model or a test went."""

    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"  # because what it is made of failed


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A model, a snapshot or a test of a build; `rows` are those it wrote or, of a test, those that are wrong."""

    name: str
    kind: str
    outcome: Outcome
    seconds: float
    rows: int | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Build:
    """A build of the warehouse up to a day: all of it anew, or what is new; `failure` says why it did not succeed."""

    build_id: int
    as_of: date
    whole: bool
    began_at: datetime
    finished_at: datetime | None = None
    failure: str | None = None

    @property
    def succeeded(self) -> bool:
        """Whether its marts are those of `as_of`."""
        return self.finished_at is not None and self.failure is None

    @property
    def seconds(self) -> float | None:
        """How long it took; None while it runs."""
        return None if self.finished_at is None else (self.finished_at - self.began_at).total_seconds()


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """How many tests a build carried out, and how many of them failed."""

    tests: int = 0
    failed: int = 0


class Builds(Protocol):
    """What is kept of builds."""

    def last(self, count: int = 1) -> Sequence[Build]:
        """The latest, the newest first."""
        ...

    def last_good(self) -> Build | None:
        """The latest that succeeded."""
        ...

    def tested(self, build_ids: Collection[int]) -> Mapping[int, Checked]:
        """How the tests of builds went, by the build; what was skipped was not carried out."""
        ...
