"""What staff looks at and decides: jobs, mails, reports, recommendations, marketing, keys of other programs."""

from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.terminal.commands.common import ExistingFile, console, settings_of
from domain.periods import EARLIEST, LATEST, Span
from domain.records.api_keys import ApiKey, Scope
from domain.records.marts import Slice
from domain.records.sales import ReportName


class Switch(StrEnum):
    """What is done about marketing."""

    PAUSE = "pause"
    RESUME = "resume"


def reorder(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="With --csv: the file; it is overwritten.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, which a supplier can read; else as a table.")] = False,
) -> None:
    """Show what to order of suppliers, by the latest prediction and what is there and on its way now."""
    from bot.terminal.reorder import collect, show, write_csv
    from bot.wiring import parts

    if file is not None and not as_csv:
        raise typer.BadParameter("goes with --csv", param_hint="FILE")
    with parts(settings_of(context), pool_size=1) as shop, shop.unit_of_work() as uow:
        orders = collect(uow, shop.shop, shop.clock, console)
        if as_csv:
            write_csv(orders, file)
        else:
            show(orders, shop.shop, console)


def undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(min=1, max=2**63 - 1, help="As the import said, or `/inventory history`.")],
) -> None:
    """Take back all that an import changed of products, or one change of a product or of an order to a supplier."""
    from bot.terminal.undoing import take_back
    from bot.wiring import parts
    from scheduler.tasks import BUILD

    with parts(settings_of(context), pool_size=1) as shop:
        with shop.unit_of_work() as uow:
            take_back(uow, shop.shop, number, shop.clock.now(), console)
        shop.jobs.begin(BUILD.due())


def jobs(context: typer.Context) -> None:
    """Show how full the queue is and the jobs that failed: which are tried again, which were given up."""
    from bot.terminal.jobs import show
    from bot.wiring import parts

    if context.invoked_subcommand is None:
        with parts(settings_of(context), pool_size=1) as shop:
            show(shop.database, shop.shop, console)


def retry_jobs(
    context: typer.Context,
    job_ids: Annotated[list[int] | None, typer.Argument(help="The numbers of failed jobs.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every failed job.")] = False,
) -> None:
    """Let jobs that were given up run again, with all their attempts."""
    from bot.terminal.jobs import retry
    from bot.wiring import parts

    if bool(job_ids) == everything:
        raise typer.BadParameter("name the jobs, or say --all; `parley jobs` lists them")
    with parts(settings_of(context), pool_size=1) as shop:
        retry(shop.database, None if everything else job_ids or [], console)


def show_mails(
    context: typer.Context,
    number: Annotated[int | None, typer.Argument(help="The mail to show; nothing: list them.")] = None,
) -> None:
    """Show the mails of a demo, or those that a shop of your own kept because it has no mail service."""
    from bot.terminal.jobs import show_mails as show
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop:
        show(shop.mailbox, shop.shop, number, console)


def train_recommender(context: typer.Context) -> None:
    """Fit the recommender to all orders, and serve it from now on."""
    from bot.terminal.recommend import train_now
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=2) as shop:
        train_now(shop.database, shop.clock.now(), shop.shop.terms.cancel_window, console)


def evaluate_recommender(
    file: ExistingFile,
    cutoff: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Orders before it are fitted, later ones measured; default: the last fifth."
        ),
    ] = None,
) -> None:
    """Measure models of what is bought together on the later orders of FILE."""
    from bot.terminal.recommend_evaluate import evaluate_file

    evaluate_file(file, cutoff.date() if cutoff else None, console)


def report_recommendations(
    context: typer.Context,
    days: Annotated[int, typer.Option(min=1, max=400, help="What was shown in so many days up to now.")] = 30,
) -> None:
    """Show what became of recommendations: shown, put into the cart, dismissed, ordered, and for how much."""
    from bot.terminal.recommend import report
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop, shop.unit_of_work() as uow:
        now = shop.clock.now()
        report(uow.impressions.performance(now - timedelta(days=days), now), days, shop.shop, console)


def make_report(  # noqa: PLR0913 - each is an option of the command
    context: typer.Context,
    name: Annotated[ReportName, typer.Argument(help="Which report.")],
    period: Annotated[Span, typer.Option(help="How long a time it is about.")] = Span.WEEK,
    ending: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="A day of the period, such as its last; default: the last one over."),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(min=1, max=50, help="How many rows of what is ranked; default: 5, of the warehouse's reports 10."),
    ] = None,
    store: Annotated[str, typer.Option(help="Sales of one store, or of one channel, alone.")] = "",
    category: Annotated[str, typer.Option(help="Sales of one category alone.")] = "",
    daypart: Annotated[str, typer.Option(help="Sales of one part of the day alone, such as evening.")] = "",
    out: Annotated[Path, typer.Option(help="The folder for the HTML, PNG and CSV files.")] = Path(".parley/reports"),
    send: Annotated[bool, typer.Option("--send", help="Deliver it where it goes, unless it was already.")] = False,
) -> None:
    """Write a report into a folder; or show the post for customers ("deals")."""
    from bot.terminal.report import deliver, make_files, print_post
    from bot.wiring import parts

    day = ending.date() if ending else None
    if day is not None and day < EARLIEST:
        raise typer.BadParameter("is too long ago", param_hint="--ending")
    if day is not None and day > LATEST:
        raise typer.BadParameter("is too far ahead", param_hint="--ending")
    if name is ReportName.DEALS and (day is not None or period is not Span.WEEK):
        raise typer.BadParameter("the post for customers is always as of now")
    of = Slice(store=store.strip(), category=category.strip(), daypart=daypart.strip())
    if of and name is not ReportName.SALES:
        raise typer.BadParameter("only the sales report can be of a store, a category or a part of the day")
    if send and name.of_warehouse:
        raise typer.BadParameter(f"it is shown to who asks for it, by /report {name}", param_hint="--send")
    with parts(settings_of(context), pool_size=2) as shop:
        if name is ReportName.DEALS:
            print_post(shop, console)
        else:
            make_files(shop, name, period, day, top or name.usual_top, of, out, console)
        if send:
            deliver(shop, name, period, day, console)


def show_schedule(context: typer.Context) -> None:
    """Show what runs by itself, when next, and how it went last."""
    from bot.terminal.report import schedule
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop:
        schedule(shop, console)


def explain_messages(context: typer.Context, email: str) -> None:
    """Show what a customer was sent and what was withheld, and why: the last 20 messages."""
    from bot.terminal.jobs import explain_messages as explain
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop:
        explain(shop.database, shop.shop, email, console)


def switch_marketing(
    context: typer.Context,
    switch: Annotated[Switch | None, typer.Argument(help="Nothing: say how it stands.")] = None,
) -> None:
    """Pause all marketing at once (receipts still go out), or go on with it."""
    from bot.terminal.jobs import switch_marketing as turn
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop:
        turn(shop.unit_of_work, shop.shop, switch, shop.clock.now(), console)


def api_keys(context: typer.Context) -> None:
    """Show the keys by which other programs ask the shop: what each may ask for, until when, when it was used last."""
    from bot.terminal.api_keys import show_keys
    from bot.wiring import parts

    if context.invoked_subcommand is None:
        with parts(settings_of(context), pool_size=1) as shop, shop.unit_of_work() as uow:
            show_keys(uow.api_keys.all(), shop.shop, shop.clock, console)


def create_api_key(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Who asks with it, such as till-denver.")],
    scope: Annotated[list[Scope], typer.Option(help="What it may ask for; can be said several times.")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long it holds.")] = 365,
    per_minute: Annotated[int, typer.Option(min=1, max=100_000, help="How often it may ask.")] = 600,
) -> None:
    """Make a key for another program; its secret is shown this once."""
    from bot.terminal.api_keys import TERMINAL, show_secret
    from bot.wiring import parts
    from domain.staff.api_access import make_key

    with parts(settings_of(context), pool_size=1) as shop, shop.unit_of_work() as uow:
        now = shop.clock.now()
        key = ApiKey(
            name=name, scopes=frozenset(scope), per_minute=per_minute, made_at=now, ends_at=now + timedelta(days=days)
        )
        secret = make_key(uow, key, TERMINAL)
        uow.commit()
        show_secret(key, secret, shop.shop, console)


def revoke_api_key(context: typer.Context, name: Annotated[str, typer.Argument(help="Its name.")]) -> None:
    """End a key at once."""
    from bot.terminal.api_keys import TERMINAL
    from bot.wiring import parts
    from domain.staff.api_access import revoke_key

    with parts(settings_of(context), pool_size=1) as shop, shop.unit_of_work() as uow:
        revoke_key(uow, name, by=TERMINAL, now=shop.clock.now())
        uow.commit()
    console.print(f"[green]✓[/] {name} lets nobody in any more")
