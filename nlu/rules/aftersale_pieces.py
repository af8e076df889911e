"""The pieces that a message of placed orders is read in, and where it names something."""

from dataclasses import dataclass

from nlu.rules.aftersale_words import Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Where a message names something that the customer ordered, or one of the orders; `keys` are what it may be."""

    start: int
    end: int
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A mark with the words it was made of."""

    mark: Mark
    text: str
    start: int
    end: int
    keys: tuple[str, ...] = ()
