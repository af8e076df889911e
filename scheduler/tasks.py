"""The durable jobs (Procrastinate): enqueued in the transaction that causes them, carried out by `parley worker`."""

from collections.abc import Callable
from datetime import timedelta

from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.contrib.sqlalchemy import SQLAlchemyPsycopg2Connector
from procrastinate.exceptions import AlreadyEnqueued
from sqlalchemy import Connection, Engine, make_url

from bot.shop import Shop
from domain.events import Event, OrderCancelled, OrderPlaced
from domain.model import Order
from domain.ports import Clock
from reports.mail import Mail, Mailer, cancellation_receipt, order_receipt
from storage.conversations import forget_old
from storage.database import APP_ROLE
from storage.unit_of_work import PostgresUnitOfWork

RETRY = RetryStrategy(max_attempts=10, exponential_wait=3)


class Jobs:
    """The job queue of one process: enqueues, and in a worker carries out. Arguments are ids, never addresses."""

    def __init__(self, url: str, engine: Engine, shop: Shop, clock: Clock, mailer: Mailer, keep_days: int) -> None:
        self._url = url
        self._engine = engine
        self._shop = shop
        self._clock = clock
        self._mailer = mailer
        self._keep = timedelta(days=keep_days)
        self.app = App(connector=SQLAlchemyPsycopg2Connector())
        self.app.open(engine)
        self._placed = self.app.task(name="order_receipt", retry=RETRY)(self.send_order_receipt)
        self._cancelled = self.app.task(name="cancellation_receipt", retry=RETRY)(self.send_cancellation)
        self._sweep = self.app.task(name="sweep", queueing_lock="sweep")(self.sweep)

    def enqueue(self, connection: Connection, event: Event) -> None:
        """Enqueues what follows from an event, in the transaction of `connection`."""
        match event:
            case OrderPlaced(order_id=order_id):
                self._placed.configure(connection=connection).defer(order_id=order_id)
            case OrderCancelled(order_id=order_id):
                self._cancelled.configure(connection=connection).defer(order_id=order_id)
            case _:
                return

    def enqueue_sweep(self) -> None:
        """Enqueues one sweep; while one waits, another is not needed."""
        try:
            self._sweep.defer()
        except AlreadyEnqueued:
            return

    async def work(self, *, concurrency: int, wait: bool = True) -> None:
        """Carries out jobs until the process is told to stop; running ones are finished first.

        Without `wait` it ends when no job is left.
        """
        url = make_url(self._url).set(drivername="postgresql").render_as_string(hide_password=False)
        connector = PsycopgConnector(conninfo=url, kwargs={"options": f"-c role={APP_ROLE} -c search_path=jobs,public"})
        async with self.app.with_connector(connector).open_async() as app:
            await app.run_worker_async(
                concurrency=concurrency, wait=wait, install_signal_handlers=wait, delete_jobs="successful"
            )

    def send_order_receipt(self, order_id: int) -> None:
        """Mails the confirmation of an order."""

        def receipt(order: Order, titles: dict[str, str], to: str, address: str) -> Mail:
            return order_receipt(order, titles, to, address, self._shop)

        self._send(order_id, receipt)

    def send_cancellation(self, order_id: int) -> None:
        """Mails the confirmation of a cancellation."""

        def receipt(order: Order, titles: dict[str, str], to: str, address: str) -> Mail:
            return cancellation_receipt(order, titles, to, self._shop)

        self._send(order_id, receipt)

    def _send(self, order_id: int, compose: Callable[[Order, dict[str, str], str, str], Mail]) -> None:
        with PostgresUnitOfWork(self._engine) as uow:
            order = uow.orders.get(order_id)
            to = uow.people.email(order.hashed_email) if order else None
            if order is None or to is None:
                return  # the customer asked to be forgotten
            products = uow.products.get([line.product_id for line in order.lines])
            address = uow.people.address(order.address_id) if order.address_id else ""
        titles = {product_id: product.title for product_id, product in products.items()}
        self._mailer.send(compose(order, titles, to, address), self._clock.now())

    def sweep(self) -> None:
        """Forgets messages and delivered replies that are older than the shop keeps them."""
        with self._engine.begin() as connection:
            forget_old(connection, self._clock.now() - self._keep)
