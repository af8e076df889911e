"""When things happen (APScheduler); what happens is a durable job, so that a missed or doubled firing is harmless."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger

from analytics.building import fingerprint
from domain.periods import Period, Span
from domain.ports import Clock
from scheduler.crontab import Crontab, CrontabTrigger
from scheduler.jobs import Jobs
from scheduler.reporting import Reports
from scheduler.tasks import (
    BUILD,
    ENTER_AUTOMATIONS,
    FORGET_COPIES,
    INGEST,
    LEFT_CARTS,
    LOOK_AFTER_CAMPAIGNS,
    MENDING,
    SWEEP,
    TELL_REORDER,
    TELL_UNANSWERED,
    TELL_WAITING,
    TRAIN,
    WATCH_STOCK,
)
from scheduler.warehousing import build_due
from storage.queries.heartbeats import EVERY_SECONDS

TRAINING = Crontab(line="0 3 * * *")  # by the shop's time

AFTER_START = timedelta(seconds=20)  # what answers customers starts first

STALE = timedelta(days=2)  # after which nobody is told of last week's reorders any more

UNANSWERED = Crontab(line="0 9 * * mon")  # by the shop's time


def fit_due(now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the recommender is fitted next."""
    return TRAINING.next(now, zone)


def week_to_reorder(now: datetime, zone: ZoneInfo, line: str) -> date | None:
    """The Monday of the week for which the admins are due to be told what to reorder; None: nothing is, or too late."""
    due = Crontab(line=line).last(now, zone) if line else None
    if due is None or now - due >= STALE:
        return None
    return Period.containing(due.astimezone(zone).date(), Span.WEEK).first


def run(jobs: Jobs, reports: Reports, time_zone: str, clock: Clock, beat: Callable[[], None] | None = None) -> None:
    """Blocks, and enqueues jobs at their times until the process is told to stop; `beat` is called all the while.

    `clock` is this machine's, by which APScheduler goes.
    """
    at_once = clock.now()
    scheduler = BlockingScheduler(
        timezone=time_zone, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": 3600}
    )
    scheduler.add_job(partial(jobs.begin, SWEEP.due()), IntervalTrigger(hours=1), id="sweep")
    mending = IntervalTrigger(seconds=jobs.rules.stalled.total_seconds())  # as soon as a dead worker counts as dead
    scheduler.add_job(
        partial(jobs.begin, *(job.due() for job in MENDING)), mending, id="catch_up", misfire_grace_time=60
    )
    scheduler.add_job(partial(jobs.begin, LEFT_CARTS.due()), IntervalTrigger(minutes=5), id="left_carts")
    for job, every in ((ENTER_AUTOMATIONS, 5), (LOOK_AFTER_CAMPAIGNS, 1)):
        trigger = IntervalTrigger(minutes=every)
        scheduler.add_job(partial(jobs.begin, job.due()), trigger, id=job.name, next_run_time=at_once)
    scheduler.add_job(partial(jobs.begin, FORGET_COPIES.due()), IntervalTrigger(minutes=15), id="forget_copies")
    if jobs.rules.intake.sources:
        scheduler.add_job(
            partial(jobs.begin, INGEST.due()), IntervalTrigger(minutes=1), id="ingest", next_run_time=at_once
        )
    zone = ZoneInfo(time_zone)
    scheduler.add_job(partial(jobs.begin, TRAIN.due()), CrontabTrigger(TRAINING, zone), id="training")
    unanswered = CrontabTrigger(UNANSWERED, zone)
    scheduler.add_job(partial(jobs.begin, TELL_UNANSWERED.due()), unanswered, id="unanswered")
    scheduler.add_job(partial(jobs.begin, TELL_WAITING.due()), IntervalTrigger(minutes=1), id="waiting")
    scheduler.add_job(partial(jobs.begin, WATCH_STOCK.due()), IntervalTrigger(minutes=5), id="stock")
    if reports.plan.reorder:

        def reorder() -> None:
            week = week_to_reorder(clock.now(), zone, reports.plan.reorder)
            if week is not None:
                jobs.begin(TELL_REORDER.due(week=week.isoformat()))

        scheduler.add_job(reorder, CrontabTrigger(Crontab(line=reports.plan.reorder), zone), id="reorder")
        scheduler.add_job(reorder, IntervalTrigger(hours=1), id="missed_reorder", next_run_time=at_once + AFTER_START)
    if reports.plan.build:
        trigger = CrontabTrigger(Crontab(line=reports.plan.build), zone)
        scheduler.add_job(partial(jobs.begin, BUILD.due()), trigger, id="build")

        def build_missed() -> None:
            mark = fingerprint(jobs.rules.warehouse.variables())
            if build_due(jobs.database, reports.plan.build, clock.now(), zone, mark):
                jobs.begin(BUILD.due())

        soon = at_once + AFTER_START
        scheduler.add_job(build_missed, IntervalTrigger(hours=1), id="missed_build", next_run_time=soon)
    scheduler.add_job(reports.enqueue_due, IntervalTrigger(hours=1), id="missed_reports", next_run_time=at_once)
    for planned in reports.plan.times:
        trigger = CrontabTrigger(planned.times, zone)
        scheduler.add_job(reports.enqueue_due, trigger, id=f"{planned.name}_{planned.span}")
    if beat is not None:
        pulse = IntervalTrigger(seconds=EVERY_SECONDS)
        scheduler.add_job(beat, pulse, id="heartbeat", misfire_grace_time=None, next_run_time=at_once)
    scheduler.start()
