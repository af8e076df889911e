"""Takes a person out of the copies of files: the lines that hold their e-mail address become blank ones."""

import gzip
import re
import tempfile
from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path

from analytics.folders import Folder
from domain.errors import BadEmail
from domain.people.identity import forgotten_mark, hash_email, normalise_email

COPIES = ("raw", "quarantine")
_GZIP = b"\x1f\x8b"
_MAILED = re.compile(rb"[^\s@,;\"'<>{}\[\]:]{1,64}@[^\s@,;\"'<>{}\[\]:]{1,190}")
_KNOWN = 100_000  # e-mails that need not be looked at again
_LONGEST_LINE = 1 << 20  # bytes; of a longer one each part is a line


def take_out(lake: Folder, marks: Collection[str], key: bytes) -> int:
    """Rewrites each copy that names one of the e-mails, and returns how many did; numbers of lines stay.

    Args:
        lake: where copies are kept.
        marks: of the e-mails, see `domain.people.identity.forgotten_mark`.
        key: the secret key of the e-mail hash.

    Raises:
        Unreachable: the lake does not answer, or refuses.
    """
    changed = 0

    @lru_cache(maxsize=_KNOWN)
    def is_theirs(written: bytes) -> bool:
        return _is_theirs(written, marks, key)

    for place in COPIES:
        for path, found in lake.below(place):
            with tempfile.TemporaryDirectory(prefix="parley-forget-") as folder:
                copy, rest = Path(folder) / "copy", Path(folder) / "rest"
                if lake.fetch(found, copy) is not None and _without(copy, rest, is_theirs):
                    lake.keep(rest, path)
                    changed += 1
    return changed


def _without(copy: Path, rest: Path, is_theirs: Callable[[bytes], bool]) -> bool:
    """Writes what is left, packed as it was, and returns whether anything was taken out."""
    found = False
    try:
        with copy.open("rb") as file:
            packed = file.read(2) == _GZIP
        with gzip.open(copy) if packed else copy.open("rb") as source, rest.open("wb") as out:
            target = gzip.GzipFile(fileobj=out, mode="wb", mtime=0) if packed else out
            while line := source.readline(_LONGEST_LINE):
                theirs = any(is_theirs(written) for written in _MAILED.findall(line))
                found = found or theirs
                target.write(b"\n" if theirs else line)
            if packed:
                target.close()
    except (OSError, EOFError):  # a damaged one, in quarantine, cannot be read by anybody: all of it goes
        rest.write_bytes(b"")
        return True
    return found


def _is_theirs(written: bytes, marks: Collection[str], key: bytes) -> bool:
    try:
        email = normalise_email(written.decode(errors="replace").strip("."))
        return forgotten_mark(hash_email(email, key)) in marks
    except BadEmail:
        return False
