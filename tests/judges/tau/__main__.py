"""`make tau`: plays the benchmark's tasks, tells how they ended, exits with 1 where one broke word or policy."""

import argparse
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import structlog
from rich.console import Console
from rich.progress import Progress

from tests.judges.shop import servers
from tests.judges.tau.data import DATA, WORDINGS, Task, Wording, World, read_tasks, read_wordings, read_world
from tests.judges.tau.playing import Played, play
from tests.judges.tau.report import show, write
from tests.judges.tau.shop import loaded
from tests.support.databases import memory

OUT = Path(".parley/tau")


def main() -> int:
    """Plays and tells."""
    options = argparse.ArgumentParser(prog="python -m tests.judges.tau", description=__doc__)
    options.add_argument("--task", action="append", help="only this task, by its id; may be given again")
    options.add_argument("--wording", action="append", help="only this wording (a, b, …); may be given again")
    options.add_argument("--wordings", type=Path, default=WORDINGS, help="another file of wordings")
    options.add_argument("--out", type=Path, default=OUT, help="where dialogues that are not right are written")
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="so many dialogues at once")
    given = options.parse_args()
    console = Console()
    if not DATA.exists():
        console.print(f"The benchmark's world is not on this machine: {DATA} is missing.")
        return 1
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    world = read_world()
    tasks = read_tasks(world)
    chosen = [
        (tasks[one.task_id], one)
        for one in read_wordings(given.wordings)
        if one.task_id in (given.task or tasks) and one.name in (given.wording or [one.name])
    ]
    played = _play(world, chosen, given.workers, console)
    write(given.out, played)
    show(played, console)
    console.print(f"The dialogues that are not right are in {given.out}.")
    return 1 if any(one.verdict.unasked or one.verdict.breaches for one in played) else 0


def _play(world: World, chosen: Sequence[tuple[Task, Wording]], workers: int, console: Console) -> list[Played]:
    with ExitStack() as stack:
        folder = stack.enter_context(_folder())
        with console.status("Postgres, Rasa and the world …"):
            shop = stack.enter_context(loaded(world, folder, *stack.enter_context(servers(folder))))
        pool = stack.enter_context(ThreadPoolExecutor(workers))
        progress = stack.enter_context(Progress(console=console, transient=True))
        ended = pool.map(lambda one: play(shop, *one), chosen)
        return list(progress.track(ended, total=len(chosen), description="τ-bench retail"))


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="parley-tau-", dir=memory()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
