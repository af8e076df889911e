"""Whoever may log in to the database may NOTIFY: what they say on the jobs' channel stops no worker and no job."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, TextClause, create_engine, text

from scheduler.tasks import SWEEP
from tests.support.fakes import StillClock
from tests.support.rooms import StagedJobs
from tests.support.shop import NOW, SHOP

CHANNEL = "procrastinate_any_queue_v1"
LISTENERS = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN%'")
WAITING = text("SELECT count(*) FROM procrastinate_jobs")
SAID = ["no JSON", "", "[]", '{"job_id": 1}', '{"type": "abort_job_requested", "job_id": 1}']


def count(engine: Engine, query: TextClause) -> int:
    with engine.connect() as connection:
        return int(connection.execute(query).scalar_one())


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not await asyncio.to_thread(holds):
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("word", SAID)
def test_a_worker_goes_on_whatever_is_said_on_its_channel(word: str, engine: Engine, database_url: str) -> None:
    jobs = StagedJobs(database_url, engine, SHOP, StillClock(NOW))
    owner = create_engine(database_url)

    async def listens_on() -> bool:
        working = asyncio.create_task(jobs.work(jobs.services, concurrency=1))
        await until(lambda: count(owner, LISTENERS) == 1)
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_notify(:channel, :word)"), {"channel": CHANNEL, "word": word})
        await asyncio.to_thread(jobs.begin, SWEEP.due())
        await until(lambda: count(engine, WAITING) == 0)
        goes_on = count(owner, LISTENERS) == 1 and not working.done()
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        return goes_on

    assert asyncio.run(listens_on())
    owner.dispose()
