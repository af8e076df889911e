"""A process of our own that is asked one thing, and says line by line, as JSON, how it goes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any, Self, cast

URL = "PARLEY_DBT_URL"  # the variable by which it hears where the warehouse is
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH")
_OF_POSTGRES = "PG"
# A core is left to the turns of customers; and on a busy machine threads that wait for each other spin: what takes a
# second then takes ten.
_ONE_THREAD = {"OMP_NUM_THREADS": "1"}


class AlreadyBuilding(Exception):
    """Another build runs; there is one at a time."""


class CutOff(Exception):
    """The process was stopped before its end."""


@dataclass(kw_only=True, slots=True)
class Child:
    """A process that waits to be asked; it is stopped where nobody waits for it any more."""

    _process: subprocess.Popen[str]
    _asks: IO[str]
    _says: IO[str]
    _stopped: bool = False

    def stop(self) -> None:
        """Ends it at once; who waits for it hears `CutOff`."""
        self._stopped = True
        self._process.kill()

    def ask(self, **wanted: Any) -> Iterator[dict[str, Any]]:
        """What it says until it ends.

        Raises:
            CutOff: it was stopped.
        """
        with suppress(BrokenPipeError):  # it ended already, which its code tells
            self._asks.write(json.dumps(wanted) + "\n")
            self._asks.flush()
        for line in self._says:
            yield json.loads(line)
        self._process.wait()
        if self._stopped:
            raise CutOff

    @property
    def code(self) -> int | None:
        """What it ended with; None while it runs."""
        return self._process.returncode

    @classmethod
    @contextmanager
    def started(cls, url: str, module: str, arguments: Sequence[str] = ()) -> Iterator[Self]:
        """Starts a module of ours, which is told of the database at `url` only; it is stopped at the end.

        Raises:
            AlreadyBuilding: it says first that it is `busy`.
        """
        known: Mapping[str, str] = {
            name: value for name, value in os.environ.items() if name in _PASSED_ON or name.startswith(_OF_POSTGRES)
        }
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**known, **_ONE_THREAD, URL: url},
        )
        asks, says = cast(IO[str], process.stdin), cast(IO[str], process.stdout)
        try:
            first = json.loads(says.readline() or "{}")
            if first.get("busy"):
                raise AlreadyBuilding
            yield cls(_process=process, _asks=asks, _says=says)
        finally:
            process.kill()
            says.close()
            with suppress(BrokenPipeError):  # it may have ended before it read what was asked
                asks.close()
            process.wait()
