"""Reports arrive by themselves: at their time, once, with their files in the thread, also after failures and late."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import text

from domain.periods import Period, Span
from domain.records.sales import ReportName
from mail.events import MailEvent, take_events
from mail.letter import Mail, Mailer, Refused, TryLater
from scheduler.planning import Destination, Plan, Planned
from scheduler.reporting import PATIENCE
from storage.queries.mailbox import DevMailbox
from storage.queries.report_runs import ReportRuns, Run
from storage.unit_of_work import PostgresUnitOfWork
from tests.support.factories import make_order, make_product, stock
from tests.support.fakes import StillClock
from tests.support.rooms import RULES, FakeStaffRoom, StaffedJobs
from tests.support.shop import SHOP

DENVER = ZoneInfo("America/Denver")
MONDAY = datetime(2026, 5, 18, 8, 0, tzinfo=DENVER).astimezone(UTC)
IN_SLACK = {
    ReportName.MARKETING: (Destination.parse("slack:C-MARKETING"),),
    ReportName.FINANCE: (Destination.parse("slack:C-FINANCE"),),
}
EVERYWHERE = tuple(map(Destination.parse, ("slack:C-FINANCE", "telegram:-100", "mail:finn@example.com")))
AHEAD = datetime(2040, 5, 14, 8, 0, tzinfo=DENVER).astimezone(UTC)  # a Monday; jobs are due by the real clock
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
WEEKLY = Planned(name=ReportName.FINANCE, span=Span.WEEK, cron="0 8 * * mon")
DAILY = Planned(name=ReportName.MARKETING, span=Span.DAY, cron="0 8 * * *")
LAST_WEEK = Period.containing((MONDAY - 7 * DAY).date(), Span.WEEK)


@pytest.fixture(autouse=True)
def sold(engine: Database) -> None:
    """Two orders in the week before that Monday, of 24 and 12 dollars."""
    with PostgresUnitOfWork(engine) as uow:
        stock(uow, make_product(name="Mug"))
        for quantity, days in ((2, 3), (1, 5)):
            uow.orders.add(make_order({"MUG": quantity}, placed_at=MONDAY - days * DAY))
        uow.commit()


class Stage:
    """The jobs of a shop with a finance report each Monday, and a clock that tests move."""

    def __init__(
        self,
        url: str,
        engine: Database,
        plan: tuple[Planned, ...] = (WEEKLY,),
        *,
        to: Mapping[ReportName, tuple[Destination, ...]] = IN_SLACK,
        mailer: Mailer | None = None,
        telegram: FakeStaffRoom | None = None,
    ) -> None:
        self.clock = StillClock(MONDAY)
        rules = replace(RULES, plan=Plan(times=plan, to=to))
        self.jobs = StaffedJobs(url, engine, SHOP, self.clock, rules, mailer=mailer, telegram=telegram)
        self.room = self.jobs.room
        self._engine = engine

    def at(self, moment: datetime) -> "Stage":
        """That time has come, and everything that is due is done."""
        self.clock.moment = moment
        self.jobs.services.reports.enqueue_due()
        self.jobs.all_done()
        return self

    def last(self, planned: Planned = WEEKLY) -> Run | None:
        with self._engine.connect() as connection:
            return ReportRuns(connection).last(planned.name, planned.span)

    def retry_now(self, attempts: int) -> None:
        """The report that waits for its next try is due, as after so many tries."""
        self._hurry("send_report", attempts)

    def late(self) -> None:
        """The time has come at which the operators hear of a report that has not arrived."""
        self._hurry("tell_report_late", 0)

    def _hurry(self, task: str, attempts: int) -> None:
        others = "UPDATE jobs.procrastinate_jobs SET scheduled_at = now() + interval '1 d' WHERE status = 'todo'"
        due = "UPDATE jobs.procrastinate_jobs SET scheduled_at = now() - interval '1 s', attempts = :attempts"
        with self._engine.begin() as connection:
            connection.execute(text(others))
            connection.execute(text(f"{due} WHERE task_name = :task"), {"attempts": attempts, "task": task})
        self.jobs.all_done()


@pytest.fixture
def stage(database_url: str, engine: Database) -> Stage:
    return Stage(database_url, engine)


def test_the_report_comes_at_its_time_with_its_files_in_the_thread(stage: Stage) -> None:
    stage.at(MONDAY - SECOND)  # which catches up with the week before
    assert len(stage.room.in_channel("C-FINANCE")) == 1
    _, summary = stage.at(MONDAY).room.in_channel("C-FINANCE")
    assert "$36.00 net" in summary.text.splitlines()[0]
    files = [(where, name) for where, name, _, _ in stage.room.files[-4:]]
    names = [f"finance-week-2026-05-17{end}" for end in (".png", ".csv", "-days.csv", "-definitions.txt")]
    assert files == [("C-FINANCE:2.0", name) for name in names]
    assert stage.room.files[-4][2].startswith(b"\x89PNG")
    assert "2 orders" in stage.room.files[-4][3]
    assert [bool(alt) for _, _, _, alt in stage.room.files[-4:]] == [True, False, False, False]


def test_it_is_sent_once_whatever_asks_for_it(stage: Stage, database_url: str, engine: Database) -> None:
    other = Stage(database_url, engine)
    threads = [Thread(target=one.jobs.services.reports.enqueue_due) for one in (stage, other) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stage.at(MONDAY)
    stage.at(MONDAY + 6 * DAY)
    assert len(stage.room.in_channel("C-FINANCE")) == 1
    run = stage.last()
    assert run is not None
    assert (run.first_day, run.due_at, run.sent_at, run.remark) == (LAST_WEEK.first, MONDAY, MONDAY, "")


def test_a_missed_time_is_caught_up(stage: Stage) -> None:
    stage.at(MONDAY + 3 * DAY + HOUR)
    assert len(stage.room.in_channel("C-FINANCE")) == 1
    run = stage.last()
    assert run is not None
    assert run.first_day == LAST_WEEK.first


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 3, 8, 12, tzinfo=DENVER), datetime(2026, 3, 8, 8, tzinfo=DENVER)),  # clocks went forward at 2
        (datetime(2026, 11, 1, 12, tzinfo=DENVER), datetime(2026, 11, 1, 8, tzinfo=DENVER)),  # and back at 2
        (datetime(2026, 11, 1, 7, 59, tzinfo=DENVER), datetime(2026, 10, 31, 8, tzinfo=DENVER)),
    ],
)
def test_the_time_is_the_clocks_on_days_of_clock_changes(now: datetime, due: datetime) -> None:
    assert DAILY.last(now.astimezone(UTC), DENVER) == due


def test_each_day_has_one_digest_over_both_clock_changes(database_url: str, engine: Database) -> None:
    stage = Stage(database_url, engine, (DAILY,))
    begin = datetime(2026, 10, 30, 0, 30, tzinfo=DENVER).astimezone(UTC)
    for hour in range(0, 24 * 5, 6):
        stage.clock.moment = begin + hour * HOUR
        stage.jobs.services.reports.enqueue_due()
    with engine.connect() as connection:
        days = connection.execute(text("SELECT first_day FROM shop.report ORDER BY 1")).scalars().all()
    assert [day.isoformat() for day in days] == [
        "2026-10-28",
        "2026-10-29",
        "2026-10-30",
        "2026-10-31",
        "2026-11-01",
        "2026-11-02",
    ]


def test_what_arrived_before_a_failure_is_not_sent_again(stage: Stage) -> None:
    stage.jobs.services.reports.enqueue_due()
    uploads, room = [], stage.room
    upload = room.upload

    def second_fails(thread: str, name: str, content: bytes, alt: str) -> None:
        uploads.append(name)
        if len(uploads) == 2:
            raise ConnectionError("gone")
        upload(thread, name, content, alt)

    room.upload = second_fails  # type: ignore[method-assign]
    stage.jobs.all_done()
    run = stage.last()
    assert run is not None
    assert (run.sent_at, run.remark) == (None, "slack: ConnectionError")
    stage.retry_now(attempts=1)
    assert len(room.in_channel("C-FINANCE")) == 1
    names = [name.rpartition("2026-05-17")[2] for _, name, _, _ in room.files]
    assert names == [".png", ".csv", "-days.csv", "-definitions.txt"]
    run = stage.last()
    assert run is not None
    assert (run.sent_at, run.remark) == (MONDAY, "")


def test_operators_hear_of_a_report_that_does_not_arrive_and_it_still_may(stage: Stage) -> None:
    post = stage.room.post
    stage.room.post = lambda channel, reply, thread=None: (  # type: ignore[method-assign]
        post(channel, reply, thread) if channel == "C-ADMINS" else _raise()
    )
    stage.at(MONDAY)
    stage.late()
    (alert,) = stage.room.in_channel("C-ADMINS")
    assert alert.text.startswith(
        "The finance report on May 11 – 17, 2026 does not arrive (slack: ConnectionError). `parley jobs`"
    )
    stage.retry_now(attempts=5)
    stage.late()
    stage.room.post = post  # type: ignore[method-assign]
    stage.retry_now(attempts=6)
    assert len(stage.room.in_channel("C-FINANCE")) == 1
    assert len(stage.room.in_channel("C-ADMINS")) == 1


def test_they_hear_nothing_of_what_arrives_at_the_next_try(stage: Stage, engine: Database) -> None:
    stage.room.failures = 1
    stage.at(AHEAD)
    with engine.connect() as connection:
        due = "SELECT scheduled_at FROM jobs.procrastinate_jobs WHERE task_name = 'tell_report_late'"
        assert connection.execute(text(due)).scalar_one() == AHEAD + PATIENCE
    stage.retry_now(attempts=1)
    stage.late()
    assert len(stage.room.in_channel("C-FINANCE")) == 1
    assert stage.room.in_channel("C-ADMINS") == []


def test_an_alert_waits_for_slack_as_reports_do(stage: Stage) -> None:
    stage.room.failures = 9
    stage.at(MONDAY)
    stage.late()
    stage.room.failures = 0
    stage.late()
    assert len(stage.room.in_channel("C-ADMINS")) == 1


def _raise() -> str:
    raise ConnectionError("the staff room is down")


def test_a_report_without_a_channel_is_not_made(engine: Database, database_url: str) -> None:
    stage = Stage(database_url, engine, to={}).at(MONDAY)
    assert stage.last() is None
    assert stage.room.posts == []


def test_an_empty_week_is_a_report_too(stage: Stage) -> None:
    stage.at(MONDAY + 14 * DAY)
    (summary,) = stage.room.in_channel("C-FINANCE")
    assert "Nothing was ordered in this week." in summary.text


def test_what_changed_since_it_was_told_is_listed(stage: Stage, engine: Database) -> None:
    stage.at(MONDAY)
    with PostgresUnitOfWork(engine) as uow:
        uow.orders.add(make_order({"MUG": 4}, placed_at=MONDAY - 2 * DAY, quote_id=None))  # as an import may
        uow.commit()
    _, later = stage.at(MONDAY + 7 * DAY).room.in_channel("C-FINANCE")
    assert "Corrected since it was told\nMay 11 – 17, 2026\t+1 order · +$48.00" in later.text
    stage.at(MONDAY + 14 * DAY)
    assert "Corrected" in stage.room.in_channel("C-FINANCE")[2].text


def test_a_cancellation_corrects_no_week_that_was_told(stage: Stage, engine: Database) -> None:
    stage.at(MONDAY)
    with engine.begin() as connection:
        cancel = "UPDATE shop.orders SET state = 'cancelled', cancelled_at = :at WHERE total = 24"
        connection.execute(text(cancel), {"at": MONDAY + DAY})
    _, later = stage.at(MONDAY + 7 * DAY).room.in_channel("C-FINANCE")
    assert "Corrected" not in later.text
    assert "Cancelled now, placed earlier\nMay 11 – 17, 2026\t1 order · $24.00" in later.text


def test_it_goes_to_slack_to_telegram_and_by_mail(database_url: str, engine: Database) -> None:
    telegram = FakeStaffRoom()
    stage = Stage(database_url, engine, to={ReportName.FINANCE: EVERYWHERE}, telegram=telegram).at(MONDAY)
    for room, channel in ((stage.room, "C-FINANCE"), (telegram, "-100")):
        assert len(room.in_channel(channel)) == 1
        assert [thread for thread, _, _, _ in room.files] == [f"{channel}:1.0"] * 4
    (listed,) = DevMailbox(engine).newest(9)
    mail = DevMailbox(engine).get(listed.mail_id)
    assert mail is not None
    assert (mail.to, mail.subject) == ("finn@example.com", f"{SHOP.name}: finance, May 11 – 17, 2026")
    assert "$36.00 net" in mail.body
    assert 'src="cid:finance-week-2026-05-17.png"' in mail.html
    assert {file.name.rpartition("2026-05-17")[2]: file.media_type for file in mail.files} == {
        ".png": "image/png",
        ".csv": "text/csv",
        "-days.csv": "text/csv",
        "-definitions.txt": "text/plain",
    }
    stage.at(MONDAY + HOUR)
    assert len(DevMailbox(engine).newest(9)) == 1


def test_one_place_that_is_closed_keeps_it_from_no_other(database_url: str, engine: Database) -> None:
    telegram = FakeStaffRoom()
    telegram.failures = 1
    stage = Stage(database_url, engine, to={ReportName.FINANCE: EVERYWHERE[1:]}, telegram=telegram).at(MONDAY)
    run = stage.last()
    assert run is not None
    assert (run.sent_at, run.remark) == (None, "telegram: ConnectionError")
    assert len(DevMailbox(engine).newest(9)) == 1
    stage.retry_now(attempts=1)
    run = stage.last()
    assert run is not None
    assert (run.sent_at, run.remark) == (MONDAY, "")
    assert len(telegram.in_channel("-100")) == len(DevMailbox(engine).newest(9)) == 1


def test_a_service_without_a_token_is_told(database_url: str, engine: Database) -> None:
    stage = Stage(database_url, engine, to={ReportName.FINANCE: EVERYWHERE}).at(MONDAY)
    run = stage.last()
    assert run is not None
    assert run.remark == "telegram: its token is not set"
    stage.late()
    assert "(telegram: its token is not set)" in stage.room.in_channel("C-ADMINS")[0].text


def test_a_mail_that_is_refused_is_told_and_not_sent_again(database_url: str, engine: Database) -> None:
    class Refusing:
        def __init__(self) -> None:
            self.tries = 0

        def send(self, mail: Mail, now: datetime) -> None:
            self.tries += 1
            raise Refused("the address does not exist")

    mailer = Refusing()
    stage = Stage(database_url, engine, to={ReportName.FINANCE: EVERYWHERE[2:]}, mailer=mailer).at(MONDAY)
    stage.retry_now(attempts=1)
    stage.late()
    assert mailer.tries == 1
    assert "(mail: the address does not exist)" in stage.room.in_channel("C-ADMINS")[0].text


def test_every_place_and_every_try_is_told_the_same(database_url: str, engine: Database) -> None:
    telegram = FakeStaffRoom()
    telegram.failures = 1
    stage = Stage(database_url, engine, to={ReportName.FINANCE: EVERYWHERE[:2]}, telegram=telegram).at(MONDAY)
    with PostgresUnitOfWork(engine) as uow:
        uow.orders.add(make_order({"MUG": 4}, placed_at=MONDAY - 2 * DAY, quote_id=None))  # an import in between
        uow.commit()
    stage.retry_now(attempts=1)
    told = [room.posts[0][2].text.splitlines()[0] for room in (stage.room, telegram)]
    assert told == ["$36.00 net · 2 orders · 1 customer"] * 2
    assert {file[1]: file[2] for file in stage.room.files} == {file[1]: file[2] for file in telegram.files}
    _, later = stage.at(MONDAY + 7 * DAY).room.in_channel("C-FINANCE")
    assert "Corrected since it was told\nMay 11 – 17, 2026\t+1 order · +$48.00" in later.text


def test_corrections_are_told_although_a_place_stayed_closed(database_url: str, engine: Database) -> None:
    stage = Stage(database_url, engine, to={ReportName.FINANCE: EVERYWHERE[:2]}).at(MONDAY)  # no token for Telegram
    with PostgresUnitOfWork(engine) as uow:
        uow.orders.add(make_order({"MUG": 4}, placed_at=MONDAY - 2 * DAY, quote_id=None))
        uow.commit()
    _, later = stage.at(MONDAY + 7 * DAY).room.in_channel("C-FINANCE")
    assert "Corrected since it was told" in later.text


def test_who_asks_to_wait_longest_decides_when_it_is_tried_again(database_url: str, engine: Database) -> None:
    class Busy:
        def send(self, mail: Mail, now: datetime) -> None:
            raise TryLater("busy", after=HOUR)

    stage = Stage(database_url, engine, to={ReportName.FINANCE: EVERYWHERE[2:0:-1]}, mailer=Busy())
    with pytest.raises(TryLater):
        stage.jobs.services.reports.send("finance", "week", LAST_WEEK.first.isoformat())


def test_a_report_that_goes_nowhere_any_more_is_not_called_delivered(database_url: str, engine: Database) -> None:
    stage = Stage(database_url, engine)
    stage.jobs.services.reports.enqueue_due()
    stage.jobs.services.reports.plan = Plan()
    stage.jobs.all_done()
    run = stage.last()
    assert run is not None
    assert run.remark == "goes nowhere"
    stage.jobs.services.reports.plan = Plan(times=(WEEKLY,), to=IN_SLACK)  # the worker was started again
    assert not stage.jobs.services.reports.ask(ReportName.FINANCE, LAST_WEEK, MONDAY)
    assert stage.jobs.services.reports.ask(ReportName.FINANCE, LAST_WEEK, MONDAY, again=True)
    stage.jobs.all_done()
    assert len(stage.room.in_channel("C-FINANCE")) == 1
    assert not stage.jobs.services.reports.ask(ReportName.FINANCE, LAST_WEEK, MONDAY, again=True)


def test_each_mail_that_comes_back_is_told(database_url: str, engine: Database) -> None:
    readers = tuple(Destination.parse(f"mail:{name}@example.com") for name in ("finn", "maya"))
    stage = Stage(database_url, engine, to={ReportName.FINANCE: readers}).at(MONDAY)
    with engine.connect() as connection:
        query = "SELECT message_id, hashed_email FROM chat.notification ORDER BY key"
        sent = connection.execute(text(query)).all()
    assert [row.hashed_email for row in sent] == ["", ""]
    for row, kind in zip(sent, ("bounce", "blocked"), strict=True):
        name = row.message_id
        came_back = MailEvent(event_id=name, name="bounce", message_id=name, at=MONDAY, bounce_type=kind)
        with PostgresUnitOfWork(engine, stage.jobs.enqueue) as uow:
            take_events(uow, [came_back], MONDAY)
            uow.commit()
    stage.jobs.all_done()
    about = "A mail with the finance report on May 11 – 17, 2026 came back"
    assert [alert.text.partition(" See ")[0] for alert in stage.room.in_channel("C-ADMINS")] == [
        f"{about} (bounced).",
        f"{about} (blocked by the receiving server).",
    ]
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM chat.suppression")).scalar_one() == 0


def test_a_numbered_weekday_is_due_on_that_day() -> None:
    numbered = replace(WEEKLY, cron="0 8 * * 1")
    assert numbered.last(MONDAY + HOUR, DENVER) == MONDAY
