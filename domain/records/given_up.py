"""Durable jobs that failed and are not tried again by themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenUp:
    """How many there are, and the newest: its task, why it failed last and when, where its worker lived to note it."""

    count: int
    task: str
    error: str
    at: datetime | None


class Jobs(Protocol):
    """The durable jobs, as staff looks at them."""

    def given_up(self) -> GivenUp | None:
        """Those that were given up; None where there is none."""
        ...
