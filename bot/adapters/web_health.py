"""What machines ask the web app: is it alive, is it ready, and its numbers."""

from collections.abc import Callable

import structlog
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from bot.metrics import JobMetrics
from storage import job_queue

log = structlog.get_logger()


def add_health(app: FastAPI, database: Engine, reduced: Callable[[], bool]) -> None:
    """Adds GET /healthz, /readyz and /metrics; `reduced` says whether the NLU server is away."""
    jobs = CollectorRegistry()
    jobs.register(JobMetrics(lambda: _job_counts(database)))

    @app.get("/healthz")
    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    @app.get("/readyz")
    def readyz() -> JSONResponse:
        state = {"database": _answers(database), "nlu": not reduced()}
        return JSONResponse(state, status_code=200 if state["database"] else 503)

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest() + generate_latest(jobs), media_type=CONTENT_TYPE_LATEST)


def _job_counts(database: Engine) -> job_queue.QueueCounts | None:
    """How full the job queue is; None while the database does not answer."""
    try:
        with database.connect() as connection:
            return job_queue.counts(connection)
    except SQLAlchemyError:
        log.warning("database does not answer", exc_info=True)
        return None


def _answers(database: Engine) -> bool:
    try:
        with database.connect() as connection:
            return connection.execute(text("SELECT 1")).scalar() == 1
    except SQLAlchemyError:
        log.warning("database does not answer", exc_info=True)
        return False
