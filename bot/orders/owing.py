"""Answers what is still to be paid: what invoices ask for, and what is open at an order's link."""

from datetime import timedelta
from decimal import Decimal

from bot.messages import Line, Reply, Row
from bot.phrases import orders as phrases_orders
from bot.phrases import payments as phrases
from bot.shopping import cards, checkout
from bot.turn import Turn
from domain.model import OrderState
from domain.payments.telling import on_invoice, to_pay, told_of
from domain.records.payments import INVOICE, PAY_LINK
from nlu.rules.said import Saying

LATELY = timedelta(days=60)  # older invoices are taken for paid
MOST_ORDERS = 100  # of a customer's, newest first

_NOTHING = Decimal("0.00")


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to that question; None to everything else, and while a cart has a sum of its own."""
    if turn.message.choice is not None or turn.said(Saying.ASKS_WHAT_IS_OWED) is None or turn.conversation.cart:
        return None
    turn.note_done("order_status")
    rows: list[Line] = []
    amount, invoiced = _NOTHING, False
    for order in turn.uow.orders.of_identity(turn.identity, limit=MOST_ORDERS):
        told = told_of(turn.uow, order.order_id)
        if order.state is OrderState.CANCELLED or not told:
            continue
        invoice = on_invoice(told) if turn.now - order.placed_at < LATELY else _NOTHING
        parts = [(one, method) for one, method in ((invoice, INVOICE), (to_pay(told), PAY_LINK)) if one > _NOTHING]
        for part, method in parts:
            line = phrases.by_method(turn.shop, amount=part, method=method)
            rows.append(Row(phrases_orders.order(order_id=order.order_id), line))
            amount, invoiced = amount + part, invoiced or method == INVOICE
    if not rows:
        return [Reply(text=phrases.NOTHING_OWED, buttons=(cards.HUMAN,)), *checkout.reminder(turn)]
    body = (*rows, *([phrases.NOT_SEEN] if invoiced else []))
    return [Reply(title=phrases.owed(turn.shop, amount=amount), body=body), *checkout.reminder(turn)]
