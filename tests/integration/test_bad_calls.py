"""The command line in bad hands: one line that says what to do, the right exit code, no traceback."""

import logging
import os
import socket
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest
import structlog
import typer
from typer.testing import CliRunner

from bot.cli import app, main
from bot.config import BadConfiguration

KEY = {"PARLEY_EMAIL_HASH_KEY": "k" * 40}


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def parley(folder: Path, *arguments: str, **environment: str) -> Done:
    """Runs a command in this process, as `parley` does, and leaves no trace of it."""
    if not (folder / "config.yaml").exists():
        (folder / "config.yaml").write_text("shop: {name: Test}\n")
    out, err = StringIO(), StringIO()
    root, logs = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(folder)
        for name in [name for name in os.environ if name.startswith("PARLEY_")]:
            patch.delenv(name)
        for name, value in {"COLUMNS": "200", **environment}.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["parley", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
    structlog.configure(**logs)
    root.handlers[:] = handlers
    root.setLevel(level)
    return Done(int(ended.value.code or 0), out.getvalue(), err.getvalue())


def commands(group: typer.Typer, *before: str) -> list[tuple[str, ...]]:
    """Every command there is, by its words."""
    command = typer.main.get_command(group)
    found, waiting = [], [(before, command)]
    while waiting:
        words, one = waiting.pop()
        for name, below in getattr(one, "commands", {}).items():
            found.append((*words, name))
            waiting.append(((*words, name), below))
    return sorted(found)


def assert_told(done: Done, code: int, words: str = "") -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert words in done.stderr, done.stderr


@pytest.mark.parametrize("words", commands(app), ids=" ".join)
def test_every_command_refuses_what_it_does_not_know(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(app, [*words, "--no-such-option"])
    assert (done.exit_code, "No such option" in done.output) == (2, True)


@pytest.mark.parametrize("words", [("import", "inventory"), ("import", "orders"), ("restore",), ("simulate",)])
def test_a_pipe_is_not_waited_for(tmp_path: Path, words: tuple[str, ...]) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = CliRunner().invoke(app, [*words, str(tmp_path / "pipe")], env={"COLUMNS": "200"})
    assert (done.exit_code, "is a pipe" in done.output) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("report", "finance", "--ending", "9999-12-31"), 2, "is too far ahead"),
        (("report", "finance", "--ending", "yesterday"), 2, "--ending"),
        (("report", "weather"), 2, "weather"),
        (("--config", "gone.yaml", "schedule"), 1, "does not exist"),
        (("--config", ".", "schedule"), 1, "cannot be read"),
        (("import", "orders", "gone.csv"), 2, "does not exist"),
        (("import", "inventory", "."), 2, "is a directory"),
        (("jobs", "retry"), 2, "name the jobs"),
        (("no-such-command",), 2, "No such command"),
    ],
)
def test_a_bad_call_is_told(tmp_path: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    assert_told(parley(tmp_path, *arguments, **KEY), code, words)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("root:x:0:0\n", "is no order file"),
        ("date,cust_email,product_id\nsoon,ada@example.com,MUG\n", "is no order file"),
        ("date,cust_email,product_id\n", "has no orders"),
        ("date,cust_email,product_id\n2020-01-01,ada@example.com,MUG\n", "give a later --cutoff"),
        (b"\x89PNG\xff", "is no order file"),
    ],
)
def test_a_file_that_nothing_is_learnt_from_is_told(tmp_path: Path, content: str | bytes, words: str) -> None:
    file = tmp_path / "orders.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    assert_told(parley(tmp_path, "recommend", "evaluate", str(file)), 1, words)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"PARLEY_DATABASE_URL": "garbage"}, "PARLEY_DATABASE_URL: is no address"),
        ({"PARLEY_DATABASE_URL": "mysql://a@b/c"}, ""),
        ({"PARLEY_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "cannot be reached"),
        ({"PARLEY_DATABASE_URL": "postgresql://nobody@no.such.host.invalid/none"}, "cannot be reached"),
        ({"PARLEY_DATABASE_URL": "postgresql://a@b/c", "PARLEY_EMAIL_HASH_KEY": "short"}, "PARLEY_EMAIL_HASH_KEY"),
    ],
)
def test_a_bad_environment_is_told(tmp_path: Path, environment: Mapping[str, str], words: str) -> None:
    assert_told(parley(tmp_path, "schedule", **{**KEY, **environment}), 1, words)


@pytest.mark.parametrize("config", ["shop: [", "shop: {name: X, time_zone: Mars/Base}", "- 1", "\x00"])
def test_a_bad_config_is_told(tmp_path: Path, config: str) -> None:
    (tmp_path / "config.yaml").write_text(config)
    assert_told(parley(tmp_path, "schedule", **KEY), 1, "config.yaml")


def test_a_state_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / ".parley").write_text("a file")
    assert_told(parley(tmp_path, "schedule"), 1, ".parley")


def test_a_port_that_is_taken_does_not_end_well(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        (tmp_path / "config.yaml").write_text(f"{{shop: {{name: X}}, nlu: {{port: {taken.getsockname()[1]}}}}}")
        assert_told(parley(tmp_path, "nlu", "serve"), 1, "is taken by another program")


def test_a_label_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "labels.tsv").write_text("no tab here\n")
    assert_told(parley(tmp_path, "nlu", "evaluate", "labels.tsv"), 1, "line 1: expected an intent, a tab and a text")


def test_the_version_is_told(tmp_path: Path) -> None:
    assert parley(tmp_path, "--version").stdout.startswith("parley ")


def test_only_debug_shows_a_traceback(tmp_path: Path) -> None:
    bad = {**KEY, "PARLEY_DATABASE_URL": "garbage"}
    with pytest.raises(BadConfiguration):
        parley(tmp_path, "--debug", "schedule", **bad)
