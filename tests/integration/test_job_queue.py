"""What the operator sees of the jobs: how many wait, which were given up and why, and how they run again."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from procrastinate.jobs import Job
from rich.console import Console
from sqlalchemy import Engine as Database
from sqlalchemy import text

from bot.metrics import JobMetrics
from bot.terminal.jobs import explain_messages, retry, show
from bot.terminal.refusals import NothingOfThatNumber
from domain.errors import BadEmail
from domain.events import OrderPlaced
from domain.people.identity import hash_email
from mail.letter import Mail, TryLater
from scheduler.retries import FIRST_PAUSE, LONGEST_PAUSE, Backoff
from scheduler.services import JobRules
from scheduler.tasks import SWEEP
from storage.queries import job_queue
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import make_order
from tests.support.fakes import StillClock
from tests.support.rooms import NO_FILES, StagedJobs
from tests.support.shop import NOW, SHOP

ANN = hash_email("ann@example.com", SHOP.hash_key)
ONCE = JobRules(keep=timedelta(days=30), intake=NO_FILES, settle=timedelta(0), attempts=1)


class BrokenMailer:
    """Takes nothing while it is broken."""

    def __init__(self) -> None:
        self.broken = True
        self.taken: list[str] = []

    def send(self, mail: Mail, now: datetime) -> None:
        if self.broken:
            raise TryLater("SendGrid does not know the API key")
        self.taken.append(mail.key)


@pytest.fixture
def mailer() -> BrokenMailer:
    return BrokenMailer()


@pytest.fixture
def jobs(engine: Database, database_url: str, mailer: BrokenMailer) -> StagedJobs:
    return StagedJobs(database_url, engine, SHOP, StillClock(NOW), mailer=mailer, rules=ONCE)


def place(jobs: StagedJobs, engine: Database) -> int:
    with PostgresUnitOfWork(engine, jobs.enqueue) as uow:
        uow.people.remember_email(ANN, "ann@example.com", NOW)
        order = uow.orders.add(make_order({"MUG": 1}, hashed_email=ANN, quote_id=None))
        uow.record(OrderPlaced(order_id=order.order_id))
        uow.commit()
    return order.order_id


def work(jobs: StagedJobs) -> None:
    jobs.all_done(2)


def shown(engine: Database) -> str:
    out = StringIO()
    show(engine, SHOP, Console(file=out, width=160))
    return out.getvalue()


def test_a_job_that_is_given_up_is_listed_with_its_reason_and_can_be_retried(
    jobs: StagedJobs, engine: Database, mailer: BrokenMailer
) -> None:
    order_id = place(jobs, engine)
    work(jobs)
    page = shown(engine)
    assert "0 queued; 0 running; 1 failed" in page
    for piece in ("mail_order", f"order_id={order_id}", "step=placed", "TryLater: SendGrid does not know the API key"):
        assert piece in page
    mailer.broken = False
    out = StringIO()
    retry(engine, None, Console(file=out))
    assert "1 queued again" in out.getvalue()
    work(jobs)
    assert mailer.taken == [f"mail:order/{order_id}/placed"]
    assert "0 failed" in shown(engine)


def test_retrying_names_what_is_no_failed_job(jobs: StagedJobs, engine: Database) -> None:
    place(jobs, engine)
    work(jobs)
    with engine.connect() as connection:
        (failed,) = job_queue.failed(connection, 10)
    out = StringIO()
    retry(engine, [failed.job_id, 987654], Console(file=out))
    with pytest.raises(NothingOfThatNumber, match="parley jobs"):
        retry(engine, [987654], Console(file=out))
    assert "1 queued again; 1 of these numbers are no failed jobs" in out.getvalue()


def test_a_retried_job_has_all_its_attempts_again(jobs: StagedJobs, engine: Database) -> None:
    place(jobs, engine)
    work(jobs)
    with engine.begin() as connection:
        (failed,) = job_queue.failed(connection, 10)
        job_queue.retry(connection, [failed.job_id])
        attempts = connection.execute(
            text("SELECT attempts FROM procrastinate_jobs WHERE status = 'todo'")
        ).scalar_one()
    assert attempts <= 1


def test_an_error_of_ours_is_noted_by_its_name_only(jobs: StagedJobs, engine: Database, mailer: BrokenMailer) -> None:
    def fail(mail: Mail, now: datetime) -> None:
        raise RuntimeError(f"cannot write to {mail.to}")

    mailer.send = fail  # type: ignore[method-assign]
    place(jobs, engine)
    work(jobs)
    assert "RuntimeError" in shown(engine)
    assert "ann@example.com" not in shown(engine)


def test_the_numbers_are_metrics_and_name_the_age_of_the_oldest(jobs: StagedJobs, engine: Database) -> None:
    place(jobs, engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE procrastinate_events SET at = at - interval '90 seconds'"))
        counts = job_queue.counts(connection)
    assert (counts.queued, counts.running, counts.failed) == (2, 0, 0)
    assert 90 <= counts.oldest_seconds < 120
    samples = {
        (sample.name, sample.labels.get("state", "")): sample.value
        for family in JobMetrics(lambda: counts).collect()
        for sample in family.samples
    }
    assert samples[("parley_jobs", "queued")] == 2
    assert samples[("parley_jobs_oldest_seconds", "")] >= 90


def test_a_job_for_a_later_hour_is_not_late(jobs: StagedJobs, engine: Database) -> None:
    place(jobs, engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'"))
        assert job_queue.counts(connection).oldest_seconds == 0


def test_receipts_run_before_marketing(jobs: StagedJobs, engine: Database, mailer: BrokenMailer) -> None:
    mailer.broken = False
    place(jobs, engine)
    with engine.connect() as connection:
        rows = (
            connection.execute(text("SELECT task_name FROM procrastinate_jobs ORDER BY priority DESC")).scalars().all()
        )
    assert rows == ["mail_order", "remarket"]


def rescued(engine: Database, jobs: StagedJobs, worker: str, running: str) -> int:
    """How many of two jobs are rescued whose worker was heard of so long ago, and that run for so long."""
    with engine.begin() as connection:
        worker_id = connection.execute(
            text(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - CAST(:it AS interval)) RETURNING id"
            ),
            {"it": worker},
        ).scalar_one()
        connection.execute(text("UPDATE procrastinate_jobs SET status = 'doing', worker_id = :it"), {"it": worker_id})
        connection.execute(
            text("UPDATE procrastinate_events SET at = now() - CAST(:it AS interval) WHERE type = 'started'"),
            {"it": running},
        )
    jobs.services.upkeep.rescue()
    with engine.connect() as connection:
        return job_queue.counts(connection).queued


@pytest.mark.parametrize(
    ("worker", "running", "count"),
    [("5 seconds", "20 seconds", 0), ("31 seconds", "20 seconds", 2), ("5 seconds", "301 seconds", 2)],
)
def test_jobs_run_again_that_died_with_their_worker_or_whose_end_was_lost(
    jobs: StagedJobs, engine: Database, mailer: BrokenMailer, worker: str, running: str, count: int
) -> None:
    place(jobs, engine)
    assert rescued(engine, jobs, worker, running) == count
    mailer.broken = False
    work(jobs)
    assert len(mailer.taken) == (1 if count else 0)


def test_a_lost_job_gives_way_to_one_like_it_that_waits(jobs: StagedJobs, engine: Database) -> None:
    jobs.begin(SWEEP.due())
    with engine.begin() as connection:
        connection.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
    jobs.begin(SWEEP.due())
    jobs.services.upkeep.rescue()
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT task_name, CAST(status AS text) FROM procrastinate_jobs")).all()
    assert [tuple(row) for row in rows] == [("sweep", "todo")]


def test_a_rolled_back_order_enqueues_nothing(jobs: StagedJobs, engine: Database) -> None:
    with PostgresUnitOfWork(engine, jobs.enqueue) as uow:
        uow.record(OrderPlaced(order_id=1))
    with engine.connect() as connection:
        assert job_queue.counts(connection).queued == 0


def test_pauses_grow_with_jitter_and_end() -> None:
    backoff = Backoff(attempts=10)

    def pauses(attempts: int, error: Exception) -> list[float]:
        job = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", task_kwargs={}, attempts=attempts)
        found = []
        for _ in range(50):
            decision = backoff.get_retry_decision(exception=error, job=job)
            assert decision is not None
            assert decision.retry_at is not None
            found.append((decision.retry_at - datetime.now(UTC)).total_seconds())
        return found

    first, later, last = (pauses(attempts, ValueError()) for attempts in (0, 3, 8))
    assert FIRST_PAUSE.total_seconds() * 0.9 <= min(first) < max(first) <= FIRST_PAUSE.total_seconds() * 1.5
    assert max(first) < min(later)
    assert max(first) - min(first) > 0.3  # they do not all come back at once
    assert max(last) <= LONGEST_PAUSE.total_seconds() * 1.5
    asked = pauses(0, TryLater("429", after=timedelta(seconds=40)))
    assert min(asked) >= 39
    job = Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", task_kwargs={}, attempts=9)
    assert backoff.get_retry_decision(exception=ValueError(), job=job) is None


def test_why_lists_what_was_sent_and_withheld(jobs: StagedJobs, engine: Database, mailer: BrokenMailer) -> None:
    mailer.broken = False
    order_id = place(jobs, engine)
    work(jobs)
    out = StringIO()
    explain_messages(engine, SHOP, "Ann@example.com", Console(file=out, width=160))
    for piece in (f"order placed #{order_id} by email", "sent: always sent", "remarketing", "withheld: no consent"):
        assert piece in out.getvalue()
    out = StringIO()
    explain_messages(engine, SHOP, "nobody@example.com", Console(file=out))
    assert "Nothing was sent" in out.getvalue()
    with pytest.raises(BadEmail):
        explain_messages(engine, SHOP, "no address", Console(file=out))


def test_jobs_notify_only_while_the_queue_of_notifications_has_room(engine: Database) -> None:
    notifying = text("""
        SELECT prosrc ~ 'IF pg_notification_queue_usage' FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
        WHERE nspname = 'jobs' AND prosrc ~ 'pg_notify'
    """)
    with engine.connect() as connection:
        assert connection.execute(notifying).scalars().all() == [True, True]
