"""What an operator named that cannot be used, apart from what the rooms below refuse."""

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from rich.console import Console
from rich.markup import escape


class NothingOfThatNumber(Exception):
    """There is nothing under a number; the message says where to look."""


@dataclass
class NoHistory(Exception):
    """A file cannot be learnt from."""

    file: Path
    reason: str


def refuse(console: Console, why: str) -> NoReturn:
    """Ends the program with 1 and one line."""
    console.print(f"[red]✗[/] {escape(why)}", highlight=False)
    raise SystemExit(1)
