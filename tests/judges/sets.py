"""The sets that strangers wrote: messages and dialogues, what stands before them and what must be true after."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SETS = Path(__file__).parent / "sets"

Expected = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Say:
    """One message of a customer, and what must be true afterwards."""

    text: str
    expect: Expected


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A conversation of its own: steps that prepare it, then what is said. A dialogue says several things."""

    id: str
    trade: str
    kind: str
    before: tuple[tuple[Any, ...], ...]
    says: tuple[Say, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgeSet:
    """A folder with `messages.jsonl`, `dialogues.jsonl` and an inventory file for each trade."""

    name: str
    folder: Path
    cases: tuple[Case, ...]

    def inventory(self, trade: str) -> Path:
        """The products of a trade."""
        return self.folder / f"{trade}.csv"

    @property
    def trades(self) -> list[str]:
        """The trades in the order of their names."""
        return sorted({case.trade for case in self.cases})


def read_sets(folder: Path = SETS) -> list[JudgeSet]:
    """All sets, by name.

    Raises:
        ValueError: a line of a set cannot be read; it names file and line.
    """
    return [read_set(one) for one in sorted(folder.iterdir()) if one.is_dir()]


def read_set(folder: Path) -> JudgeSet:
    """One set; see `read_sets`."""
    cases = [*_messages(folder / "messages.jsonl"), *_dialogues(folder / "dialogues.jsonl")]
    return JudgeSet(name=folder.name, folder=folder, cases=tuple(cases))


def _messages(file: Path) -> Iterator[Case]:
    for line in _lines(file):
        before = tuple(tuple(step) for step in line["before"])
        says = (Say(text=line["say"], expect=line["expect"]),)
        yield Case(id=line["id"], trade=line["trade"], kind=line["kind"], before=before, says=says)


def _dialogues(file: Path) -> Iterator[Case]:
    for line in _lines(file):
        says = tuple(Say(text=turn["say"], expect=turn["expect"]) for turn in line["turns"])
        yield Case(id=line["id"], trade=line["trade"], kind="dialogue", before=(), says=says)


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield json.loads(line)
        except ValueError as error:
            raise ValueError(f"{file}, line {number}: {error}") from error
