"""Payment card numbers in what people write: found, so that none is kept."""

import re

from stdnum import luhn

_CARD_NUMBER = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")


def has_card_number(text: str) -> bool:
    """Whether a text holds a payment card number (13 to 19 digits with a right Luhn check digit, ISO/IEC 7812-1)."""
    return any(_is_card_number(found.group()) for found in _CARD_NUMBER.finditer(text))


def without_card_numbers(text: str, instead: str) -> str:
    """The text with `instead` in place of each card number."""
    return _CARD_NUMBER.sub(lambda found: instead if _is_card_number(found.group()) else found.group(), text)


def _is_card_number(written: str) -> bool:
    return luhn.is_valid("".join(str(int(char)) for char in written if char.isdigit()))
