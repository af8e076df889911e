"""The job queue as staff looks at it: how much waits, what failed and why, and trying it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.tables import failure

_COUNTS = text("""
    SELECT count(*) FILTER (WHERE status = 'todo') AS queued,
           count(*) FILTER (WHERE status = 'doing') AS running,
           count(*) FILTER (WHERE status = 'failed') AS failed
    FROM jobs.procrastinate_jobs
""")
_OLDEST = text("""
    SELECT coalesce(extract(epoch FROM now() - min(greatest(e.at, coalesce(j.scheduled_at, e.at)))), 0)
    FROM jobs.procrastinate_jobs j JOIN jobs.procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'
    WHERE j.status = 'todo' AND coalesce(j.scheduled_at, e.at) <= now()
""")
_LISTED = """
    SELECT j.id, j.task_name, CAST(j.status AS text) AS status, j.args, j.attempts, j.scheduled_at, f.error, f.at
    FROM jobs.procrastinate_jobs j LEFT JOIN jobs.failure f ON f.job_id = j.id
    WHERE {which} ORDER BY j.id DESC LIMIT :limit
"""
_FAILED = text(_LISTED.format(which="j.status = 'failed'"))
_OPEN = text(_LISTED.format(which="j.status IN ('todo', 'doing')"))
_RETRY = text("""
    WITH again AS (
        UPDATE jobs.procrastinate_jobs SET attempts = 0 WHERE id = ANY(:ids) AND status = 'failed' RETURNING id
    )
    SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM again
""")
_WITHDRAW = text("""
    SELECT count(procrastinate_cancel_job_v1(id, false, true))
    FROM jobs.procrastinate_jobs WHERE status = 'todo' AND queueing_lock = :only
""")
_FORGET = text(
    "DELETE FROM jobs.failure f WHERE NOT EXISTS (SELECT FROM jobs.procrastinate_jobs j WHERE j.id = f.job_id)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueCounts:
    """How many jobs wait, run and failed, and how long the oldest waits that could run, in seconds."""

    queued: int
    running: int
    failed: int
    oldest_seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedJob:
    """One job; `error` is why it failed last, if it did, at `failed_at`."""

    job_id: int
    task: str
    status: str
    args: dict[str, Any]
    attempts: int
    error: str
    failed_at: datetime | None
    scheduled_at: datetime | None


def counts(connection: Connection) -> QueueCounts:
    """How full the queue is."""
    row = connection.execute(_COUNTS).one()
    oldest = float(connection.execute(_OLDEST).scalar_one())
    return QueueCounts(queued=row.queued, running=row.running, failed=row.failed, oldest_seconds=max(oldest, 0.0))


def failed(connection: Connection, limit: int) -> list[ListedJob]:
    """Jobs that were given up, newest first."""
    return [_listed(row) for row in connection.execute(_FAILED, {"limit": limit})]


def unfinished(connection: Connection, limit: int) -> list[ListedJob]:
    """Jobs that wait or run, newest first."""
    return [_listed(row) for row in connection.execute(_OPEN, {"limit": limit})]


def retry(connection: Connection, job_ids: Sequence[int]) -> int:
    """Lets failed jobs run again, with all their attempts; returns how many of these were failed."""
    return len(connection.execute(_RETRY, {"ids": list(job_ids)}).all())


def withdraw(connection: Connection, only: str) -> bool:
    """Deletes the waiting job of this queueing lock; False when none waits."""
    return bool(connection.execute(_WITHDRAW, {"only": only}).scalar_one())


def note_failure(engine: Engine, job_id: int, error: str, at: datetime) -> None:
    """Keeps why a job failed last."""
    with engine.begin() as connection:
        connection.execute(
            upsert(failure)
            .values(job_id=job_id, error=error, at=at)
            .on_conflict_do_update(index_elements=["job_id"], set_={"error": error, "at": at})
        )


def forget_failures(connection: Connection) -> None:
    """Deletes the errors of jobs that succeeded since."""
    connection.execute(_FORGET)


def _listed(row: Any) -> ListedJob:
    return ListedJob(
        job_id=row.id,
        task=row.task_name,
        status=row.status,
        args=row.args,
        attempts=row.attempts,
        error=row.error or "",
        failed_at=row.at,
        scheduled_at=row.scheduled_at,
    )
