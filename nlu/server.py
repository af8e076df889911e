"""Trains the NLU model and runs Rasa's server for it; both live in their own Python environment."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from nlu.examples import write_examples
from nlu.processes import die_with_parent
from nlu.supervising import rasa_process, understands

PACKAGE = Path(__file__).resolve().parent
ROOT = PACKAGE.parent
MODELS = ROOT / ".parley" / "models"
RASA_PYTHON = PACKAGE / ".venv" / "bin" / "python"

_KEPT_MODELS = 2
# What a model is made of: a change in any of these makes it stale.
_SOURCES = (
    "config.yml",
    "data/*.yml",
    "data/marked/*.txt",
    "examples.py",
    "reading/labels.py",
    "reading/marks.py",
    "reading/wishes.py",
    "components/*.py",
    "rules/normalising.py",
    "rules/cleaning.py",
    "rules/patterns.py",
    "rules/identifiers.py",
    "rules/addresses.py",
    "requirements.txt",
)


class NluSetupError(Exception):
    """Something about the NLU environment or model is not as it should be.

    NluSetupError
    ├── NluEnvironmentMissing
    ├── ModelMissing
    ├── TrainingFailed
    └── ServerFailed
    """


class NluEnvironmentMissing(NluSetupError):
    """The NLU's own Python environment is not there; `make setup` builds it."""

    def __init__(self, python: Path) -> None:
        super().__init__(f"no Rasa environment at {python}: run `make setup`")
        self.python = python


class ModelMissing(NluSetupError):
    """No NLU model has been trained yet; `parley nlu train` makes one."""

    def __init__(self, models: Path) -> None:
        super().__init__(f"no trained model in {models}: run `parley nlu train`")
        self.models = models


class TrainingFailed(NluSetupError):
    """Rasa ended training with an error; `output` holds its last lines."""

    def __init__(self, output: str) -> None:
        super().__init__(f"Rasa could not train the model:\n{output}")
        self.output = output


class ServerFailed(NluSetupError):
    """The Rasa server ended, or did not become ready in time; `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the NLU server is not ready: {reason}")
        self.reason = reason


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainingResult:
    """A model that fits the sources; `trained` is False when it was there already."""

    path: Path
    trained: bool
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelStatus:
    """The newest model, when it was trained (aware UTC) and whether it fits the sources as they are now."""

    path: Path | None
    trained_at: datetime | None
    current: bool


def fingerprint(package: Path = PACKAGE) -> str:
    """Returns twelve hexadecimal digits that change with the configuration, the training data or the components."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(package.glob(pattern)):
            digest.update(path.relative_to(package).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def train(
    progress: Callable[[str], None] = lambda message: None,
    *,
    models: Path = MODELS,
    python: Path = RASA_PYTHON,
    force: bool = False,
) -> TrainingResult:
    """Trains a model unless one for the present sources exists, and keeps the newest two.

    Only one process trains at a time; another that waits for it then finds the model there. The model appears
    under its name only when it is whole.

    Args:
        progress: told in a few words what is being done.
        models: the directory of the models.
        python: the interpreter of the Rasa environment.
        force: train even though nothing changed.

    Raises:
        NluEnvironmentMissing: `python` does not exist.
        TrainingFailed: Rasa failed.
    """
    started = time.monotonic()
    _need(python)
    models.mkdir(parents=True, exist_ok=True)
    with _only_one(models / ".training"):
        path = models / f"parley-{fingerprint()}.tar.gz"
        if path.exists() and not force:
            return TrainingResult(path=path, trained=False, seconds=time.monotonic() - started)
        with tempfile.TemporaryDirectory(prefix=".training-", dir=models) as workplace:
            _run_training(Path(workplace), path.name, python, progress)
            os.replace(Path(workplace) / path.name, path)
        _prune(models)
    return TrainingResult(path=path, trained=True, seconds=time.monotonic() - started)


def model_status(models: Path = MODELS) -> ModelStatus:
    """Tells which model would be served and whether it is current."""
    newest = next(iter(_by_age(models)), None)
    if newest is None:
        return ModelStatus(path=None, trained_at=None, current=False)
    current = models / f"parley-{fingerprint()}.tar.gz"
    path = current if current.exists() else newest
    trained_at = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    return ModelStatus(path=path, trained_at=trained_at, current=path == current)


def serve(
    port: int,
    model: Path | None = None,
    *,
    host: str = "127.0.0.1",
    token: str = "",
    models: Path = MODELS,
    python: Path = RASA_PYTHON,
    log: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a Rasa server and returns its process at once; `wait_ready` tells when it answers.

    On Linux the server dies with the thread that started it, so start it from one that lives as long as it should.

    Args:
        port: the port to listen on.
        model: the model to serve; the current one, or else the newest, without it.
        host: the address to listen on.
        token: what every request must bring along (`?token=…`); empty only where nobody else reaches `host`.
        models: the directory of the models.
        python: the interpreter of the Rasa environment.
        log: a file for the server's output; without it the output is this process's own.

    Raises:
        NluEnvironmentMissing: `python` does not exist.
        ModelMissing: there is no model.
        TokenMissing: others reach `host`, and there is no token.
    """
    _need(python)
    model = model or model_status(models).path
    if model is None or not model.exists():
        raise ModelMissing(models)
    environment = _environment(models)
    with contextlib.ExitStack() as stack:
        output = stack.enter_context(log.open("ab")).fileno() if log else None
        return rasa_process(python, model, host=host, port=port, token=token, environment=environment, log=output)


def wait_ready(
    url: str, *, token: str = "", timeout: float = 180.0, process: subprocess.Popen[bytes] | None = None
) -> None:
    """Waits until a Rasa server has loaded its model.

    Raises:
        ServerFailed: `process` ended, or `timeout` seconds went by.
    """
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            raise ServerFailed(f"it ended with code {process.returncode}")
        if understands(url, token, seconds=10.0):  # the first parse warms up
            return
        time.sleep(0.25)
    raise ServerFailed(f"it did not answer within {timeout:.0f} seconds")


def _need(python: Path) -> None:
    if not python.exists():
        raise NluEnvironmentMissing(python)


def _environment(models: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_CACHE_DIRECTORY": str(models / ".cache"),
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def _run_training(workplace: Path, name: str, python: Path, progress: Callable[[str], None]) -> None:
    data = workplace / "data"
    write_examples(data)
    # Rasa's own cache does not see changes in our modules, so everything is trained anew.
    command = [
        *(str(python), "-m", "rasa", "train", "nlu", "--config", str(PACKAGE / "config.yml")),
        *("--nlu", str(data)),
        *("--out", str(workplace), "--fixed-model-name", name.removesuffix(".tar.gz")),
    ]
    progress("starting Rasa")
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**_environment(workplace), "RASA_MAX_CACHE_SIZE": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        preexec_fn=die_with_parent,  # noqa: PLW1509 - it calls prctl and nothing else
    )
    last: list[str] = []
    with process:
        for line in process.stdout or ():
            last = [*last[-30:], line.rstrip()]
            if "Starting to train component" in line:
                progress(f"training {line.split(chr(39))[1].rpartition('.')[2]}")
        process.wait()
    if process.returncode or not (workplace / name).exists():
        raise TrainingFailed("\n".join(last))


def _by_age(models: Path) -> list[Path]:
    return sorted(models.glob("parley-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)


def _prune(models: Path) -> None:
    for path in _by_age(models)[_KEPT_MODELS:]:
        path.unlink(missing_ok=True)
    shutil.rmtree(models / ".cache", ignore_errors=True)


@contextlib.contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
