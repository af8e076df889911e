"""What the net for placed orders is taught: marked messages, varied by other things and numbers of orders."""

import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nlu.reading.aftersale_labels import AFTERSALE, ORDER, THING
from nlu.reading.marks import Marked, read_marks
from nlu.training.augmenting import BETWEEN, join, with_changes, with_errors
from nlu.training.teaching import DATA, Row, full_row

LONGEST_JOINED = 160  # characters of each of two messages that are joined
MOST_WORDS = 4  # of a thing that stands for others
# Things that are called by what is said elsewhere in their message: no other thing can stand there, nor they elsewhere.
_POINTS = re.compile(
    r"\b(?:it|them|that|this|those|these|both|all|everything|rest|ones?|others?|things?|order|my|mine|whole|lot|second"
    r"|first|cheaper|which)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{3,}")


def marked_messages(data: Path = DATA) -> dict[str, list[Marked]]:
    """All marked messages, by the names of their files."""
    files = sorted((data / "aftersale").glob("*.txt"))
    return {path.stem: list(read_marks(path, AFTERSALE)) for path in files}


def things(marked: Sequence[Marked]) -> list[str]:
    """The things that may stand for others."""
    said = {one.text[start:end] for one in marked for start, end, kind in one.spans if kind == THING}
    return sorted(words for words in said if _may_be_any(words))


def _may_be_any(words: str) -> bool:
    return _POINTS.search(words) is None and len(words.split()) <= MOST_WORDS


def augment(marked: Marked, names: Sequence[str], others: Sequence[Marked], rng: random.Random) -> Marked:
    """Another message of the same marks, now and then with another behind it."""

    def change(kind: str, words: str, act: str) -> str | None:
        if kind == THING and _may_be_any(words) and rng.random() < 0.7:
            return rng.choice(names)
        if kind == ORDER and (number := _NUMBER.search(words)) and rng.random() < 0.5:
            digits = str(rng.randrange(10 ** (len(number[0]) - 1), 10 ** len(number[0])))
            return words[: number.start()] + digits + words[number.end() :]
        return None

    if rng.random() < 0.5:
        marked = with_changes(marked, change)
    if rng.random() < 0.2 and len(marked.text) < LONGEST_JOINED:
        other = rng.choice(others)
        if len(other.text) < LONGEST_JOINED:
            marked = join(marked, other, rng.choice(BETWEEN))
    return with_errors(marked, rng) if rng.random() < 0.4 else marked


def epoch(tokenizer: Any, marked: Sequence[Marked], rng: random.Random, copies: int) -> list[Row]:
    """The rows of one epoch: each marked message in so many variations."""
    names = things(marked)
    varied = (augment(message, names, marked, rng) for _ in range(copies) for message in marked)
    return [full_row(tokenizer, message, AFTERSALE) for message in varied]
