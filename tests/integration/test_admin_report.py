"""`/report`: staff sees a report on demand, of any period, each role its own, in direct messages."""

import pytest
from sqlalchemy import Engine as Database

from domain.events import ReportAsked
from domain.periods import Period, Span
from domain.records.marts import Slice
from reports.warehouse import NEVER_BUILT
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.desk import BOSS, STAFFED, Desk
from tests.support.fakes import StillClock
from tests.support.rooms import FakeStaffRoom, StaffedJobs
from tests.support.shop import NOW, SHOP

YESTERDAY = Period.containing(NOW.date(), Span.DAY).before()
LAST_WEEK = Period.containing(NOW.date(), Span.WEEK).before()
APRIL = Period.containing(NOW.date(), Span.MONTH).before()


@pytest.fixture
def desk(engine: Database) -> Desk:
    return Desk(engine)


@pytest.mark.parametrize(
    ("said", "name", "period", "top"),
    [
        ("marketing", "marketing", YESTERDAY, 5),
        ("finance", "finance", LAST_WEEK, 5),
        ("Marketing month top=10", "marketing", APRIL, 10),
        ("finance week 2026-05-05", "finance", LAST_WEEK, 5),
        ("finance last week", "finance", LAST_WEEK, 5),
        ("finance 5.5.2026", "finance", LAST_WEEK, 5),
        ("finance May 5 top=7", "finance", LAST_WEEK, 7),
        ("marketing last month", "marketing", APRIL, 5),
        ("marketing top=3 2026-05-11 day", "marketing", YESTERDAY, 3),
        ("sales", "sales", LAST_WEEK, 10),
        ("stores month", "stores", APRIL, 10),
        ("support", "support", LAST_WEEK, 10),
        ("support day", "support", YESTERDAY, 10),
        ("support week 2026-05-05", "support", LAST_WEEK, 10),
    ],
)
def test_a_report_of_any_period_can_be_asked_for(desk: Desk, said: str, name: str, period: Period, top: int) -> None:
    assert SHOP.period(period) in desk.says(f"/report {said}", message_id="m7")
    assert desk.events == [ReportAsked(name=name, period=period, top=top, user=BOSS, asked="m7", channel="slack")]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("", "marketing, finance, sales"),
        ("revenue", "marketing, finance, sales"),
        ("finance year", "a day, a week or a month"),
        ("finance last quarter", "a day, a week or a month"),
        ("finance soon", "cannot read “soon”"),
        ("finance 03/04/2026", "2026-03-04 (March 4, 2026) or 2026-04-03 (April 3, 2026)"),
        ("finance last week 2026-05-05", "Say one time"),
        ("finance 2026-02-30", "is no date"),
        ("finance 2026-05-13", "not come yet"),
        ("marketing top=0", "from 1 to 50"),
        ("marketing top=ten", "cannot read"),
    ],
)
def test_what_cannot_be_read_is_answered_with_the_right_form(desk: Desk, said: str, heard: str) -> None:
    answer = desk.says(f"/report {said}")
    assert heard in answer
    assert "/report marketing month 2026-09-30 top=10" in answer
    assert desk.events == []


@pytest.mark.parametrize("said", ["loyalty", "discounts", "churn", "churn week 2026-05-05"])
def test_how_things_stand_needs_no_period(desk: Desk, said: str) -> None:
    assert "up to the last day of the warehouse" in desk.says(f"/report {said}")
    (event,) = desk.events
    assert isinstance(event, ReportAsked)
    assert event.name == said.split(maxsplit=1)[0]
    assert event.period == (LAST_WEEK if "week" in said else YESTERDAY)


@pytest.mark.parametrize(
    ("said", "of"),
    [
        ("store=Denver", Slice(store="Denver")),
        ('category="Garden tools"', Slice(category="Garden tools")),
        ("category=“Garden tools” DAYPART=evening", Slice(category="Garden tools", daypart="evening")),
        ('store=west week category="week month"', Slice(store="west", category="week month")),
    ],
)
def test_sales_can_be_of_a_part_of_the_shop(desk: Desk, said: str, of: Slice) -> None:
    assert f"on {LAST_WEEK}, {of}, comes" in desk.says(f"/report sales {said}")
    (event,) = desk.events
    assert isinstance(event, ReportAsked)
    assert (event.of, event.period) == (of, LAST_WEEK)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("sales store=", "store= takes one name"),
        ('sales category=""', "category= takes one name"),
        ("sales store=a store=b", "store= takes one name"),
        (f"sales store={'x' * 61}", "at most 60 characters"),
        ("stores store=denver", "Only the sales report"),
        ("churn daypart=night", "Only the sales report"),
        ("support category=Mugs", "Only the sales report"),
    ],
)
def test_a_part_that_cannot_be_read_is_answered_with_the_right_form(desk: Desk, said: str, heard: str) -> None:
    answer = desk.says(f"/report {said}")
    assert heard in answer
    assert '/report sales month store=denver category="Garden tools"' in answer
    assert desk.events == []


READERS = {
    "sales": {"U5", "U6"},
    "stores": {"U5", "U6"},
    "loyalty": {"U5"},
    "discounts": {"U5"},
    "churn": {"U5"},
    "support": {"U5", "U7"},
}


@pytest.mark.parametrize("name", READERS)
def test_the_warehouses_reports_have_their_readers_too(desk: Desk, name: str) -> None:
    for who, role in (("slack:U5", "marketing"), ("slack:U6", "finance"), ("slack:U7", "support")):
        desk.says(f"/parley role grant {who} {role}")
    for who in ("U5", "U6", "U7", BOSS):
        desk.says(f"/report {name} store=secret" if name == "sales" else f"/report {name}", who)
    assert {event.user for event in desk.events if isinstance(event, ReportAsked)} == READERS[name] | {BOSS}
    refused = desk.entries("refused")
    assert {entry.actor for entry in refused} == {f"slack:{who}" for who in {"U5", "U6", "U7"} - READERS[name]}
    assert {entry.subject for entry in refused} == {f"/report {name}"}


def test_a_warehouse_that_was_never_built_is_said_in_one_line(database_url: str, engine: Database) -> None:
    jobs = StaffedJobs(database_url, engine, STAFFED, StillClock(NOW))
    with PostgresUnitOfWork(engine, jobs.enqueue) as uow:
        uow.record(ReportAsked(name="sales", period=LAST_WEEK, top=2, user="U5", asked="m7", channel="slack"))
        uow.commit()
    jobs.all_done()
    (said,) = jobs.room.in_channel("D-U5")
    assert said.text == NEVER_BUILT
    assert jobs.room.files == []


def test_each_role_sees_its_own(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        for who, role in (("slack:U5", "marketing"), ("slack:U6", "finance")):
            desk.says(f"/parley role grant {who} {role}")
        uow.commit()
    desk.events.clear()
    desk.says("/report marketing", "U5")
    desk.says("/report finance", "U6")
    assert [event.name for event in desk.events if isinstance(event, ReportAsked)] == ["marketing", "finance"]
    desk.events.clear()
    for who, said in (("U5", "/report finance"), ("U6", "/report marketing"), ("U7", "/report finance")):
        desk.says(said, who)
    assert desk.events == []
    refused = sorted(entry.subject for entry in desk.entries("refused"))
    assert refused == ["/report finance", "/report finance", "/report marketing"]


def test_it_is_shown_once_to_who_asked_with_its_files(database_url: str, engine: Database) -> None:
    jobs = StaffedJobs(database_url, engine, STAFFED, StillClock(NOW))
    asked = ReportAsked(name="marketing", period=LAST_WEEK, top=2, user="U5", asked="m7", channel="slack")
    for _ in range(2):  # the message came twice
        with PostgresUnitOfWork(engine, jobs.enqueue) as uow:
            uow.record(asked)
            uow.commit()
    jobs.all_done()
    (summary,) = jobs.room.in_channel("D-U5")
    assert "0 orders" in summary.text
    assert [thread for thread, *_ in jobs.room.files] == ["D-U5:1.0"] * 4


def test_in_telegram_it_comes_to_the_private_chat_with_its_files(database_url: str, engine: Database) -> None:
    telegram = FakeStaffRoom()
    jobs = StaffedJobs(database_url, engine, STAFFED, StillClock(NOW), telegram=telegram)
    with PostgresUnitOfWork(engine, jobs.enqueue) as uow:
        uow.record(ReportAsked(name="finance", period=LAST_WEEK, top=2, user="7", asked="u9", channel="telegram"))
        uow.commit()
    jobs.all_done()
    assert len(telegram.in_channel("D-7")) == 1
    assert [thread for thread, *_ in telegram.files] == ["D-7:1.0"] * 4
    assert jobs.room.posts == []


def test_an_admin_learns_who_a_pseudonym_is_and_that_is_noted(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        uow.people.remember_email("7f3a12" + "0" * 58, "ann@example.com", NOW)
        uow.people.remember_email("7f3a13" + "0" * 58, "bob@example.com", NOW)
        uow.commit()
    assert "cust_7f3a12 is ann@example.com" in desk.says("/report reveal cust_7f3a12")
    (entry,) = desk.entries("reveal")
    assert (entry.actor, entry.subject) == (f"slack:{BOSS}", "customer:cust_7f3a12")
    assert "Nobody is called" in desk.says("/report reveal cust_000000")


def test_who_is_no_admin_learns_nothing(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        uow.people.remember_email("7f3a12" + "0" * 58, "ann@example.com", NOW)
        uow.commit()
    desk.says("/parley role grant slack:U5 marketing")
    assert "ann@example.com" not in desk.says("/report reveal cust_7f3a12", "U5")
    (entry,) = desk.entries("refused")
    assert entry.subject == "/report reveal"


def test_a_pseudonym_of_several_and_what_is_none(desk: Desk) -> None:
    with desk.unit_of_work() as uow:
        for digit in "12":
            uow.people.remember_email(f"7f3a12{digit}" + "0" * 57, f"{digit}@example.com", NOW)
        uow.commit()
    assert "Several customers" in desk.says("/report reveal cust_7f3a12")
    for odd in ("", "cust_", "cust_%", "cust_7f3", "x@"):
        assert "/report reveal cust_7f3a12" in desk.says(f"/report reveal {odd}")


def test_a_day_of_another_age_is_refused(desk: Desk) -> None:
    assert "too long ago" in desk.says("/report marketing 0001-01-02")
