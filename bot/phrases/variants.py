"""What is said of a thing that comes in variants: in which, which one is missing, and that there is none like that."""

from collections.abc import Sequence

MOST_NAMED = 12  # values of an option in a sentence


def which(*, quantity: int, name: str, option: str, values: Sequence[str]) -> str:
    """The one option that is missing, with what is there."""
    return f"{quantity} × {name}: which {option}? There is {_or(values)}."


def which_of(*, name: str, option: str) -> str:
    """Below a card: what is to be said next."""
    return f"Which {option} of {name} shall it be?"


def values(*, values: Sequence[str], gone: Sequence[str]) -> str:
    """What there is of an option, and what is sold out of it."""
    there = ", ".join(_some(values))
    sold_out = f"sold out: {', '.join(_some(gone))}" if gone else ""
    return f"{there} ({sold_out})" if there and sold_out else there or sold_out


def starts_at(*, money: str) -> str:
    """The price of what comes at several."""
    return f"from {money}"


def counts(*, options: Sequence[tuple[str, int]]) -> str:
    """In how many of each option something comes: "3 × color, 4 × size"."""
    return ", ".join(f"{count} × {option}" for option, count in options)


def kinds(*, count: int, name: str, gone: int) -> str:
    """How many variants can be bought."""
    there = f"There {'is 1 kind' if count == 1 else f'are {count} kinds'} of {name} that you can buy now"
    return f"{there}, and {gone} more {'is' if gone == 1 else 'are'} sold out." if gone else f"{there}."


def no_such(*, name: str, how: Sequence[str]) -> str:
    """Nothing is just like that."""
    return f"There is no {name} like that: {', '.join(how)}." if how else f"There is no {name} just like that."


def nearest(*, titles: Sequence[str]) -> str:
    """What is nearest to something that is not there."""
    return f"The nearest that is there: {_or(titles)}."


def none_beyond(*, title: str) -> str:
    """Something bigger, cheaper or the like was asked for, and there is none."""
    return f"There is nothing beyond {title} in that direction."


def _some(said: Sequence[str]) -> list[str]:
    return [*said[:MOST_NAMED], *(["…"] if len(said) > MOST_NAMED else [])]


def _or(said: Sequence[str]) -> str:
    *others, last = _some(said)
    return f"{', '.join(others)} or {last}" if others else last
