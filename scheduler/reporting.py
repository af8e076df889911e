"""Makes the reports, each from one look at the orders, and delivers each once for its period."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import Engine

from bot.messages import Reply
from bot.shop import Shop
from domain.events import ReportDue
from domain.periods import Period, Span
from domain.ports import Clock
from domain.sales import ReportName
from reports import layout
from reports.report import Report
from scheduler.ports import StaffChannels, StaffRoom
from storage.report_runs import ReportRuns
from storage.sales import PostgresSales
from storage.unit_of_work import PostgresUnitOfWork

LOOK_BACK = timedelta(days=32)  # the longest time between two firings
SUMMARY = "summary"

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A report and its times, as cron writes them, by the shop's clock."""

    name: ReportName
    span: Span
    cron: str

    def next(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When it is due next."""
        return _fires(self.trigger(zone), now.astimezone(zone))

    def last(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When it was due last; None if that is longer ago than a month."""
        trigger = self.trigger(zone)
        found, after = None, now.astimezone(zone) - LOOK_BACK
        while (due := _fires(trigger, after)) is not None and due <= now:
            found, after = due, due + timedelta(seconds=1)
        return found

    def trigger(self, zone: ZoneInfo) -> CronTrigger:
        """APScheduler's view of it."""
        return CronTrigger.from_crontab(self.cron, timezone=zone)


def _fires(trigger: CronTrigger, after: datetime) -> datetime | None:
    due: datetime | None = trigger.get_next_fire_time(None, after)
    return due


def _period(span: str, first: str) -> Period:
    """The period of a job's arguments."""
    return Period.containing(date.fromisoformat(first), Span(span))


def make(database: Engine, name: ReportName, period: Period, shop: Shop, now: datetime, top: int) -> Report:
    """The report of that name on a period; `top` is how many products and customers a digest lists."""
    from reports import finance, marketing  # they bring pandas and Matplotlib, which only this needs

    with database.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        sales = PostgresSales(connection)
        if name is ReportName.FINANCE:
            told = ReportRuns(connection).told(name, [period, *finance.compared(period)])
            return finance.make(finance.collect(sales, period, shop, told), shop, now)
        return marketing.make(marketing.collect(sales, sales, period, shop, top), shop, now, top)


class Reports:
    """Delivers reports to staff's channels; those that have no channel are not made."""

    def __init__(
        self,
        database: Engine,
        unit_of_work: Callable[[], PostgresUnitOfWork],
        shop: Shop,
        clock: Clock,
        room: StaffRoom | None,
        channels: StaffChannels,
        plan: Sequence[Planned],
        top: int,
    ) -> None:
        self._database = database
        self._unit_of_work = unit_of_work
        self._shop = shop
        self._clock = clock
        self._room = room
        self._channels = channels
        self.plan = tuple(plan)
        self._top = top

    def channel_of(self, name: ReportName) -> str:
        """Where a report goes; empty: nowhere."""
        return {ReportName.MARKETING: self._channels.marketing, ReportName.FINANCE: self._channels.finance}[name]

    def enqueue_due(self) -> None:
        """Enqueues each report whose last time has come, once, however often and by however many this is called."""
        now, zone = self._clock.now(), self._shop.time_zone
        for planned in self.plan:
            due = planned.last(now, zone)
            if due is not None and self.channel_of(planned.name):
                self.ask(planned.name, Period.latest(due, planned.span, zone), due)

    def ask(self, name: ReportName, period: Period, due: datetime) -> bool:
        """Enqueues a report, unless it was before; says whether it did."""
        with self._unit_of_work() as uow:
            new = ReportRuns(uow.connection).begin(name, period, due)
            if new:
                uow.record(ReportDue(name=name, period=period))
                uow.commit()
        return new

    def send(self, name: str, span: str, first: str) -> None:
        """Makes a report and posts it with its files in the thread; what arrived before is not posted again."""
        period, channel = _period(span, first), self.channel_of(ReportName(name))
        if self._room is None or not channel:
            log.warning("a report has no channel to go to", report=name)
            return
        try:
            report = self._deliver(self._room, channel, ReportName(name), period, self._top, channel)
        except Exception as error:
            with self._database.begin() as connection:
                ReportRuns(connection).note_failure(name, period, type(error).__name__)
            raise
        with self._database.begin() as connection:
            ReportRuns(connection).note_sent(name, period, self._clock.now(), report.totals)

    def show(self, name: str, span: str, first: str, top: int, user: str, asked: str) -> None:
        """Makes a report and shows it to the one who asked for it."""
        if self._room is not None:
            self._deliver(self._room, self._room.direct(user), ReportName(name), _period(span, first), top, asked)

    def _deliver(
        self, room: StaffRoom, channel: str, name: ReportName, period: Period, top: int, destination: str
    ) -> Report:
        """Makes a report and posts what did not arrive yet; `destination` is what it is noted for."""
        report = make(self._database, name, period, self._shop, self._clock.now(), top)
        with self._database.connect() as connection:
            arrived = ReportRuns(connection).delivered(name, period, destination)
        thread = arrived.get(SUMMARY)
        if thread is None:
            thread = room.post(channel, layout.message(report))
            self._note(report, destination, SUMMARY, thread)
        for file, content, alt in layout.files(report):
            if file not in arrived:
                room.upload(thread, file, content, alt)
                self._note(report, destination, file, thread)
        return report

    def _note(self, report: Report, destination: str, part: str, message: str) -> None:
        with self._database.begin() as connection:
            runs = ReportRuns(connection)
            runs.note_part(report.name, report.period, destination, part, message, self._clock.now())

    def alert(self, name: str, span: str, first: str) -> None:
        """Tells the operators that a report does not arrive."""
        period = _period(span, first)
        log.error("a report does not arrive", report=name, period=str(period))
        if self._room is not None and self._channels.admins:
            text = f"The {name} report on {period} does not arrive. `parley jobs` says why; it is tried again."
            self._room.post(self._channels.admins, Reply(text=text))
