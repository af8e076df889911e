"""Spells out what is written short in chats and would be read as something else: "mugs n a teapot"."""

import re

# One that stands alone among words, and behind no number: "123 n main st" is a street. "Rock n roll" is a name with
# it, and found by its key all the same.
_AND = re.compile(r"(?:(?<=[^\W\d_]\s)|(?<=[,.!?]\s)|\A)['’]?n['’]?(?=\s+[^\W_])")


# What a dictated message calls the sign at its end.
_DICTATED = {"full stop": ".", "question mark": "?", "exclamation mark": "!"}
_SIGN = re.compile(rf"[ ,]{{1,3}}(?P<said>{'|'.join(_DICTATED)})(?=\W*\Z)", re.IGNORECASE)


def spelled_out(text: str) -> str:
    """The text with "and" where only an "n" was typed, and with the sign that was dictated at its end."""
    return _SIGN.sub(lambda sign: _DICTATED[sign["said"].lower()], _AND.sub("and", text))
