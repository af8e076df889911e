"""What the program says of itself: commands by who needs them, an example of each that is called with something."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import COMMANDS, Group, Panel, app
from bot.terminal.commands.examples import EXAMPLES

ROOT: Any = typer.main.get_command(app)


def named(words: list[str]) -> Any:
    """The command of these words."""
    command = ROOT
    for word in words:
        command = command.commands[word]
    return command


def every_command() -> Iterator[str]:
    for listed in COMMANDS.values():
        for name, door in listed.items():
            yield from (f"{name} {own}" for own in door.commands) if isinstance(door, Group) else (name,)


def help_of(*words: str) -> str:
    return CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "100"}).output


def test_the_help_lists_commands_by_who_needs_them_and_stays_short() -> None:
    said = help_of()
    places = [said.index(f"─ {panel} ─") for panel in Panel]
    assert places == sorted(places)
    assert "─ Commands ─" not in said
    assert len(said.splitlines()) < 70


@pytest.mark.parametrize("command", [*every_command()])
def test_what_is_called_with_something_shows_an_example(command: str) -> None:
    words = command.split()
    if any(one.param_type_name == "argument" or one.required for one in named(words).params):
        assert f"Example: parley {command}" in help_of(*words)


@pytest.mark.parametrize("example", [one for examples in EXAMPLES.values() for one in examples])
def test_examples_are_calls_that_are_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example: str) -> None:
    monkeypatch.chdir(tmp_path)
    program, *words = shlex.split(example)
    for word in words:
        if word.partition(".")[2] in ("csv", "jsonl", "backup"):
            Path(word).touch()
    command = ROOT
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    command.make_context(program, words)


def test_every_example_is_of_a_command() -> None:
    assert set(EXAMPLES) <= {*every_command()}


def test_a_shell_completes_commands_and_what_they_take() -> None:
    for typed, offered in (
        ("parley rep", "report"),
        ("parley marketing pa", "pause"),
        ("parley import inv", "inventory"),
    ):
        shell = {"_PARLEY_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
        done = CliRunner().invoke(app, [], env=shell, prog_name="parley")
        assert done.output.split() == [offered]
    assert "--install-completion" in help_of()
