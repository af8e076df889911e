"""The watchdog of the Rasa server: a server that hangs or ends is started again, one that loads is left alone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from nlu import rasa_start, supervising
from nlu.processes import free_port
from nlu.supervising import (
    BUSY_PATIENCE,
    FAILURES,
    PATIENCE,
    PROBE_EVERY,
    Supervisor,
    TokenMissing,
    cpu_seconds,
    rasa_process,
    understands,
)

# A server in Rasa's place, with its token.
PARSER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        well = self.path == "/model/parse?token=let-me-in"
        empty = self.path == "/model/parse?token=no-model"
        body = b'{"intent": {"name": "order"}}' if well else b'{"status": "failure"}'
        self.send_response(200 if well or empty else 401)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Stage:
    """A supervisor of processes that sleep, whose health a test says."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.well = True
        self.busy = False
        self.computed = 0.0
        self.told: list[str] = []
        self.started: list[subprocess.Popen[bytes]] = []
        self.supervisor = Supervisor(
            self.start, lambda: self.well, self.told.append, clock=self.clock, cpu=lambda pid: self.computed
        )

    def start(self) -> subprocess.Popen[bytes]:
        self.started.append(subprocess.Popen(["sleep", "60"]))
        return self.started[-1]

    def later(self, seconds: float = PROBE_EVERY) -> None:
        self.clock.now += seconds
        self.computed += seconds / 3 if self.busy else 0.01
        self.supervisor.check()


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    yield made
    made.supervisor.stop()


def test_a_server_that_is_well_is_left_alone(stage: Stage) -> None:
    for _ in range(20):
        stage.later()
    assert (len(stage.started), stage.told) == (1, [])


def test_a_server_that_does_not_parse_again_and_again_is_started_again(stage: Stage) -> None:
    stage.later()
    stage.well = False
    for _ in range(FAILURES - 1):
        stage.later()
    assert len(stage.started) == 1
    stage.later()
    assert len(stage.started) == 2
    assert stage.started[0].returncode == -signal.SIGKILL
    assert stage.told == ["The Rasa server does not answer; starting it again."]


def test_a_single_failure_is_forgotten(stage: Stage) -> None:
    for well in (True, False, False) * 5:
        stage.well = well
        stage.later()
    assert len(stage.started) == 1


def test_a_server_that_is_only_busy_is_left_alone_for_a_while(stage: Stage) -> None:
    stage.later()
    stage.well, stage.busy = False, True
    parsed = stage.clock.now
    while stage.clock.now < parsed + BUSY_PATIENCE - PROBE_EVERY:
        stage.later()
    assert (len(stage.started), stage.told) == (1, [])
    stage.well = True
    stage.later()
    stage.well = False
    for _ in range(FAILURES + 1):
        stage.later()
    assert len(stage.started) == 1


def test_a_server_that_computes_for_ever_is_started_again_in_the_end(stage: Stage) -> None:
    stage.later()
    stage.well, stage.busy = False, True
    parsed = stage.clock.now
    while len(stage.started) == 1:
        stage.later()
    assert BUSY_PATIENCE <= stage.clock.now - parsed <= BUSY_PATIENCE + (FAILURES + 1) * PROBE_EVERY


def test_failures_between_busy_moments_are_not_in_a_row(stage: Stage) -> None:
    stage.later()
    stage.well = False
    for busy in (False, False, True) * 5:
        stage.busy = busy
        stage.later()
    assert len(stage.started) == 1


def test_linux_tells_how_long_a_process_has_computed() -> None:
    before = cpu_seconds(os.getpid())
    while time.process_time() < before + 0.1:
        pass
    assert cpu_seconds(os.getpid()) > before
    assert cpu_seconds(2**30) == 0.0


def test_a_server_that_loads_its_model_has_time_but_not_for_ever(stage: Stage) -> None:
    stage.well = False
    while stage.clock.now < 100 + PATIENCE - 10:
        stage.later()
    assert len(stage.started) == 1
    for _ in range(FAILURES + 3):
        stage.later()
    assert len(stage.started) == 2


def test_a_server_that_ended_is_started_again_but_not_in_a_hurry(stage: Stage) -> None:
    stage.later()
    for _ in range(2):
        stage.supervisor.process.kill()
        stage.supervisor.process.wait()
        stage.supervisor.check()
        stage.later(4)
    assert len(stage.started) == 3
    assert stage.told[0] == f"The Rasa server ended with code {-signal.SIGKILL}; starting it again."


def until_ready(supervisor: Supervisor, clock: Clock) -> None:
    for _ in range(400):
        if supervisor.ready:
            break
        clock.now += 0.3
        supervisor.check()
        time.sleep(0.05)


def test_a_stopped_process_is_found_and_replaced() -> None:
    port = free_port()
    told: list[str] = []
    url = f"http://127.0.0.1:{port}"

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", PARSER, str(port)], stderr=subprocess.DEVNULL)

    clock = Clock()
    supervisor = Supervisor(
        start,
        lambda: understands(url, "let-me-in", seconds=0.5),
        told.append,
        clock=clock,
    )
    try:
        until_ready(supervisor, clock)
        assert supervisor.ready
        first = supervisor.process
        os.kill(first.pid, signal.SIGSTOP)
        for _ in range(FAILURES):
            clock.now += PROBE_EVERY
            supervisor.check()
        assert supervisor.process is not first
        assert told == ["The Rasa server does not answer; starting it again."]
        until_ready(supervisor, clock)
        assert supervisor.ready
        assert not understands(url, "another")
        assert not understands(url, "")
        assert not understands(url, "no-model")
    finally:
        supervisor.stop()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "nlu"])
def test_without_a_token_nobody_else_may_reach_it(host: str) -> None:
    with pytest.raises(TokenMissing, match="PARLEY_NLU_TOKEN"):
        rasa_process(Path("/bin/false"), Path("model"), host=host, port=1, token="", environment={}, log=None)


def test_the_token_stands_in_no_command_line() -> None:
    process = rasa_process(
        Path("/bin/false"), Path("model"), host="0.0.0.0", port=1, token="let-me-in", environment={}, log=None
    )
    process.wait()
    assert "let-me-in" not in str(process.args)


def test_rasa_opens_no_channel_for_it_would_ask_nobody_for_the_token() -> None:
    process = rasa_process(
        Path("/bin/false"), Path("model"), host="127.0.0.1", port=1, token="", environment={}, log=None
    )
    process.wait()
    assert isinstance(process.args, list)
    credentials = Path(process.args[process.args.index("--credentials") + 1])
    assert yaml.safe_load(credentials.read_text()) == {}


def test_rasa_is_given_the_token_and_the_environment_is_not_left_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []
    rasa = SimpleNamespace(main=lambda: given.append(sys.argv[:]))
    monkeypatch.setitem(sys.modules, "rasa", SimpleNamespace(__main__=rasa))
    monkeypatch.setitem(sys.modules, "rasa.__main__", rasa)
    for token in ("let-me-in", ""):
        monkeypatch.setattr(sys, "argv", ["rasa_start", "run"])
        monkeypatch.setenv("PARLEY_NLU_TOKEN", token)
        rasa_start.main()
        assert "PARLEY_NLU_TOKEN" not in os.environ
    assert given == [["rasa", "run", "--auth-token", "let-me-in"], ["rasa", "run"]]


def test_nothing_but_the_standard_library_is_needed() -> None:
    code = "import nlu.supervising, sys; print(sorted(name.split('.')[0] for name in sys.modules if 'httpx' in name))"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=supervising.ROOT, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "[]"
