"""What placed orders and things in them cost: one, several together, what is left, the dearest and cheapest."""

from collections.abc import Sequence
from decimal import Decimal

from bot.aftersale.inquiries.asking import Answer, Asking, places_of
from bot.aftersale.planning.stepping import acts_now, verdicts_of
from bot.messages import Line, Row
from bot.phrases import inquiries as phrases
from domain.model import Order, OrderState
from domain.plans import Place
from domain.returns.reckoning import held
from nlu.rules.aftersale_question_words import AFTERWARDS, DEAR, OF_THEIR_OWN, OF_WHOLE_ORDERS, REMAINS, SPEAKS_OF_ORDER
from nlu.rules.aftersale_questions import Fact

MOST = 12  # rows of an answer
MOST_BEFORE = 60  # letters before a question that may tell what it is of: "the things I keep, what did they cost?"
_NOTHING = Decimal("0.00")


def paid(asking: Asking) -> Answer | None:
    """What was paid for what a question names, for what is left of an order, or for whole orders."""
    subject = asking.subject()
    if not OF_THEIR_OWN.search(asking.said):
        return None  # what the shop sells it for
    if REMAINS.search(f"{asking.before[-MOST_BEFORE:]} {asking.said}".lower()) and not subject.places:
        return _left(asking, asking.orders())
    places = list(subject.places)
    if not places and not subject.tells and not OF_WHOLE_ORDERS.search(asking.said):
        places = asking.context_places()
    if places and not (subject.tells and SPEAKS_OF_ORDER.search(asking.said) and not subject.places):
        return _of_things(asking, places)
    orders = asking.orders() or [one for one in asking.world.orders if one.state is not OrderState.CANCELLED]
    return _of_orders(asking, orders)


def of_what_will_be(asking: Asking) -> bool:
    """Whether it is asked what an order costs once what is wished is done."""
    said, is_of_orders = asking.said, SPEAKS_OF_ORDER.search(asking.said) is not None
    return asking.inquiry.fact is Fact.PAID and is_of_orders and AFTERWARDS.search(said) is not None


def utmost(asking: Asking) -> Answer | None:
    """The dearest or cheapest thing of an order, and its price."""
    subject = asking.subject()
    orders = asking.orders() or list(asking.world.orders[:1])
    of_orders = not subject.places or SPEAKS_OF_ORDER.search(asking.said) is not None
    all_of_it = [place for order in orders for place in asking.world.places_of(order)]
    places = all_of_it if of_orders else list(subject.places)
    if not places:
        return None
    dear = DEAR.search(asking.said) is not None
    best = (max if dear else min)(places, key=asking.world.price_of)
    title = phrases.utmost(dearest=dear, order_id=best.order_id)
    text = f"{title}: {asking.world.title_of(best.product_id)}"
    return Answer(lines=(Row(text, asking.turn.shop.money(asking.world.price_of(best))),), spoken_of=(best,))


def _of_things(asking: Asking, places: Sequence[Place]) -> Answer | None:
    world, rows, total = asking.world, [], _NOTHING
    for place in places[:MOST]:
        amount = world.price_of(place) * world.quantity(place)
        total += amount
        left = phrases.item(
            title=world.title_of(place.product_id), order_id=place.order_id, quantity=world.quantity(place)
        )
        rows.append(Row(left, asking.turn.shop.money(amount)))
    return Answer(lines=_with_total(asking, rows, total), spoken_of=tuple(places))


def _of_orders(asking: Asking, orders: Sequence[Order]) -> Answer | None:
    if not orders or len(orders) > MOST:
        return None
    after = _after(asking) if AFTERWARDS.search(asking.said) else {}
    rows, total = [], _NOTHING
    for order in orders:
        amount = order.total + after.get(order.order_id, _NOTHING)
        total += amount
        day = asking.turn.shop.day(order.placed_at)
        changes = order.order_id in after
        left = (
            phrases.order_after_row(order_id=order.order_id)
            if changes
            else phrases.order_row(order_id=order.order_id, day=day)
        )
        rows.append(Row(left, asking.turn.shop.money(amount)))
    return Answer(lines=_with_total(asking, rows, total), spoken_of=places_of(orders))


def _after(asking: Asking) -> dict[int, Decimal]:
    """By how much each order of the plan would cost more or less once it is done."""
    ready = acts_now(asking.world, asking.plan) if asking.plan is not None else None
    if ready is None or asking.plan is None:
        return {}
    verdicts = verdicts_of(asking.turn, asking.plan, ready)
    return {one.order.order_id: one.pays for one in verdicts if one.order is not None and one.error is None}


def _left(asking: Asking, orders: Sequence[Order]) -> Answer | None:
    """What was paid for what nobody gives back; what the plan is about is left out."""
    world, rows, total = asking.world, [], _NOTHING
    gone = {place for wish in (asking.plan.wishes if asking.plan is not None else ()) for place in wish.among[:1]}
    for order in orders[-1:]:
        for piece in held(order, world.returns.get(order.order_id, ())):
            place = Place(order_id=order.order_id, product_id=piece.product_id)
            if place in gone:
                continue
            total += piece.paid
            title = world.title_of(piece.product_id)
            left = phrases.item(title=title, order_id=order.order_id, quantity=piece.quantity)
            rows.append(Row(left, asking.turn.shop.money(piece.paid)))
    return Answer(lines=_with_total(asking, rows, total), spoken_of=places_of(orders[-1:])) if rows else None


def _with_total(asking: Asking, rows: Sequence[Row], total: Decimal) -> tuple[Line, ...]:
    if len(rows) < 2:
        return tuple(rows)
    return (*rows, Row(phrases.TOGETHER, asking.turn.shop.money(total), strong=True))
