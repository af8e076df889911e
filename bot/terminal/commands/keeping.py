"""What the database holds: its tables, copies of it, and what is kept of one customer."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.terminal import logs
from bot.terminal.commands.common import ExistingFile, console, errors, settings_of


def upgrade(context: typer.Context) -> None:
    """Bring the tables to this version, mend roles and rights, and make the logins whose passwords are set."""
    from bot.terminal.backups import upgrade as bring_up

    bring_up(settings_of(context), console)


def rotate_hash_key(context: typer.Context) -> None:
    """Change every hashed e-mail from PARLEY_EMAIL_HASH_OLD_KEY to PARLEY_EMAIL_HASH_KEY. Stop the shop first."""
    from bot.database_url import database_url
    from storage.server import database
    from storage.upkeep.rekeying import rotate_key

    settings = settings_of(context)
    old, new = settings.rotation_keys()
    url = database_url(settings)
    database.check_current(url)
    columns = (TextColumn("e-mail hashes"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)
        done = rotate_key(url, old=old, new=new, progress=lambda at, total: bar.update(task, completed=at, total=total))
    console.print(f"[green]✓[/] {done.emails} customers, {done.rows} rows changed to the new key", highlight=False)
    if done.foreign:
        console.print(f"{done.foreign} e-mails fit neither key and were left as they are", highlight=False)
    console.print("Start the shop with the new key. Keep the old one beside it while its links in mails shall work.")


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A new file; only you may read it.")],
) -> None:
    """Write the whole database into FILE, while the shop goes on."""
    from bot.terminal.backups import back_up
    from storage.server.clock import MachineClock

    try:
        back_up(settings_of(context), file, MachineClock().now(), console)
    except BrokenPipeError:  # of what is printed, once the file is there
        raise
    except OSError as exc:
        raise typer.BadParameter(f"{file} cannot be written: {exc.strerror}") from exc


def restore(
    context: typer.Context,
    file: ExistingFile,
    replace: Annotated[bool, typer.Option("--replace", help="Throw away what the database holds.")] = False,
) -> None:
    """Bring an empty database to what FILE of `parley backup` holds: all of it or nothing. Stop the shop first."""
    from bot.terminal.backups import restore as bring_back

    bring_back(settings_of(context), file, replace=replace, console=console)


def export_customer(
    context: typer.Context,
    email: str,
    out: Annotated[Path | None, typer.Option(help="A new file, for your eyes only; else it is printed.")] = None,
) -> None:
    """Write all that is kept under an e-mail address as JSON."""
    from bot.terminal import customer as customers
    from bot.wiring import parts

    if out is not None and out.exists():
        raise typer.BadParameter(f"{out} is there already")
    logs.configure()
    with parts(settings_of(context), pool_size=1) as shop:
        content = customers.export(shop.unit_of_work, shop.shop, email, shop.clock.now())
    if out is None:
        typer.echo(content)
        return
    try:
        customers.write_private(out, content)
    except OSError as exc:
        raise typer.BadParameter(f"{out} cannot be written: {exc.strerror}") from exc
    errors.print(f"[green]✓[/] written to {out}", highlight=False)


def erase_customer(
    context: typer.Context, email: str, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False
) -> None:
    """Erase all that is kept under an e-mail address; the orders stay, without a name."""
    from bot.terminal import customer as customers
    from bot.wiring import parts

    logs.configure()
    with parts(settings_of(context), pool_size=1) as shop:
        found = customers.kept(shop.unit_of_work, shop.shop, email)
        console.print(f"Kept: {customers.counted(found)}", highlight=False)
        for order_id in found.open_orders:
            console.print(f"Order #{order_id} is not shipped yet, and loses its address.", highlight=False)
        if not yes:
            typer.confirm("Erase it for good?", abort=True)
        receipt = customers.erase(shop.unit_of_work, shop.shop, email, shop.clock.now())
    console.print(f"[green]✓[/] erased; receipt number {receipt.number}", highlight=False)
