"""What machines ask the web app: is it alive, is it ready, and, for who has the token, its numbers."""

import asyncio
import hmac
import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.adapters.ports import Health
from bot.metrics import JobMetrics, together

WRITE_EVERY = 2.0  # seconds
SLOWEST = 3.0  # seconds; who asks waits five or so

log = structlog.get_logger()


def add_health(app: FastAPI, health: Health, reduced: Callable[[], bool], metrics_token: str) -> None:
    """Adds GET /healthz and /readyz; `reduced` says whether the NLU server is away. With a token also /metrics."""

    writes = Remembered(health.writes)

    @app.get("/healthz")
    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        ready = await asyncio.to_thread(writes)  # in other threads than those that hang with the database
        state = {"database": ready, "nlu": not reduced()}
        return JSONResponse(state, status_code=200 if state["database"] else 503)

    if not metrics_token:
        return
    numbers = together(JobMetrics(health.jobs, health.silences, health.builds))

    @app.get("/metrics")
    def metrics(request: Request) -> Response:
        given = request.headers.get("authorization", "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, f"Bearer {metrics_token}".encode()):
            return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        return Response(generate_latest(numbers), media_type=CONTENT_TYPE_LATEST)


class Remembered:
    """A verdict that is reached at most once in `WRITE_EVERY` seconds, however often it is asked for.

    Where that takes longer than `SLOWEST` seconds, as with a database that hangs, it is no until it is reached.
    """

    def __init__(self, find_out: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._find_out = find_out
        self._clock = clock
        self._lock = Lock()
        self._begun = -WRITE_EVERY
        self._verdict: Future[bool] | None = None

    def __call__(self) -> bool:
        """The verdict, as it is or as it was a moment ago."""
        with self._lock:
            verdict, now = self._verdict, self._clock()
            if verdict is None or (verdict.done() and now >= self._begun + WRITE_EVERY):
                verdict, self._begun = Future(), now
                self._verdict = verdict
                Thread(target=self._reach, args=(verdict,), daemon=True).start()
        try:
            return verdict.result(max(0.0, self._begun + SLOWEST - now))
        except TimeoutError:
            return False

    def _reach(self, verdict: Future[bool]) -> None:
        try:
            verdict.set_result(self._find_out())
        except Exception:
            log.exception("not found out whether the shop is ready")
            verdict.set_result(False)
