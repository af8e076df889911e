"""Somebody's words on one line, and as much of them as there is room for."""

import unicodedata

_INVISIBLE = ("Cc", "Cf", "Cs")
_JOINERS = "\u200c\u200d"  # invisible too, but emoji and some scripts need them


def one_line(text: str) -> str:
    """The text on one line, without control, direction and other invisible characters."""
    seen = (one for one in text if one.isspace() or one in _JOINERS or unicodedata.category(one) not in _INVISIBLE)
    return " ".join("".join(seen).split())


def shortened(text: str, length: int) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
