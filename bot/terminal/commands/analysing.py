"""The warehouse: building it, how fresh it is, its documentation; files that come, and files that go out."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.terminal.commands.common import ExistingFile, console, settings_of
from domain.periods import EARLIEST, LATEST
from domain.records.predictions import Predicted


def build(
    context: typer.Context,
    full: Annotated[bool, typer.Option("--full", help="All anew, not only what is new.")] = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The last day that the metrics count; default: yesterday."),
    ] = None,
) -> None:
    """Build the warehouse now, and show how long each model took."""
    from bot.terminal.analytics import build_now
    from bot.wiring import parts

    day = as_of.date() if as_of else None
    if day is not None and not EARLIEST <= day <= LATEST:
        raise typer.BadParameter(f"is not between {EARLIEST} and {LATEST}", param_hint="--as-of")
    with parts(settings_of(context), pool_size=2) as shop:
        if day is not None and day > shop.clock.now().astimezone(shop.shop.time_zone).date():
            raise typer.BadParameter("is a day to come", param_hint="--as-of")
        build_now(shop, day, whole=full, console=console)


def status(context: typer.Context) -> None:
    """Show how fresh the warehouse is, the last builds, and what failed in the latest."""
    from bot.terminal.analytics import show
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop:
        show(shop, console)


def docs(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="The page; it is overwritten.")] = Path(".parley/warehouse.html"),
) -> None:
    """Write what is known of every model, its columns and where they come from, as one page for a browser."""
    from bot.terminal.analytics import write_docs
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop:
        write_docs(shop, out, console)


def ingest(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="What is there now, and then end.")] = False,
) -> None:
    """Take in what branches handed in, as the worker does every minute."""
    from bot.terminal.ingest import take_now
    from bot.wiring import parts

    if context.invoked_subcommand is None:
        with parts(settings_of(context), pool_size=2) as shop:
            take_now(shop, once=once, console=console)


def ingest_status(context: typer.Context) -> None:
    """Show what became of the last files."""
    from bot.terminal.ingest import show
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=1) as shop:
        show(shop, console)


def lake_export(context: typer.Context) -> None:
    """Write what changed of facts and dimensions into the lake, as the worker does after the night's build."""
    from bot.terminal.lake import export_now
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=3) as shop:
        export_now(shop, console)


def predict_train(context: typer.Context) -> None:
    """Fit the models of what customers will do and score everybody, as the worker does after the night's build."""
    from bot.terminal.predict import renew_now
    from bot.wiring import parts

    with parts(settings_of(context), pool_size=2) as shop:
        renew_now(shop, console)


def predict_evaluate(
    context: typer.Context,
    file: ExistingFile,
    what: Annotated[
        list[Predicted] | None, typer.Option(help="What is predicted; may be repeated; default: all.")
    ] = None,
    cutoff: Annotated[
        list[datetime] | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="The first day that nothing is known of; may be repeated; default: three of the last.",
        ),
    ] = None,
    pictures: Annotated[
        Path | None, typer.Option(help="A folder for pictures: reliability, stock against stock-outs.")
    ] = None,
    card: Annotated[Path | None, typer.Option(help="Write what was measured as a model card.")] = None,
) -> None:
    """Try predictions on the orders of FILE, beside what they are held against, on a time that they had not seen."""
    from bot.database_url import database_url
    from bot.terminal.predict import evaluate_file
    from storage.server.database import owner_engine

    database = owner_engine(database_url(settings_of(context)))
    try:
        days = [day.date() for day in cutoff or []]
        evaluate_file(file, what or list(Predicted), days, pictures, card, database, console)
    finally:
        database.dispose()
