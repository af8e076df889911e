"""Trains the model when its sources changed, and runs the Rasa server, in Rasa's own environment (`nlu/.venv`)."""

import hashlib
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx

from nlu import processes
from nlu.errors import NoModel, RasaMissing, ServerFailed, TrainingFailed

ROOT = Path(__file__).parent.parent
PYTHON = Path(__file__).parent / ".venv" / "bin" / "python"
MODELS = ROOT / ".parley" / "models"
SOURCES = ("config.yml", "domain.yml", "requirements.txt", "*.py", "data/*.yml", "components/*.py")
KEPT_MODELS = 2
READY_SECONDS = 180.0


@dataclass(frozen=True, kw_only=True)
class ModelStatus:
    """The newest model: where it is, how old, and whether it was made from the sources as they are now."""

    path: Path | None
    age: timedelta
    current: bool

    def describe(self) -> str:
        """The status in words."""
        if self.path is None:
            return "not trained; run `parley nlu train`"
        hours = int(self.age.total_seconds() // 3600)
        age = f"{hours} h old" if hours else f"{int(self.age.total_seconds() // 60)} min old"
        return f"{age}, up to date" if self.current else f"{age}, its sources changed since; run `parley nlu train`"


@dataclass(frozen=True, kw_only=True)
class TrainingResult:
    """A model, and whether it had to be trained."""

    path: Path
    trained: bool
    seconds: float

    def describe(self) -> str:
        """The result in words."""
        return f"trained in {self.seconds:.0f} s" if self.trained else "the model is up to date; nothing to train"


def model_status() -> ModelStatus:
    """Looks at the newest model."""
    wanted = _model_path()
    models = sorted(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    path = wanted if wanted.exists() else (models[-1] if models else None)
    age = timedelta(seconds=time.time() - path.stat().st_mtime) if path else timedelta()
    return ModelStatus(path=path, age=age, current=path == wanted)


def train() -> TrainingResult:
    """Trains if the model's sources changed; a failed training leaves the old model in place.

    Raises:
        RasaMissing, TrainingFailed: see their docstrings.
    """
    started = time.monotonic()
    wanted = _model_path()
    if wanted.exists():
        return TrainingResult(path=wanted, trained=False, seconds=0.0)
    MODELS.mkdir(parents=True, exist_ok=True)
    log = MODELS / "training.log"
    log.unlink(missing_ok=True)
    draft = f"draft-{os.getpid()}"
    here = Path(__file__).parent
    command = [
        *("train", "nlu", "--nlu", str(here / "data"), "--config", str(here / "config.yml")),
        *("--domain", str(here / "domain.yml"), "--out", str(MODELS), "--fixed-model-name", draft),
    ]
    training = processes.start(_rasa(command), log=log, cwd=ROOT, env=_environment())
    try:
        failed = training.wait() != 0
    finally:
        training.kill()  # Ctrl-C must not leave it behind
    made = MODELS / f"{draft}.tar.gz"
    if failed or not made.exists():
        raise TrainingFailed(log)
    made.replace(wanted)
    for old in sorted(MODELS.glob("nlu-*.tar.gz"), key=lambda path: path.stat().st_mtime)[:-KEPT_MODELS]:
        old.unlink(missing_ok=True)
    return TrainingResult(path=wanted, trained=True, seconds=time.monotonic() - started)


def serve(port: int, *, log: Path) -> subprocess.Popen[bytes]:
    """Starts the Rasa server with the newest model; it ends with this process.

    Raises:
        RasaMissing, NoModel: see their docstrings.
    """
    return processes.start(_serve_command(port), log=log, cwd=ROOT, env=_environment())


def serve_foreground(port: int, interface: str) -> None:
    """Becomes the Rasa server.

    Raises:
        RasaMissing, NoModel: see their docstrings.
    """
    command = [*_serve_command(port), "--interface", interface]
    os.chdir(ROOT)
    os.execve(command[0], command, _environment())


@contextmanager
def running(port: int, *, log: Path) -> Iterator[str]:
    """A server for as long as the block lasts; gives its address.

    Raises:
        RasaMissing, NoModel, ServerFailed: see their docstrings.
    """
    process = serve(port, log=log)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_ready(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait()


def wait_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until the server answers with its model loaded.

    Raises:
        ServerFailed: it ended, or did not answer within `READY_SECONDS`.
    """
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            answer = httpx.post(f"{url}/model/parse", json={"text": "hello"}, timeout=5)
            if answer.status_code == 200 and answer.json().get("intent", {}).get("name"):
                return
        except (httpx.HTTPError, ValueError):
            pass
        time.sleep(0.3)
    raise ServerFailed(log)


def _model_path() -> Path:
    """Where the model of the sources as they are now belongs: its name carries their hash."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for pattern in SOURCES:
        for file in sorted(here.glob(pattern)):
            digest.update(file.relative_to(here).as_posix().encode())
            digest.update(file.read_bytes())
    return MODELS / f"nlu-{digest.hexdigest()[:16]}.tar.gz"


def _serve_command(port: int) -> list[str]:
    status = model_status()
    if status.path is None:
        raise NoModel
    return _rasa(["run", "--enable-api", "--port", str(port), "--model", str(status.path)])


def _rasa(arguments: list[str]) -> list[str]:
    if not PYTHON.exists():
        raise RasaMissing(PYTHON)
    return [str(PYTHON), "-m", "rasa", *arguments]


def _environment() -> dict[str, str]:
    """Rasa's environment: quiet, without telemetry, and with our components importable as `nlu.components`."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
    }
