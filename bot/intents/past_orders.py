"""past_orders: what this customer ordered before, newest first, five at a time."""

from bot.messages import Reply, Row, Verb
from bot.phrases import labels
from bot.phrases import orders as phrases_orders
from bot.shopping import cards
from bot.shopping.cards import MOST_LISTED, button
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with one message: a line per order."""
    return orders_page(turn, 0)


def orders_page(turn: Turn, offset: int) -> list[Reply]:
    """One page of the history, with a button for the next."""
    orders = turn.uow.orders.of_identity(turn.identity, limit=MOST_LISTED + 1, offset=offset)
    if not orders:
        return [Reply(text=phrases_orders.NO_MORE_ORDERS if offset else phrases_orders.NO_ORDERS)]
    shown = orders[:MOST_LISTED]
    rows = [Row(cards.summary(turn, order), f"{turn.shop.day(order.placed_at)}, {order.state}") for order in shown]
    buttons = [button(labels.order_again(order_id=shown[0].order_id), Verb.REORDER, str(shown[0].order_id))]
    buttons += [
        button(labels.cancel_listed(order_id=order.order_id), Verb.CANCEL, str(order.order_id))
        for order in shown
        if order.cancellable(turn.now)
    ]
    if len(orders) > MOST_LISTED:
        buttons.append(button(labels.MORE, Verb.ORDERS, str(offset + MOST_LISTED)))
    return [Reply(title=phrases_orders.YOUR_ORDERS, body=tuple(rows), buttons=tuple(buttons))]
