"""The job queue of one process (Procrastinate): enqueues in the transaction that causes a job, and carries out."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog
from procrastinate import App, JobContext
from procrastinate.contrib.sqlalchemy import SQLAlchemyPsycopg2Connector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer
from sqlalchemy import Connection, Engine, make_url

from domain.conversation import ChatRef
from domain.events import Event
from domain.message_ids import step_of
from domain.ports import Clock
from mail.letter import MailError
from scheduler.at_once import AT_ONCE
from scheduler.metrics import JOB_FAILURES
from scheduler.retries import Backoff
from scheduler.services import JobRules, Services
from scheduler.tasks import FOLLOWS, JOBS, RELAY_WORDS, Due, Job
from scheduler.waking import Waking
from storage.queries import job_queue
from storage.repositories.conversations import PostgresConversations
from storage.repositories.notifications import PostgresNotifications
from storage.server.database import APP_ROLE

POLL_SECONDS = 1.0  # a job that waited for another one's lock is found by polling only

log = structlog.get_logger()


class KnownToPostgres:
    """Implements `scheduler.tasks.Known` in the transaction of the event."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def chat_of_order(self, order_id: int) -> ChatRef | None:
        """See `scheduler.tasks.Known.chat_of_order`."""
        found = PostgresConversations(self._connection).of_order(order_id)
        return found[0] if found else None

    def held_mails(self, hashed_email: str) -> list[tuple[int, str]]:
        """See `scheduler.tasks.Known.held_mails`."""
        held = PostgresNotifications(self._connection).held_orders(hashed_email)
        return [(order_id, step_of(key)) for order_id, key in held]

    def relay_waits(self, ticket_id: int) -> bool:
        """See `scheduler.tasks.Known.relay_waits`."""
        return job_queue.waits(self._connection, RELAY_WORDS.name, ticket_id=ticket_id)


class Jobs:
    """Enqueues what follows from events and from the clock; `work` carries it out."""

    def __init__(self, url: str, database: Engine, clock: Clock, rules: JobRules) -> None:
        self.url = url
        self.database = database
        self._clock = clock
        self.rules = rules
        self._app = App(connector=SQLAlchemyPsycopg2Connector())
        self._app.open(database)

    def enqueue(self, connection: Connection, event: Event) -> None:
        """Changes what an event changes at once, and enqueues what follows, in the transaction of `connection`."""
        at_once = AT_ONCE.get(type(event))
        if at_once is not None:
            at_once(connection, event, self._clock.now())
        for due in FOLLOWS[type(event)](event, KnownToPostgres(connection)):
            deferrer = self._deferrer(due, connection)
            if due.only is None:
                job = deferrer.defer(**due.args)
            else:
                try:
                    with connection.begin_nested():
                        job = deferrer.defer(**due.args)
                except AlreadyEnqueued:
                    continue
            log.info("job enqueued", job=job, task=due.name)  # the worker's lines about it carry this number

    def begin(self, *due: Due) -> None:
        """Enqueues jobs that follow no event, in transactions of their own, unless one like it waits already."""
        for one in due:
            with suppress(AlreadyEnqueued):
                self._deferrer(one).defer(**one.args)

    def _deferrer(self, due: Due, connection: Connection | None = None) -> JobDeferrer:
        return self._app.configure_task(
            due.name,
            connection=connection,
            lock=due.lock,
            queueing_lock=due.only,
            priority=due.priority,
            schedule_at=due.at,
        )

    async def work(self, services: Services, *, concurrency: int, wait: bool = True) -> None:
        """Has `services` carry out jobs until it is cancelled; running ones are finished first.

        Without `wait` it ends when no job is left. It also ends when it loses the database: `worker.run` begins again.
        Several workers may run at once: each job is carried out by one.
        """
        url = make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        options = {"options": f"-c role={APP_ROLE} -c search_path=jobs,public"}
        app = App(connector=Waking(conninfo=url, kwargs=options))
        for job in JOBS.values():
            self._register(app, job, job.carried_out_by(services))
        stalled = self.rules.stalled.total_seconds()
        async with app.open_async():
            await app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                fetch_job_polling_interval=POLL_SECONDS,
                install_signal_handlers=False,
                delete_jobs="successful",
                update_heartbeat_interval=stalled / 3,
                stalled_worker_timeout=stalled,
            )

    def _register(self, app: App, job: Job, carry_out: Callable[..., None]) -> None:
        """Lets a worker know who carries out a kind of job; the last failure of one that is retried is noted."""
        if not job.retried:
            app.task(name=job.name)(carry_out)
            return

        def noting_failures(context: JobContext, /, **args: Any) -> None:
            try:
                with structlog.contextvars.bound_contextvars(job=context.job.id, task=job.name):
                    carry_out(**args)
            except Exception as error:
                JOB_FAILURES.labels(task=job.name, error=type(error).__name__).inc()
                if context.job.id is not None:
                    self._note_failure(context.job.id, error, self._clock.now())
                raise

        app.task(name=job.name, retry=Backoff(self.rules.attempts, gives_way=job.gives_way), pass_context=True)(
            noting_failures
        )

    def _note_failure(self, job_id: int, error: Exception, now: datetime) -> None:
        job_queue.note_failure(self.database, job_id, _without_data(error), now)


def _without_data(error: Exception) -> str:
    """What failed, without anything that an error's text may quote: addresses, tokens."""
    reason = getattr(error, "reason", "") if isinstance(error, MailError) else ""
    return f"{type(error).__name__}: {reason}" if reason else type(error).__name__
