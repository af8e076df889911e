"""Spellings of a product's id: which look the same, and so are one product."""

import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}  # controls, zero-width characters, halves of characters, none at all

# Letters of other scripts that look like Latin ones (small, as after casefold), and the many dashes.
_LIKE_LATIN = str.maketrans("авекмнорстухіјѕєαβεζηικμνορτυχ", "abekmhopctyxijseabezhikmnoptyx")


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


def looks(written: str) -> str:
    """What ids have in common that a reader hardly tells apart: a dash for a hyphen, a Cyrillic A, a space."""
    if written.isascii() and written.isalnum():
        return written.lower()
    seen = unicodedata.normalize("NFKC", same(written)).casefold().translate(_LIKE_LATIN)
    return "".join("-" if unicodedata.category(char) == "Pd" else char for char in seen if not char.isspace())
