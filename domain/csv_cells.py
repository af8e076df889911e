"""What keeps a cell of a CSV file from being a formula to the spreadsheet that opens it."""

_FORMULA = ("=", "+", "@", "-")


def harmless(value: object) -> object:
    """A cell that no spreadsheet takes for a formula: a text that begins like one gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.lstrip("'").startswith(_FORMULA) else value
