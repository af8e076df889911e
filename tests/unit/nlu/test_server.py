"""Training and serving: when a model is current, what is kept, and which errors are told. No Rasa runs here."""

import os
import sys
from pathlib import Path

import httpx
import pytest

from nlu import server

FAKE_RASA = """#!{python}
import pathlib, sys
arguments = sys.argv[1:]
print("2026 INFO - Starting to train component 'CountVectorsFeaturizer'.")
out = pathlib.Path(arguments[arguments.index("--out") + 1])
name = arguments[arguments.index("--fixed-model-name") + 1]
if {works}:
    (out / (name + ".tar.gz")).write_text("model")
else:
    print("something is wrong")
    sys.exit(1)
"""


def fake_python(folder: Path, *, works: bool = True) -> Path:
    path = folder / "python"
    path.write_text(FAKE_RASA.format(python=sys.executable, works=works))
    path.chmod(0o755)
    return path


def test_trains_once_for_the_same_sources(tmp_path: Path) -> None:
    told: list[str] = []
    models, python = tmp_path / "models", fake_python(tmp_path)
    first = server.train(told.append, models=models, python=python)
    assert first.trained
    assert told == ["starting Rasa", "training CountVectorsFeaturizer"]
    again = server.train(models=models, python=python)
    assert (again.trained, again.path) == (False, first.path)
    assert server.train(models=models, python=python, force=True).trained


def test_keeps_the_newest_two_models_and_nothing_half_made(tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    for age, name in enumerate(("newer", "old", "older"), start=1):
        path = models / f"parley-{name}.tar.gz"
        path.touch()
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    result = server.train(models=models, python=fake_python(tmp_path))
    kept = {path.name for path in models.iterdir()} - {".training"}
    assert kept == {result.path.name, "parley-newer.tar.gz"}


def test_a_failed_training_says_why_and_leaves_no_model(tmp_path: Path) -> None:
    with pytest.raises(server.TrainingFailed, match="something is wrong"):
        server.train(models=tmp_path / "models", python=fake_python(tmp_path, works=False))
    assert server.model_status(tmp_path / "models").path is None


def test_a_missing_environment_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(server.NluEnvironmentMissing, match="make setup"):
        server.train(models=tmp_path, python=tmp_path / "nowhere")
    with pytest.raises(server.NluEnvironmentMissing, match="make setup"):
        server.serve(1, models=tmp_path, python=tmp_path / "nowhere")


def test_serving_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(server.ModelMissing, match="parley nlu train"):
        server.serve(1, models=tmp_path, python=fake_python(tmp_path))


def test_the_status_tells_a_current_model_from_a_stale_one(tmp_path: Path) -> None:
    assert server.model_status(tmp_path) == server.ModelStatus(path=None, trained_at=None, current=False)
    stale = tmp_path / "parley-000000000000.tar.gz"
    stale.touch()
    status = server.model_status(tmp_path)
    assert (status.path, status.current) == (stale, False)
    assert status.trained_at is not None
    assert status.trained_at.tzinfo is not None
    current = tmp_path / f"parley-{server.fingerprint()}.tar.gz"
    current.touch()
    assert server.model_status(tmp_path).current


def test_the_fingerprint_changes_with_the_training_data(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "config.yml").write_text("pipeline: []")
    (tmp_path / "data" / "order.yml").write_text("one")
    before = server.fingerprint(tmp_path)
    assert before == server.fingerprint(tmp_path)
    (tmp_path / "data" / "order.yml").write_text("two")
    assert server.fingerprint(tmp_path) != before


def test_waiting_ends_when_the_server_ends(tmp_path: Path) -> None:
    (tmp_path / "parley-0.tar.gz").touch()
    process = server.serve(1, models=tmp_path, python=Path("/bin/false"), log=tmp_path / "log")
    with pytest.raises(server.ServerFailed, match="ended with code 1"):
        server.wait_ready("http://127.0.0.1:1", process=process, timeout=10)


def test_waiting_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> httpx.Response:
        raise httpx.ConnectError("refused")

    monkeypatch.setattr(httpx, "get", refuse)
    with pytest.raises(server.ServerFailed, match="did not answer"):
        server.wait_ready("http://127.0.0.1:1", timeout=0.3)
