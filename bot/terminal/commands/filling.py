"""Files into the shop: products, past orders, customers, shipments, and order files that are played."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from bot.config import Settings
from bot.terminal.commands.common import DryRun, ExistingFile, Rounding, SkipReturns, bytes_bar, console, settings_of

if TYPE_CHECKING:
    from storage.imports.files import ImportRules


def inventory(context: typer.Context, file: ExistingFile, dry_run: DryRun = False, rounding: Rounding = False) -> None:
    """Load products; stock differences become stock movements."""
    from bot.wiring import parts
    from scheduler.tasks import BUILD
    from storage.imports.inventory import import_inventory

    settings = settings_of(context)
    with parts(settings) as shop, bytes_bar(file) as tell:
        result = import_inventory(
            shop.database,
            file,
            now=shop.clock.now(),
            rules=_rules(settings, tell, dry_run=dry_run, rounding=rounding),
        )
        if not dry_run:
            shop.jobs.begin(BUILD.due())
    console.print(result.describe())


def orders(
    context: typer.Context,
    file: ExistingFile,
    dry_run: DryRun = False,
    rounding: Rounding = False,
    skip_returns: SkipReturns = False,
    apply_stock: Annotated[bool, typer.Option(help="Take the ordered quantities out of today's stock.")] = False,
) -> None:
    """Load past orders; today's stock stays unless --apply-stock."""
    from bot.wiring import parts
    from scheduler.tasks import BUILD, TRAIN
    from storage.imports.orders import import_orders

    settings = settings_of(context)
    with parts(settings) as shop, bytes_bar(file) as tell:
        result = import_orders(
            shop.database,
            file,
            hash_key=settings.hash_key(),
            time_zone=settings.file.shop.time_zone,
            now=shop.clock.now(),
            apply_stock=apply_stock,
            rules=_rules(settings, tell, dry_run=dry_run, rounding=rounding, skip_returns=skip_returns),
        )
        if not dry_run:
            shop.jobs.begin(TRAIN.due(), BUILD.due())
    console.print(result.describe())


def customers(context: typer.Context, file: ExistingFile, dry_run: DryRun = False) -> None:
    """Load customers: names, e-mails, days of signing up."""
    from bot.wiring import parts
    from scheduler.tasks import BUILD
    from storage.imports.customers import import_customers

    settings = settings_of(context)
    with parts(settings) as shop, bytes_bar(file) as tell:
        result = import_customers(
            shop.database,
            file,
            hash_key=settings.hash_key(),
            time_zone=settings.file.shop.time_zone,
            now=shop.clock.now(),
            rules=_rules(settings, tell, dry_run=dry_run),
        )
        if not dry_run:
            shop.jobs.begin(BUILD.due())
    console.print(result.describe())


def shipments(context: typer.Context, file: ExistingFile, dry_run: DryRun = False) -> None:
    """Load what left for which order, and how far it came; orders stay as they are."""
    from bot.wiring import parts
    from scheduler.tasks import BUILD
    from storage.imports.shipments import import_shipments

    settings = settings_of(context)
    with parts(settings) as shop, bytes_bar(file) as tell:
        result = import_shipments(
            shop.database,
            file,
            time_zone=settings.file.shop.time_zone,
            now=shop.clock.now(),
            rules=_rules(settings, tell, dry_run=dry_run),
        )
        if not dry_run:
            shop.jobs.begin(BUILD.due())
    console.print(result.describe())


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


def _rules(
    settings: Settings,
    tell: Callable[[int, int], None],
    *,
    dry_run: bool,
    rounding: bool = False,
    skip_returns: bool = False,
) -> "ImportRules":
    from storage.imports.files import ImportRules

    return ImportRules(
        rounding=rounding,
        skip_returns=skip_returns,
        dry_run=dry_run,
        progress=tell,
        most_bytes=settings.file.limits.import_megabytes * 1_000_000,
    )
