"""cancel_order: stop this question, drop the cart, or cancel a placed order; asks when it is not clear which."""

from datetime import timedelta

from bot import cards, checkout, phrases
from bot.cards import button
from bot.messages import Reply
from bot.turn import Turn
from domain.cancelling import cancel_order
from domain.catalogue import narrow
from domain.conversation import Asked, PendingQuestion
from domain.errors import AlreadyCancelled, AlreadyShipped, CancelWindowClosed
from domain.model import Order, OrderState

LOOK_BACK = 20


def handle(turn: Turn) -> list[Reply]:
    """Finds the order that is meant and asks for an explicit yes."""
    number = turn.understanding.first("order_number")
    orders = turn.uow.orders.of_identity(turn.identity, limit=LOOK_BACK)
    if number is not None:
        return ask(turn, int(number.value[:18]))
    cancellable = [order for order in orders if order.cancellable(turn.now)]
    shopping = bool(turn.conversation.cart or turn.conversation.open_lines)
    named = _named(turn, cancellable)
    if shopping and not named:
        return _cart_or_order(turn, cancellable)
    return _choose(turn, named or cancellable, orders)


def _named(turn: Turn, orders: list[Order]) -> list[Order]:
    """The orders that the message describes by time or by a product in them; empty when it describes none."""
    when, product = turn.understanding.first("order_time"), turn.understanding.first("product")
    if product is not None:
        found = []
        for order in orders:
            titles = turn.products([line.product_id for line in order.lines]).values()
            if narrow(product.value, titles):
                found.append(order)
        return found
    if when is None:
        return []
    today = turn.now.astimezone(turn.shop.time_zone).date()
    if when.value in ("today", "yesterday"):
        day = today if when.value == "today" else today - timedelta(days=1)
        return [order for order in orders if order.placed_at.astimezone(turn.shop.time_zone).date() == day]
    return orders if when.value == "all" else orders[:1]


def _cart_or_order(turn: Turn, cancellable: list[Order]) -> list[Reply]:
    if not cancellable:
        return stop(turn)
    order = cancellable[0]
    turn.conversation.pending = PendingQuestion(kind=Asked.CANCEL_MEANING, subject=str(order.order_id))
    return [
        Reply(
            text=phrases.CANCEL_MEANING,
            buttons=(
                button("Drop my cart", "drop"),
                button(f"Cancel order #{order.order_id}", "cancel", str(order.order_id)),
                button("Neither", "no", checkout.token(turn)),
            ),
        )
    ]


def _choose(turn: Turn, candidates: list[Order], orders: list[Order]) -> list[Reply]:
    if len(candidates) == 1:
        return ask(turn, candidates[0].order_id)
    if not candidates:
        if orders:
            return refuse(turn, orders[0])
        return [Reply(text=phrases.NOTHING_AT_ALL_TO_CANCEL)]
    turn.conversation.pending = PendingQuestion(
        kind=Asked.WHICH_ORDER, options=tuple(str(order.order_id) for order in candidates)
    )
    shown = candidates[: cards.MOST_LISTED]
    text = "\n".join([phrases.WHICH_ORDER, *(cards.summary(turn, order) for order in shown)])
    buttons = tuple(button(f"#{order.order_id}", "cancel", str(order.order_id)) for order in shown)
    return [Reply(text=text, buttons=(*buttons, button("None of them", "no", checkout.token(turn))))]


def ask(turn: Turn, order_id: int) -> list[Reply]:
    """Shows the order and asks for an explicit yes; says why where it cannot be cancelled."""
    mine = turn.uow.orders.of_identity(turn.identity, limit=500)
    order = next((order for order in mine if order.order_id == order_id), None)
    if order is None:
        turn.conversation.pending = None
        return [Reply(text=phrases.NO_SUCH_ORDER.format(order_id=order_id), buttons=(cards.HUMAN,))]
    if not order.cancellable(turn.now):
        return refuse(turn, order)
    turn.conversation.pending = PendingQuestion(kind=Asked.CANCEL_ORDER, subject=str(order_id))
    return [
        Reply(
            title=f"Cancel order #{order_id}?",
            text="\n".join([*cards.rows(turn, order.lines), f"Total\t{turn.shop.money(order.total)}"]),
            buttons=(
                button("Yes, cancel it", "cancel_yes", str(order_id)),
                button("Keep it", "no", checkout.token(turn)),
            ),
        )
    ]


def refuse(turn: Turn, order: Order) -> list[Reply]:
    """Says why an order cannot be cancelled, and offers a person."""
    turn.conversation.pending = None
    if order.state is OrderState.CANCELLED:
        cancelled = AlreadyCancelled(order.order_id, order.cancelled_at or turn.now)
        return [Reply(text=phrases.sorry(turn, cancelled))]
    if order.state is OrderState.PLACED:
        reason = phrases.sorry(turn, CancelWindowClosed(order.order_id, order.cancel_until))
    else:
        reason = phrases.sorry(turn, AlreadyShipped(order.order_id, order.shipped_at or turn.now))
    return [Reply(text=reason, buttons=(cards.HUMAN,))]


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
    except (AlreadyShipped, CancelWindowClosed) as error:
        return [Reply(text=phrases.sorry(turn, error), buttons=(cards.HUMAN,))]
    back = phrases.listed(cards.names(turn, order.lines))
    return [
        Reply(
            title=f"Order #{order_id} is cancelled",
            text=phrases.CANCELLED.format(lines=back, total=turn.shop.money(order.total)),
            buttons=(cards.order_again_button(order_id),),
        )
    ]


def stop(turn: Turn) -> list[Reply]:
    """Stops the checkout; the cart is kept and can be dropped with one tap."""
    conversation = turn.conversation
    conversation.checking_out, conversation.pending, conversation.open_lines = False, None, []
    if not conversation.cart:
        return [Reply(text=phrases.STOPPED_EMPTY)]
    buttons = (cards.CHECK_OUT, cards.EMPTY_CART)
    return [Reply(text=phrases.STOPPED, buttons=buttons)]
