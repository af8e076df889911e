"""past_orders: what this customer ordered before, newest first, five at a time."""

from bot.messages import Reply
from bot.phrases import customer as phrases
from bot.shopping import cards
from bot.shopping.cards import MOST_LISTED, button
from bot.turn import Turn


def handle(turn: Turn) -> list[Reply]:
    """Answers with one message: a line per order."""
    return page(turn, 0)


def page(turn: Turn, offset: int) -> list[Reply]:
    """One page of the history, with a button for the next."""
    orders = turn.uow.orders.of_identity(turn.identity, limit=MOST_LISTED + 1, offset=offset)
    if not orders:
        return [Reply(text=phrases.NO_MORE_ORDERS if offset else phrases.NO_ORDERS)]
    shown = orders[:MOST_LISTED]
    rows = [f"{cards.summary(turn, order)}\t{turn.shop.day(order.placed_at)}, {order.state}" for order in shown]
    buttons = [button(f"Order again #{shown[0].order_id}", "reorder", str(shown[0].order_id))]
    buttons += [
        button(f"Cancel #{order.order_id}", "cancel", str(order.order_id))
        for order in shown
        if order.cancellable(turn.now)
    ]
    if len(orders) > MOST_LISTED:
        buttons.append(button("More", "orders", str(offset + MOST_LISTED)))
    return [Reply(title="Your orders", text="\n".join(rows), buttons=tuple(buttons))]
