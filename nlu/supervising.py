"""Runs a Rasa server and keeps it well: it is asked for a real parse, and started again when it hangs or ends.

One that does not parse in time but computes has much to do, and is left alone for a while.

Needs nothing but the standard library, so that it runs in Rasa's own environment too: there `python -m nlu.supervising`
serves, and `python -m nlu.supervising --probe` tells by its exit code whether the server understands.
"""

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from types import FrameType

from nlu.processes import die_with_parent

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "PARLEY_NLU_TOKEN"  # noqa: S105 - the variable's name

PROBED = "2 red mugs please"
PROBE_EVERY = 5.0  # seconds between two parses
PROBE_SECONDS = 5.0  # in which one must be answered
FAILURES = 3  # in a row, then the server hangs
BUSY_CPU = 0.5  # seconds of computing from one parse to the next that an idle or stopped server never needs
BUSY_PATIENCE = 120.0  # seconds without a parse for one that computes: it may go round in circles
PATIENCE = 600.0  # seconds for loading a model, in which nothing is expected: a busy machine takes minutes
LONGEST_PAUSE = 30.0  # seconds before a server that ends at once is started again


class TokenMissing(Exception):
    """Rasa would answer strangers: an address that others reach needs PARLEY_NLU_TOKEN."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} is reached by others: set {TOKEN}, or listen on 127.0.0.1")
        self.host = host


def rasa_process(
    python: Path, model: Path, *, host: str, port: int, token: str, environment: dict[str, str], log: int | None
) -> subprocess.Popen[bytes]:
    """Starts Rasa's server; the token goes by the environment, since everybody may read a command line.

    Raises:
        TokenMissing: there is no token, and not only this machine reaches `host`.
    """
    if not token and not _only_here(host):
        raise TokenMissing(host)
    return subprocess.Popen(
        [str(python), "-m", "nlu.rasa_start", "run", "--enable-api", "--interface", host, "--port", str(port),
         "--model", str(model), "--credentials", str(ROOT / "nlu" / "credentials.yml")],
        cwd=ROOT,
        env={**environment, TOKEN: token},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT if log is not None else None,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - it calls prctl and nothing else
    )  # fmt: skip


def understands(url: str, token: str, *, seconds: float = PROBE_SECONDS) -> bool:
    """Whether the server parses a message in that time."""
    query = f"?{urllib.parse.urlencode({'token': token})}" if token else ""
    asked = urllib.request.Request(  # noqa: S310 - our own server
        f"{url}/model/parse{query}", json.dumps({"text": PROBED}).encode(), {"content-type": "application/json"}
    )
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(asked, timeout=seconds) as answer:
            return bool(json.loads(answer.read(65536))["intent"]["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def cpu_seconds(pid: int) -> float:
    """How long a process has computed; 0 where Linux does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # in its own code, and for it in Linux
    except (OSError, ValueError, IndexError):
        return 0.0


class Supervisor:
    """One server, started at once and kept well by whoever calls `check` again and again.

    Args:
        start: starts the server. On Linux it dies with the thread that did.
        well: whether it parses a message now; this may take its time.
        tell: is told in one line when the server is started again, and why.
        clock: monotonic seconds.
        cpu: seconds that a process has computed.
    """

    def __init__(
        self,
        start: Callable[[], subprocess.Popen[bytes]],
        well: Callable[[], bool],
        tell: Callable[[str], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        cpu: Callable[[int], float] = cpu_seconds,
    ) -> None:
        self._start = start
        self._well = well
        self._tell = tell
        self._clock = clock
        self._cpu = cpu
        self._pause = 1.0
        self._started = self._next_probe = self._not_before = self._parsed = self._spent = 0.0
        self._begin()

    def check(self) -> None:
        """Starts the server again if it ended, or failed to parse again and again."""
        now = self._clock()
        if self.process.poll() is not None:
            if now >= self._not_before:
                self._again(f"ended with code {self.process.returncode}")
        elif now >= self._next_probe:
            well, computed = self._well(), self._computed()
            if well:
                self.ready, self._failures, self._pause = True, 0, 1.0
                self._parsed = self._clock()
            elif self.ready and computed > BUSY_CPU and now - self._parsed < BUSY_PATIENCE:
                self._failures = 0
            elif self.ready or now - self._started > PATIENCE:
                self._failures += 1
                if self._failures >= FAILURES:
                    self._again("does not answer")
                    return
            self._next_probe = self._clock() + (PROBE_EVERY if self.ready else 1.0)

    def stop(self) -> None:
        """Ends the server, by force if it does not listen."""
        self.process.terminate()
        try:
            self.process.wait(5.0)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _computed(self) -> float:
        """Seconds that the server computed since this was asked last."""
        before, self._spent = self._spent, self._cpu(self.process.pid)
        return self._spent - before

    def _again(self, why: str) -> None:
        self._tell(f"The Rasa server {why}; starting it again.")
        self.process.kill()  # a stopped or hung process hears nothing else
        self.process.wait()
        self._pause = min(self._pause * 2, LONGEST_PAUSE)
        self._begin()

    def _begin(self) -> None:
        self.process = self._start()
        self.ready = False
        self._failures, self._spent = 0, 0.0
        self._started = self._clock()
        self._next_probe = self._started + 1.0
        self._not_before = self._started + self._pause


def supervise(supervisor: Supervisor) -> None:
    """Blocks and keeps the server well until this process is asked to end."""

    def end(signum: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)  # as the first process of a container it would ignore it
    try:
        while True:
            supervisor.check()
            time.sleep(0.5)
    finally:
        supervisor.stop()


def local_url(host: str, port: int) -> str:
    """Where this machine reaches a server that listens on `host`."""
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::', '') else host}:{port}"  # noqa: S104


def _only_here(host: str) -> bool:
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ip_address(host).is_loopback
    return False


def main() -> None:
    """The image's command, and with `--probe` its health check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--probe", action="store_true")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=5005)
    parser.add_argument("--model", type=Path, default=Path("models/nlu.tar.gz"))
    said = parser.parse_args()
    token, url = os.environ.get(TOKEN, ""), local_url(said.host, said.port)
    if said.probe:
        raise SystemExit(0 if understands(url, token) else 1)

    def start() -> subprocess.Popen[bytes]:
        return rasa_process(
            Path(sys.executable), said.model, host=said.host, port=said.port, token=token,
            environment=dict(os.environ), log=None,
        )  # fmt: skip

    try:
        supervise(Supervisor(start, lambda: understands(url, token), lambda line: print(line, flush=True)))  # noqa: T201
    except TokenMissing as exc:
        raise SystemExit(str(exc)) from exc


if __name__ == "__main__":
    main()
