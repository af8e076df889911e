"""Hears what customers say in fixed words: SAYINGS is the one table of it, for all that compares such words by name."""

from collections.abc import Mapping

from nlu.rules import (
    said_of_addresses,
    said_of_counts,
    said_of_going,
    said_of_goods,
    said_of_options,
    said_of_orders,
    said_of_ratings,
    said_of_stock,
    said_of_trust,
)
from nlu.rules.said import Heard, Said, Saying

_ROWS = (
    *said_of_orders.SAYINGS,
    *said_of_going.SAYINGS,
    *said_of_goods.SAYINGS,
    *said_of_options.SAYINGS,
    *said_of_counts.SAYINGS,
    *said_of_trust.SAYINGS,
    *said_of_addresses.SAYINGS,
    *said_of_stock.SAYINGS,
    *said_of_ratings.SAYINGS,
)
SAYINGS: Mapping[Saying, tuple[Said, ...]] = {
    saying: tuple(row for row in _ROWS if row.saying is saying) for saying in Saying
}


def hear(text: str, saying: Saying) -> Heard | None:
    """Where and with what a text says it, by the first of its ways; None where it does not."""
    plain = text.replace("’", "'")
    found = next((match for row in SAYINGS[saying] if (match := row.find(plain))), None)
    if found is None:
        return None
    said = {name: value for name, value in found.groupdict().items() if value is not None}
    return Heard(start=found.start(), end=found.end(), values=said)


def without(text: str, saying: Saying) -> str:
    """The text without the first place where it says it."""
    heard = hear(text, saying)
    return text if heard is None else text[: heard.start] + text[heard.end :]
