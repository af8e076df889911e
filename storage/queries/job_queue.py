"""The job queue as staff looks at it: how much waits, what failed and why, and trying it again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError

from domain.records.given_up import GivenUp
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
_FAILED = text("""
    SELECT j.id, j.task_name, j.args, j.attempts, f.error, f.at,
           CASE WHEN j.status = 'todo' THEN coalesce(j.scheduled_at, now()) END AS again_at
    FROM jobs.procrastinate_jobs j LEFT JOIN jobs.failure f ON f.job_id = j.id
    WHERE j.status = 'failed' OR j.status = 'todo' AND j.attempts > 0
    ORDER BY j.status DESC, j.id DESC LIMIT :limit
""")
_NEWEST_GIVEN_UP = text("""
    SELECT count(*) OVER () AS count, j.task_name, f.error, f.at
    FROM jobs.procrastinate_jobs j LEFT JOIN jobs.failure f ON f.job_id = j.id
    WHERE j.status = 'failed' ORDER BY f.at DESC NULLS LAST, j.id DESC LIMIT 1
""")
_GIVEN_UP = text("SELECT id FROM jobs.procrastinate_jobs WHERE status = 'failed'")
_RETRY = text("""
    WITH again AS (
        UPDATE jobs.procrastinate_jobs SET attempts = 0 WHERE id = ANY(:ids) AND status = 'failed' RETURNING id
    )
    SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL) FROM again
""")
# Jobs whose worker gave no sign of life, and jobs that have been running for impossibly long: their worker lives, but
# could not write down that they had ended.
_LOST = text("""
    SELECT j.id FROM jobs.procrastinate_jobs j LEFT JOIN jobs.procrastinate_workers w ON w.id = j.worker_id
    WHERE j.status = 'doing' AND (
        w.last_heartbeat IS NULL OR w.last_heartbeat < now() - :silent OR (
            SELECT max(e.at) FROM jobs.procrastinate_events e WHERE e.job_id = j.id AND e.type = 'started'
        ) < now() - :long AND j.task_name <> ALL(:unless)
    )
""")
_AGAIN = text("SELECT procrastinate_retry_job_v2(:id, now(), NULL, NULL, NULL)")
_DROP = text("SELECT procrastinate_finish_job_v1(:id, 'failed', true)")
_WAITS = text("""
    SELECT EXISTS (
        SELECT FROM jobs.procrastinate_jobs
        WHERE status = 'todo' AND task_name = :task AND args = CAST(:args AS jsonb)
    )
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
class FailedJob:
    """A job that failed; `error` is why it did last, at `failed_at`, where its worker lived to note it.

    It is tried again at `again_at`, or was given up.
    """

    job_id: int
    task: str
    args: dict[str, Any]
    attempts: int
    error: str
    failed_at: datetime | None
    again_at: datetime | None


class PostgresJobs:
    """Implements `domain.records.given_up.Jobs`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def given_up(self) -> GivenUp | None:
        """See `domain.records.given_up.Jobs.given_up`."""
        row = self._connection.execute(_NEWEST_GIVEN_UP).first()
        return None if row is None else GivenUp(count=row[0], task=row.task_name, error=row.error or "", at=row.at)


def counts(connection: Connection) -> QueueCounts:
    """How full the queue is."""
    row = connection.execute(_COUNTS).one()
    oldest = float(connection.execute(_OLDEST).scalar_one())
    return QueueCounts(queued=row.queued, running=row.running, failed=row.failed, oldest_seconds=max(oldest, 0.0))


def failed(connection: Connection, limit: int) -> list[FailedJob]:
    """Jobs that failed: first those that were given up, then those that are tried again; the newest first."""
    return [_failed(row) for row in connection.execute(_FAILED, {"limit": limit})]


def given_up(connection: Connection) -> Sequence[int]:
    """All jobs that are not tried again by themselves."""
    return connection.execute(_GIVEN_UP).scalars().all()


def retry(connection: Connection, job_ids: Sequence[int]) -> int:
    """Lets failed jobs run again, with all their attempts; returns how many of these were failed."""
    return len(connection.execute(_RETRY, {"ids": list(job_ids)}).all())


def rescue(connection: Connection, *, silent: timedelta, long: timedelta, unless: Sequence[str]) -> int:
    """Lets jobs run again that died: with their worker, which was `silent`, or running for `long`; returns how many.

    The tasks `unless` may run for as long as they like.
    """
    lost = connection.execute(_LOST, {"silent": silent, "long": long, "unless": list(unless)}).scalars().all()
    for job_id in lost:
        try:
            with connection.begin_nested():
                connection.execute(_AGAIN, {"id": job_id})
        except IntegrityError:  # another one like it waits already
            connection.execute(_DROP, {"id": job_id})
    return len(lost)


def waits(connection: Connection, task: str, **args: int) -> bool:
    """Whether a job of these arguments waits to be carried out; one that is being carried out does not."""
    return bool(connection.execute(_WAITS, {"task": task, "args": json.dumps(args)}).scalar())


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


def _failed(row: Any) -> FailedJob:
    return FailedJob(
        job_id=row.id,
        task=row.task_name,
        args=row.args,
        attempts=row.attempts,
        error=row.error or "",
        failed_at=row.at,
        again_at=row.again_at,
    )
