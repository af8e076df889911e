"""Draws lines as sections: rows with bold figures, all else as it was written, whatever marks of Slack's are in it."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from bot.adapters.slack.text import escape, holds_marks, mrkdwn, unmarked
from bot.messages import Line, Row

# https://docs.slack.dev/reference/block-kit/blocks/section-block
MOST_SECTION_CHARACTERS = 3000
MOST_SECTIONS = 20  # ours, so that the buttons below have room; a longer text is cut

Block = dict[str, Any]


def sections_of(lines: Iterable[Line]) -> list[Block]:
    """Lines in sections, rows apart from what is said around them.

    A line with marks in it has one of its own, in which Slack reads none; where these are too many, all are so.
    """
    said = list(lines)
    drawn: list[Block] = []
    for (as_written, _), group in groupby(said, key=lambda line: (holds_marks(line), _is_row(line))):
        if as_written:
            drawn += [block for line in group for block in _sections(unmarked(line), plain)]
        else:
            drawn += _sections(mrkdwn(group), section)
    if len(drawn) > MOST_SECTIONS and any(map(holds_marks, said)):
        drawn = _sections("\n".join(map(unmarked, said)), plain)
    return drawn if len(drawn) <= MOST_SECTIONS else [*drawn[: MOST_SECTIONS - 1], section("…")]


def long_title(title: str) -> list[Block]:
    """A title that is too long for a header, in bold, or as it was written where marks are in it."""
    if holds_marks(title):
        return _sections(title, plain)
    return [section(f"*{part}*") for part in parts(escape(title), MOST_SECTION_CHARACTERS - 2)]


def parts(marked: str, most: int) -> list[str]:
    """An escaped text in parts of at most `most` characters, cut at the ends of lines where that is possible."""
    made = [""]
    for line in marked.split("\n"):
        pieces = [line[start : start + most] for start in range(0, len(line), most)] if len(line) > most else [line]
        for piece in pieces:
            if not made[-1]:
                made[-1] = piece
            elif len(made[-1]) + 1 + len(piece) > most:
                made.append(piece)
            else:
                made[-1] += f"\n{piece}"
    return made


def _is_row(line: Line) -> bool:
    return isinstance(line, Row) and line.left != ""


def section(text: str) -> Block:
    """Text in Slack's markup."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def plain(text: str) -> Block:
    """Text in which Slack reads no markup."""
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _sections(text: str, drawn: Callable[[str], Block]) -> list[Block]:
    return [drawn(part) for part in parts(text, MOST_SECTION_CHARACTERS) if part.strip()]
