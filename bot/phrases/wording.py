"""How words are put together in any sentence: counts, lists, beginnings."""

from collections.abc import Sequence


def sentence(words: str) -> str:
    """The words with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def items(count: int) -> str:
    """1 item, 2 items."""
    return f"{count} item" if count == 1 else f"{count} items"


def listed(names: Sequence[str]) -> str:
    """A, B and C."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
