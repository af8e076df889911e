"""Makes the reports, each from one look at the orders, and sees to it that each is delivered once for its period."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import structlog
from pydantic import TypeAdapter
from sqlalchemy import Connection, Engine

from analytics.warehouse import WarehouseTerms
from bot.messages import Reply
from bot.shop import Shop
from domain import message_ids
from domain.events import ReportDue, ReportLate
from domain.outreach.measuring import Measured, ran
from domain.periods import Period, Span
from domain.records.marts import EVERYTHING, Slice
from domain.records.sales import ReportName
from mail.letter import TryLater
from reports import deals, layout
from reports.report import Report
from reports.risk import Risk
from reports.warehouse import Asked, Unanswerable
from scheduler.delivering import Parcel, ReportDelivery, why
from scheduler.planning import Destination, Plan
from scheduler.ports import StaffRoom
from scheduler.posting import Posts
from scheduler.workplace import Workplace
from storage.queries.campaign_results import PostgresCampaignResults
from storage.queries.churn_risks import PostgresChurnRisks
from storage.queries.report_runs import ReportRuns
from storage.queries.sales import PostgresSales
from storage.queries.segments import PostgresSegments
from storage.repositories.campaigns import PostgresCampaigns

PATIENCE = timedelta(minutes=10)  # after the first failure
ALERT = "alert"
NOTHING, NOWHERE = "nothing to post", "goes nowhere"
_PARCEL = TypeAdapter(Parcel)

log = structlog.get_logger()


def make_report(
    database: Engine,
    name: ReportName,
    period: Period,
    shop: Shop,
    now: datetime,
    top: int,
    of: Slice = EVERYTHING,
    terms: WarehouseTerms | None = None,
) -> Report:
    """The report of that name on a period; its tables list the `top` rows of what is ranked.

    A report on sales tells `of` some of them; one of the warehouse's goes by the `terms` on which that is built.

    Raises:
        Unanswerable: the warehouse cannot tell it.
    """
    if name.of_warehouse:
        from scheduler.mart_reports import make_mart_report

        asked = Asked(name=name, period=period, of=of, top=top)
        return make_mart_report(database, asked, shop, now, terms or WarehouseTerms(time_zone=shop.time_zone.key))
    from reports import finance, marketing  # they bring pandas and Altair, which only this needs
    from scheduler.mart_reports import support_in

    weekly = name is ReportName.MARKETING and period.span is Span.WEEK
    support = support_in(database, period, shop.time_zone) if weekly else None
    with database.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        sales = PostgresSales(connection)
        if name is ReportName.FINANCE:
            told = ReportRuns(connection).told(name, [period, *finance.compared(period)])
            return finance.make_finance_report(finance.collect(sales, period, shop, told), shop, now)
        moves = PostgresSegments(connection).moves(period)
        churn = _risk(connection, period) if weekly else None
        found = marketing.collect(sales, sales, period, shop, top, moves, support, churn)
        found = replace(found, campaigns=_campaigns(connection, period, shop, now))
        return marketing.make_digest(found, shop, now, top)


def _risk(connection: Connection, period: Period) -> Risk | None:
    """What was predicted of a week; None where nothing was."""
    risks = PostgresChurnRisks(connection)
    moves, kept, days = risks.moves(period), risks.kept(period.last), risks.days()
    return None if days is None or (moves is None and kept is None) else Risk(moves=moves, kept=kept, days=days)


def _campaigns(connection: Connection, period: Period, shop: Shop, now: datetime) -> tuple[Measured, ...]:
    """What the campaigns of a period came to by its end, whenever that is asked."""
    since, until = period.begins(shop.time_zone), period.ends(shop.time_zone)
    return tuple(ran(PostgresCampaigns(connection), PostgresCampaignResults(connection), since, until, now))


class Reports:
    """What is due by itself and what is asked for; a report that goes nowhere is not made."""

    def __init__(
        self,
        place: Workplace,
        delivery: ReportDelivery,
        posts: Posts,
        plan: Plan,
        staff: StaffRoom | None,
        admins: str,
        terms: WarehouseTerms,
    ) -> None:
        """`admins` is the channel of `staff` in which failures are told, `terms` are those of the warehouse."""
        self._database = place.database
        self._unit_of_work = place.unit_of_work
        self._shop = place.shop
        self._clock = place.clock
        self._delivery = delivery
        self._posts = posts
        self.plan = plan
        self._staff = staff
        self._admins = admins
        self.terms = terms

    def enqueue_due(self) -> None:
        """Enqueues each report whose last time has come, once, however often and by however many this is called."""
        now, zone = self._clock.now(), self._shop.time_zone
        for planned in self.plan.times:
            due = planned.last(now, zone)
            if due is not None and self.plan.destinations(planned.name):
                self.ask(planned.name, Period.latest(due, planned.span, zone), due)

    def ask(self, name: ReportName, period: Period, due: datetime, *, again: bool = False) -> bool:
        """Enqueues a report, unless it was before; says whether it did. `again`: also one that was left out then."""
        with self._unit_of_work() as uow:
            new = ReportRuns(uow.connection).begin(name, period, due, again=again)
            if new:
                uow.record(ReportDue(name=name, period=period))
                uow.commit()
        return new

    def send(self, name: str, span: str, first: str) -> None:
        """Makes a report and brings it everywhere it goes; what arrived before is not brought again.

        Raises:
            Exception: it did not arrive somewhere, after it was tried everywhere.
        """
        period, to = _period(span, first), self.plan.destinations(ReportName(name))
        if name == ReportName.DEALS:
            if left_out := self._posts.left_out(period):
                self._note_over(name, period, left_out)
                return
            if self._posts.put_off(period):
                return
        try:
            parcel = self._draft(ReportName(name), period, to) if to else None
            failures = [] if parcel is None else self._bring(parcel, to)
        except Exception as error:
            self._note_failure(name, period, why(error))
            raise
        if parcel is None:
            self._note_over(name, period, NOTHING if to else NOWHERE)
            return
        if parcel.totals is not None and len(failures) < len(to):
            with self._database.begin() as connection:
                ReportRuns(connection).note_told(name, period, parcel.totals)
        if failures:
            self._note_failure(name, period, ", ".join(f"{one.service}: {why(error)}" for one, error in failures))
            raise max((error for _, error in failures), key=_asked_pause)
        self._note_over(name, period)

    def show(
        self,
        name: str,
        span: str,
        first: str,
        top: int,
        user: str,
        asked: str,
        channel: str = "slack",
        of: Mapping[str, str] | None = None,
    ) -> None:
        """Makes a report and shows it to the one who asked for it, in their private chat of `channel`."""
        room = self._delivery.room(channel)
        if room is None:
            return
        period, chat = _period(span, first), room.direct(user)
        if name == ReportName.DEALS:
            post = self._posts.make() or Reply(text=deals.NOTHING)
            parcel = Parcel(name=ReportName.DEALS, period=period, message=post)
        else:
            try:
                parcel = self._report(ReportName(name), period, top, Slice.of(of))
            except Unanswerable as why_not:
                parcel = Parcel(name=ReportName(name), period=period, message=Reply(text=str(why_not)))
        self._delivery.post(room, parcel, chat, noted_as=asked)

    def tell_late(self, name: str, span: str, first: str) -> None:
        """Tells the operators, once, that a report has not arrived everywhere yet."""
        period = _period(span, first)
        with self._database.connect() as connection:
            run = ReportRuns(connection).of(name, period)
        if run is not None and run.sent_at is None:
            on = self._shop.period(period)
            text = f"The {name} report on {on} does not arrive ({run.remark}). `parley jobs` says more."
            self._tell_operators(Parcel(name=ReportName(name), period=period, message=Reply(text=text)))

    def tell_bounced(self, message_id: str) -> None:
        """Tells the operators that a report's mail came back."""
        with self._unit_of_work() as uow:
            mail = uow.notifications.of_message(message_id)
        if mail is None:
            return
        name, period = message_ids.report_of(mail.key)
        text = f"A mail with the {name} report on {self._shop.period(period)} came back ({mail.reason})."
        told = Reply(text=f"{text} See reports.{name}.to in config.yaml.")
        parcel = Parcel(name=ReportName(name), period=period, message=told)
        self._tell_operators(parcel, noted_as=f"{ALERT}/{message_id}")

    def _tell_operators(self, parcel: Parcel, noted_as: str = ALERT) -> None:
        log.error("a report does not arrive", report=parcel.name, period=str(parcel.period))
        if self._staff is not None and self._admins:
            self._delivery.post(self._staff, parcel, self._admins, noted_as=noted_as)

    def _draft(self, name: ReportName, period: Period, to: Sequence[Destination]) -> Parcel | None:
        """What is delivered: a post as of now; a report as an earlier try made it, for all places are told the same."""
        if name is ReportName.DEALS:
            post = self._posts.make()
            if post is not None:
                self._posts.note_offered(post, [one.service for one in to])
            return None if post is None else Parcel(name=name, period=period, message=post, at_most_once=True)
        with self._database.connect() as connection:
            kept = ReportRuns(connection).draft(name, period)
        if kept is not None:
            return _PARCEL.validate_json(kept)
        parcel = self._report(name, period, self.plan.top)
        with self._database.begin() as connection:
            ReportRuns(connection).keep_draft(name, period, _PARCEL.dump_json(parcel).decode())
        return parcel

    def _report(self, name: ReportName, period: Period, top: int, of: Slice = EVERYTHING) -> Parcel:
        """A report in all its forms."""
        report = make_report(self._database, name, period, self._shop, self._clock.now(), top, of, self.terms)
        files = layout.files(report, self._shop)
        return Parcel(
            name=name,
            period=period,
            message=layout.message(report, self._shop.web_url),
            files=files,
            letter=layout.letter(report, self._shop, files),
            totals=report.totals,
        )

    def _bring(self, parcel: Parcel, everywhere: Sequence[Destination]) -> list[tuple[Destination, Exception]]:
        """Brings it everywhere; returns where it did not arrive."""
        failures: list[tuple[Destination, Exception]] = []
        for place, to in enumerate(everywhere, 1):
            try:
                self._delivery.bring(parcel, to, place)
            except Exception as error:  # one that is closed must not keep it from the others
                log.warning(
                    "a report did not arrive", report=parcel.name, service=to.service, error=type(error).__name__
                )
                failures.append((to, error))
        return failures

    def _note_failure(self, name: str, period: Period, error: str) -> None:
        """Notes why it did not arrive yet; the operators hear of it if that lasts."""
        with self._unit_of_work() as uow:
            ReportRuns(uow.connection).note_failure(name, period, error)
            uow.record(ReportLate(name=name, period=period, at=self._clock.now() + PATIENCE))
            uow.commit()

    def _note_over(self, name: str, period: Period, remark: str = "") -> None:
        with self._database.begin() as connection:
            ReportRuns(connection).note_sent(name, period, self._clock.now(), remark)


def _period(span: str, first: str) -> Period:
    """The period of a job's arguments."""
    return Period.containing(date.fromisoformat(first), Span(span))


def _asked_pause(error: Exception) -> timedelta:
    """How long a service asks to wait; one that asks is not asked again before that."""
    return (error.after if isinstance(error, TryLater) else None) or timedelta(0)
