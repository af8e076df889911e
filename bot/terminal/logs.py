"""Structured logs: one JSON object a line, with the turn's correlation id; never a token, an address or a name.

A line that cannot be written is lost and counted: what was done stays done, and is answered.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, TextIO, cast

import structlog

from bot import metrics


def configure(file: Path | None = None) -> None:
    """Sends logs to `file`, or to standard error."""
    stream: TextIO | None = sys.stderr
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        stream = file.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
    lines = cast(TextIO, _Lines(stream))
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            name_errors,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(lines),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(lines)
    handler.setFormatter(_LibraryFormatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


class _Lines:
    """Where logs go; a full disk, a reader that is gone and a closed file are none of the writer's business."""

    def __init__(self, stream: TextIO | None) -> None:
        """`stream` is None in a process that was started without one."""
        self._stream = stream

    def write(self, text: str) -> None:
        """Writes, if that is possible."""
        try:
            if self._stream is not None:
                self._stream.write(text)
                self._stream.flush()
        except (OSError, ValueError):
            metrics.LOG_LINES_LOST.inc()

    def flush(self) -> None:
        """Nothing waits: every line was flushed as it was written."""

    def close(self) -> None:
        """Closes the file."""
        if self._stream is not None:
            self._stream.close()


def name_errors(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replaces an exception by its type and where it happened.

    Its message is left out, because a database's error quotes the row it refused, and that may hold an address.
    """
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["where"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
    return event


class _LibraryFormatter(logging.Formatter):
    """What libraries log, in the same form and with the same care about errors."""

    def format(self, record: logging.LogRecord) -> str:
        event: MutableMapping[str, Any] = {"library": record.name, "level": record.levelname.lower()}
        if record.exc_info:
            event = name_errors(None, "", {**event, "exc_info": record.exc_info})
        else:
            event["event"] = record.getMessage()
        return str(structlog.processors.JSONRenderer(ensure_ascii=False)(None, "", event))
