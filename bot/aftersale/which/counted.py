"""Reads how many of something are meant, from the words beside its name."""

from nlu.rules.aftersale_phrases import SO_MANY_BEFORE, SO_MANY_BESIDE
from nlu.rules.values import number_from_words


def counted(before: str) -> int:
    """How many of something are meant, where it is said before its name; 0 where it is not said."""
    found = SO_MANY_BEFORE.search(before.lower())
    if found is None:
        return 0
    return int(found["count"]) if found["count"].isdecimal() else number_from_words(found["count"])


def counted_of(beside: str) -> int:
    """How many of something are meant, where it is said behind it: "just one of them", "send one back"."""
    found = SO_MANY_BESIDE.search(beside.lower())
    if found is None:
        return 0
    return int(found["count"]) if found["count"].isdecimal() else number_from_words(found["count"])
