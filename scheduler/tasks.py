"""The durable jobs (Procrastinate): enqueued in the transaction that causes them, carried out by `parley worker`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.contrib.sqlalchemy import SQLAlchemyPsycopg2Connector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task
from sqlalchemy import Connection, Engine, make_url

from bot.links import Links
from bot.messages import ChatSender
from bot.shop import Shop
from domain import events, message_ids
from domain.conversation import ChatRef
from domain.model import OrderState
from domain.outreach.rules import ORDER_CANCELLED, Limits
from domain.periods import Period
from domain.ports import Clock
from domain.records.notifications import Kind, Outcome, new_mail
from mail.letter import Mailer, MailError
from scheduler.chats import Chats
from scheduler.delivering import Delivery
from scheduler.mails import Mails
from scheduler.marketing import Marketing
from scheduler.metrics import JOB_FAILURES
from scheduler.outbox import Outbox
from scheduler.planning import Plan
from scheduler.ports import Room, StaffChannels, StaffRoom
from scheduler.posting import Posts
from scheduler.reporting import Reports
from scheduler.retries import Backoff
from scheduler.staff import StaffNotices
from storage.queries import job_queue
from storage.queries.envelopes import KEEP, forget_envelopes
from storage.queries.heartbeats import forget_heartbeats
from storage.repositories.conversations import PostgresConversations, forget_old
from storage.repositories.impressions import forget_impressions
from storage.repositories.notifications import PostgresNotifications, forget_events
from storage.repositories.orders import PostgresOrders
from storage.repositories.people import PostgresPeople, forget_reasons
from storage.repositories.privacy import PostgresPrivacy
from storage.repositories.proofs import forget_proofs
from storage.repositories.rate_limits import forget_rates
from storage.repositories.tickets import PostgresTickets, forget_notes
from storage.server.database import APP_ROLE
from storage.unit_of_work import PostgresUnitOfWork

REPORTS_REPEATED = timedelta(days=2)  # the mail service repeats its reports for a day
POLL_SECONDS = 1.0  # a job that waited for another one's lock is found by polling only
LONGEST_JOB = 10  # times the time after which a silent worker is dead; jobs take seconds
TRAINING, SEND_REPORT, SHOW_REPORT = "train_recommender", "send_report", "show_report"
LONG_JOBS = (TRAINING, SEND_REPORT, SHOW_REPORT)  # a channel may ask to wait for minutes
WEB = "web"  # its page fetches what waits for it
KEEP_IMPRESSIONS = timedelta(days=400)  # what was recommended to whom: a year can be compared with the one before
NO_CHANNELS = StaffChannels()
# Higher ones first, where more is waiting than the workers can do.
CODE, RECEIPT, STAFF, UPKEEP, MARKETING = 30, 20, 10, 0, -10

log = structlog.get_logger()

AnyTask = Task[..., Any, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class JobRules:
    """How jobs are repeated, and how mail is sent: see `jobs`, `mail` and `reports` in config.yaml.

    `reports` says whether the mail service reports what became of mails.
    """

    keep: timedelta
    settle: timedelta = timedelta(minutes=2)
    reports: bool = False
    attempts: int = 10
    stalled: timedelta = timedelta(seconds=30)
    postal_address: str = ""
    plan: Plan = field(default_factory=Plan)


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A job to enqueue, not to be run before `at`.

    Of those with the same `lock` one runs at a time, in the order they were enqueued; of those with the same `only`
    one waits at a time, and more of them are left out.
    """

    task: AnyTask
    args: Mapping[str, Any]
    priority: int
    lock: str | None = None
    only: str | None = None
    at: datetime | None = None


class Jobs:
    """The job queue of one process: enqueues, and in a worker carries out. Arguments never hold personal data.

    `senders` bring messages into chats, by channel; without a `staff_room` or its `channels` staff hears of nothing.
    `rooms` are where reports go, by service.
    """

    def __init__(
        self,
        url: str,
        engine: Engine,
        shop: Shop,
        clock: Clock,
        mailer: Mailer,
        links: Links,
        limits: Limits,
        rules: JobRules,
        *,
        senders: Mapping[str, ChatSender] | None = None,
        staff_room: StaffRoom | None = None,
        channels: StaffChannels = NO_CHANNELS,
        rooms: Mapping[str, Room] | None = None,
    ) -> None:
        self._url = url
        self._engine = engine
        self._clock = clock
        self.rules = rules
        self._cancel_window = shop.terms.cancel_window
        self._retry = Backoff(rules.attempts)
        self.app = App(connector=SQLAlchemyPsycopg2Connector())
        self.app.open(engine)
        outbox = Outbox(self._unit_of_work, clock, mailer, links, rules.settle, reports=rules.reports)
        mails = Mails(outbox, self._unit_of_work, shop, clock, links, rules.postal_address)
        self.marketing = Marketing(outbox, self._unit_of_work, shop, clock, links, limits, rules.postal_address)
        self.chats = Chats(engine, self._unit_of_work, shop, clock, senders or {})
        staff = StaffNotices(self._unit_of_work, shop, clock, staff_room, channels)
        delivery = Delivery(engine, self._unit_of_work, clock, rooms or {}, outbox)
        self.posts = Posts(self._unit_of_work, shop, clock, rules.plan.products)
        self.reports = Reports(
            engine, self._unit_of_work, shop, clock, delivery, self.posts, rules.plan, staff_room, channels.admins
        )
        self._mail_order = self._task("mail_order", mails.order_step)
        self._mail_code = self._task("mail_code", mails.code)
        self._mail_opt_in = self._task("mail_opt_in", mails.opt_in)
        self._remarket = self._task("remarket", self.marketing.remarket)
        self._remind = self._task("remind", self.marketing.remind)
        self._open_thread = self._task("open_ticket_thread", staff.open_ticket_thread)
        self._relay = self._task("relay_note", staff.relay_note)
        self._stock = self._task("tell_admins_stock", staff.tell_admins_stock)
        self._tell = self._task("tell_customer", self.chats.tell_customer)
        self._bring = self._task("bring_replies", self.chats.bring_replies)
        self._report = self._task(SEND_REPORT, self.reports.send)
        self._show_report = self._task(SHOW_REPORT, self.reports.show)
        self._tell_late = self._task("tell_report_late", self.reports.tell_late)
        self._tell_bounced = self._task("tell_report_bounced", self.reports.tell_bounced)
        self._catch_up = self.app.task(name="catch_up", queueing_lock="catch_up")(self.catch_up)
        self._rescue = self.app.task(name="rescue", queueing_lock="rescue")(self.rescue)
        self._left_carts = self.app.task(name="left_carts", queueing_lock="left_carts")(self.marketing.left_carts)
        self._train = self.app.task(name=TRAINING, queueing_lock=TRAINING)(self.train)
        self._sweep = self.app.task(name="sweep", queueing_lock="sweep")(self.sweep)

    def _task(self, name: str, carry_out: Callable[..., None]) -> AnyTask:
        """A task that is retried, and whose last failure is noted for `parley jobs`."""

        def noting_failures(context: JobContext, /, **args: Any) -> None:
            try:
                with structlog.contextvars.bound_contextvars(job=context.job.id, task=name):
                    carry_out(**args)
            except Exception as error:
                JOB_FAILURES.labels(task=name, error=type(error).__name__).inc()
                if context.job.id is not None:
                    job_queue.note_failure(self._engine, context.job.id, _without_data(error), self._clock.now())
                raise

        return self.app.task(name=name, retry=self._retry, pass_context=True)(noting_failures)

    def _unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self._engine, self.enqueue)

    def enqueue(self, connection: Connection, event: events.Event) -> None:
        """Enqueues what follows from an event, in the transaction of `connection`."""
        for due in self._follows(connection, event):
            task = due.task.configure(
                connection=connection, lock=due.lock, queueing_lock=due.only, priority=due.priority, schedule_at=due.at
            )
            if due.only is None:
                job = task.defer(**due.args)
            else:
                try:
                    with connection.begin_nested():
                        job = task.defer(**due.args)
                except AlreadyEnqueued:
                    continue
            log.info("job enqueued", job=job, task=due.task.name)  # the worker's lines about it carry this number

    def _follows(self, connection: Connection, event: events.Event) -> Iterator[Due]:
        match event:
            case events.OrderPlaced(order_id=order_id):
                yield self._mail(order_id, "placed")
                yield self._marketing(order_id)
            case events.OrderChanged(order_id=order_id, change=change, told_in=told_in):
                yield from self._told(connection, order_id, f"changed-{change}", told_in)
            case events.OrderCancelled(order_id=order_id, reason=reason, told_in=told_in):
                if reason:  # without one it was the customer
                    PostgresPeople(connection).remember_reason(order_id, reason, self._clock.now())
                self._withdraw_marketing(connection, order_id)
                PostgresPrivacy(connection).forget_parcel(order_id)
                yield from self._told(connection, order_id, OrderState.CANCELLED, told_in)
            case events.OrderShipped(order_id=order_id):
                yield from self._told(connection, order_id, OrderState.SHIPPED)
            case events.ParcelCorrected(order_id=order_id, correction=correction):
                yield from self._told(connection, order_id, f"{OrderState.SHIPPED}-{correction}")
            case events.OrderDelivered(order_id=order_id):
                PostgresPrivacy(connection).forget_parcel(order_id)
                yield from self._told(connection, order_id, OrderState.DELIVERED)
            case events.ConsentGiven(order_id=order_id) if order_id is not None:
                yield self._marketing(order_id)
            case events.RemarketingDue(order_id=order_id, at=at):
                yield self._marketing(order_id, at)
            case events.ReminderDue(quote_id=quote_id, number=number, at=at):
                args = {"quote_id": quote_id, "number": number}
                only = message_ids.cart_reminder(quote_id, number)
                yield Due(task=self._remind, args=args, priority=MARKETING, lock=only, only=only, at=at)
            case events.ProofAsked(proof_id=proof_id, at=at):
                yield Due(task=self._mail_code, args={"proof_id": proof_id}, priority=CODE, at=at)
            case events.EmailConfirmed(hashed_email=hashed_email):  # each is decided about anew
                for order_id, key in PostgresNotifications(connection).held_orders(hashed_email):
                    yield self._mail(order_id, message_ids.step_of(key))
            case events.OptInAsked(opt_in_id=opt_in_id):
                yield Due(task=self._mail_opt_in, args={"opt_in_id": opt_in_id}, priority=RECEIPT)
            case events.StockFell(product_id=product_id, quantity=quantity):
                args = {"product_id": product_id, "quantity": quantity}
                yield Due(task=self._stock, args=args, priority=STAFF)
            case events.TicketOpened(ticket_id=ticket_id):
                args = {"ticket_id": ticket_id}
                yield Due(task=self._open_thread, args=args, priority=STAFF, lock=f"ticket/{ticket_id}")
            case events.TicketNoted(note_id=note_id):
                note = PostgresTickets(connection).note(note_id)
                lock = f"ticket/{note.ticket_id}" if note else None
                yield Due(task=self._relay, args={"note_id": note_id}, priority=STAFF, lock=lock)
            case events.RepliesWaiting(channel=channel, chat_id=chat_id) if channel != WEB:
                args = {"channel": channel, "chat_id": chat_id}
                yield Due(task=self._bring, args=args, priority=RECEIPT, lock=f"{channel}:{chat_id}")
            case _:
                yield from self._reports_follow(event)

    def _reports_follow(self, event: events.Event) -> Iterator[Due]:
        match event:
            case events.ReportDue(name=name, period=period, at=at):
                key = message_ids.report(name, period)
                yield Due(task=self._report, args=_report(name, period), priority=STAFF, lock=key, only=key, at=at)
            case events.ReportLate(name=name, period=period, at=at):
                only = f"late:{message_ids.report(name, period)}"
                yield Due(task=self._tell_late, args=_report(name, period), priority=STAFF, only=only, at=at)
            case events.ReportBounced(message_id=message_id):
                yield Due(task=self._tell_bounced, args={"message_id": message_id}, priority=STAFF)
            case events.ReportAsked(name=name, period=period, top=top, user=user, asked=asked, channel=channel):
                args = _report(name, period) | {"top": top, "user": user, "asked": asked, "channel": channel}
                yield Due(task=self._show_report, args=args, priority=STAFF)

    def _mail(self, order_id: int, step: str) -> Due:
        """A mail about a step in an order's life."""
        lock = message_ids.order_mail(order_id, step)
        return Due(task=self._mail_order, args={"order_id": order_id, "step": step}, priority=RECEIPT, lock=lock)

    def _marketing(self, order_id: int, at: datetime | None = None) -> Due:
        """The recommendation that follows an order."""
        key = message_ids.remarketing(order_id)
        return Due(task=self._remarket, args={"order_id": order_id}, priority=MARKETING, lock=key, only=key, at=at)

    def _told(self, connection: Connection, order_id: int, step: str, told_in: ChatRef | None = None) -> Iterator[Due]:
        """A mail about a step, and news for the chat in which the order was made, unless that was told already."""
        yield self._mail(order_id, step)
        found = PostgresConversations(connection).of_order(order_id)
        if found is not None and found[0] != told_in:
            yield Due(task=self._tell, args={"order_id": order_id, "step": step}, priority=RECEIPT)

    def _withdraw_marketing(self, connection: Connection, order_id: int) -> None:
        """Takes back the recommendation that waits for an order that was cancelled."""
        key = message_ids.remarketing(order_id)
        order = PostgresOrders(connection).get(order_id) if job_queue.withdraw(connection, key) else None
        if order is not None:
            mail = new_mail(key, Kind.REMARKETING, order.hashed_email, self._clock.now(), order_id=order_id)
            withheld = replace(mail, outcome=Outcome.WITHHELD, reason=ORDER_CANCELLED)
            PostgresNotifications(connection).note(withheld)

    def enqueue_sweep(self) -> None:
        """Enqueues one sweep; while one waits, another is not needed."""
        _defer_once(self._sweep)

    def enqueue_left_carts(self) -> None:
        """Enqueues looking for order cards that were left unconfirmed."""
        _defer_once(self._left_carts)

    def enqueue_training(self) -> None:
        """Enqueues fitting the recommender anew."""
        _defer_once(self._train)

    def enqueue_reports(self) -> None:
        """Enqueues the reports whose time has come."""
        self.reports.enqueue_due()

    def enqueue_catch_up(self) -> None:
        """Enqueues what mends crashes: jobs that died with their worker, and replies that never arrived."""
        _defer_once(self._rescue)
        _defer_once(self._catch_up)

    async def work(self, *, concurrency: int, wait: bool = True) -> None:
        """Carries out jobs until it is cancelled; running ones are finished first.

        Without `wait` it ends when no job is left. It also ends when it loses the database: `worker.run` begins again.
        Several workers may run at once: each job is carried out by one.
        """
        url = make_url(self._url).set(drivername="postgresql").render_as_string(hide_password=False)
        connector = PsycopgConnector(conninfo=url, kwargs={"options": f"-c role={APP_ROLE} -c search_path=jobs,public"})
        stalled = self.rules.stalled.total_seconds()
        async with self.app.with_connector(connector).open_async() as app:
            await app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                fetch_job_polling_interval=POLL_SECONDS,
                install_signal_handlers=False,
                delete_jobs="successful",
                update_heartbeat_interval=stalled / 3,
                stalled_worker_timeout=stalled,
            )

    def catch_up(self) -> None:
        """Enqueues bringing the replies that should have arrived long ago."""
        for chat in self.chats.left_behind():
            name = f"{chat.channel}:{chat.chat_id}"
            bring = self._bring.configure(lock=name, queueing_lock=name, priority=RECEIPT)
            _defer_once(bring, channel=chat.channel, chat_id=chat.chat_id)

    def rescue(self) -> None:
        """Lets jobs run again whose worker was killed or could not note their end: they hold their locks."""
        with self._engine.begin() as connection:
            job_queue.rescue(
                connection, silent=self.rules.stalled, long=self.rules.stalled * LONGEST_JOB, unless=LONG_JOBS
            )

    def train(self) -> None:
        """Fits the recommender to all orders whose customers cannot change them any more."""
        from scheduler.recommending import train  # it brings SciPy, which only this job needs

        done = train(self._engine, self._clock.now(), self._cancel_window)
        log.info("recommender trained", orders=done.orders, products=done.products, pairs=done.pairs)

    def sweep(self) -> None:
        """Forgets what is older than the shop keeps it: messages, notes, reasons, codes, the mail service's reports."""
        now = self._clock.now()
        before = now - self.rules.keep
        with self._engine.begin() as connection:
            forget_old(connection, before)
            forget_notes(connection, before)
            forget_reasons(connection, before)
            forget_events(connection, min(before, now - REPORTS_REPEATED))
            forget_envelopes(connection, now - KEEP)
            forget_heartbeats(connection)
            forget_proofs(connection, now - timedelta(days=1))
            forget_rates(connection, now)
            forget_impressions(connection, now - KEEP_IMPRESSIONS)
            job_queue.forget_failures(connection)


def _report(name: str, period: Period) -> dict[str, Any]:
    """The arguments of a job about a report."""
    return {"name": name, "span": period.span, "first": period.first.isoformat()}


def _without_data(error: Exception) -> str:
    """What failed, without anything that an error's text may quote: addresses, tokens."""
    reason = getattr(error, "reason", "") if isinstance(error, MailError) else ""
    return f"{type(error).__name__}: {reason}" if reason else type(error).__name__


def _defer_once(deferrer: Any, **args: str) -> None:
    """Enqueues a job unless one like it waits already."""
    try:
        deferrer.defer(**args)
    except AlreadyEnqueued:
        return
