"""Measures an interpreter against labelled messages and shows the scores."""

import difflib
import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import quantiles

from rich.console import Console
from rich.table import Table

from nlu.evaluating.scoring import Judgement, judge
from nlu.understanding import Interpreter

_AS_ONE = {"add_to_cart": "order"}
DATA = Path(__file__).parents[1] / "data"
BASELINE = Path(__file__).parents[1] / "baseline.json"


class BadLabels(ValueError):
    """A file of labelled messages has a line that is none; the text says where."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Miss:
    """A message that was not understood as its label says; `found` is what came instead."""

    text: str
    gold: str
    found: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """How many of how many were right."""

    right: int
    total: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 1 when there was nothing to get wrong."""
        return self.right / self.total if self.total else 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluation:
    """The result of one run.

    `accuracy` counts order and add_to_cart as one intent, `strict_accuracy` does not. `slots` holds (fair, strict)
    scores by kind, see `nlu.evaluating.scoring`. `confusion` counts (label, found). Parse times are in seconds.
    """

    accuracy: Score
    strict_accuracy: Score
    recall: dict[str, Score]
    confusion: Counter[tuple[str, str]]
    slots: dict[str, tuple[Score, Score]]
    times: list[float]
    intent_misses: list[Miss] = field(default_factory=list)
    slot_misses: list[Miss] = field(default_factory=list)

    @property
    def p50(self) -> float:
        """The median parse time in seconds."""
        return _percentile(self.times, 50)

    @property
    def p95(self) -> float:
        """The parse time in seconds that 95 of 100 messages keep."""
        return _percentile(self.times, 95)

    def scores(self) -> dict[str, float]:
        """Every share by name, for a baseline: "accuracy", "recall order", "slots items", …"""
        shares = {"accuracy": self.accuracy.share, "strict accuracy": self.strict_accuracy.share}
        shares |= {f"recall {intent}": score.share for intent, score in self.recall.items()}
        shares |= {f"slots {kind}": fair.share for kind, (fair, _) in self.slots.items()}
        return {name: round(share, 4) for name, share in shares.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Drop:
    """A score that fell by more than is tolerated."""

    name: str
    before: float
    now: float


def evaluate(
    interpreter: Interpreter,
    utterances: Path,
    progress: Callable[[int, int], None] | None = None,
    timer: Callable[[], float] = time.perf_counter,
) -> Evaluation:
    """Asks the interpreter about every line `intent<TAB>text` of a file.

    A `slots.jsonl` beside it, lines of `{"intent", "text", "gold"}`, is judged too, on the same answers.

    Args:
        interpreter: what is measured.
        utterances: the file of labelled messages.
        progress: told how many of how many messages are done.
        timer: seconds, for the parse times.

    Raises:
        NluUnavailable: the interpreter could not answer.
        ValueError: a line of one of the files is malformed.
    """
    labelled = _read_labelled(utterances)
    golds = _read_golds(utterances.with_name("slots.jsonl"))
    recall: dict[str, list[bool]] = {}
    confusion: Counter[tuple[str, str]] = Counter()
    judgements: dict[str, list[Judgement]] = {}
    times: list[float] = []
    intent_misses: list[Miss] = []
    slot_misses: list[Miss] = []
    strict = 0
    for done, (intent, text) in enumerate(labelled, start=1):
        started = timer()
        understanding = interpreter.understand(text)
        times.append(timer() - started)
        found = understanding.intent
        confusion[intent, found] += 1
        strict += intent == found
        right = _AS_ONE.get(intent, intent) == _AS_ONE.get(found, found)
        recall.setdefault(intent, []).append(right)
        if not right:
            sure = f"{found} ({understanding.confidence:.2f})"
            intent_misses.append(Miss(text=text, gold=intent, found=sure))
        if (intent, text) in golds:
            gold = golds[intent, text]
            try:
                judged = judge(intent, gold, understanding)
            except (ValueError, KeyError, IndexError) as exc:
                raise BadLabels(f"{utterances.with_name('slots.jsonl')}: {gold!r} is no gold of a message") from exc
            for judgement in judged:
                judgements.setdefault(judgement.kind, []).append(judgement)
                if not judgement.fair:
                    said = ", ".join(
                        f"{entity.name}{'/' + entity.role if entity.role else ''}={entity.value}"
                        for entity in understanding.entities
                    )
                    slot_misses.append(Miss(text=text, gold=gold, found=f"{found}: {said}"))
        if progress:
            progress(done, len(labelled))
    return Evaluation(
        accuracy=_score([right for marks in recall.values() for right in marks]),
        strict_accuracy=Score(right=strict, total=len(labelled)),
        recall={intent: _score(marks) for intent, marks in recall.items()},
        confusion=confusion,
        slots={
            kind: (_score([one.fair for one in marks]), _score([one.strict for one in marks]))
            for kind, marks in judgements.items()
        },
        times=times,
        intent_misses=intent_misses,
        slot_misses=slot_misses,
    )


def evaluate_file(utterances: Path, interpreter: Interpreter, console: Console) -> Evaluation:
    """Evaluates a file with a progress line and prints the result; what `parley nlu evaluate` does."""
    with console.status("") as status:

        def progress(done: int, total: int) -> None:
            status.update(f"{done} of {total} messages")

        evaluation = evaluate(interpreter, utterances, progress)
    render(evaluation, console)
    return evaluation


def render(evaluation: Evaluation, console: Console) -> None:
    """Prints the scores, what was confused with what, and every miss."""
    console.print(_intent_table(evaluation))
    if evaluation.slots:
        console.print(_slot_table(evaluation))
    confused = [(pair, count) for pair, count in evaluation.confusion.most_common() if pair[0] != pair[1]]
    if confused:
        console.print(_confusion_table(evaluation))
    for title, misses in (("Intents missed", evaluation.intent_misses), ("Slots missed", evaluation.slot_misses)):
        if misses:
            table = Table("message", "label", "found", title=title)
            for miss in misses:
                table.add_row(miss.text[:200], miss.gold, miss.found)
            console.print(table)
    console.print(f"parse time p50 {evaluation.p50 * 1000:.1f} ms, p95 {evaluation.p95 * 1000:.1f} ms")


def compare(evaluation: Evaluation, baseline: Mapping[str, float], tolerance: float = 0.02) -> list[Drop]:
    """Returns every score of the baseline that fell by more than `tolerance`, or that is gone."""
    now = evaluation.scores()
    return [
        Drop(name=name, before=before, now=now.get(name, 0.0))
        for name, before in baseline.items()
        if before - now.get(name, 0.0) > tolerance + 1e-9
    ]


def read_baseline(path: Path = BASELINE) -> dict[str, float]:
    """Returns the scores that this version of the project reached on its own evaluation set."""
    return {name: float(share) for name, share in json.loads(path.read_text("utf-8")).items()}


def _read_labelled(path: Path) -> list[tuple[str, str]]:
    labelled = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        intent, tab, text = line.partition("\t")
        if not tab or not intent or not text:
            raise BadLabels(f"{path}, line {number}: expected an intent, a tab and a text")
        _check_intent(intent, f"{path}, line {number}")
        labelled.append((intent, text))
    return labelled


def _read_golds(path: Path) -> dict[tuple[str, str], str]:
    if not path.exists():
        return {}
    golds = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            try:
                gold = json.loads(line)
                golds[gold["intent"], gold["text"]] = str(gold["gold"])
            except (KeyError, TypeError, json.JSONDecodeError) as exc:
                raise BadLabels(f"{path}, line {number}: expected intent, text and gold") from exc
            _check_intent(gold["intent"], f"{path}, line {number}")
    return golds


@cache
def _intents() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in DATA.glob("*.yml")))


def _check_intent(label: str, where: str) -> None:
    if label not in _intents():
        near = difflib.get_close_matches(label, _intents(), n=1)
        raise BadLabels(f"{where}: {label!r} is no intent" + (f"; is {near[0]!r} meant?" if near else ""))


def _score(marks: list[bool]) -> Score:
    return Score(right=sum(marks), total=len(marks))


def _percentile(times: list[float], percent: int) -> float:
    if len(times) < 2:
        return times[0] if times else 0.0
    return quantiles(times, n=100, method="inclusive")[percent - 1]


def _intent_table(evaluation: Evaluation) -> Table:
    table = Table("intent", "recall", "right", "of", title="Intents")
    for intent, score in sorted(evaluation.recall.items(), key=lambda item: item[1].share):
        table.add_row(intent, f"{score.share:.2f}", str(score.right), str(score.total))
    for name, score in (
        ("all (order = add_to_cart)", evaluation.accuracy),
        ("all, strictly", evaluation.strict_accuracy),
    ):
        table.add_row(name, f"{score.share:.3f}", str(score.right), str(score.total), style="bold")
    return table


def _slot_table(evaluation: Evaluation) -> Table:
    table = Table("slots", "found", "same words", "of", title="Slots")
    for kind, (fair, strict) in evaluation.slots.items():
        table.add_row(kind, f"{fair.share:.3f}", f"{strict.share:.3f}", str(fair.total))
    return table


def _confusion_table(evaluation: Evaluation) -> Table:
    """Rows are labels, columns what was found; intents that were never confused are left out."""
    pairs = [pair for pair in evaluation.confusion if pair[0] != pair[1]]
    rows = sorted({label for label, _ in pairs})
    columns = sorted({found for _, found in pairs} | set(rows))
    table = Table("label \\ found", *columns, title="Confusion matrix (intents with confusions)")
    for label in rows:
        counts = [evaluation.confusion[label, found] for found in columns]
        table.add_row(label, *(str(count) if count else "·" for count in counts))
    return table
