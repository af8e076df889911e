"""What an operator named that cannot be used, apart from what the rooms below refuse."""

from dataclasses import dataclass
from pathlib import Path


class NothingOfThatNumber(Exception):
    """There is nothing under a number; the message says where to look."""


@dataclass
class NoHistory(Exception):
    """A file cannot be learnt from."""

    file: Path
    reason: str
