"""Every command where the database refuses it, where it is interrupted, and where nobody reads what it prints."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot import cli
from bot.config import BadConfiguration, load
from bot.terminal.failures import explain
from nlu.processes import free_port
from storage.errors import DatabaseUnreachable
from tests.integration.test_bad_calls import commands

ARGUMENTS = {
    ("api-key", "create"): ["till", "--scope", "products"],
    ("api-key", "revoke"): ["till"],
    ("backup",): ["new.backup"],
    ("customer", "erase"): ["ann@example.com"],
    ("customer", "export"): ["ann@example.com"],
    ("health",): ["worker"],
    ("import", "customers"): ["file"],
    ("import", "inventory"): ["file"],
    ("import", "orders"): ["file"],
    ("import", "shipments"): ["file"],
    ("import", "tickets"): ["file"],
    ("inventory", "undo"): ["1"],
    ("jobs", "retry"): ["--all"],
    ("predict", "evaluate"): ["file"],
    ("report",): ["finance"],
    ("restore",): ["file"],
    ("simulate",): ["file"],
    ("why",): ["ann@example.com"],
}
WITHOUT_DATABASE = {("nlu", "train"), ("nlu", "serve"), ("nlu", "evaluate"), ("recommend", "evaluate")}
GROUPS = {(name,) for name in "analytics customer db import inventory lake nlu predict recommend".split()}
THAT_ASK_IT = [words for words in commands(cli.app) if words not in WITHOUT_DATABASE | GROUPS]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., int]:
    """Runs a command in a folder of its own as the program does; returns its exit code."""
    web, nlu = free_port(), free_port()
    (tmp_path / "config.yaml").write_text(
        f"{{shop: {{name: Test}}, web: {{port: {web}, metrics_port: 0}}, nlu: {{port: {nlu}}}}}"
    )
    (tmp_path / "file").write_text("date\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PARLEY_EMAIL_HASH_KEY", "k" * 40)
    monkeypatch.setattr("bot.terminal.logs.configure", lambda *_: None)

    def command(words: tuple[str, ...]) -> int:
        monkeypatch.setattr(sys, "argv", ["parley", *words, *ARGUMENTS.get(words, [])])
        try:
            cli.main()
        except SystemExit as end:
            return int(end.code or 0)
        return 0

    return command


@pytest.fixture
def refused(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that does not let us in."""
    url = make_url(postgres_url).set(username="nobody", password="hidden-word")
    monkeypatch.setenv("PARLEY_EMAIL_HASH_OLD_KEY", "o" * 40)
    monkeypatch.setenv("PARLEY_DATABASE_URL", url.render_as_string(hide_password=False))


@pytest.mark.usefixtures("refused")
@pytest.mark.parametrize(
    "words", [one for one in THAT_ASK_IT if one != ("restore",)], ids=" ".join
)  # that looks at the file first
def test_where_the_database_refuses_the_login_one_line_says_what_to_do(
    run: Callable[..., int], capfd: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(words) == 1
    said = capfd.readouterr()
    told = said.out if words == ("doctor",) else said.err
    assert "Look at the user and the password in PARLEY_DATABASE_URL" in " ".join(told.split())
    assert "Traceback" not in said.out + said.err
    assert "hidden-word" not in said.out + said.err
    if words != ("doctor",):
        assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize(("happens", "code"), [(KeyboardInterrupt, 130), (BrokenPipeError, 1)])
@pytest.mark.parametrize("words", THAT_ASK_IT, ids=" ".join)
def test_interrupted_or_unheard_it_ends_quietly(
    run: Callable[..., int],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    happens: type[BaseException],
    code: int,
) -> None:
    def stop(*_: object) -> None:
        raise happens

    monkeypatch.setattr("bot.terminal.commands.common.load", stop)
    assert run(words) == code
    assert capfd.readouterr().err == ""


STARTS = "import sys; sys.argv[0] = 'parley'; from bot.__main__ import main; main()"


def start(*arguments: str, first: str = "") -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": f"{first}:{os.getcwd()}"}
    return subprocess.Popen(
        [sys.executable, "-c", STARTS, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )


def test_ctrl_c_while_it_loads_ends_it_quietly(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("import time; print('loads', flush=True); time.sleep(30)\n")
    with start("schedule", first=str(tmp_path)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"loads\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, b"")


def test_what_is_read_in_part_only_ends_quietly() -> None:
    with start("--help") as process:
        assert process.stdout is not None
        process.stdout.close()  # before it has written a word
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.wait(30) in {0, 1}


@pytest.mark.parametrize(
    "url",
    ["garbage", "mysql://a@b/c", "postgres://", "postgresql://u:hidden@word:x@h/db", "postgresql://u:p@h:hidden/db"],
)
def test_an_address_that_is_none_is_told_without_its_password(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_DATABASE_URL", url)
    with pytest.raises(BadConfiguration) as refusal:
        load(Path("config.yaml"))
    assert "PARLEY_DATABASE_URL: is no address" in str(refusal.value)
    assert "hidden" not in str(refusal.value)


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ('FATAL: password authentication failed for user "x"', "the user and the password"),
        ("fe_sendauth: no password supplied", "the user and the password"),
        ('FATAL: database "shop" does not exist', "Make that database"),
        ("port 1 failed: Connection refused\n\tIs the server running on that host?", "refused. Is it running"),
        ('could not translate host name "h" to address', "host and port"),
    ],
)
def test_an_unreachable_database_comes_with_advice_in_one_line(reason: str, advice: str) -> None:
    told = explain(DatabaseUnreachable(reason)) or ""
    assert advice in told
    assert "\n" not in told
