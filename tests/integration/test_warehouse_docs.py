"""`/parley docs`: the documentation of the warehouse comes as one page to who asked, if they may have it."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from analytics.children import AlreadyBuilding
from analytics.warehouse import Warehouse
from domain.events import DocsAsked
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.desk import BOSS, STAFFED, Desk
from tests.support.fakes import StillClock
from tests.support.rooms import StaffedJobs
from tests.support.shop import NOW

ASKED = DocsAsked(day=date(2026, 5, 12), user="U5", asked="m7", channel="slack")


def ask(jobs: StaffedJobs, engine: Engine) -> None:
    with PostgresUnitOfWork(engine, jobs.enqueue) as uow:
        uow.record(ASKED)
        uow.commit()


@pytest.fixture
def jobs(database_url: str, engine: Engine) -> StaffedJobs:
    return StaffedJobs(database_url, engine, STAFFED, StillClock(NOW))


def test_marketing_finance_and_admins_may_ask(engine: Engine) -> None:
    desk = Desk(engine)
    for role, who in (("marketing", "U5"), ("finance", "U6"), ("support", "U7")):
        desk.says(f"/parley role grant slack:{who} {role}")
    for who in (BOSS, "U5", "U6"):
        assert "comes to your private chat" in desk.says("/parley docs", who, message_id=f"m-{who}")
    for who in ("U7", "U8"):
        assert "needs the role" in desk.says("/parley docs", who)
    asked = [event for event in desk.events if isinstance(event, DocsAsked)]
    assert [(one.user, one.asked, one.channel) for one in asked] == [(w, f"m-{w}", "slack") for w in (BOSS, "U5", "U6")]
    assert {entry.subject for entry in desk.entries("refused")} == {"/parley docs"}


def test_it_comes_once_as_one_page_even_to_a_shop_that_never_built(jobs: StaffedJobs, engine: Engine) -> None:
    for _ in range(2):  # the message came twice
        ask(jobs, engine)
    jobs.all_done()
    (said,) = jobs.room.in_channel("D-U5")
    assert "Open the file in a browser" in said.text
    ((thread, name, content, _),) = jobs.room.files
    assert (thread, name) == ("D-U5:1.0", "warehouse.html")
    assert b"dim_customers" in content
    assert b"RFM segments" in content


def test_what_went_wrong_is_said_in_place_of_it(
    jobs: StaffedJobs, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Warehouse, "document", lambda self, file: "dbt did not start")
    ask(jobs, engine)
    jobs.all_done()
    (said,) = jobs.room.in_channel("D-U5")
    assert "could not be made (dbt did not start)" in said.text
    assert jobs.room.files == []


def test_while_a_build_runs_it_is_tried_again(
    jobs: StaffedJobs, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def document(self: Warehouse, file: Path) -> str | None:
        tries.append(1)
        raise AlreadyBuilding

    monkeypatch.setattr(Warehouse, "document", document)
    ask(jobs, engine)
    jobs.all_done()
    assert (len(tries), jobs.room.posts) == (1, [])
    with engine.connect() as connection:
        waits = connection.exec_driver_sql("SELECT status FROM procrastinate_jobs WHERE task_name = 'show_docs'")
        assert waits.scalars().all() == ["todo"]
