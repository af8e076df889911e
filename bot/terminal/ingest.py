"""`parley ingest`: takes in what branches handed in, and shows what became of the last files."""

import time

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from analytics.folders import Unreachable
from analytics.ingestion.taking import Intake
from bot.terminal.refusals import refuse
from bot.wiring import Parts
from domain.records.ingested import FileState, IngestedFile
from scheduler.ingesting import following
from storage.queries.ingested import PostgresIngested

SHOWN = 20  # files
EVERY_SECONDS = 60
_NONE = "No folder is configured; see `ingest` in config.yaml and docs/data.md."
_MARKS = {FileState.LOADED: "[green]✓[/]", FileState.QUARANTINED: "[red]✗[/]"}


def take_now(parts: Parts, *, once: bool, console: Console) -> None:
    """Takes in all that is new, and goes on every minute unless `once`; names each file as it ends.

    Ends the program with 1 where no folder is configured, or, with `once`, where one did not answer.
    """
    terms = parts.jobs.rules.intake
    if not terms.sources:
        refuse(console, _NONE)
    intake = Intake(parts.database, parts.clock, terms, following(parts.jobs.enqueue))
    while True:
        try:
            away = intake.take(lambda file: _tell(file, console))
        except Unreachable as error:
            away = [error]
        for one in away:
            console.print(f"[red]✗[/] {escape(one.address)} does not answer: {escape(one.reason)}", highlight=False)
        if once:
            if away:
                raise SystemExit(1)
            return
        time.sleep(EVERY_SECONDS)


def show(parts: Parts, console: Console) -> None:
    """Shows what became of the last files."""
    with parts.database.connect() as connection:
        files = PostgresIngested(connection).last(SHOWN)
    if not files:
        console.print("No file was handed in yet.")
        return
    table = Table("file", "kind", "at", "", "rows", "what became of it", box=None, padding=(0, 2, 0, 0))
    for file in files:
        first, *_ = file.said.splitlines()
        at = parts.shop.moment(file.at)
        table.add_row(escape(file.name), str(file.kind), at, str(file.state), f"{file.rows:,}", escape(first))
    console.print(table)


def _tell(file: IngestedFile, console: Console) -> None:
    said = file.said if file.state is FileState.LOADED else f"{file.name}: {file.said}"
    console.print(f"{_MARKS.get(file.state, '·')} {escape(said)}", highlight=False)
