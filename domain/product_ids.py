"""Spellings of a product's id: which look the same, and so are one product."""

import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, zero-width characters, halves of characters, none at all


def shown(written: str) -> str:
    """An id as it is kept: composed (NFC), without what nobody sees, and with single plain spaces inside only."""
    if written.isascii() and written.isalnum():
        return written
    spaced = " ".join(unicodedata.normalize("NFC", written).split())
    seen = "".join(char for char in spaced if unicodedata.category(char) not in _UNSEEN)
    return " ".join(unicodedata.normalize("NFC", seen).split())


def same(written: str) -> str:
    """What all spellings of an id that look the same, or differ in capitals only, have in common."""
    if written.isascii() and written.isalnum():
        return written.lower()
    return unicodedata.normalize("NFC", shown(written).casefold())
