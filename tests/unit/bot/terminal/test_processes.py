"""Children end with their parent however it ends, and a taken port is told before anything starts."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.terminal import processes
from bot.terminal.failures import explain

# Starts a child, tells its process id, and waits to be killed.
PARENT = """
import sys, time
from pathlib import Path
from bot.terminal import processes
print(processes.start(["sleep", "60"], log=Path(sys.argv[1])).pid, flush=True)
time.sleep(60)
"""
READY_FOR_EVER = "echo ready; while true; do sleep 0.02; done"


def runs(pid: int) -> bool:
    """Whether a process is there and more than a zombie that nobody has asked about yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def eventually(condition: Callable[[], bool], seconds: float = 5) -> bool:
    """Whether a condition comes true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


@contextmanager
def started(*command: str, log: Path, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A child of this test, killed after it if it still runs."""
    child = processes.start(command, log=log, env=env)
    try:
        yield child
    finally:
        child.kill()
        child.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent ended")
def test_a_child_dies_when_its_parent_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "log")], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        try:
            assert runs(child)
            parent.send_signal(signal.SIGKILL)
            assert eventually(lambda: not runs(child))
        finally:
            if runs(child):
                os.kill(child, signal.SIGKILL)
            parent.kill()


def test_what_a_child_says_goes_to_the_end_of_its_log(tmp_path: Path) -> None:
    log = tmp_path / "new folder" / "child.log"
    for word in ("one", "two"):
        with started("sh", "-c", f"echo {word}; echo {word} >&2", log=log) as child:
            assert child.wait(5) == 0
    assert log.read_text().split() == ["one", "one", "two", "two"]


def test_a_child_gets_its_own_variables_besides_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OURS", "kept")
    log = tmp_path / "log"
    with started("sh", "-c", 'echo "$OURS $THEIRS"', log=log, env={"THEIRS": "given"}) as child:
        child.wait(5)
    assert log.read_text() == "kept given\n"


def test_ctrl_c_of_the_parent_does_not_reach_the_child(tmp_path: Path) -> None:
    with started("sleep", "60", log=tmp_path / "log") as child:
        assert os.getsid(child.pid) != os.getsid(0)


def test_stopping_asks_all_children_before_it_waits_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_PATIENCE_SECONDS", 2)
    log, asked = tmp_path / "log", tmp_path / "asked"
    waits_for_other = f"trap 'until [ -e {asked} ]; do sleep 0.02; done; exit 0' TERM; {READY_FOR_EVER}"
    tells_first = f"trap 'touch {asked}; exit 0' TERM; {READY_FOR_EVER}"
    with started("sh", "-c", waits_for_other, log=log) as first, started("sh", "-c", tells_first, log=log) as second:
        assert eventually(lambda: log.read_text().count("ready") == 2)
        processes.stop([first, second])
        assert (first.returncode, second.returncode) == (0, 0)


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_PATIENCE_SECONDS", 0.2)
    log = tmp_path / "log"
    with started("sh", "-c", f"trap '' TERM; {READY_FOR_EVER}", log=log) as child:
        assert eventually(lambda: "ready" in log.read_text())
        processes.stop([child])
        assert child.returncode == -signal.SIGKILL


def test_stopping_a_child_that_has_ended_is_no_error(tmp_path: Path) -> None:
    with started("true", log=tmp_path / "log") as child:
        child.wait(5)
        processes.stop([child])
        assert child.returncode == 0


def test_a_taken_port_is_told_by_its_number() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port: int = other.getsockname()[1]
        with pytest.raises(processes.PortTaken) as refused:
            processes.check_port("127.0.0.1", port)
    assert refused.value.port == port


def test_a_free_port_stays_free() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port: int = other.getsockname()[1]
    processes.check_port("127.0.0.1", port)
    processes.check_port("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port", "why"),
    [
        ("127.0.0.1", 99999, "99999 is no port"),
        ("127.0.0.1", -1, "-1 is no port"),
        ("300.1.1.1", 8000, "300.1.1.1 is no address"),
        ("203.0.113.7", 8000, "203.0.113.7 is no address of this machine"),
    ],
)
def test_where_nothing_can_listen_is_told(host: str, port: int, why: str) -> None:
    with pytest.raises(processes.BadListener) as refusal:
        processes.check_port(host, port)
    assert why in refusal.value.why
    assert why in (explain(refusal.value) or "")
