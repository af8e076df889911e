"""`parley report` writes a report into a folder and delivers it; `parley schedule` lists what runs by itself."""

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.shop import Shop
from bot.terminal.analytics import how_fresh
from bot.terminal.refusals import refuse
from bot.wiring import Parts
from domain.periods import Period, Span
from domain.records.marts import Slice
from domain.records.sales import ReportName
from reports.deals import NOTHING
from reports.layout import write
from reports.warehouse import Unanswerable
from scheduler.crontab import Crontab
from scheduler.reporting import make_report
from scheduler.timetable import fit_due
from storage.queries.report_runs import ReportRuns, Run
from storage.repositories.recommender import last_finished
from storage.repositories.supply import PostgresSupply


def make_files(
    parts: Parts, name: ReportName, span: Span, day: date | None, top: int, of: Slice, folder: Path, console: Console
) -> None:
    """Makes the report of the period that holds the day, or of the last one that is over, and says where it is."""
    now, shop, terms = parts.clock.now(), parts.shop, parts.services.reports.terms
    period = _period(parts, Span.DAY if name.of_a_day else span, day)
    if now < period.begins(shop.time_zone):
        refuse(console, f"This {period.span} has not begun.")
    try:
        with console.status(f"{name}, {shop.period(period)}"):
            report = make_report(parts.database, name, period, shop, now, top, of, terms)
            files = write(report, shop, folder)
    except Unanswerable as why_not:
        refuse(console, str(why_not))
    console.print(f"[green]✓[/] {report.title}", highlight=False)
    for note in report.notes:
        console.print(f"  {note}", markup=False, highlight=False)
    for file in files:
        console.print(f"  {file}", markup=False, highlight=False, soft_wrap=True)


def print_post(parts: Parts, console: Console) -> None:
    """Shows what customers would be told now."""
    post = parts.services.posts.make()
    for one in [] if post is None else [post, *post.cards]:
        console.print(f"[bold]{escape(one.title)}[/]", highlight=False)
        console.print(one.text, markup=False, highlight=False)
    if post is None:
        console.print(NOTHING, markup=False)


def setting(name: ReportName) -> str:
    """Where config.yaml says where it goes."""
    return "deals.to" if name is ReportName.DEALS else f"reports.{name}.to"


def deliver(parts: Parts, name: ReportName, span: Span, day: date | None, console: Console) -> None:
    """Enqueues the report, once; a worker delivers it."""
    reports = parts.services.reports
    period = _period(parts, span, day)
    if not reports.plan.destinations(name):
        refuse(console, f"Set {setting(name)} in config.yaml: it has nowhere to go.")
    if not period.is_over(parts.clock.now(), parts.shop.time_zone):
        refuse(console, f"This {span} is not over; reports are delivered once, when it is.")
    if reports.ask(name, period, parts.clock.now(), again=True):
        console.print("[green]✓[/] A worker delivers it, where its own config.yaml says.", highlight=False)
    else:
        console.print("It was due before; `parley schedule` and `parley jobs` say what became of it.", markup=False)


def schedule(parts: Parts, console: Console) -> None:
    """Lists the reports, the recommender's fit, the warehouse's build and what to reorder, by the shop's clock."""
    now, shop = parts.clock.now(), parts.shop
    table = Table(box=None)
    table.add_column("what", no_wrap=True)
    table.add_column("next", no_wrap=True)
    table.add_column("last", overflow="fold")
    with parts.database.connect() as connection:
        runs = ReportRuns(connection)
        for planned in parts.services.reports.plan.times:
            due, last = planned.next(now, shop.time_zone), runs.last(planned.name, planned.span)
            nowhere = not parts.services.reports.plan.destinations(planned.name)
            result = f"goes nowhere: set {setting(planned.name)}" if nowhere else "-"
            if last is not None and (last.sent_at or not nowhere):
                result = _result(last, shop)
            table.add_row(f"{planned.name}, {planned.span}", shop.moment(due) if due else "never", result)
        trained = last_finished(connection)
        told = PostgresSupply(connection).last_told()
    due, fitted = fit_due(now, shop.time_zone), f"fitted {shop.moment(trained)}" if trained else "-"
    table.add_row("recommender", shop.moment(due) if due else "never", fitted)
    build, when = parts.services.warehousing.warehouse.last_good(), parts.services.reports.plan.build
    due = Crontab(line=when).next(now, shop.time_zone) if when else None
    table.add_row("warehouse", shop.moment(due) if due else "never", how_fresh(build, shop) if build else "-")
    plan = parts.services.reports.plan.reorder
    due = Crontab(line=plan).next(now, shop.time_zone) if plan else None
    table.add_row(
        "what to reorder, week", shop.moment(due) if due else "never", f"told {shop.moment(told)}" if told else "-"
    )
    console.print(table)
    console.print(f"It is {shop.moment(now)}. `parley scheduler` must be running.", markup=False, highlight=False)


def _period(parts: Parts, span: Span, day: date | None) -> Period:
    zone = parts.shop.time_zone
    return Period.containing(day, span) if day else Period.latest(parts.clock.now(), span, zone)


def _result(run: Run, shop: Shop) -> str:
    period = shop.period(Period.containing(run.first_day, Span(run.span)))
    if run.remark:
        return f"{period}: {run.remark}"
    return f"{period}: {f'delivered {shop.moment(run.sent_at)}' if run.sent_at else 'waits for a worker'}"
