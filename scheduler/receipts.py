"""Jobs that mail receipts to customers."""

from collections.abc import Callable

from sqlalchemy import Engine

from bot.shop import Shop
from domain.model import Order
from domain.ports import Clock
from reports.mail import Mail, Mailer, cancellation_receipt, order_receipt
from storage.unit_of_work import PostgresUnitOfWork


class Receipts:
    """Mails about orders; a receipt that is sent again has the same key and arrives once."""

    def __init__(self, engine: Engine, shop: Shop, clock: Clock, mailer: Mailer) -> None:
        self._engine = engine
        self._shop = shop
        self._clock = clock
        self._mailer = mailer

    def order(self, order_id: int) -> None:
        """Mails the confirmation of an order."""

        def receipt(order: Order, titles: dict[str, str], to: str, address: str) -> Mail:
            return order_receipt(order, titles, to, address, self._shop)

        self._send(order_id, receipt)

    def cancellation(self, order_id: int) -> None:
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
