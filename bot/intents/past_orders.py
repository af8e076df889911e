"""past_orders: what this customer ordered before, newest first, five at a time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from bot.messages import Reply, Row, Verb
from bot.orders import complaining
from bot.orders.choosing_orders import days_said, placed_within
from bot.phrases import labels
from bot.phrases import orders as phrases_orders
from bot.shopping import cards
from bot.shopping.cards import MOST_LISTED, button
from bot.turn import Turn
from domain.model import Order
from nlu.rules.order_dates import Days

MOST_SEARCHED = 500  # of a customer's orders, for those of a time


def handle(turn: Turn) -> list[Reply]:
    """Answers with one message: a line per order; of a time that is said only those of then."""
    days = days_said(turn)
    return orders_page(turn, 0) if days is None else _orders_then(turn, days)


def _orders_then(turn: Turn, days: Days) -> list[Reply]:
    all_orders = turn.uow.orders.of_identity(turn.identity, limit=MOST_SEARCHED)
    if not all_orders:
        return complaining.no_orders(turn)
    orders = placed_within(turn, all_orders, days)
    first, last = (
        turn.shop.day(datetime.combine(day, time(12), turn.shop.time_zone)) for day in (days.first, days.last)
    )
    if not orders:
        return [Reply(text=phrases_orders.no_order_then(first=first, last=last), buttons=(cards.MY_ORDERS,))]
    if len(orders) == 1:
        return [cards.order_card(turn, orders[0])]
    listed = _list(turn, phrases_orders.orders_then(first=first, last=last), orders[:MOST_LISTED])
    more = len(orders) - MOST_LISTED
    return [listed.with_lines(below=[phrases_orders.and_more(count=more)]) if more > 0 else listed]


def orders_page(turn: Turn, offset: int) -> list[Reply]:
    """One page of the history, with a button for the next."""
    orders = turn.uow.orders.of_identity(turn.identity, limit=MOST_LISTED + 1, offset=offset)
    if not orders:
        return [Reply(text=phrases_orders.NO_MORE_ORDERS)] if offset else complaining.no_orders(turn)
    listed = _list(turn, phrases_orders.YOUR_ORDERS, orders[:MOST_LISTED])
    if len(orders) > MOST_LISTED:
        more = button(labels.MORE, Verb.ORDERS, str(offset + MOST_LISTED))
        listed = replace(listed, buttons=(*listed.buttons, more))
    return [listed]


def _list(turn: Turn, title: str, shown: Sequence[Order]) -> Reply:
    rows = [Row(cards.summary(turn, order), f"{turn.shop.day(order.placed_at)}, {order.state}") for order in shown]
    buttons = [button(labels.order_again(order_id=shown[0].order_id), Verb.REORDER, str(shown[0].order_id))]
    buttons += [
        button(labels.cancel_listed(order_id=order.order_id), Verb.CANCEL, str(order.order_id))
        for order in shown
        if order.cancellable(turn.now)
    ]
    return Reply(title=title, body=tuple(rows), buttons=tuple(buttons))
