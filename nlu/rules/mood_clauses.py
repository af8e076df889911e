"""Cuts a message into clauses of plain words, and finds phrases in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from nlu.rules.cleaning import clean, shorten
from nlu.rules.mood_words import STARTS

LONGEST_PHRASE = 6  # words

_PIECE = re.compile(r"[^\W_]+(?:['.][^\W_]+){0,3}%?|#|[?!.,;:\n()…]|[👍👎✅❌👌🚫✔🆗]")
_LONG = re.compile(r"(\w)\1{2,}")
_ASKS_TOO = str.maketrans("¿؟？⸮", "????")
_ENDS = frozenset(".,;:!?\n()…")
_SPLITS = frozenset(
    {"and", "but", "because", "since", "though", "although", "however", "please", "pls", "plz", "cause", "cos", "coz"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """A part of a message, in small letters and without signs."""

    words: tuple[str, ...]
    question: bool  # it ends with a question mark

    def has(self, phrases: frozenset[str], upto: int | None = None) -> bool:
        """Whether one of the phrases stands in it, before the word `upto`."""
        words = self.words[:upto]
        return any(phrase in phrases for phrase, _ in _spans(words))

    def begins(self, phrases: frozenset[str]) -> bool:
        """Whether it begins with one of the phrases, behind words that only lead in."""
        at = 0
        while at < len(self.words):
            if match(self.words, at, phrases):
                return True
            led = match(self.words, at, STARTS)
            if not led:
                return False
            at += led
        return False


def clauses_of(text: str) -> Iterator[Clause]:
    """The clauses of a message, in their order."""
    plain = clean(shorten(text)).lower().translate(_ASKS_TOO)
    pieces = [_LONG.sub(r"\1", piece) for piece in _PIECE.findall(plain)]
    words: list[str] = []
    for index, piece in enumerate(pieces):
        if piece in _ENDS:
            if words:
                yield Clause(words=tuple(words), question=_asks(pieces, index))
            words = []
            continue
        if piece in _SPLITS and words:
            yield Clause(words=tuple(words), question=_asks(pieces, index))
            words = []
        words.append(piece)
    if words:
        yield Clause(words=tuple(words), question=False)


def _asks(pieces: Sequence[str], index: int) -> bool:
    """Whether the sentence that goes on at `index` ends with a question mark, maybe among other signs."""
    ends = dropwhile(lambda piece: piece not in _ENDS or piece in ",;:()", pieces[index:])
    return "?" in takewhile(lambda piece: piece in _ENDS, ends)


def match(words: Sequence[str], at: int, phrases: frozenset[str]) -> int:
    """How many words from `at` on are the longest of the phrases; 0 for none."""
    for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
        if " ".join(words[at : at + length]) in phrases:
            return length
    return 0


def _spans(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    for at in range(len(words)):
        for length in range(1, min(LONGEST_PHRASE, len(words) - at) + 1):
            yield " ".join(words[at : at + length]), at
