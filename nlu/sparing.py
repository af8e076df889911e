"""Spares the model what holds no words: it takes its time for every sign, and for every letter of an endless word."""

import re

_SIGNS_KEPT = 8  # at the beginning of a run; "!!!!" and "-----" stay as they are
_SIGNS_BEFORE = 4  # what stands right before a word may belong to it, as in "$20"
_LONGEST_WORD = 80
_RUN = re.compile(r"\W{16,2000}")
_SIGN = re.compile(r"[^\w\s]")
_ENDLESS = re.compile(r"\w{81,2000}")


def spare(text: str) -> str:
    """Returns `text` with the same length: long runs of signs and the ends of endless words are spaces.

    Lines stay lines, and every other character stays where it is, so offsets stay true.
    """
    return _ENDLESS.sub(_cut, _RUN.sub(_thin, text))


def _thin(run: re.Match[str]) -> str:
    signs = run[0]
    between = _SIGN.sub(" ", signs[_SIGNS_KEPT:-_SIGNS_BEFORE])
    return signs[:_SIGNS_KEPT] + between + signs[-_SIGNS_BEFORE:]


def _cut(word: re.Match[str]) -> str:
    return word[0][:_LONGEST_WORD].ljust(len(word[0]))
