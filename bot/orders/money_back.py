"""Answers how much money comes back, of one order or in all, from the ledger."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from bot.messages import Line, Reply, Row
from bot.orders import cancelling
from bot.phrases import orders as phrases_orders
from bot.phrases import payments as phrases
from bot.shopping import cards, checkout
from bot.turn import Turn
from domain.conversation import Asked
from domain.model import Order
from domain.numbers import plain_number
from domain.payments.telling import Told, net, on_invoice, to_pay, told_of
from domain.records.payments import PaymentKind, PaymentState
from nlu.rules.said import Saying

LATELY = timedelta(days=60)  # so long what went back is told besides what is still to go
MOST_ORDERS = 100  # of a customer's, newest first

_NOTHING = Decimal("0.00")


def typed(turn: Turn) -> list[Reply] | None:
    """The answer to that question; None to everything else."""
    if turn.message.choice is not None or (heard := turn.said(Saying.ASKS_MONEY_BACK)) is None:
        return None
    turn.note_done("order_status")
    pending, said = turn.conversation.pending, heard.values.get("number")
    if said is None and pending is not None and pending.kind is Asked.CANCEL_ORDER:
        return _if_cancelled(turn, [int(number) for number in pending.options])
    number = plain_number(said) if said is not None else None
    order = turn.own_order(number) if number is not None else None
    if said is not None and order is None:
        return [Reply(text=phrases_orders.no_such_order(order_id=said), buttons=(cards.HUMAN,))]
    orders = [order] if order is not None else turn.uow.orders.of_identity(turn.identity, limit=MOST_ORDERS)
    return [_told(turn, orders), *checkout.reminder(turn)]


def _told(turn: Turn, orders: Sequence[Order]) -> Reply:
    rows: list[Line] = []
    back = to_go = less = _NOTHING
    with_ledger = turn.uow.payments.of_orders([one.order_id for one in orders])
    for one in orders:
        refunds = _refunds(turn, one) if one.order_id in with_ledger else []
        if not refunds:
            continue
        rows.append(Row(phrases_orders.order(order_id=one.order_id), phrases.in_a_line(turn.shop, refunds)))
        less += sum((part.amount for part in refunds if part.off_invoice), _NOTHING)
        back += sum((part.amount for part in refunds if part.state is PaymentState.DONE), _NOTHING)
        to_go += sum((part.amount for part in refunds if _goes_back(part)), _NOTHING)
    if not rows:
        return Reply(text=phrases.NOTHING_BACK, buttons=(cards.HUMAN,))
    moves = bool(back or to_go)
    title = phrases.in_all(turn.shop, amount=back + to_go) if moves else phrases.less_to_pay(turn.shop, amount=less)
    how_far = [phrases.how_far(turn.shop, back=back, to_go=to_go)] if moves else []
    return Reply(title=title, body=(*rows, *how_far, *([phrases.LESS_TO_PAY] if less else [])))


def _goes_back(part: Told) -> bool:
    return part.state is PaymentState.OPEN and not part.off_invoice


def _refunds(turn: Turn, order: Order) -> list[Told]:
    """What went back lately, and what is still to go."""
    told = [one for one in told_of(turn.uow, order.order_id) if one.kind is PaymentKind.REFUND]
    return [one for one in told if one.at is None or turn.now - one.at < LATELY]


def _if_cancelled(turn: Turn, order_ids: Sequence[int]) -> list[Reply]:
    """What the orders would give back that are asked about; the question stays."""
    orders = [order for one in order_ids if (order := turn.own_order(one)) is not None]
    back = less = _NOTHING
    for one in orders:
        told = told_of(turn.uow, one.order_id)
        unpaid = on_invoice(told) + to_pay(told) if told else one.total
        less += unpaid
        back += net(told) - unpaid if told else _NOTHING
    note = phrases.if_cancelled(turn.shop, back=back, less=less)
    pending = turn.conversation.pending
    return cancelling.ask_again(turn, pending, note) if pending is not None else [Reply(text=note)]
