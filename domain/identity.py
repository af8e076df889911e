"""E-mail addresses: what is one, the likely fix of a typo, the keyed hash that stands for it, and its mask."""

import hashlib
import hmac
import re

from domain.errors import BadEmail

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_LIKELY_FIXES = {
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gmal.com": "gmail.com",
    "gamil.com": "gmail.com",
    "gmail.con": "gmail.com",
    "gmail.co": "gmail.com",
    "gmailcom": "gmail.com",
    "hotmial.com": "hotmail.com",
    "hotmail.con": "hotmail.com",
    "hotnail.com": "hotmail.com",
    "outlok.com": "outlook.com",
    "outlook.con": "outlook.com",
    "yaho.com": "yahoo.com",
    "yahooo.com": "yahoo.com",
    "yahoo.con": "yahoo.com",
    "iclod.com": "icloud.com",
}


def normalise_email(text: str) -> str:
    """Trims and lower-cases an address.

    Raises:
        BadEmail: it is none, or its domain is a well-known typo; `suggestion` then holds the fix.
    """
    email = text.strip().lower()
    local, _, domain = email.rpartition("@")
    fixed = f"{local}@{_LIKELY_FIXES.get(domain, domain)}"
    if not _ADDRESS.fullmatch(fixed) or ".." in fixed or len(fixed) > 254 or local[0] == "." or local[-1] == ".":
        raise BadEmail
    if fixed != email:
        raise BadEmail(fixed)
    return email


def hash_email(email: str, key: bytes) -> str:
    """HMAC-SHA256 of a normalised address under the shop's secret key, in hex.

    A plain hash of an address can be guessed by hashing likely addresses; without the key this one cannot.
    """
    return hmac.new(key, email.encode(), hashlib.sha256).hexdigest()


def mask_email(email: str) -> str:
    """An address its owner recognises and others do not: b•••@example.com."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}•••@{domain}"
