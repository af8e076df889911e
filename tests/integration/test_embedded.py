"""The embedded server: joined by every process that needs it, stopped after the last one however that ends."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import rmtree

import psycopg2
import pytest
from sqlalchemy import make_url

from storage.server.embedded import LINGER_SECONDS

# Uses the server until it is killed or its standard input ends.
USER = """
import sys
from pathlib import Path
from storage.server import embedded
server = embedded.start(Path(sys.argv[1]))
print(server.url, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """One state folder, because making a new cluster takes a second; its server is stopped by the last test's end."""
    path = Path(tempfile.mkdtemp(prefix="parley-embedded-"))
    yield path
    assert eventually(lambda: server_pid(path) is None)
    rmtree(path, ignore_errors=True)


@contextmanager
def user(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that uses the server in `folder`, and the address it was given."""
    with subprocess.Popen(
        [sys.executable, "-c", USER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/"
    ) as process:
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            assert url, "the server did not start"
            yield process, url
        finally:
            process.kill()


def kill(process: subprocess.Popen[str]) -> None:
    """Ends a process without giving it a chance to tidy up."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def ask(url: str, statement: str) -> str:
    """The first value of a statement's answer, as text."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(psycopg2.connect(plain)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
        return str(row[0]) if row else ""


def server_pid(folder: Path) -> int | None:
    """The server's process id, or None when none runs."""
    try:
        pid = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (FileNotFoundError, IndexError, ProcessLookupError):
        return None
    return pid


def kill_server(folder: Path) -> int:
    """Kills the server, which nobody can prepare for, and says which it was."""
    pid = server_pid(folder)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    return pid


def starts_again(folder: Path, url: str, killed: int) -> bool:
    """Whether another server answers at the same address soon."""

    def answers() -> bool:
        try:
            return server_pid(folder) != killed and ask(url, "SELECT 1") == "1"
        except psycopg2.OperationalError:
            return False

    return eventually(answers, 40)


def eventually(condition: Callable[[], bool], seconds: float = 15) -> bool:
    """Whether a condition comes true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_the_server_is_shared_stops_after_its_last_user_and_starts_again_with_its_data(folder: Path) -> None:
    with user(folder) as (first, url), user(folder) as (second, same_url):
        pid = server_pid(folder)
        assert pid is not None
        assert same_url == url
        ask(url, "CREATE TABLE kept (answer int); INSERT INTO kept VALUES (42) RETURNING answer")
        kill(first)
        assert ask(url, "SELECT answer FROM kept") == "42"
        kill(second)
        with user(folder) as (third, _):
            time.sleep(LINGER_SECONDS + 0.5)  # by now it would be gone if it had not noticed the third
            assert (server_pid(folder), ask(url, "SELECT answer FROM kept")) == (pid, "42")
            kill(third)
            assert eventually(lambda: server_pid(folder) is None)
    with user(folder) as (_, url):
        assert ask(url, "SELECT answer FROM kept") == "42"


def test_a_killed_server_starts_again_with_what_was_committed(folder: Path) -> None:
    with user(folder) as (first, url):
        ask(url, "CREATE TABLE survived (answer int); INSERT INTO survived VALUES (7) RETURNING answer")
        kill_server(folder)
        kill(first)
        assert eventually(lambda: server_pid(folder) is None, LINGER_SECONDS + 10)
    with user(folder) as (second, url):
        assert ask(url, "SELECT answer FROM survived") == "7"
        assert second.stdin is not None
        second.stdin.close()  # the end in peace
        assert second.wait(10) == 0


def test_a_server_that_is_killed_under_its_users_starts_again_by_itself_each_time(folder: Path) -> None:
    with user(folder) as (_, url):
        ask(url, "CREATE TABLE remained (answer int); INSERT INTO remained VALUES (9) RETURNING answer")
        for _ in range(2):
            assert starts_again(folder, url, kill_server(folder))
            assert ask(url, "SELECT answer FROM remained") == "9"
        plain = make_url(url).set(drivername="postgresql").render_as_string()
        with closing(psycopg2.connect(plain)) as busy, busy.cursor() as cursor:
            cursor.execute("INSERT INTO remained VALUES (10)")  # a transaction that is open when the server dies
            assert starts_again(folder, url, kill_server(folder))
        assert ask(url, "SELECT count(*) FROM remained") == "1"


def test_a_server_that_is_stopped_under_its_users_is_woken(folder: Path) -> None:
    with user(folder) as (_, url):
        plain = make_url(url).set(drivername="postgresql").render_as_string()
        with closing(psycopg2.connect(plain)) as served, served.cursor() as cursor:
            pid, servant = server_pid(folder), served.info.backend_pid
            assert pid is not None
            for stopped in (pid, servant):
                os.kill(stopped, signal.SIGSTOP)
            cursor.execute("SELECT 1")
            assert ask(url, "SELECT 1") == "1"
            assert server_pid(folder) == pid


def test_the_servers_log_does_not_tell_what_was_written(folder: Path) -> None:
    with user(folder) as (_, url):
        with pytest.raises(psycopg2.Error):
            ask(url, "SELECT 'ann@example.com'::int")
        with pytest.raises(psycopg2.Error):
            ask(url, "SELECT 1 AS bob_at_home, no_such_column")
        log = (folder / "postgres" / "log").read_text()
        assert "no_such_column" in log
        assert "bob_at_home" not in log


@pytest.mark.parametrize("left", ["another's number", "cut off", "empty"])
def test_what_a_killed_server_leaves_behind_stops_no_other(folder: Path, left: str) -> None:
    file = folder / "postgres" / "postmaster.pid"
    with user(folder) as (first, url):
        lines = file.read_text().splitlines()
        sockets = Path(lines[4])
        kill(first)
        assert eventually(lambda: server_pid(folder) is None, LINGER_SECONDS + 10)
    with subprocess.Popen(["sleep", "60"]) as stranger:
        mine = [str(stranger.pid), *lines[1:]]
        file.write_text({"another's number": "\n".join(mine) + "\n", "cut off": f"{stranger.pid}\n", "empty": ""}[left])
        (sockets / ".s.PGSQL.5432.lock").write_text("\n".join(mine[:5]) + "\n")
        try:
            with user(folder) as (_, url):
                assert ask(url, "SELECT 1") == "1"
            assert stranger.poll() is None
        finally:
            stranger.kill()
