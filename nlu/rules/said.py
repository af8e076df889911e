"""What a row of the table of sayings is: a name, a pattern, and where in a message it counts."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from nlu.rules.patterns import rule
from nlu.understanding import Saying

POLITELY = r"(?:,? (?:please|pls|thanks))?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One way to say something: `find` looks for it in a text."""

    saying: Saying
    pattern: re.Pattern[str]
    find: Callable[[str], re.Match[str] | None]


def whole(saying: Saying, pattern: str) -> Said:
    """It is all of the message, among signs of any kind."""
    return exactly(saying, rf"\A\W*(?:{pattern})\W*")


def exactly(saying: Saying, pattern: str) -> Said:
    """It is all of the message, to the last sign."""
    compiled = rule(pattern, re.IGNORECASE)
    return Said(saying=saying, pattern=compiled, find=compiled.fullmatch)


def opening(saying: Saying, pattern: str) -> Said:
    """The message begins with it."""
    compiled = rule(pattern, re.IGNORECASE)
    return Said(saying=saying, pattern=compiled, find=compiled.match)


def anywhere(saying: Saying, pattern: str) -> Said:
    """It stands somewhere in the message."""
    compiled = rule(pattern, re.IGNORECASE)
    return Said(saying=saying, pattern=compiled, find=compiled.search)
