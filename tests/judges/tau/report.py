"""Tells how the tasks ended: a table for each question, and a file for each dialogue that is not right."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from tests.judges.keeping import standard_error
from tests.judges.tau.data import Task
from tests.judges.tau.playing import Played

_WISHES = {
    "cancel_pending_order": "cancel an order",
    "modify_pending_order_items": "change items of an order",
    "modify_pending_order_address": "change an order's address",
    "modify_user_address": "change the own address",
    "return_delivered_order_items": "return",
    "exchange_delivered_order_items": "exchange",
}


def show(played: Sequence[Played], console: Console) -> None:
    """Prints the tables."""
    console.print(_shares("τ-bench retail, by wording", [(one.wording.name, one) for one in played]))
    console.print(_shares("by wish", [(wish, one) for one in played for wish in _wishes(one.task)]))
    console.print(_faults(played))
    tasks = _by_task(played)
    every = sum(all(one.verdict.right for one in ones) for ones in tasks.values())
    some = sum(any(one.verdict.right for one in ones) for ones in tasks.values())
    right = sum(one.verdict.right for one in played) / len(played)
    turns = median(one.dialogue.length for one in played)
    console.print(f"{right:.3f} of {len(played)} dialogues right; of {len(tasks)} tasks {every} ", end="")
    console.print(f"({every / len(tasks):.3f}) in all their wordings, {some} in at least one; {turns:g} turns (median)")
    console.print(
        f"Acts without a summary and a clear yes: {sum(len(one.verdict.unasked) for one in played)}; "
        f"against the policy: {sum(len(one.verdict.breaches) for one in played)}; "
        f"dialogues in which something was done that nobody meant: {sum(one.verdict.harm for one in played)}"
    )


def write(folder: Path, played: Sequence[Played]) -> None:
    """Writes each dialogue that is not right into a file of its own, in place of those of before, and all verdicts."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.txt"):
        old.unlink()
    for one in played:
        if not one.verdict.right:
            (folder / f"{one.name}.txt").write_text("\n".join(_told(one)) + "\n", encoding="utf-8")
    with (folder / "verdicts.jsonl").open("w", encoding="utf-8") as lines:
        for one in played:
            lines.write(json.dumps({"dialogue": one.name, "right": one.verdict.right, "faults": faults(one)}) + "\n")


def faults(one: Played) -> list[str]:
    """What is wrong with a dialogue, in kinds."""
    verdict = one.verdict
    kinds = [f"{fault.aspect}: {'done otherwise' if fault.harm else 'not done'}" for fault in verdict.differences]
    kinds += ["not said what was asked"] * bool(verdict.unsaid) + ["done without a yes"] * bool(verdict.unasked)
    kinds += ["against the policy"] * bool(verdict.breaches) + ["customer gave up"] * verdict.gave_up
    return sorted(set(kinds))


def _wishes(task: Task) -> list[str]:
    return sorted({_WISHES[act.name] for act in task.acts}) or ["nothing is to be done"]


def _by_task(played: Iterable[Played]) -> dict[str, list[Played]]:
    tasks = defaultdict(list)
    for one in played:
        tasks[one.task.task_id].append(one)
    return tasks


def _shares(title: str, named: Sequence[tuple[str, Played]]) -> Table:
    table = Table(box=None, title=title)
    for heading in ("", "dialogues", "right", "tasks", "in all wordings"):
        table.add_column(heading, justify="right" if heading else "left")
    groups = defaultdict(list)
    for name, one in named:
        groups[name].append(one)
    for name, ones in sorted(groups.items()):
        share = sum(one.verdict.right for one in ones) / len(ones)
        tasks = _by_task(ones).values()
        every = sum(all(one.verdict.right for one in task) for task in tasks)
        right = f"{share:.3f} ± {standard_error(share, len(ones)):.3f}"
        table.add_row(name, str(len(ones)), right, str(len(tasks)), f"{every} ({every / len(tasks):.3f})")
    return table


def _faults(played: Sequence[Played]) -> Table:
    table = Table(box=None, title="what is wrong")
    table.add_column("")
    table.add_column("dialogues", justify="right")
    for fault, count in Counter(fault for one in played for fault in faults(one)).most_common():
        table.add_row(fault, str(count))
    return table


def _told(one: Played) -> Iterable[str]:
    verdict = one.verdict
    yield f"task {one.task.task_id}, wording {one.wording.name}, {one.task.user_id}: {'; '.join(faults(one))}"
    yield from (f"right: {act.name} {json.dumps(dict(act.arguments))}" for act in one.task.acts)
    for fault in verdict.differences:
        yield f"{fault.where}, {fault.aspect}: {fault.found}, and should be {fault.meant}"
    yield from (f"not said: {what}" for what in verdict.unsaid)
    yield from (f"without a yes, after: {what}" for what in verdict.unasked)
    yield from (f"against the policy: {what}" for what in verdict.breaches)
    for turn in one.dialogue.turns:
        yield ""
        yield f"> {turn.said}" + (f"   ({turn.kind}, asked {turn.before})" if turn.kind else "")
        yield turn.heard.text
