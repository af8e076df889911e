"""What makes a promotion's code, and when two spellings are the same one."""

import re
import unicodedata

SHORTEST, LONGEST = 4, 24  # letters and digits
_DROPPED = re.compile(r"[\W_]+")


def normal(code: str) -> str:
    """A code as it is compared: capitals and digits without spaces, dashes and accents; "spring-10" is SPRING10."""
    plain = unicodedata.normalize("NFKD", code).encode("ascii", "ignore").decode()
    return _DROPPED.sub("", plain).upper()


def is_code(code: str) -> bool:
    """Whether a normal code may be one: a number alone is none, for a question may wait for it."""
    return SHORTEST <= len(code) <= LONGEST and code.isascii() and code.isalnum() and not code.isdigit()
