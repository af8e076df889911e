"""Takes a channel's markup off a message without moving a character, so that offsets stay true."""

import re
import unicodedata
from collections.abc import Iterable

from nlu.rules.patterns import LONGEST_GAP

LONGEST_TEXT = 2000

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "‐": "-"}
)
_MARKUP = re.compile(
    r"<\s{0,3}(?P<target>[@#!][^<>|]{0,80}|mailto:[^<>|]{1,254}|https?:[^<>|]{1,2000})(?:\|(?P<label>[^<>]{1,254}))?>"
)
_HTML = re.compile(r"&(lt|gt|amp|quot|apos|nbsp|#39|#x27);", re.IGNORECASE)
_HTML_CHARACTER = {
    "lt": "<",
    "gt": ">",
    "amp": "&",
    "quot": '"',
    "apos": "'",
    "nbsp": " ",
    "#39": "'",
    "#x27": "'",
}


def clean(text: str) -> str:
    """Returns `text` with the same length, freed of markup.

    Slack's `<mailto:a|a>` keeps the address, mentions and bare links become spaces, `&lt;` becomes `<` and three
    spaces, typographic quotes and dashes become plain ones, control and invisible characters become spaces
    (line breaks stay).
    """
    text = "".join(map(_plain_character, text.translate(_QUOTES)))
    text = _MARKUP.sub(_unwrap, text)
    text = _HTML.sub(lambda match: _HTML_CHARACTER[match[1].lower()].ljust(len(match[0])), text)
    return _MARKUP.sub(_unwrap, text)


def shorten(text: str, longest: int = LONGEST_TEXT) -> str:
    """Cuts a wall of text after its last whole word within `longest` characters."""
    if len(text) <= longest:
        return text
    return text[:longest].rpartition(" ")[0].rstrip() or text[:longest]


def squeeze(text: str) -> tuple[str, list[int]]:
    """Shortens every run of one white-space character to two, and of several kinds to `LONGEST_GAP` altogether.

    Returns:
        The shorter text, and for each of its characters, and its end, the offset in `text`.
    """
    kept: list[int] = []
    gap = 0
    for place, character in enumerate(text):
        if not character.isspace():
            gap = 0
        elif gap == LONGEST_GAP or (place > 1 and text[place - 2 : place] == character * 2):
            continue
        else:
            gap += 1
        kept.append(place)
    return "".join(text[place] for place in kept), [*kept, len(text)]


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Puts null characters, which no pattern reads across, in place of what is already understood."""
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


def _plain_character(character: str) -> str:
    if character == "\n" or character.isascii():
        return character if character >= " " or character == "\n" else " "
    return " " if unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cs") else character


def _unwrap(match: re.Match[str]) -> str:
    target, label = match["target"], match["label"]
    if target.startswith("mailto:"):
        kept, start = target[len("mailto:") :], match.start("target") + len("mailto:")
    elif target.startswith("http") and label:
        kept, start = label, match.start("label")
    else:
        return " " * len(match[0])
    before = start - match.start()
    return " " * before + kept + " " * (len(match[0]) - before - len(kept))
