"""`parley backup`, `parley restore` and `parley db upgrade`: what is done to the whole database, by its owner."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bot.config import Settings
from bot.database_url import database_url
from bot.terminal.doctor import look_alikes
from storage.server import database
from storage.upkeep import backup, rekeying
from storage.upkeep.backup_file import Manifest

NOT_IN_IT = (
    "It holds all personal data of the shop: keep it as safe as the database. It does not hold PARLEY_EMAIL_HASH_KEY, "
    "without which it cannot be restored, nor config.yaml, other secrets, pictures and the NLU model."
)


def upgrade(settings: Settings, console: Console) -> None:
    """Brings the tables to this version, mends the roles, and makes the logins whose passwords are set.

    A key of the e-mail hash that is set is remembered or compared, as by every part that starts.

    Raises:
        StorageError: see `storage.server.database.upgrade` and `make_logins`.
    """
    url = database_url(settings)
    database.upgrade(url)
    console.print(f"[green]✓[/] tables are at version {database.check_current(url)}", highlight=False)
    for how in look_alikes(settings):
        console.print(f"! product {how}", highlight=False, markup=False)
    if passwords := settings.login_passwords():
        database.make_logins(url, passwords)
        console.print(f"[green]✓[/] logins {', '.join(f'parley_{part}' for part in passwords)}", highlight=False)
    if settings.secrets.email_hash_key is not None:
        engine = database.owner_engine(url)
        try:
            rekeying.check_key(engine, settings.hash_key())
        finally:
            engine.dispose()


def back_up(settings: Settings, file: Path, now: datetime, console: Console) -> None:
    """Writes a backup into a new file.

    Raises:
        StorageError, OSError: see `storage.upkeep.backup.back_up`.
    """
    url = database_url(settings)
    database.check_current(url)
    with _bars(console) as tell:
        made = backup.back_up(url, file, key=settings.hash_key(), now=now, progress=tell)
    size = file.stat().st_size
    console.print(f"[green]✓[/] {_counted(made)} in {file} ({size / 1e6:,.1f} MB)", highlight=False)
    console.print(NOT_IN_IT, highlight=False)


def restore(settings: Settings, file: Path, *, replace: bool, console: Console) -> None:
    """Brings the database to what a backup holds.

    Raises:
        StorageError: see `storage.upkeep.backup.restore`.
    """
    with _bars(console) as tell:
        done = backup.restore(database_url(settings), file, key=settings.hash_key(), replace=replace, progress=tell)
    console.print(f"[green]✓[/] {_counted(done)} restored, as they were at {done.made_at}", highlight=False)
    console.print(
        "What happened since is not in it: mails that waited then may go out a second time, and who was erased since "
        "has to be erased again.",
        highlight=False,
    )


def _counted(manifest: Manifest) -> str:
    return f"{manifest.rows:,} rows of {len(manifest.tables)} tables"


@contextmanager
def _bars(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each of the steps, as they come."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done)

        yield tell
