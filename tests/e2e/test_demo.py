"""`parley demo`: comes up, refuses a second one, and leaves no process behind, however it ends."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import httpx
import psutil
import pytest
import yaml

from bot.terminal.processes import free_port
from storage.server.embedded import LINGER_SECONDS

PATIENCE_SECONDS = 240  # a busy machine draws the pictures of a new shop for a minute
KILLED_AFTER = 10  # seconds that the demo waits for its parts


class Demo:
    """A demo shop in a folder of its own, without Rasa: the page answers in reduced mode."""

    def __init__(self, folder: Path, pictures: Path) -> None:
        self.folder = folder
        (folder / ".parley").mkdir()
        (folder / ".parley/images").symlink_to(pictures)  # drawing them takes longer than all the rest
        config = yaml.safe_load(Path("config.yaml").read_text())
        config["web"]["port"] = free_port()
        (folder / "config.yaml").write_text(yaml.safe_dump(config))
        (folder / "answers.yaml").write_text(Path("answers.yaml").read_text())
        self.address = f"http://127.0.0.1:{config['web']['port']}"
        clean = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
        self._environment = {**clean, "PYTHONPATH": os.getcwd(), "PARLEY_NLU_URL": "http://127.0.0.1:1"}

    def ask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """What `parley` answers in the demo's folder."""
        command = [sys.executable, "-m", "bot.cli", *words]
        return subprocess.run(
            command, check=False, cwd=self.folder, env=self._environment, capture_output=True, text=True
        )

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "demo", "--orders", "150"],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def processes(self) -> list[psutil.Process]:
        """Everything that runs in the folder: ours by its working folder, Postgres by its command line."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.cwd() == str(self.folder) or str(self.folder) in " ".join(process.cmdline()):
                    found.append(process)
            except psutil.Error:
                continue
        return found


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The products' pictures, drawn by the first demo for all."""
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture
def demo(pictures: Path) -> Iterator[Demo]:
    """Not in pytest's own folder: the next pytest closes it to the user that Postgres runs as."""
    shop = Demo(Path(tempfile.mkdtemp(prefix="parley-demo-")), pictures)
    yield shop
    for process in shop.processes():
        process.kill()
    shutil.rmtree(shop.folder, ignore_errors=True)


class Terminal:
    """What a process says, read while it runs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.said = ""
        self._reader = Thread(target=self._read, args=(process,))
        self._reader.start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process:  # which closes its output and waits for its end
            for line in process.stdout:
                self.said += line

    def mailbox(self) -> str:
        """The link that opens the dev mailbox, once it is printed; else nothing."""
        found = re.search(r"http://\S+/mailbox\?token=[\w-]{20,}", self.said)
        return found.group() if found else ""

    def to_its_end(self) -> str:
        """All that was said, when the process has ended."""
        self._reader.join(60)
        return self.said


def until(true: Callable[[], bool]) -> bool:
    """Waits until something is true; says whether it became so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.2)
    return False


@contextmanager
def page_open(demo: Demo) -> Iterator[None]:
    """A chat page that waits for what nobody asked for, as each open one does."""
    with httpx.Client(base_url=demo.address, timeout=20) as browser:
        browser.post("/api/chat", json={"text": "help"})
        with browser.stream("GET", "/api/chat/events") as stream:
            assert stream.status_code == 200
            yield


def beating(demo: Demo, part: str) -> bool:
    """Whether a part of the demo has come up and reaches the database."""
    return demo.ask("health", part).returncode == 0


def ready(demo: Demo) -> bool:
    """Whether the demo's web app can answer and write."""
    try:
        return httpx.get(f"{demo.address}/readyz", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def orders(demo: Demo, email: str) -> str:
    """What a new visitor hears at the end of an order, or how it was refused."""
    with httpx.Client(base_url=demo.address, timeout=20) as customer:
        for said in ("order 2 MUG-RED", email, "address: 12 Main St, Denver CO 80203", "yes"):
            answer = customer.post("/api/chat", json={"text": said})
            if answer.status_code != 200:
                return f"{answer.status_code} {answer.text}"
    reply = answer.json()["replies"][0]
    return f"{reply['title']} {reply['text']}"


def running_parts(demo: Demo) -> list[psutil.Process]:
    return [one for one in demo.processes() if _command(one)[-1:] in (["web"], ["worker"], ["scheduler"])]


def _command(process: psutil.Process) -> list[str]:
    """What it was started by; nothing of what ended meanwhile."""
    with suppress(psutil.NoSuchProcess):
        return process.cmdline()
    return []


def kill_worker(demo: Demo) -> bool:
    """Kills the worker where one runs; true in any case."""
    for part in running_parts(demo):
        with suppress(psutil.NoSuchProcess):  # it just ended
            if part.cmdline()[-1:] == ["worker"]:
                part.kill()
    return True


def test_a_database_that_is_killed_begins_again_and_the_same_demo_sells_on(demo: Demo) -> None:
    running = demo.start()
    terminal = Terminal(running)
    assert until(lambda: ready(demo)), terminal.said
    assert "placed" in orders(demo, "ann@example.com")
    assert until(lambda: bool(terminal.mailbox())), terminal.said
    assert until(lambda: "is placed" in httpx.get(terminal.mailbox()).text), "the first order's mail never came"
    assert until(lambda: beating(demo, "scheduler")), "a part that only just begins may end without the database"
    parts = {part.pid for part in running_parts(demo)}
    watcher = next(one for one in demo.processes() if "storage.server.embedded" in one.cmdline())

    watcher.suspend()  # so that the demo itself has to do it, and not before we have seen the shop without it
    running.send_signal(signal.SIGSTOP)
    os.kill(int((demo.folder / ".parley/postgres/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    time.sleep(0.5)
    refused = httpx.post(f"{demo.address}/api/chat", json={"text": "help"}, timeout=30)
    assert refused.status_code == 503, refused.text
    assert "cannot answer right now" in refused.json()["error"], refused.text
    running.send_signal(signal.SIGCONT)
    assert until(lambda: httpx.post(f"{demo.address}/api/chat", json={"text": "help"}, timeout=30).is_success)
    watcher.resume()
    placed = orders(demo, "bob@example.com")
    assert "placed" in placed, placed
    (number,) = re.findall(r"#(\d+) is placed", placed)
    assert until(lambda: f"#{number} is placed" in httpx.get(terminal.mailbox()).text), (
        "the second order's mail never came"
    )
    assert terminal.said.count("Postgres ended; starting it again") == 1
    assert {part.pid for part in running_parts(demo)} == parts, "a part ended for want of the database"

    # A crash that is not the database's ends the demo; the first one may still count as the database's.
    assert until(lambda: kill_worker(demo) and running.poll() is not None), terminal.said
    said = terminal.to_its_end()
    assert running.wait(10) == 1
    assert said.count("worker ended without its database") <= 1
    assert "worker.log" in said
    assert until(lambda: demo.processes() == []), demo.processes()


def test_a_demo_sells_and_leaves_nothing_behind(demo: Demo) -> None:
    first = demo.start()
    terminal = Terminal(first)

    assert until(lambda: ready(demo)), (demo.folder / ".parley/logs/web.log").read_text()
    assert "placed" in orders(demo, "ann@example.com")
    assert httpx.get(f"{demo.address}/images/MUG-RED.png").headers["content-type"] == "image/png"
    assert until(lambda: bool(terminal.mailbox())), terminal.said
    assert until(lambda: "is placed" in httpx.get(terminal.mailbox()).text), "the order's mail never came"
    assert httpx.get(f"{demo.address}/mailbox").status_code == 403

    second = demo.start()
    said, _ = second.communicate(timeout=60)
    assert second.returncode == 1
    assert f"already runs here (process {first.pid})" in " ".join(said.split())

    with page_open(demo):
        first.send_signal(signal.SIGINT)
        stopping = time.monotonic()
        first.wait(timeout=60)
    assert first.returncode == 0, terminal.to_its_end()
    assert time.monotonic() - stopping < KILLED_AFTER, "an open page kept the web app from ending by itself"
    assert until(lambda: demo.processes() == []), demo.processes()

    third = demo.start()
    terminal = Terminal(third)
    assert until(lambda: ready(demo))
    assert until(lambda: bool(terminal.mailbox())), terminal.said
    (number,) = re.findall(r"#(\d+) is placed", orders(demo, "cat@example.com"))
    # A worker that only just begins ends at once when it is told to, suspended or not.
    assert until(lambda: f"#{number} is placed" in httpx.get(terminal.mailbox()).text), (
        "the third demo's mail never came"
    )
    with page_open(demo):
        worker = next(process for process in demo.processes() if process.cmdline()[-1] == "worker")
        worker.suspend()  # as on a machine that is short of time
        third.kill()
        terminal.to_its_end()
        time.sleep(2 * LINGER_SECONDS)
        worker.resume()
        _, left = psutil.wait_procs([worker], timeout=KILLED_AFTER)
        assert not left, "the worker waits for a database that was stopped before it"
        assert until(lambda: demo.processes() == []), demo.processes()
    logged = [(demo.folder / f".parley/logs/{part}.log").read_text() for part in ("web", "worker", "scheduler")]
    assert not any("token" in text for text in logged), logged
    assert not any("Traceback" in text or "ERROR" in text for text in logged), logged
