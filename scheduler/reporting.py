"""Makes the reports, each from one look at the orders, and sees to it that each is delivered once for its period."""

from collections.abc import Callable
from datetime import date, datetime

import structlog
from sqlalchemy import Engine

from bot.messages import Reply
from bot.shop import Shop
from domain.deals import MOST_OFFERS, PRICES_COMPARED, Offers, most_deals
from domain.events import ReportDue
from domain.marketing import PAUSED
from domain.pausing import pause_of
from domain.periods import Period, Span
from domain.ports import ANY_PRICE, Clock
from domain.recommending import recommend
from domain.sales import ReportName
from reports import deals, layout
from reports.report import Report
from scheduler.delivering import Delivery, Parcel
from scheduler.planning import Destination, Plan
from scheduler.ports import StaffRoom
from storage.deals import lowered
from storage.report_runs import ReportRuns
from storage.sales import PostgresSales
from storage.unit_of_work import PostgresUnitOfWork

log = structlog.get_logger()


def make(database: Engine, name: ReportName, period: Period, shop: Shop, now: datetime, top: int) -> Report:
    """The report of that name on a period; `top` is how many products and customers a digest lists."""
    from reports import finance, marketing  # they bring pandas and Matplotlib, which only this needs

    with database.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        sales = PostgresSales(connection)
        if name is ReportName.FINANCE:
            told = ReportRuns(connection).told(name, [period, *finance.compared(period)])
            return finance.make(finance.collect(sales, period, shop, told), shop, now)
        return marketing.make(marketing.collect(sales, sales, period, shop, top), shop, now, top)


def make_post(uow: PostgresUnitOfWork, shop: Shop, now: datetime, products: int) -> Reply | None:
    """The post for customers as prices, stock and orders are now; None when there is nothing to show."""
    products = min(products, MOST_OFFERS)
    found = lowered(uow.connection, now - PRICES_COMPARED, most_deals(products))
    favourites = recommend(
        uow,
        goes_with=(),
        without={one.product.product_id for one in found},
        bounds=ANY_PRICE,
        now=now,
        limit=products - len(found),
    )
    return deals.make(Offers(deals=tuple(found), favourites=favourites), shop)


class Reports:
    """What is due by itself and what is asked for; a report that goes nowhere is not made."""

    def __init__(
        self,
        database: Engine,
        unit_of_work: Callable[[], PostgresUnitOfWork],
        shop: Shop,
        clock: Clock,
        delivery: Delivery,
        plan: Plan,
        staff: StaffRoom | None,
        admins: str,
    ) -> None:
        """`admins` is the channel of `staff` in which failures are told."""
        self._database = database
        self._unit_of_work = unit_of_work
        self._shop = shop
        self._clock = clock
        self._delivery = delivery
        self.plan = plan
        self._staff = staff
        self._admins = admins

    def enqueue_due(self) -> None:
        """Enqueues each report whose last time has come, once, however often and by however many this is called."""
        now, zone = self._clock.now(), self._shop.time_zone
        for planned in self.plan.times:
            due = planned.last(now, zone)
            if due is not None and self.plan.destinations(planned.name):
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
        """Makes a report and brings it everywhere it goes; what arrived before is not brought again.

        Raises:
            Exception: it did not arrive somewhere, after it was tried everywhere.
        """
        period = _period(span, first)
        if name == ReportName.DEALS and self._withheld(period):
            return
        try:
            parcel = self._parcel(ReportName(name), period, self._plan_top(ReportName(name)))
            failures = [] if parcel is None else self._bring(parcel)
        except Exception as error:
            self._note_failure(name, period, type(error).__name__)
            raise
        if failures:
            where = ", ".join(f"{to.service}: {type(error).__name__}" for to, error in failures)
            self._note_failure(name, period, where)
            raise failures[0][1]
        with self._database.begin() as connection:
            totals = parcel.totals if parcel else None
            ReportRuns(connection).note_sent(name, period, self._clock.now(), totals)

    def show(self, name: str, span: str, first: str, top: int, user: str, asked: str) -> None:
        """Makes a report and shows it to the one who asked for it."""
        if self._staff is None:
            return
        period, channel = _period(span, first), self._staff.direct(user)
        parcel = self._parcel(ReportName(name), period, top)
        if parcel is None:
            self._staff.post(channel, Reply(text=deals.NOTHING))
        else:
            self._delivery.post(self._staff, parcel, channel, noted_as=asked)

    def alert(self, name: str, span: str, first: str) -> None:
        """Tells the operators that a report does not arrive."""
        period = _period(span, first)
        with self._database.connect() as connection:
            run = ReportRuns(connection).of(name, period)
        why = run.error if run else ""
        log.error("a report does not arrive", report=name, period=str(period), error=why)
        if self._staff is not None and self._admins:
            text = f"The {name} report on {period} does not arrive ({why}). `parley jobs` says more; it is tried again."
            self._staff.post(self._admins, Reply(text=text))

    def _withheld(self, period: Period) -> bool:
        """Whether customers get no post now: while marketing is paused none, and in the quiet hours it is put off."""
        quiet_end = self._shop.limits.quiet_end(self._clock.now())
        with self._unit_of_work() as uow:
            paused = pause_of(uow.audit) is not None
            if quiet_end is not None and not paused:
                uow.record(ReportDue(name=ReportName.DEALS, period=period, at=quiet_end))
                uow.commit()
        if paused:
            self._note_failure(ReportName.DEALS, period, PAUSED)
        return paused or quiet_end is not None

    def _plan_top(self, name: ReportName) -> int:
        return self.plan.offers if name is ReportName.DEALS else self.plan.top

    def _parcel(self, name: ReportName, period: Period, top: int) -> Parcel | None:
        """What is to be delivered; None when there is nothing to post."""
        now = self._clock.now()
        if name is ReportName.DEALS:
            with self._unit_of_work() as uow:
                post = make_post(uow, self._shop, now, top)
            return None if post is None else Parcel(name=name, period=period, message=post)
        report = make(self._database, name, period, self._shop, now, top)
        return Parcel(
            name=name,
            period=period,
            message=layout.message(report),
            files=layout.files(report),
            letter=layout.letter(report, self._shop),
            totals=report.totals,
        )

    def _bring(self, parcel: Parcel) -> list[tuple[Destination, Exception]]:
        """Brings it everywhere; returns where it did not arrive."""
        failures: list[tuple[Destination, Exception]] = []
        for to in self.plan.destinations(parcel.name):
            try:
                self._delivery.bring(parcel, to)
            except Exception as error:  # one that is closed must not keep it from the others
                log.warning(
                    "a report did not arrive", report=parcel.name, service=to.service, error=type(error).__name__
                )
                failures.append((to, error))
        return failures

    def _note_failure(self, name: str, period: Period, error: str) -> None:
        with self._database.begin() as connection:
            ReportRuns(connection).note_failure(name, period, error)


def _period(span: str, first: str) -> Period:
    """The period of a job's arguments."""
    return Period.containing(date.fromisoformat(first), Span(span))
