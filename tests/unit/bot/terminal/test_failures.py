"""Every failure that an operator can mend is told in words with what to do next; a fault of ours is not dressed up."""

import errno
from pathlib import Path

import pytest

from bot.config import BadConfiguration
from bot.terminal.failures import explain
from bot.terminal.processes import ChildEnded, DemoRunning, PortTaken
from domain.errors import Busy
from nlu.server import NluSetupError
from storage.errors import BadRow, DatabaseOutdated, DatabaseUnreachable, ImportRefused


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (BadConfiguration("config.yaml", ("limits.messages_per_minute: it must be above 0",)), "messages_per_minute"),
        (DatabaseUnreachable("connection refused"), "connection refused"),
        (DatabaseOutdated("0001", "0004"), "parley db upgrade"),
        (ImportRefused("stock.csv", (BadRow(line=7, reason="quantity is no number"),), 3), "line 7: quantity"),
        (ImportRefused("stock.csv", (BadRow(line=7, reason="quantity is no number"),), 3), "and 2 more"),
        (DemoRunning("4711"), "kill 4711"),
        (PortTaken(8080), "ss -ltnp | grep 8080"),
        (ChildEnded("web", Path("web.log")), "web.log"),
        (NluSetupError("train it: parley nlu train"), "parley nlu train"),
        (Busy(), "Try again"),
        (OSError(errno.ENOSPC, "No space left on device"), "Make room"),
    ],
)
def test_a_failure_says_what_to_do_next(error: Exception, words: str) -> None:
    assert words in (explain(error) or "")


def test_a_fault_of_ours_has_no_soothing_words() -> None:
    assert explain(ValueError("x")) is None
