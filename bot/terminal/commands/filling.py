"""Files into the shop: products, past orders, customers, shipments, tickets, and order files that are played."""

import getpass
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.config import Settings
from bot.terminal.commands.common import DryRun, ExistingFile, Rounding, SkipReturns, bytes_bar, console, settings_of

if TYPE_CHECKING:
    from scheduler.tasks import Job
    from storage.imports.files import ImportResult


def inventory(context: typer.Context, file: ExistingFile, dry_run: DryRun = False, rounding: Rounding = False) -> None:
    """Load products; stock differences become stock movements."""
    from scheduler.tasks import BUILD
    from storage.imports.inventory import import_inventory

    load = partial(import_inventory, actor=f"shell:{getpass.getuser()}")
    _load(settings_of(context), file, load, BUILD, dry_run=dry_run, rounding=rounding)


def orders(
    context: typer.Context,
    file: ExistingFile,
    dry_run: DryRun = False,
    rounding: Rounding = False,
    skip_returns: SkipReturns = False,
    apply_stock: Annotated[bool, typer.Option(help="Take the ordered quantities out of today's stock.")] = False,
) -> None:
    """Load past orders; today's stock stays unless --apply-stock."""
    from scheduler.tasks import BUILD, TRAIN
    from storage.imports.orders import import_orders

    settings = settings_of(context)
    zone = settings.file.shop.time_zone
    load = partial(import_orders, hash_key=settings.hash_key(), time_zone=zone, apply_stock=apply_stock)
    _load(settings, file, load, TRAIN, BUILD, dry_run=dry_run, rounding=rounding, skip_returns=skip_returns)


def customers(context: typer.Context, file: ExistingFile, dry_run: DryRun = False) -> None:
    """Load customers: names, e-mails, days of signing up."""
    from scheduler.tasks import BUILD
    from storage.imports.customers import import_customers

    settings = settings_of(context)
    load = partial(import_customers, hash_key=settings.hash_key(), time_zone=settings.file.shop.time_zone)
    _load(settings, file, load, BUILD, dry_run=dry_run)


def shipments(context: typer.Context, file: ExistingFile, dry_run: DryRun = False) -> None:
    """Load what left for which order, and how far it came; orders stay as they are."""
    from scheduler.tasks import BUILD
    from storage.imports.shipments import import_shipments

    settings = settings_of(context)
    _load(settings, file, partial(import_shipments, time_zone=settings.file.shop.time_zone), BUILD, dry_run=dry_run)


def tickets(context: typer.Context, file: ExistingFile, dry_run: DryRun = False) -> None:
    """Load another help desk's tickets: when each was opened, answered and resolved; a JSON object on each line."""
    from scheduler.tasks import BUILD
    from storage.imports.tickets import import_tickets

    _load(settings_of(context), file, import_tickets, BUILD, dry_run=dry_run)


def simulate(
    context: typer.Context,
    file: ExistingFile,
    days_per_second: Annotated[float, typer.Option(min=0, help="Pace; 0 is as fast as it goes.")] = 0,
    restart: Annotated[bool, typer.Option(help="Begin with the first day again.")] = False,
    rounding: Rounding = False,
    skip_returns: SkipReturns = False,
) -> None:
    """Replay an order file day by day through the real ordering code; Ctrl-C stops, the same command goes on."""
    from bot.terminal.simulate import Play, run
    from bot.wiring import parts
    from storage.imports.files import ImportRules

    with parts(settings_of(context)) as shop:
        result = run(
            shop.database,
            file,
            shop.shop,
            Play(
                days_per_second=days_per_second,
                restart=restart,
                rules=ImportRules(rounding=rounding, skip_returns=skip_returns),
            ),
            now=shop.clock.now(),
            console=console,
        )
        console.print(result.describe(shop.shop.money))


def _load(
    settings: Settings,
    file: Path,
    load: Callable[..., "ImportResult"],
    *jobs: "Job",
    dry_run: bool,
    rounding: bool = False,
    skip_returns: bool = False,
) -> None:
    """Imports the file, begins the jobs that its rows make due, and prints what was done."""
    from bot.wiring import parts
    from storage.imports.files import ImportRules

    with parts(settings) as shop, bytes_bar(file) as tell:
        rules = ImportRules(
            rounding=rounding,
            skip_returns=skip_returns,
            dry_run=dry_run,
            progress=tell,
            most_bytes=settings.file.limits.import_megabytes * 1_000_000,
        )
        result = load(shop.database, file, now=shop.clock.now(), rules=rules)
        if not dry_run:
            shop.jobs.begin(*(job.due() for job in jobs))
    console.print(result.describe())
