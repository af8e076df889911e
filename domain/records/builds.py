"""The warehouse's builds: how far one is, how its models and tests went, and what is told of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


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
