"""A report arrives in Slack: the figures as a message, the picture and the files in its thread; and on demand."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine as Database

from bot.adapters.slack.app import SlackSender, slack_client
from domain.periods import Period, Span
from domain.records.sales import ReportName
from scheduler.planning import Destination, Plan
from scheduler.reporting import Reports
from storage.unit_of_work import PostgresUnitOfWork
from tests.support import local_slack
from tests.support.factories import make_order, make_product, stock
from tests.support.fakes import StillClock
from tests.support.local_slack import ALICE, BOT_TOKEN, SUPPORT, LocalSlack, running, words
from tests.support.rooms import RULES, StagedJobs
from tests.support.shop import NOW, SHOP

pytestmark = pytest.mark.skipif(local_slack.binary() is None, reason=local_slack.MISSING)

WEEK = Period.containing(NOW.date(), Span.WEEK)


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[LocalSlack]:
    with running(tmp_path) as peer:
        yield peer


@pytest.fixture
def reports(slack: LocalSlack, database_url: str, engine: Database) -> Reports:
    with PostgresUnitOfWork(engine) as uow:
        stock(uow, make_product(name="Fern & <Fable> Mug", product_id="MUG"))
        uow.orders.add(make_order({"MUG": 3}, placed_at=NOW))
        uow.commit()
    sender = SlackSender(slack_client(BOT_TOKEN, slack.api_url))
    clock, to = StillClock(NOW), (Destination(service="slack", address=SUPPORT),)
    plan = Plan(to=dict.fromkeys(ReportName, to))
    jobs = StagedJobs(
        database_url,
        engine,
        SHOP,
        clock,
        replace(RULES, plan=plan),
        outside=lambda outside: replace(outside, staff_room=sender, rooms={"slack": sender}),
    )
    return jobs.services.reports


@pytest.mark.parametrize("name", [ReportName.MARKETING, ReportName.FINANCE])
def test_a_report_is_a_message_with_its_picture_below_it_and_its_files_in_the_thread(
    slack: LocalSlack, reports: Reports, name: ReportName
) -> None:
    for _ in range(2):  # as when a worker was killed before it could say that it was done
        reports.send(name, WEEK.span, WEEK.first.isoformat())
    summary, *files = slack.messages(SUPPORT)
    assert "$36.00" in words(summary)
    assert "May 11 – 17, 2026" in words(summary)
    assert [one.get("thread_ts") for one in files] == [None, *[summary["ts"]] * 3]
    endings = [file["name"].rpartition("2026-05-17")[2] for one in files for file in one["files"]]
    assert endings == [".png", ".csv", "-days.csv", "-definitions.txt"]


def test_a_report_that_was_asked_for_comes_to_the_direct_chat(slack: LocalSlack, reports: Reports) -> None:
    reports.show("marketing", WEEK.span, WEEK.first.isoformat(), 5, ALICE, "m1")
    summary, *files = slack.messages(slack.direct(ALICE))
    assert "Fern &amp; &lt;Fable&gt; Mug" in words(summary)
    assert len(files) == 4
    assert slack.messages(SUPPORT) == []
