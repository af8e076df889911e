"""Mails to customers: the receipts of an order and of a cancellation, and who takes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.shop import Shop
from domain.model import Order


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One mail; `key` is the same whenever it is sent again, so that it arrives once."""

    key: str
    to: str
    subject: str
    body: str


class Mailer(Protocol):
    """Takes mails on their way."""

    def send(self, mail: Mail, now: datetime) -> None:
        """Hands a mail over, once for each key; raises when it was not taken."""
        ...


def order_receipt(order: Order, titles: Mapping[str, str], to: str, address: str, shop: Shop) -> Mail:
    """The confirmation of a placed order: number, lines, total, address, and until when it can be cancelled."""
    until = shop.local(order.cancel_until, order.placed_at)
    return Mail(
        key=f"order-placed/{order.order_id}",
        to=to,
        subject=f"{shop.name}: order #{order.order_id}",
        body="\n".join(
            [
                "Thank you for your order!",
                "",
                *_lines(order, titles, shop),
                "",
                f"We ship to: {address}",
                f"You can cancel in the chat until {until}: write “cancel {order.order_id}”.",
            ]
        ),
    )


def cancellation_receipt(order: Order, titles: Mapping[str, str], to: str, shop: Shop) -> Mail:
    """The confirmation of a cancellation."""
    return Mail(
        key=f"order-cancelled/{order.order_id}",
        to=to,
        subject=f"{shop.name}: order #{order.order_id} is cancelled",
        body="\n".join(["Your order was cancelled, and you will not be charged.", "", *_lines(order, titles, shop)]),
    )


def _lines(order: Order, titles: Mapping[str, str], shop: Shop) -> list[str]:
    lines = [
        f"{line.quantity} × {titles.get(line.product_id, line.product_id)}: {shop.money(line.amount)}"
        for line in order.lines
    ]
    if order.discount:
        lines.append(f"Discount: −{shop.money(order.discount)}")
    return [*lines, f"Total: {shop.money(order.total)}"]
