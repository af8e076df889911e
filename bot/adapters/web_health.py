"""What machines ask the web app: is it alive, is it ready, and, for who has the token, its numbers."""

import hmac
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Lock

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from bot.metrics import JobMetrics, together
from domain.errors import Busy
from storage import heartbeats, job_queue

WRITE_EVERY = 2.0  # seconds

log = structlog.get_logger()


def add_health(app: FastAPI, database: Engine, reduced: Callable[[], bool], metrics_token: str) -> None:
    """Adds GET /healthz and /readyz; `reduced` says whether the NLU server is away. With a token also /metrics."""

    writes = Remembered(lambda: _writes(database))

    @app.get("/healthz")
    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    @app.get("/readyz")
    def readyz() -> JSONResponse:
        state = {"database": writes(), "nlu": not reduced()}
        return JSONResponse(state, status_code=200 if state["database"] else 503)

    if not metrics_token:
        return
    numbers = together(job_metrics(database))

    @app.get("/metrics")
    def metrics(request: Request) -> Response:
        given = request.headers.get("authorization", "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, f"Bearer {metrics_token}".encode()):
            return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        return Response(generate_latest(numbers), media_type=CONTENT_TYPE_LATEST)


def job_metrics(database: Engine) -> JobMetrics:
    """The numbers of the job queue, and the parts' signs of life."""
    return JobMetrics(lambda: _job_counts(database), lambda: _silences(database))


def _job_counts(database: Engine) -> job_queue.QueueCounts | None:
    """How full the job queue is; None while the database does not answer."""
    try:
        with database.connect() as connection:
            return job_queue.counts(connection)
    except (SQLAlchemyError, Busy):
        log.warning("database does not answer", exc_info=True)
        return None


def _silences(database: Engine) -> dict[str, timedelta]:
    """How long each part has been silent; nothing while the database does not answer."""
    try:
        with database.connect() as connection:
            return heartbeats.ages(connection)
    except (SQLAlchemyError, Busy):
        return {}


class Remembered:
    """A verdict that is reached at most once in `WRITE_EVERY` seconds, however often it is asked for."""

    def __init__(self, find_out: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._find_out = find_out
        self._clock = clock
        self._lock = Lock()
        self._until = 0.0
        self._verdict = False

    def __call__(self) -> bool:
        """The verdict, as it is or as it was a moment ago."""
        with self._lock:
            if self._clock() >= self._until:
                self._verdict = self._find_out()
                self._until = self._clock() + WRITE_EVERY
            return self._verdict


def _writes(database: Engine) -> bool:
    """Whether a transaction that writes can be committed: a message in the log, and no row anywhere."""
    try:
        with database.begin() as connection:
            connection.execute(text("SELECT pg_logical_emit_message(true, 'parley', 'ready?')"))
            return connection.execute(text("SHOW transaction_read_only")).scalar() == "off"
    except (SQLAlchemyError, Busy):
        log.warning("database does not write", exc_info=True)
        return False
