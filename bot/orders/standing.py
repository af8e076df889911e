"""Says how what was done last stands now, to who takes it back: what was done is never denied."""

from datetime import timedelta

from bot.messages import Reply, Verb
from bot.orders import calling_returns_off
from bot.phrases import labels, wording
from bot.phrases import orders as phrases_orders
from bot.phrases import talk as phrases_talk
from bot.phrases.sorry import sorry
from bot.shopping import cards, waiting
from bot.shopping.cards import button
from bot.turn import Turn
from domain.conversation import Did
from domain.model import Order, OrderState
from domain.orders.cancelling import why_closed

LATELY = timedelta(days=1)
PROFILE = "profile"  # what a deed was done to, beside orders and returns: where the customer lives
_OF_ORDERS = (Did.PLACED, Did.CHANGED, Did.CANCELLED)
_OF_OTHERS = {
    Did.RATED: phrases_orders.RATED,
    Did.PROVEN: phrases_orders.PROVEN,
    Did.STOPPED: phrases_talk.TAKEN_BACK_ALREADY,
    Did.TAKEN_BACK: phrases_talk.TAKEN_BACK_ALREADY,
}


def last(turn: Turn) -> list[Reply]:
    """How that stands which was done last in this conversation; nothing where nothing was done lately."""
    done = turn.conversation.done
    if done is None or turn.now - done.at > LATELY or turn.message.chat.public:
        return []
    if done.what in _OF_ORDERS:
        found = [turn.own_order(int(number)) for number in done.of]
        return [_as_it_is(turn, order) for order in found if order is not None]
    if done.what is Did.CARRIED_OUT:
        orders = [turn.own_order(int(number)) for number in done.of if number.isdecimal()]
        returns = calling_returns_off.told(turn, done.of)
        own = [Reply(text=phrases_orders.PROFILE_STAYS)] if PROFILE in done.of else []
        return [*own, *returns, *(_as_it_is(turn, order) for order in orders if order is not None)]
    if done.what is Did.TICKET:
        return [Reply(text=phrases_orders.ticket_stays(ticket_id=done.of[0]), buttons=(cards.HUMAN,))]
    if done.what is Did.MAILS_STOPPED:
        return [Reply(text=phrases_orders.MAILS_STOPPED, buttons=(button(labels.SEND_IDEAS, Verb.IDEAS_YES, "0"),))]
    if done.what in (Did.MAILS_STARTED, Did.MAILS_HERE):
        stop = button(labels.STOP_IDEAS, Verb.INTENT, "stop_marketing")
        return [Reply(text=phrases_orders.MAILS_STARTED, buttons=(stop,))]
    if (told := _OF_OTHERS.get(done.what)) is not None:
        return [Reply(text=told)]
    products = list(turn.products(done.of).values())
    if not products:
        return []
    titles = wording.listed([product.title for product in products])
    if done.what is Did.DISMISSED:
        return [Reply(text=phrases_orders.dismissed(titles=titles))]
    if done.what is Did.WAITS_NO_MORE:
        again = waiting.offer_buttons(turn, products[0], 1, alone=True)[:1]
        return [Reply(text=phrases_orders.waits_no_more(titles=titles), buttons=again)]
    buttons = tuple(button(labels.STOP_TELLING, Verb.TELL_NO_MORE, one.product_id) for one in products[:1])
    return [Reply(text=phrases_orders.waits(titles=titles), buttons=buttons)]


def _as_it_is(turn: Turn, order: Order) -> Reply:
    """How an order stands; of a change it is said that it stays."""
    told = of_order(turn, order)
    done = turn.conversation.done
    changed = done is not None and (done.what is Did.CHANGED or (done.what is Did.CARRIED_OUT and bool(order.changes)))
    if not changed or not order.cancellable(turn.now):
        return told
    return told.with_lines(below=[phrases_orders.CHANGE_STAYS])


def of_orders(turn: Turn) -> list[Reply]:
    """How the orders stand that were cancelled last, elsewhere the newest one; nothing where there is none."""
    if turn.message.chat.public:
        return []
    done = turn.conversation.done
    if done is not None and done.what is Did.CANCELLED and (told := last(turn)):
        return told
    newest = turn.uow.orders.of_identity(turn.identity, limit=1)
    return [of_order(turn, order, stays=True) for order in newest]


def of_order(turn: Turn, order: Order, *, stays: bool = False) -> Reply:
    """An order's state, what is in it, and what can still be done about it; `stays` for who wants it kept."""
    if order.state is OrderState.CANCELLED:
        lines = [cancelled_at(turn, order), phrases_orders.STAYS_CANCELLED]
        return Reply(text="\n".join(lines), buttons=(cards.order_again_button(order.order_id),))
    done = phrases_orders.done(order_id=order.order_id, again=True, changed=bool(order.changes))
    title = (
        phrases_orders.stays_placed(order_id=order.order_id)
        if stays and order.state is not OrderState.DELIVERED
        else done
    )
    body = (*cards.rows(turn, order.lines), cards.total(turn.shop, order.total))
    if order.cancellable(turn.now):
        until = phrases_orders.open_until(until=turn.shop.local(order.cancel_until, turn.now))
        return Reply(title=title, body=(*body, until), buttons=cards.still_open(order))
    why = sorry(turn, why_closed(order, turn.now))
    return Reply(title=title, body=(*body, why), buttons=(cards.HUMAN,))


def cancelled_at(turn: Turn, order: Order) -> str:
    """When an order was cancelled, and why where it was the shop."""
    at, reason = turn.shop.local(order.cancelled_at or turn.now, turn.now), turn.uow.people.reason(order.order_id)
    told = phrases_orders.was_cancelled(order_id=order.order_id, at=at)
    return f"{told} {phrases_orders.shop_cancelled(reason=reason)}" if reason else told


def is_cancelled(turn: Turn, order: Order, *, newest: Order) -> bool:
    """Whether who asks about cancelling may mean this order: it is cancelled, lately or as the newest one."""
    return order.cancelled_at is not None and (order is newest or turn.now - order.cancelled_at <= LATELY)
