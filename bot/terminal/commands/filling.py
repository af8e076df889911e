"""Files into the shop: products, past orders, and order files that are played."""

from typing import Annotated

import typer

from bot.terminal.commands.common import DryRun, ExistingFile, Rounding, SkipReturns, bytes_bar, console, settings_of


def inventory(context: typer.Context, file: ExistingFile, dry_run: DryRun = False, rounding: Rounding = False) -> None:
    """Load products; stock differences become stock movements."""
    from bot.wiring import parts
    from storage.imports.files import ImportRules
    from storage.imports.inventory import import_inventory

    settings = settings_of(context)
    with parts(settings) as shop, bytes_bar(file) as tell:
        result = import_inventory(
            shop.database,
            file,
            now=shop.clock.now(),
            rules=ImportRules(
                rounding=rounding,
                dry_run=dry_run,
                progress=tell,
                most_bytes=settings.file.limits.import_megabytes * 1_000_000,
            ),
        )
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
    from storage.imports.files import ImportRules
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
            rules=ImportRules(
                rounding=rounding,
                skip_returns=skip_returns,
                dry_run=dry_run,
                progress=tell,
                most_bytes=settings.file.limits.import_megabytes * 1_000_000,
            ),
        )
        if not dry_run:
            shop.jobs.begin(TRAIN.due(), BUILD.due())
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
