"""Starts dbt in a process of its own and hears from it, model by model; nothing of a build runs in ours."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from analytics.children import Child
from domain.records.builds import Outcome, Step
from domain.records.data_products import Check, Edge, PortMade

PROJECT = Path(__file__).parent / "dbt"
Tell = Callable[[Step, int, int], None]  # what ended, how many have, of how many


def untold(step: Step, done: int, total: int) -> None:
    """For those who do not want to hear."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """How a build went: its steps, what failed first, if anything did, its ports, and what is made of what."""

    steps: tuple[Step, ...]
    failure: str | None
    ports: tuple[PortMade, ...] = ()
    edges: tuple[Edge, ...] = ()


@dataclass(kw_only=True, slots=True)
class Builder:
    """A process that holds the lock and waits to be told what to build."""

    _child: Child
    steps: list[Step] = field(default_factory=list)
    ports: list[PortMade] = field(default_factory=list)
    edges: tuple[Edge, ...] = ()
    _failure: str | None = None
    _succeeded: bool = False

    def stop(self) -> None:
        """Ends it at once; who waits for it hears `CutOff`."""
        self._child.stop()

    def build(self, variables: Mapping[str, Any], *, whole: bool, tell: Tell = untold) -> Ended:
        """Builds, and tells of each model and test as it ends.

        Args:
            variables: of the dbt project.
            whole: all anew, or what is new.
            tell: hears of each step.

        Raises:
            CutOff: it was stopped.
        """
        total = 0
        for said in self._said(vars=dict(variables), whole=whole):
            total = said.get("total", total)
            if "name" in said:
                step = Step(**{**said, "outcome": Outcome(said["outcome"])})
                self.steps.append(step)
                tell(step, len(self.steps), total)
            if "port" in said:
                checks = tuple(Check(**check) for check in said["port"].pop("checks"))
                self.ports.append(PortMade(**said["port"], checks=checks))
            if "edges" in said:
                self.edges = tuple(Edge(child=child, parent=parent) for child, parent in said["edges"])
        return Ended(steps=tuple(self.steps), failure=self._why(), ports=tuple(self.ports), edges=self.edges)

    def document(self, variables: Mapping[str, Any], file: Path) -> str | None:
        """Writes dbt's documentation as one page; returns why it could not.

        Raises:
            CutOff: it was stopped.
        """
        for _ in self._said(vars=dict(variables), file=str(file.resolve())):
            pass
        return self._why()

    def _said(self, **wanted: Any) -> Iterator[dict[str, Any]]:
        """What it says until it ends."""
        for said in self._child.ask(**wanted):
            self._failure = said.get("failure", self._failure)
            self._succeeded = said.get("succeeded", self._succeeded)
            yield said

    def _why(self) -> str | None:
        """Why it did not succeed; None where it did."""
        if self._succeeded:
            return None
        failed = next((step for step in self.steps if step.outcome is Outcome.FAILED), None)
        if failed is not None:
            wrong = f"{failed.rows:,} rows are wrong" if failed.kind == "test" and failed.rows else failed.remark
            return f"{failed.name}: {wrong}"
        return self._failure or f"dbt ended with code {self._child.code}"

    @classmethod
    @contextmanager
    def started(cls, url: str) -> Iterator[Self]:
        """A builder of the database at `url`; it is stopped at the end.

        Raises:
            AlreadyBuilding: another one has the lock.
        """
        with Child.started(url, "analytics.child", [str(PROJECT)]) as child:
            yield cls(_child=child)


def fingerprint(variables: Mapping[str, Any]) -> str:
    """Of the models and what they are built with: with another one, all is built anew."""
    digest = hashlib.sha256(json.dumps(dict(variables), sort_keys=True).encode())
    for file in sorted(PROJECT.rglob("*")):
        if file.suffix in (".sql", ".yml"):
            digest.update(file.read_bytes())
    return digest.hexdigest()
