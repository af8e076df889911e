"""E-mail addresses: what is one, the likely fix of a typo, the keyed hash that stands for it, and its mask."""

import hashlib
import hmac
import html
import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

from domain.errors import BadEmail

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z0-9-]{2,63}")
MAILED = re.compile(r"[^\s@'\"]{1,64}\s{0,2}@\s{0,2}[^\s@'\"]{1,190}")  # what may be an e-mail
_AVOIDED = re.compile(
    r"(?:[\[({<]\s{0,2}a(?:t)?\s{0,2}[\])}>]|%40|[\s_-]at[\s_-](?=.{1,80}(?:[\s_-]dot[\s_-]|\.[a-z]{2})))",
    re.IGNORECASE,
)
_PROVIDERS = ("gmail", "hotmail", "outlook", "yahoo", "icloud", "protonmail")
_NO_TYPOS = frozenset({"mail", "email", "ymail", "qmail", "tmail", "gmx"})  # near a provider, and real
_LIKELY_FIXES = {"gmail.co": "gmail.com", "gmailcom": "gmail.com", "hotmailcom": "hotmail.com", "yahoocom": "yahoo.com"}
# No domain ends like this.
_ENDINGS = dict.fromkeys(("con", "cmo", "ocm", "comm", "vom", "xom", "cim", "cpm", "coom", "dom", "clm"), "com")
_ENDINGS |= {
    "nte": "net",
    "met": "net",
    "nett": "net",
    "ner": "net",
    "ogr": "org",
    "orgg": "org",
    "rog": "org",
    "ku": "uk",
}


def normalise_email(text: str) -> str:
    """Trims and lower-cases an address; an internationalised domain is written as DNS knows it.

    Raises:
        BadEmail: it is none, or its domain is a likely typo; `suggestion` then holds the fix.
    """
    email = text.strip().lower()
    if not email.isascii():
        email = _international(email)
    local, _, domain = email.rpartition("@")
    fixed = f"{local}@{_likely(domain)}"
    plain = fixed if local.isascii() else f"x@{_likely(domain)}"
    if not _ADDRESS.fullmatch(plain) or ".." in fixed or len(fixed) > 254 or local[0] == "." or local[-1] == ".":
        raise BadEmail
    if domain.rpartition(".")[2].isdecimal():
        raise BadEmail
    if fixed != email:
        raise BadEmail(fixed)
    return email


def holds_email(text: str) -> bool:
    """Whether an e-mail address stands in a text, also one that is written so that it is not found."""
    plain = unicodedata.normalize("NFKC", html.unescape(text))
    return MAILED.search(plain) is not None or _AVOIDED.search(plain) is not None


def _international(email: str) -> str:
    """An address with letters beyond ASCII: checked by the library, its domain in the form of DNS (IDNA)."""
    try:
        checked = validate_email(email, check_deliverability=False, allow_smtputf8=True)
    except EmailNotValidError as exc:
        raise BadEmail from exc
    return f"{checked.local_part.lower()}@{checked.ascii_domain.lower()}"


def _likely(domain: str) -> str:
    """The domain that was likely meant: a provider's within one slip, an ending that exists; else the same."""
    if domain in _LIKELY_FIXES:
        return _LIKELY_FIXES[domain]
    rest, _, ending = domain.rpartition(".")
    ending = _ENDINGS.get(ending, ending)
    if ending == "com" and rest not in _NO_TYPOS:
        rest = next((name for name in _PROVIDERS if _one_slip(rest, name)), rest)
    return f"{rest}.{ending}" if rest else domain


def _one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too many, wrong, or two changed places."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    same = next((at for at, letter in enumerate(meant) if typed[at : at + 1] != letter), len(meant))
    rest, other = typed[same:], meant[same:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or swapped


def hash_email(email: str, key: bytes) -> str:
    """HMAC-SHA256 of a normalised address under the shop's secret key, in hex.

    A plain hash of an address can be guessed by hashing likely addresses; without the key this one cannot.
    """
    return hmac.new(key, email.encode(), hashlib.sha256).hexdigest()


def forgotten_mark(hashed_email: str) -> str:
    """What a job knows a forgotten e-mail by, whose hash may stand nowhere any more; nothing is joined by it."""
    return hashlib.sha256(f"forgotten:{hashed_email}".encode()).hexdigest()


def mask_email(email: str) -> str:
    """An address its owner recognises and others do not, not even by its domain: b•••@e•••.com."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}•••@{domain[:1]}•••.{domain.rpartition('.')[2]}"


def masks_apart(email: str, other: str) -> tuple[str, str]:
    """Two addresses, masked so that they can be told from each other: a•••y@e•••.com and a•••a@e•••.com.

    No more letters are shown than that takes; where only the domains differ, these are shown.
    """
    (local, _, domain), (other_local, _, other_domain) = email.partition("@"), other.partition("@")
    masks = mask_email(email).partition("@")[2], mask_email(other).partition("@")[2]
    if local == other_local and masks[0] == masks[1]:
        masks = domain, other_domain
    ends = ("", "")
    for shown in range(1, max(len(local), len(other_local)) + 1):
        ends = f"{local[:shown]}•••{local[-1:]}", f"{other_local[:shown]}•••{other_local[-1:]}"
        if ends[0] != ends[1] or local == other_local:
            break
    return f"{ends[0]}@{masks[0]}", f"{ends[1]}@{masks[1]}"
