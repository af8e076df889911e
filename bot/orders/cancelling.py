"""Cancelling in words and by buttons: which order, an explicit yes, and why one cannot be cancelled."""

from collections.abc import Sequence
from dataclasses import replace

from bot.messages import Reply, Verb
from bot.orders import standing
from bot.orders.choosing_orders import ChosenOrders, choose_orders, recent
from bot.phrases import labels, wording
from bot.phrases import orders as phrases_orders
from bot.phrases import payments as phrases_payments
from bot.phrases.sorry import sorry
from bot.shopping import asking, basket, cards, checkout, return_cards
from bot.shopping.cards import button
from bot.turn import Turn
from domain.conversation import Asked, PendingQuestion
from domain.errors import AlreadyCancelled, AlreadyShipped, CancelWindowClosed
from domain.model import Order, OrderState
from domain.orders.cancelling import cancel_order, why_closed
from domain.payments.telling import told_of
from domain.products.catalogue import narrow
from nlu.rules.deeds import CANCEL, Deed
from nlu.rules.order_edits import speaks_of_placed
from nlu.rules.order_words import numbers_said
from nlu.rules.said import Saying


def begin(turn: Turn) -> list[Reply]:
    """Finds the orders that are meant and asks for an explicit yes."""
    orders = recent(turn)
    number = turn.understanding.first("order_number")
    cancellable = [order for order in orders if order.cancellable(turn.now)]
    named = choose_orders(turn, as_shown(turn, cancellable))
    if number is not None and int(number.value[:18]) not in [order.order_id for order in named.orders]:
        return ask(turn, int(number.value[:18]))
    if named.orders:
        return chosen(turn, named)
    placed = speaks_of_placed(turn.message.text)  # "and cancel my old order" is not what is in the cart
    if (turn.conversation.cart or turn.conversation.open_lines) and not placed:
        return _cart_or_order(turn, cancellable)
    if len(cancellable) > 1:
        return which(turn, Asked.WHICH_ORDER, phrases_orders.WHICH_ORDER, Verb.CANCEL, cancellable)
    if cancellable:
        return ask(turn, cancellable[0].order_id)
    if orders:
        return refuse(turn, orders[0])
    if turn.conversation.cart:
        return [Reply(text=phrases_orders.NO_ORDER_TO_CANCEL), *checkout.reminder(turn)]
    return [Reply(text=phrases_orders.NOTHING_AT_ALL_TO_CANCEL)]


def as_shown(turn: Turn, orders: list[Order]) -> list[Order]:
    """As the last answer showed them, elsewhere the oldest first: then "the first" is one and the same."""
    shown = [choice.arg for choice in turn.offered if choice.verb == Verb.CANCEL]
    if len(shown) > 1:
        orders = [order for order in orders if str(order.order_id) in shown]
        return sorted(orders, key=lambda order: shown.index(str(order.order_id)))
    return orders[::-1]


def _cart_or_order(turn: Turn, cancellable: list[Order]) -> list[Reply]:
    if not cancellable:
        return checkout.stop(turn)
    order = cancellable[0]
    turn.conversation.pending = PendingQuestion(kind=Asked.CANCEL_MEANING, subject=str(order.order_id))
    return [
        Reply(
            text=phrases_orders.CANCEL_MEANING,
            buttons=(
                button(labels.DROP_CART, Verb.DROP),
                button(labels.cancel_order(order_id=order.order_id), Verb.CANCEL, str(order.order_id)),
                button(labels.NEITHER, Verb.NO, asking.token(turn)),
            ),
        )
    ]


def chosen(turn: Turn, named: ChosenOrders) -> list[Reply]:
    """Asks for the yes where it is clear what is meant, one order or several together; otherwise which of them."""
    if len(named.orders) == 1 and turn.said(Saying.ONLY_THAT) and names_parts(turn, named.orders):
        return ask_about_parts(turn, named.orders[0].order_id)
    if len(named.orders) == 1 or named.together:
        return ask(turn, *(order.order_id for order in named.orders))
    return which(turn, Asked.WHICH_ORDER, phrases_orders.WHICH_ORDER, Verb.CANCEL, named.orders)


def which(turn: Turn, kind: Asked, question: str, verb: Verb, orders: Sequence[Order]) -> list[Reply]:
    """Asks which of several orders is meant, the oldest first; `verb` is what the choice does with it."""
    shown = sorted(orders, key=lambda order: order.order_id)[-cards.MOST_LISTED :]
    numbers = tuple(str(order.order_id) for order in shown)
    turn.conversation.pending = PendingQuestion(kind=kind, options=numbers, subject=verb, aside=not _named(turn))
    buttons = tuple(button(labels.number(order_id=number), verb, number) for number in numbers)
    return [
        Reply(
            text="\n".join([question, *(cards.summary(turn, order) for order in shown)]),
            buttons=(*buttons, button(labels.NONE_OF_THEM, Verb.NO, asking.token(turn))),
        )
    ]


def ask(turn: Turn, *order_ids: int) -> list[Reply]:
    """Shows the orders and asks for an explicit yes; says why where one cannot be cancelled."""
    orders = []
    for order_id in order_ids:
        order = turn.own_order(order_id)
        if order is None:
            turn.conversation.pending = None
            return [Reply(text=phrases_orders.no_such_order(order_id=order_id), buttons=(cards.HUMAN,))]
        if not order.cancellable(turn.now):
            return refuse(turn, order)
        orders.append(order)
    numbers = tuple(str(order.order_id) for order in orders)
    turn.conversation.pending = PendingQuestion(
        kind=Asked.CANCEL_ORDER, subject=",".join(numbers), options=numbers, aside=not _named(turn)
    )
    return [_question(turn, orders)]


def _named(turn: Turn) -> bool:
    """Whether the customer named cancelling, so that a mere "ok" counts; "I changed my mind" only may mean it."""
    if turn.message.choice is not None or turn.said(Saying.NAMES_TAKING_BACK) is not None:
        return True
    pending = turn.conversation.pending
    return turn.asked is not None and turn.asked.about_cancelling and pending is not None and not pending.aside


def ask_again(turn: Turn, pending: PendingQuestion, note: str = "") -> list[Reply]:
    """The same question once more, below why the last answer did not settle it."""
    replies = ask(turn, *map(int, pending.options or (pending.subject,)))
    return [replies[0].with_lines(above=[note] if note else []), *replies[1:]]


def names_parts(turn: Turn, orders: Sequence[Order]) -> bool:
    """Whether nothing is named but what is in the orders, and no number of it: neither a purchase nor all of them."""
    products = turn.products([line.product_id for order in orders for line in order.lines]).values()
    named = [line for line in basket.lines_said(turn) if line.phrase]
    known = all(narrow(line.phrase, products) and line.quantity is None for line in named)
    return bool(named) and known and not turn.said(Saying.ADDS)


def ask_about_parts(turn: Turn, *order_ids: int) -> list[Reply]:
    """The question again for who named parts of orders: whole ones are cancelled, or changed; no plain yes is to it."""
    replies = ask(turn, *order_ids)
    if turn.conversation.pending is not None:
        turn.conversation.pending = replace(turn.conversation.pending, by_name=True)
    if len(order_ids) > 1 or turn.conversation.pending is None:
        return replies
    change = button(labels.change_order(order_id=order_ids[0]), Verb.CHANGE_ORDER, str(order_ids[0]))
    question = replies[0].with_lines(above=[phrases_orders.CANCEL_PARTS])
    return [replace(question, buttons=(change, *question.buttons)), *replies[1:]]


def _question(turn: Turn, orders: Sequence[Order]) -> Reply:
    keep = button(labels.KEEP_IT if len(orders) == 1 else labels.KEEP_THEM, Verb.NO, asking.token(turn))
    if len(orders) > 1:
        return Reply(
            title=phrases_orders.cancel_several(orders=wording.listed([f"#{order.order_id}" for order in orders])),
            text="\n".join(cards.summary(turn, order) for order in orders),
            buttons=(button(labels.YES_CANCEL_THEM, Verb.YES, asking.token(turn)), keep),
        )
    (order,) = orders
    return Reply(
        title=phrases_orders.ask_cancel(order_id=order.order_id),
        body=(*cards.rows(turn, order.lines), cards.total(turn.shop, order.total)),
        buttons=(button(labels.YES_CANCEL_IT, Verb.CANCEL_YES, str(order.order_id)), keep),
    )


def explain(turn: Turn) -> list[Reply]:
    """How orders stand and until when one can be cancelled, for who only asks. Nothing is cancelled."""
    orders = recent(turn)
    still_open = [order for order in orders if order.cancellable(turn.now)][: cards.MOST_LISTED]
    gone = [order for order in orders if standing.is_cancelled(turn, order, newest=orders[0])][: cards.MOST_LISTED]
    pending = turn.conversation.pending
    if not still_open:
        rule = phrases_orders.cancel_rule(minutes=cards.minutes(turn))
        if gone:
            told = [standing.of_order(turn, order) for order in gone]
            return [*told[:-1], told[-1].with_lines(below=[rule]), *checkout.reminder(turn)]
        placed = bool(orders) and orders[0].state is not OrderState.CANCELLED and pending is None
        return refuse(turn, orders[0]) if placed else [Reply(text=rule), *checkout.reminder(turn)]
    lines = [
        phrases_orders.cancel_until(order_id=order.order_id, until=turn.shop.local(order.cancel_until, turn.now))
        for order in still_open
    ]
    lines += [standing.cancelled_at(turn, order) for order in gone]
    nothing = [] if gone else [phrases_orders.NOTHING_CANCELLED_YET]
    said = "\n".join([*lines, " ".join([phrases_orders.CANCEL_WHAT_HAPPENS, *nothing])])
    if pending is not None and pending.kind is Asked.CANCEL_ORDER:
        return [Reply(text=said), *ask_again(turn, pending)]
    buttons = tuple(
        button(labels.cancel_order(order_id=order.order_id), Verb.CANCEL, str(order.order_id)) for order in still_open
    )
    return [Reply(text=said, buttons=buttons), *checkout.reminder(turn)]


def keep(turn: Turn) -> list[Reply]:
    """The answer to who wants nothing cancelled; a question about it is closed, an order on its way goes on."""
    if turn.asked is not None and turn.asked.about_cancelling:
        turn.conversation.pending = None
        return [Reply(text=phrases_orders.CANCEL_KEPT), *_goes_on(turn)]
    told = standing.of_orders(turn) or [Reply(text=phrases_orders.NOTHING_CANCELLED)]
    return [*told, *checkout.reminder(turn)]


def hold(turn: Turn, order: Order) -> list[Reply]:
    """The answer to who wants an order to wait: it cannot, and stays as it is."""
    turn.note_done("cancel_order")
    until = turn.shop.local(order.cancel_until, turn.now)
    buttons = (
        button(labels.change_order(order_id=order.order_id), Verb.CHANGE_ORDER, str(order.order_id)),
        button(labels.cancel_order(order_id=order.order_id), Verb.CANCEL, str(order.order_id)),
    )
    return [Reply(text=phrases_orders.no_holding(order_id=order.order_id, until=until), buttons=buttons)]


def refuse(turn: Turn, order: Order) -> list[Reply]:
    """Says why an order cannot be cancelled, and offers a person; to return something of it, where that can be."""
    turn.conversation.pending = None
    person = () if order.state is OrderState.CANCELLED else (cards.HUMAN,)
    lines, returns = return_cards.of_order(turn, order)
    return [Reply(body=(sorry(turn, why_closed(order, turn.now)), *lines), buttons=(*returns, *person))]


def confirmed(turn: Turn, order_id: int) -> list[Reply]:
    """The button that says yes to cancelling; one of an older question asks anew, since the talk went on."""
    pending = turn.conversation.pending
    asked = pending is not None and pending.kind is Asked.CANCEL_ORDER and str(order_id) in pending.options
    return cancel_all(turn, [order_id]) if asked else ask(turn, order_id)


def cancel(turn: Turn, order_id: int) -> list[Reply]:
    """Cancels after the explicit yes. The domain decides; a refusal is worded with a way on."""
    turn.conversation.pending = None
    try:
        with turn.uow.savepoint():
            order = cancel_order(
                turn.uow,
                order_id,
                identity=turn.identity,
                actor=turn.source,
                now=turn.now,
                told_in=turn.message.chat,
            )
    except (AlreadyCancelled, AlreadyShipped, CancelWindowClosed) as error:
        return [Reply(text=sorry(turn, error), buttons=(cards.HUMAN,))]
    back = wording.listed(cards.names(turn, order.lines))
    told = told_of(turn.uow, order_id)
    money = phrases_payments.after_cancelling(turn.shop, total=order.total, told=told)
    return [
        Reply(
            title=phrases_orders.is_cancelled(order_id=order_id),
            text=phrases_orders.cancelled(lines=back, money=money),
            buttons=(cards.order_again_button(order_id),),
        )
    ]


def deed(turn: Turn, order_ids: Sequence[int]) -> Deed:
    """Cancelling these orders, where a name belongs to a yes: "yes, cancel the teapot".

    Of an order of several products one name may mean only that one, so it is no clear yes.
    """
    found = [turn.uow.orders.get(order_id) for order_id in order_ids]
    alone = [order.lines[0] for order in found if order is not None and len(order.lines) == 1]
    products = turn.products({line.product_id for line in alone})
    named = {word for product in products.values() for word in product.title.lower().split()}
    return replace(CANCEL, things=CANCEL.things | named)


def others_named(turn: Turn, order_ids: Sequence[int]) -> list[Reply] | None:
    """The question about other orders than those that were asked about, where a message names such."""
    numbers = set(numbers_said(turn.message.text, digits=3)) - set(order_ids)
    orders = recent(turn)
    cancellable = [order for order in reversed(orders) if order.cancellable(turn.now)]
    asked = [order for order in cancellable if order.order_id in order_ids]
    named = choose_orders(turn, cancellable, beside=asked)
    if named.orders and {order.order_id for order in named.orders} != set(order_ids):
        return chosen(turn, named)
    return ask(turn, *sorted(numbers)) if numbers and turn.understanding.intent in ("affirm", "cancel_order") else None


def cancel_all(turn: Turn, order_ids: Sequence[int]) -> list[Reply]:
    """Cancels each of the orders that a clear yes was said to."""
    return [*(reply for order_id in order_ids for reply in cancel(turn, order_id)), *_goes_on(turn)]


def _goes_on(turn: Turn) -> list[Reply]:
    """What comes next on the way to another order, which waited for the word on this one."""
    conversation = turn.conversation
    waits = conversation.checking_out and (conversation.cart or conversation.open_lines)
    return checkout.next_step(turn, []) if waits and conversation.changing is None else []
