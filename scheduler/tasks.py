"""The durable jobs (Procrastinate): enqueued in the transaction that causes them, carried out by `parley worker`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.contrib.sqlalchemy import SQLAlchemyPsycopg2Connector
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status
from procrastinate.tasks import Task
from sqlalchemy import Connection, Engine, make_url

from bot.messages import ChatSender
from bot.shop import Shop
from domain import events
from domain.ports import Clock
from reports.mail import Mailer
from scheduler.chats import Chats
from scheduler.ports import StaffChannels, StaffRoom
from scheduler.receipts import Receipts
from scheduler.staff import StaffNotices
from storage.conversations import forget_old
from storage.database import APP_ROLE
from storage.people import PostgresPeople, forget_reasons
from storage.tickets import PostgresTickets, forget_notes
from storage.unit_of_work import PostgresUnitOfWork

RETRY = RetryStrategy(max_attempts=10, exponential_wait=3)
POLL_SECONDS = 1.0  # a job that waited for another one's lock is found by polling only
WEB = "web"  # its page fetches what waits for it
NO_CHANNELS = StaffChannels()

AnyTask = Task[..., Any, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A job to enqueue; of those with the same `lock` one runs at a time, in the order they were enqueued."""

    task: AnyTask
    args: Mapping[str, int | str]
    lock: str | None = None


class Jobs:
    """The job queue of one process: enqueues, and in a worker carries out. Arguments never hold personal data.

    `senders` bring messages into chats, by channel; without a `staff_room` or its `channels` staff hears of nothing.
    """

    def __init__(
        self,
        url: str,
        engine: Engine,
        shop: Shop,
        clock: Clock,
        mailer: Mailer,
        keep_days: int,
        *,
        senders: Mapping[str, ChatSender] | None = None,
        staff_room: StaffRoom | None = None,
        channels: StaffChannels = NO_CHANNELS,
    ) -> None:
        self._url = url
        self._engine = engine
        self._clock = clock
        self._keep = timedelta(days=keep_days)
        self.app = App(connector=SQLAlchemyPsycopg2Connector())
        self.app.open(engine)
        receipts = Receipts(engine, shop, clock, mailer)
        self.chats = Chats(engine, self._unit_of_work, shop, clock, senders or {})
        staff = StaffNotices(self._unit_of_work, shop, clock, staff_room, channels)
        self._placed = self._task("order_receipt", receipts.order)
        self._cancelled = self._task("cancellation_receipt", receipts.cancellation)
        self._open_thread = self._task("open_ticket_thread", staff.open_ticket_thread)
        self._relay = self._task("relay_note", staff.relay_note)
        self._stock = self._task("tell_admins_stock", staff.tell_admins_stock)
        self._tell = self._task("tell_customer", self.chats.tell_customer)
        self._bring = self._task("bring_replies", self.chats.bring_replies)
        self._catch_up = self.app.task(name="catch_up", queueing_lock="catch_up")(self.catch_up)
        self._rescue = self.app.task(name="rescue", queueing_lock="rescue", pass_context=True)(_rescue)
        self._sweep = self.app.task(name="sweep", queueing_lock="sweep")(self.sweep)

    def _task(self, name: str, carry_out: Callable[..., None]) -> AnyTask:
        return self.app.task(name=name, retry=RETRY)(carry_out)

    def _unit_of_work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self._engine, self.enqueue)

    def enqueue(self, connection: Connection, event: events.Event) -> None:
        """Enqueues what follows from an event, in the transaction of `connection`."""
        for due in self._follows(connection, event):
            due.task.configure(connection=connection, lock=due.lock).defer(**due.args)

    def _follows(self, connection: Connection, event: events.Event) -> Iterator[Due]:
        match event:
            case events.OrderPlaced(order_id=order_id):
                yield Due(task=self._placed, args={"order_id": order_id})
            case events.OrderCancelled(order_id=order_id, reason=reason):
                yield Due(task=self._cancelled, args={"order_id": order_id})
                if reason:  # without one it was the customer, who was told in the chat
                    PostgresPeople(connection).remember_reason(order_id, reason, self._clock.now())
                    yield Due(task=self._tell, args={"order_id": order_id, "step": "cancelled"})
            case events.OrderShipped(order_id=order_id):
                yield Due(task=self._tell, args={"order_id": order_id, "step": "shipped"})
            case events.OrderDelivered(order_id=order_id):
                yield Due(task=self._tell, args={"order_id": order_id, "step": "delivered"})
            case events.StockFell(product_id=product_id, quantity=quantity):
                yield Due(task=self._stock, args={"product_id": product_id, "quantity": quantity})
            case events.TicketOpened(ticket_id=ticket_id):
                yield Due(task=self._open_thread, args={"ticket_id": ticket_id}, lock=f"ticket/{ticket_id}")
            case events.TicketNoted(note_id=note_id):
                note = PostgresTickets(connection).note(note_id)
                lock = f"ticket/{note.ticket_id}" if note else None
                yield Due(task=self._relay, args={"note_id": note_id}, lock=lock)
            case events.RepliesWaiting(channel=channel, chat_id=chat_id) if channel != WEB:
                args = {"channel": channel, "chat_id": chat_id}
                yield Due(task=self._bring, args=args, lock=f"{channel}:{chat_id}")

    def enqueue_sweep(self) -> None:
        """Enqueues one sweep; while one waits, another is not needed."""
        _defer_once(self._sweep)

    def enqueue_catch_up(self) -> None:
        """Enqueues what mends crashes: jobs that died with their worker, and replies that never arrived."""
        _defer_once(self._rescue)
        _defer_once(self._catch_up)

    async def work(self, *, concurrency: int, wait: bool = True) -> None:
        """Carries out jobs until the process is told to stop; running ones are finished first.

        Without `wait` it ends when no job is left.
        """
        url = make_url(self._url).set(drivername="postgresql").render_as_string(hide_password=False)
        connector = PsycopgConnector(conninfo=url, kwargs={"options": f"-c role={APP_ROLE} -c search_path=jobs,public"})
        async with self.app.with_connector(connector).open_async() as app:
            await app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                fetch_job_polling_interval=POLL_SECONDS,
                install_signal_handlers=wait,
                delete_jobs="successful",
            )

    def catch_up(self) -> None:
        """Enqueues bringing the replies that should have arrived long ago."""
        for chat in self.chats.left_behind():
            name = f"{chat.channel}:{chat.chat_id}"
            bring = self._bring.configure(lock=name, queueing_lock=name)
            _defer_once(bring, channel=chat.channel, chat_id=chat.chat_id)

    def sweep(self) -> None:
        """Forgets messages, delivered replies, tickets' notes and reasons that are older than the shop keeps them."""
        before = self._clock.now() - self._keep
        with self._engine.begin() as connection:
            forget_old(connection, before)
            forget_notes(connection, before)
            forget_reasons(connection, before)


def _defer_once(deferrer: Any, **args: str) -> None:
    """Enqueues a job unless one like it waits already."""
    try:
        deferrer.defer(**args)
    except AlreadyEnqueued:
        return


async def _rescue(context: JobContext) -> None:
    """Lets jobs run again whose worker was killed; they would hold their locks for ever."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # another one like it waits already
            await manager.finish_job(job, Status.FAILED, delete_job=True)
