"""Where orders are: their tracking numbers, addresses, how far they are, and their days."""

from collections.abc import Callable, Mapping

from bot.aftersale.inquiries.asking import Answer, Asking, places_of
from bot.aftersale.planning.asking import labels_of
from bot.aftersale.planning.paying import methods_of
from bot.aftersale.which.naming import find_named
from bot.phrases import aftersale as phrases_aftersale
from bot.phrases import inquiries as phrases
from bot.shopping import cards
from bot.turn import Turn
from domain.aftersale.checking import paid_with
from domain.model import Order, OrderState
from domain.orders.shipping import parcel_of
from domain.payments.telling import on_invoice, told_of
from domain.records.payments import INVOICE, PaymentKind, PaymentState
from domain.returns.requesting import closes_at
from nlu.rules.aftersale_question_words import OF_CANCELLED, SHORT_NUMBER
from nlu.rules.aftersale_questions import Fact

MOST = 4  # orders that are told of
FEW = 2  # orders of which all are told of, where it is not clear which
_ON_ITS_CARD = (Fact.STATE, Fact.ARRIVED)


def answer(asking: Asking) -> Answer | None:
    """A line for each order that is asked about; None where it is not clear which. Of no other one than is told."""
    tell = _TELLERS[asking.inquiry.fact]
    strange = find_named(asking.said, asking.world).strange or tuple(
        one["digits"] for one in SHORT_NUMBER.finditer(asking.said)
    )
    if strange and not asking.subject().orders:
        return Answer(lines=(phrases_aftersale.no_such_order(numbers=strange),))
    orders = asking.orders()
    if OF_CANCELLED.search(asking.said) and not asking.subject().places:
        orders = [order for order in asking.world.orders if order.state is OrderState.CANCELLED]
        known = [order for order in orders if parcel_of(asking.turn.uow, order.order_id).tracking]
        orders = known if known and asking.inquiry.fact is Fact.TRACKING else orders
    if not orders and asking.inquiry.fact not in _ON_ITS_CARD:
        orders = [order for order in asking.world.orders if order.state is not OrderState.CANCELLED]
        orders = orders if len(orders) <= FEW else []
    if not orders or len(orders) > MOST:
        return None
    return Answer(lines=tuple(tell(asking.turn, order) for order in orders), spoken_of=places_of(orders))


def methods(asking: Asking) -> Answer | None:
    """All that a customer pays with."""
    labels = [labels_of(one) for one in methods_of(asking.turn)]
    return Answer(lines=(phrases.methods(labels=labels) if labels else phrases.NO_METHODS,))


def _tracking(turn: Turn, order: Order) -> str:
    parcel = parcel_of(turn.uow, order.order_id)
    if parcel.tracking:
        return phrases.tracking(order_id=order.order_id, parcel=str(parcel))
    return phrases.no_tracking(order_id=order.order_id, left=order.shipped_at is not None)


def _address(turn: Turn, order: Order) -> str:
    if order.address_id is None:
        return phrases.address_unknown(order_id=order.order_id)
    address = turn.uow.people.address(order.address_id)
    return phrases.went_to(order_id=order.order_id, address=address, left=order.shipped_at is not None)


def _state(turn: Turn, order: Order) -> str:
    if order.state is OrderState.CANCELLED:
        return phrases.cancelled(order_id=order.order_id, day=turn.shop.day(order.cancelled_at or turn.now))
    if order.state is OrderState.DELIVERED:
        return phrases.delivered(order_id=order.order_id, day=turn.shop.day(order.delivered_at or turn.now))
    if order.shipped_at is not None:
        return phrases.on_its_way(order_id=order.order_id, day=turn.shop.day(order.shipped_at))
    return phrases.not_left(order_id=order.order_id)


def _placed(turn: Turn, order: Order) -> str:
    return phrases.placed_on(order_id=order.order_id, day=turn.shop.day(order.placed_at))


def _number(turn: Turn, order: Order) -> str:
    return phrases.is_in(order_id=order.order_id, things=cards.names(turn, order.lines))


def _until(turn: Turn, order: Order) -> str:
    if order.state is not OrderState.DELIVERED:
        return _state(turn, order)
    until = closes_at(order, turn.shop.terms)
    tell = phrases.until if turn.now < until else phrases.until_over
    return tell(order_id=order.order_id, day=turn.shop.day(until))


def _paid(turn: Turn, order: Order) -> str:
    """How an order was paid, or is to be: an invoice, and what is open, are not paid yet as far as is known."""
    told, number = told_of(turn.uow, order.order_id), order.order_id
    if order.state is OrderState.CANCELLED:
        return f"{_state(turn, order)} {phrases.costs_nothing(order_id=number)}"
    to_pay = [one for one in told if one.kind is PaymentKind.CHARGE and one.state is PaymentState.OPEN]
    lines = [
        phrases.to_be_paid(order_id=number, amount=turn.shop.money(one.amount), label=labels_of(one.method or INVOICE))
        for one in to_pay
    ]
    used = paid_with(turn.uow, order)
    later = [INVOICE, *(one.method for one in to_pay)]
    if paid := [labels_of(one) for one in used if one not in later]:
        lines.append(phrases.paid_by(order_id=number, labels=paid))
    if INVOICE in used and (amount := on_invoice(told) if told else order.total):
        has_left = order.state is not OrderState.PLACED
        lines.append(phrases.by_invoice(order_id=number, amount=turn.shop.money(amount), has_left=has_left))
    return " ".join(lines) or phrases.costs_nothing(order_id=number)


_TELLERS: Mapping[Fact, Callable[[Turn, Order], str]] = {
    Fact.TRACKING: _tracking,
    Fact.ADDRESS: _address,
    Fact.STATE: _state,
    Fact.ARRIVED: _state,
    Fact.NUMBER: _number,
    Fact.ORDERED_AT: _placed,
    Fact.UNTIL: _until,
    Fact.HOW_PAID: _paid,
}
