"""Child processes of the command line, and the ports they need."""

import errno
import socket
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from nlu.processes import free_port, start

__all__ = ["BadListener", "ChildEnded", "DemoRunning", "Part", "PortTaken", "check_port", "free_port", "start", "stop"]

_PATIENCE_SECONDS = 10.0


class Part(StrEnum):
    """A part of the shop that runs for long and can be asked whether it lives."""

    WEB = "web"
    BOT = "bot"
    WORKER = "worker"
    SCHEDULER = "scheduler"


@dataclass
class PortTaken(Exception):
    """Another program listens on the port already."""

    port: int


@dataclass
class BadListener(Exception):
    """Nothing can listen there; `why` says what is wrong."""

    why: str


@dataclass
class DemoRunning(Exception):
    """Another `parley demo` runs in this folder."""

    pid: str


@dataclass
class ChildEnded(Exception):
    """A part of the demo ended by itself; `log` holds its last words."""

    name: str
    log: Path


def check_port(host: str, port: int) -> None:
    """Makes sure that nobody listens on a port.

    Raises:
        PortTaken: somebody does.
        BadListener: the port or the address is none of this machine's.
    """
    if not 0 < port < 65536:
        raise BadListener(f"{port} is no port; take one from 1 to 65535")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror as exc:
            raise BadListener(f"{host} is no address") from exc
        except PermissionError as exc:
            raise BadListener(f"port {port} is for the system's administrator; take one above 1023") from exc
        except OSError as exc:
            if exc.errno == errno.EADDRNOTAVAIL:
                raise BadListener(f"{host} is no address of this machine; take 127.0.0.1 or 0.0.0.0") from exc
            raise PortTaken(port) from exc


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Asks all to end, waits, and kills what does not."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
