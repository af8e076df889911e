"""What the commands share: the two ends of the terminal, the settings, and kinds of arguments."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from bot.config import Settings, load
from bot.terminal.surroundings import unread_names

console = Console()
errors = Console(stderr=True)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")]
SkipReturns = Annotated[bool, typer.Option("--skip-returns", help="Leave out rows with negative quantities.")]
Rounding = Annotated[bool, typer.Option("--round", help="Round money with more than two decimals to cents.")]


def _no_pipe(file: Path) -> Path:
    """A file that can be read twice and has a size; a pipe would be waited for, perhaps for ever."""
    if not file.is_file():
        raise typer.BadParameter(f"{file} is a pipe or a device; save it as a file first")
    return file


ExistingFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, callback=_no_pipe)]


def read_settings(context: typer.Context) -> Settings:
    """The settings, read now; this machine's own secrets are made if it has none.

    Raises:
        BadConfiguration: with every problem of the file or the environment.
    """
    settings = load(context.obj)
    settings.ensure_own_secrets()
    return settings


def settings_of(context: typer.Context) -> Settings:
    """The same, and says which names of the environment nobody reads.

    Raises:
        BadConfiguration: with every problem of the file or the environment.
    """
    settings = read_settings(context)
    for line in unread_names(os.environ, settings.env_files):
        errors.print(f"[yellow]![/] {escape(line)}", highlight=False, soft_wrap=True)
    return settings


@contextmanager
def bytes_bar(file: Path) -> Iterator[Callable[[int, int], None]]:
    """Shows how much of a file is read."""
    columns = (TextColumn(file.name), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tell
