"""Spells out what is written short in chats and would be read as something else: "mugs n a teapot"."""

import re

# One that stands alone among words: "rock n roll" is a name with it, and found by its key all the same.
_AND = re.compile(r"(?:(?<=\s)|\A)['’]?n['’]?(?=\s+[^\W_])")


def spelled_out(text: str) -> str:
    """The text with "and" where only an "n" was typed."""
    return _AND.sub("and", text)
