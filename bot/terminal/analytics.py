"""`parley analytics`: builds the warehouse, says how fresh it is, writes its documentation."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from analytics.children import AlreadyBuilding
from analytics.warehouse import yesterday
from bot.shop import Shop
from bot.terminal.refusals import refuse
from bot.wiring import Parts
from domain.records.builds import STALE, Build, Outcome, Step

SHOWN = 7  # builds
_TESTS = "test"
_BUSY = "The warehouse is being built already; `parley analytics status` says how it went."


def build_now(parts: Parts, as_of: date | None, *, whole: bool, console: Console) -> None:
    """Builds with a bar that names what ended last, then lists each model with its time.

    Ends the program with 1 where the build failed, or somebody else builds.
    """
    warehouse = parts.services.warehousing.warehouse
    day = as_of or yesterday(parts.clock.now(), parts.shop.time_zone)
    columns = (TextColumn("{task.description:34.34}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with Progress(*columns, console=console, transient=True) as bars:
            task = bars.add_task("dbt starts", total=None)

            def tell(step: Step, done: int, total: int) -> None:
                bars.update(task, description=step.name, completed=done, total=total)

            built = warehouse.build(day, whole=whole, tell=tell)
    except AlreadyBuilding:
        refuse(console, _BUSY)
    console.print(_models(built.steps))
    tests = [step for step in built.steps if step.kind == _TESTS]
    passed = sum(step.outcome is Outcome.DONE for step in tests)
    if built.build.failure is not None:
        _show_failures(built.steps, console)
        refuse(
            console,
            f"The warehouse was not built: {built.build.failure}. Its metrics are those of before; facts may be newer.",
        )
    for port in (port for port in built.ports if port.broken):
        said = "; ".join(f"{check.name} ({check.found})" for check in port.broken)
        console.print(f"[yellow]![/] {port.port} breaks its contract: {escape(said)}", highlight=False)
    what = "all anew" if built.build.whole else "what is new"
    console.print(
        f"[green]✓[/] Warehouse up to {day}: {what}, {passed} tests passed [dim]{built.build.seconds:.1f} s[/]",
        highlight=False,
    )


def show(parts: Parts, console: Console) -> None:
    """How fresh it is, the last builds, and the tests and models that failed in the latest."""
    warehouse, shop, now = parts.services.warehousing.warehouse, parts.shop, parts.clock.now()
    good, builds = warehouse.last_good(), warehouse.last(SHOWN)
    if good is None:
        console.print("The warehouse was never built; `parley analytics build` does it.", markup=False)
    else:
        old = now - good.began_at > STALE
        fresh = f"Up to {good.as_of}, built {shop.moment(good.began_at)}"
        told = f"{fresh}: [yellow]older than it should be[/]" if old else fresh
        console.print(told, highlight=False)
    if not builds:
        return
    table = Table(box=None)
    for name in ("began", "up to", "what", "took", "result"):
        table.add_column(name, no_wrap=name != "result", overflow="fold")
    for build in builds:
        took = "-" if build.seconds is None else f"{build.seconds:.1f} s"
        what = "all" if build.whole else "what is new"
        table.add_row(shop.moment(build.began_at), str(build.as_of), what, took, escape(_result(build)))
    console.print(table)
    steps = warehouse.steps(builds[0].build_id)
    if builds[0].failure is not None:
        _show_failures(steps, console)
    elif steps:
        console.print(_models(steps[:SHOWN]), end="")


def write_docs(parts: Parts, file: Path, console: Console) -> None:
    """Writes the page, or says why it could not."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with console.status("dbt reads its models and the database"):
            failure = parts.services.warehousing.warehouse.document(file)
    except AlreadyBuilding:
        refuse(console, _BUSY)
    if failure is not None:
        refuse(console, f"The documentation was not written: {failure}.")
    console.print(f"[green]✓[/] {file}", highlight=False, soft_wrap=True)


def how_fresh(build: Build | None, shop: Shop) -> str:
    """One line on the last build that succeeded."""
    if build is None:
        return "never built; `parley analytics build` does it"
    return f"up to {build.as_of}, built {shop.moment(build.began_at)} in {build.seconds:.0f} s"


def _models(steps: Sequence[Step]) -> Table:
    table = Table(box=None)
    table.add_column("model", no_wrap=True)
    for name in ("rows", "seconds"):
        table.add_column(name, justify="right", no_wrap=True)
    for step in sorted(steps, key=lambda step: -step.seconds):
        if step.kind != _TESTS and step.outcome is Outcome.DONE:
            table.add_row(step.name, "" if step.rows is None else f"{step.rows:,}", f"{step.seconds:.2f}")
    return table


def _show_failures(steps: Sequence[Step], console: Console) -> None:
    for step in steps:
        if step.outcome is Outcome.FAILED:
            wrong = f"{step.rows:,} rows are wrong" if step.kind == _TESTS and step.rows else step.remark
            console.print(f"[red]✗[/] {step.kind} {escape(step.name)}: {escape(wrong)}", highlight=False)
    skipped = sum(step.outcome is Outcome.SKIPPED for step in steps)
    if skipped:
        console.print(f"{skipped} that are made of it were left as they were", highlight=False)


def _result(build: Build) -> str:
    if build.finished_at is None:
        return "runs, or was cut off"
    return build.failure or "done"
