"""Compiles the rules' patterns so that a gap in them has an end: no stranger's text makes one walk far for nothing."""

import re
from collections.abc import Iterator

LONGEST_GAP = 4  # characters of white space; `nlu.rules.cleaning.squeeze` leaves no more of them in a row


def rule(pattern: str, flags: int = 0) -> re.Pattern[str]:
    r"""Compiles a pattern in which `\s*` and `\s+` mean at most `LONGEST_GAP` characters.

    Two gaps with nothing certain between them (`\s*:?\s*`) would else try each way to share a long run of white space,
    in quadratic time. Other repeats say their own bounds; `tests/unit/test_pattern_times.py` hunts those that do not.
    """
    return re.compile(
        pattern.replace(r"\s*", rf"\s{{0,{LONGEST_GAP}}}").replace(r"\s+", rf"\s{{1,{LONGEST_GAP}}}"), flags
    )


def pieces_between(cuts: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where each piece of a text begins and ends that stands between cuts, without those that are blank."""
    at = 0
    for cut in cuts.finditer(text):
        if text[at : cut.start()].strip():
            yield at, cut.start()
        at = cut.end()
    if text[at:].strip():
        yield at, len(text)
