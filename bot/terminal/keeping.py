"""Keeps the demo's parts running: its Postgres and Rasa are started again; another part that ends by itself ends it."""

import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.terminal.processes import ChildEnded
from nlu.supervising import Supervisor
from storage.errors import DatabaseUnreachable
from storage.server import embedded

START_SECONDS = 60.0  # for a database that has much to replay
AFTERMATH_SECONDS = 30.0  # after which the database is no excuse any more
MOST_OUTAGES, OUTAGES_SECONDS = 5, 60.0  # more of them in that time are not somebody's kill


class Keeper:
    """Looks after all parts whenever `check` is called, in the main thread: parts die with the thread that began them.

    Args:
        children: the parts by name; one that begins again is replaced there.
        begin: how the parts that need the database begin again.
        logs: the folder of what they say.
        tell: is told in one line what begins again, and why.
        state_folder: where the embedded Postgres is; None where the database is not ours.
        clock: monotonic seconds.
    """

    rasa: Supervisor | None = None

    def __init__(
        self,
        children: dict[str, subprocess.Popen[bytes]],
        begin: Mapping[str, Callable[[], subprocess.Popen[bytes]]],
        *,
        logs: Path,
        tell: Callable[[str], None],
        state_folder: Path | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._children = children
        self._begin = begin
        self._logs = logs
        self._tell = tell
        self._folder = state_folder
        self._clock = clock
        self._postgres = embedded.server_pid(state_folder) if state_folder else None
        self._outages: list[float] = []
        self._excused: set[str] = set()  # who may end once, for want of the database

    def check(self) -> None:
        """Begins again what may.

        Raises:
            ChildEnded: a part ended that the shop cannot do without, and not for want of the database.
            DatabaseUnreachable: the embedded Postgres does not start again, or ends again and again.
        """
        ended = [name for name, child in self._children.items() if child.poll() is not None]
        if self._folder is not None:
            self._keep_postgres(self._folder)  # after the look at who ended, who may have ended for want of it
        for name in ended:
            if name not in self._excused:
                raise ChildEnded(name, self._logs / f"{name}.log")
            self._excused.remove(name)
            self._tell(f"{name} ended without its database; starting it again.")
            self._children[name] = self._begin[name]()
        if self.rasa is not None:
            self.rasa.check()

    def _keep_postgres(self, folder: Path) -> None:
        """Another server than before is one that its watcher has started again already."""
        now, pid = self._clock(), embedded.server_pid(folder)
        if pid is not None and pid == self._postgres:
            if self._outages and now - self._outages[-1] > AFTERMATH_SECONDS:
                self._excused.clear()
            return
        self._tell("Postgres ended; starting it again. Until then the shop says that it cannot answer.")
        self._outages = [*(at for at in self._outages if now - at < OUTAGES_SECONDS), now]
        if len(self._outages) > MOST_OUTAGES:
            raise DatabaseUnreachable(f"the embedded Postgres ends again and again; see {folder / 'postgres' / 'log'}")
        while True:
            try:
                embedded.start(folder)
                break
            except DatabaseUnreachable:
                if self._clock() - now > START_SECONDS:
                    raise
                time.sleep(1.0)
        self._postgres = embedded.server_pid(folder)
        self._outages[-1] = self._clock()
        self._excused = set(self._begin)
