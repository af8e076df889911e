"""What is wrong around the settings: names that nobody reads, a file that others read, a database over an open network.

What is found may be a danger, or only doubtful, as where an inner network may well be one's own.
"""

import difflib
import ipaddress
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values
from sqlalchemy import make_url

from bot.config import ENVIRONMENT_NAMES, is_loopback

_PREFIX = "PARLEY_"
_OTHERS_NAMES = ("PARLEY_LOCAL_SLACK",)  # the tests', and whatever else reads the environment beside us
# RFC 1918, RFC 4193 and link-local: addresses of one's own networks
_INNER = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10")
_ENCRYPTED = ("require", "verify-ca", "verify-full")


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """What was looked at and what to do about it; `broken` where it is dangerous."""

    what: str
    how: str
    broken: bool


def unread_names(environment: Mapping[str, str], files: tuple[Path, ...]) -> Iterator[str]:
    """A line for each `PARLEY_*` name that means nothing here, as one that is misspelt."""
    known = [*ENVIRONMENT_NAMES, *_OTHERS_NAMES]
    given = {*environment, *(name for file in files if file.is_file() for name in dotenv_values(file))}
    for name in sorted({name for name in given if name.upper().startswith(_PREFIX)}):
        if name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            yield f"{name} is no setting of Parley, so nobody reads it" + (f"; is {near[0]} meant?" if near else "")


def open_files(files: tuple[Path, ...]) -> Iterator[Doubt]:
    """Files with secrets that others than their owner may read."""
    for file in sorted({file.resolve() for file in files if file.is_file()}):
        mode = file.stat().st_mode
        if mode & (stat.S_IROTH | stat.S_IWOTH):
            yield Doubt(what=f"{file}", how=f"everybody on this machine can read it: chmod 600 {file}", broken=True)
        elif mode & (stat.S_IRGRP | stat.S_IWGRP):
            yield Doubt(
                what=f"{file}", how=f"its group can read it; if that is not on purpose, chmod 600 {file}", broken=False
            )


def open_connection(url: str, environment: Mapping[str, str]) -> Iterator[Doubt]:
    """A database that is reached over a network without TLS: its password and all customers' data can be read there."""
    parsed = make_url(url)
    query = {name: value if isinstance(value, str) else ",".join(value) for name, value in parsed.query.items()}
    mode = query.get("sslmode") or environment.get("PGSSLMODE") or "prefer"
    if mode in _ENCRYPTED:
        return
    hosts = (parsed.host or query.get("host") or environment.get("PGHOST") or "").split(",")
    for host in hosts:
        how = (
            f"{host} is reached over a network, and sslmode is {mode}: its password and customers' data can be read "
            "on their way; add ?sslmode=verify-full (with sslrootcert), or at least ?sslmode=require"
        )
        if not _stays_here(host):
            yield Doubt(what="PARLEY_DATABASE_URL", how=how, broken=not _inner(host))


def _stays_here(host: str) -> bool:
    """Whether it is a socket, this machine, or a name without a dot, as containers on one machine have."""
    return not host or host.startswith(("/", "@")) or is_loopback(host) or ("." not in host and ":" not in host)


def _inner(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
        return any(address in ipaddress.ip_network(network) for network in _INNER)
    except ValueError:
        return host.endswith((".internal", ".local", ".lan"))
