"""The names under which staff speaks of customers: made here, and read here in whatever form they are said."""

import re

SHORT = 6  # characters of the hash
_SAID = re.compile(r"(?P<prefix>cust[_ -]?)?(?P<hash>[0-9a-f]{4,64})", re.I)
_AROUND = " \t\"'`“”„‘’*.,;:()<>"


def pseudonym(hashed_email: str) -> str:
    """A name for a customer that only the shop's key leads back to: cust_7f3a12."""
    return f"cust_{hashed_email[:SHORT]}"


def hash_said(said: str) -> str | None:
    """The beginning of a hash that a pseudonym stands for: cust_7f3a12, an older cust_7f3a, or a whole hash.

    Digits alone are the number of an order.
    """
    found = _SAID.fullmatch(said.strip(_AROUND))
    if found is None or (not found["prefix"] and found["hash"].isdecimal() and len(found["hash"]) < 64):
        return None
    return found["hash"].lower()
