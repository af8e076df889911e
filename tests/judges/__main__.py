"""`make nlu-check`: plays every set, prints how each kind ends, and exits with 1 where a fixed set fell."""

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from tests.judges.keeping import has_fallen, standard_error
from tests.judges.playing import Played, play
from tests.judges.sets import SETS, JudgeSet, read_set, read_sets
from tests.judges.shop import running
from tests.judges.verdicts import Verdict


def main() -> int:
    """Plays and tells."""
    options = argparse.ArgumentParser(prog="python -m tests.judges", description=__doc__)
    options.add_argument("--set", help="only this folder of tests/judges/sets, or any other folder")
    options.add_argument("--out", type=Path, help="writes every conversation with its verdict there")
    given = options.parse_args()
    console = Console()
    sets = read_sets() if given.set is None else [read_set(_folder(given.set))]
    fell = []
    for one in sets:
        played = _play(one, console)
        _show(one, played, console)
        if given.out:
            given.out.mkdir(parents=True, exist_ok=True)
            _write(given.out / f"{one.name}.jsonl", played)
        fell += [one.name] if has_fallen(one, played) else []
    if fell:
        console.print(f"[red]Fell by more than two standard errors: {', '.join(fell)}.[/]")
    return 1 if fell else 0


def _folder(name: str) -> Path:
    return SETS / name if (SETS / name).is_dir() else Path(name)


def _play(judged: JudgeSet, console: Console) -> list[Played]:
    folder = Path(tempfile.mkdtemp(prefix="parley-judge-"))
    inventories = {trade: judged.inventory(trade) for trade in judged.trades}
    with console.status("Postgres, Rasa and a shop of each trade …"), running(inventories, folder) as shops:
        played: list[Played] = []
        with Progress(console=console, transient=True) as progress:
            for number, case in enumerate(progress.track(judged.cases, description=judged.name), 1):
                played += play(case, shops[case.trade], number)
    return played


def _show(judged: JudgeSet, played: Sequence[Played], console: Console) -> None:
    table = Table(box=None, title=f"{judged.name}, end to end")
    for heading in ("kind", "n", *Verdict, "unjudged"):
        table.add_column(heading, justify="left" if heading == "kind" else "right")
    kinds = defaultdict(list)
    for one in played:
        kinds[one.case.kind].append(one.verdict)
    messages = [one.verdict for one in played if one.case.kind != "dialogue"]
    for kind in sorted(kinds):
        table.add_row(kind, *_shares(kinds[kind]))
    table.add_row("all messages", *_shares(messages), style="bold")
    table.add_row("turns by themselves", *_shares([one.own for one in played if one.case.kind == "dialogue"]))
    console.print(table)
    dialogues = defaultdict(list)
    for one in played:
        if one.case.kind == "dialogue":
            dialogues[one.case.id].append(one.verdict)
    whole = sum(all(verdict is Verdict.RIGHT for verdict in verdicts) for verdicts in dialogues.values())
    against = sum(Verdict.WRONG in verdicts for verdicts in dialogues.values())
    console.print(f"{whole} of {len(dialogues)} dialogues wholly right, {against} with a turn against the word")


def _shares(verdicts: Sequence[Verdict | None]) -> list[str]:
    judged = [one for one in verdicts if one is not None]
    right, *others = (judged.count(verdict) / len(judged) if judged else 0.0 for verdict in Verdict)
    error = standard_error(right, len(judged))
    unjudged = len(verdicts) - len(judged)
    return [str(len(judged)), f"{right:.3f} ± {error:.3f}", *(f"{share:.3f}" for share in others), str(unjudged)]


def _write(file: Path, played: Sequence[Played]) -> None:
    with file.open("w", encoding="utf-8") as lines:
        for one in played:
            row = {
                "id": one.case.id,
                "kind": one.case.kind,
                "said": one.said,
                "verdict": one.verdict,
                "own": one.own,
                "log": one.log,
            }
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main())
