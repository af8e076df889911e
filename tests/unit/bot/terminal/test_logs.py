"""Logging never raises: who has a full disk, a closed standard error or none keeps answering customers."""

import io
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import pytest
import structlog

from bot import metrics
from bot.terminal import logs


class Gone(io.StringIO):
    """A pipe whose reader has ended."""

    def write(self, text: str) -> int:
        raise BrokenPipeError(32, "Broken pipe")


def full() -> TextIO:
    return open("/dev/full", "w", buffering=1, encoding="utf-8")


def closed() -> TextIO:
    stream = io.StringIO()
    stream.close()
    return stream


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    handlers = logging.root.handlers[:]
    yield
    for handler in logging.root.handlers:
        if isinstance(handler, logging.StreamHandler) and handler not in handlers:
            with suppress(OSError):  # the disk is still full
                handler.stream.close()
    logging.root.handlers[:] = handlers
    structlog.reset_defaults()


@pytest.mark.parametrize("stream", [full, closed, Gone, lambda: None])
def test_a_log_that_cannot_be_written_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, stream: Callable[[], TextIO | None]
) -> None:
    monkeypatch.setattr(sys, "stderr", stream())
    logs.configure()
    structlog.get_logger().info("turn", milliseconds=1)
    try:
        raise ValueError("zelda@example.com")
    except ValueError:
        structlog.get_logger().exception("turn failed")
    logging.getLogger("some.library").warning("hm")


def test_lost_lines_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost() -> float:
        return sum(sample.value for metric in metrics.LOG_LINES_LOST.collect() for sample in metric.samples[:1])

    monkeypatch.setattr(sys, "stderr", Gone())
    logs.configure()
    before = lost()
    structlog.get_logger().info("turn")
    assert lost() == before + 1


def test_what_is_no_text_is_written_as_it_can_be(tmp_path: Path) -> None:
    logs.configure(tmp_path / "logs" / "chat.log")
    structlog.get_logger().info("turn", said="half of a pair: \ud83d")
    assert "\\ud83d" in (tmp_path / "logs" / "chat.log").read_text()
