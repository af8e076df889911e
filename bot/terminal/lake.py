"""`parley lake export`: writes what changed of the warehouse into the lake."""

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from analytics.children import AlreadyBuilding
from analytics.folders import Unreachable
from analytics.lake.exporting import FOLDER
from bot.terminal.refusals import refuse
from bot.wiring import Parts

_BUSY = "The warehouse is being built or exported already; try again when `parley analytics status` says that it ended."
_NEVER = "The warehouse was never built, so there is nothing to write; `parley analytics build` does it."


def export_now(parts: Parts, console: Console) -> None:
    """Exports with a bar that names the table that ended last, and says what was written.

    Ends the program with 1 where the lake does not answer, the warehouse was never built, or is being built.
    """
    if parts.services.warehousing.warehouse.last_good() is None:
        refuse(console, _NEVER)
    lake = parts.services.exporting.lake
    columns = (TextColumn("{task.description:20.20}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with Progress(*columns, console=console, transient=True) as bars:
            task = bars.add_task("what changed", total=None)

            def tell(table: str, done: int, total: int) -> None:
                bars.update(task, description=table, completed=done, total=total)

            done = lake.export(tell)
    except AlreadyBuilding:
        refuse(console, _BUSY)
    except Unreachable as away:
        refuse(console, f"{away.address} does not answer: {away.reason}. See `lake` in config.yaml.")
    console.print(
        f"[green]✓[/] {escape(lake.address)}/{FOLDER}: {done.written:,} files written, {done.unchanged:,} were as they"
        f" should be, {done.removed:,} taken away; {done.rows:,} rows in all",
        highlight=False,
        soft_wrap=True,
    )
