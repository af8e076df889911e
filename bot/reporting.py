"""`parley report`: writes a report into a folder."""

from datetime import date
from pathlib import Path

from rich.console import Console

from bot.wiring import Parts
from domain.periods import Period, Span
from reports.layout import write
from reports.report import ReportName
from scheduler.reporting import make


def make_files(
    parts: Parts, name: ReportName, span: Span, day: date | None, top: int, folder: Path, console: Console
) -> None:
    """Makes the report of the period that holds the day, or of the last one that is over, and says where it is."""
    now, shop = parts.clock.now(), parts.shop
    period = Period.containing(day, span) if day else Period.latest(now, span, shop.time_zone)
    with console.status(f"{name}, {period}"):
        report = make(parts.database, name, period, shop, now, top=top)
        files = write(report, shop, folder)
    console.print(f"[green]✓[/] {report.title}", highlight=False)
    for note in report.notes:
        console.print(f"  {note}", markup=False, highlight=False)
    for file in files:
        console.print(f"  {file}", markup=False, highlight=False, soft_wrap=True)
