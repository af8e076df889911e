"""order_status: where one order is; the latest one unless a number or a product is named."""

from bot.answering.topics import topics_of
from bot.messages import Reply
from bot.orders import complaining
from bot.orders.choosing_orders import days_said, placed_within
from bot.phrases import orders as phrases_orders
from bot.shopping import cards
from bot.turn import Turn
from domain.model import Order
from domain.numbers import plain_number
from domain.products.catalogue import narrow

MOST_SEARCHED = 100  # of a customer's orders, for one that holds what is named


def handle(turn: Turn) -> list[Reply]:
    """Answers with the order's card; where something went wrong support hears too."""
    if complaining.complains(turn):
        return complaining.complain(turn)
    number = turn.understanding.first("order_number")
    if number is not None:
        found = turn.own_order(order_id) if (order_id := plain_number(number.value)) is not None else None
        if found is None:
            text = phrases_orders.no_such_order(order_id=number.value)
            return [Reply(text=text, buttons=(cards.HUMAN,))]
        return [cards.order_card(turn, found)]
    orders = turn.uow.orders.of_identity(turn.identity, limit=MOST_SEARCHED)
    if not orders and turn.conversation.cart and topics_of(turn):  # when will come what is not ordered yet
        return turn.carry_out(turn.intents["ask_shop"])
    if not orders:
        return complaining.no_orders(turn)
    days = days_said(turn)
    if days is not None and (then := placed_within(turn, orders, days)):
        orders = then
    product = turn.understanding.first("product")
    chosen = _with(turn, orders, product.value) if product is not None else orders[0]
    if chosen is None and product is not None:
        return [
            Reply(text=phrases_orders.no_order_with(phrase=product.value)),
            cards.order_card(turn, orders[0]),
        ]
    return [cards.order_card(turn, chosen or orders[0])]


def _with(turn: Turn, orders: list[Order], phrase: str) -> Order | None:
    """The newest order that holds a product of that name."""
    products = turn.products({line.product_id for order in orders for line in order.lines})
    for order in orders:
        titles = [products[line.product_id] for line in order.lines if line.product_id in products]
        if narrow(phrase, titles):
            return order
    return None
