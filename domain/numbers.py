"""Where a text from outside becomes a whole number: what a button carries, what stands in a form or in an address."""

MOST_DIGITS = 18  # so many fit into every number of the database's


def plain_number(text: str) -> int | None:
    """The number that a text is, written in the digits 0 to 9 and nothing else; None where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None
