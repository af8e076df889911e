"""What is said to those who did not ask: customers about their orders, staff about tickets and stock."""

# To customers.
ORDER_STEP = {
    "shipped": "Order #{order_id} is on its way",
    "delivered": "Order #{order_id} was delivered",
    "cancelled": "The shop had to cancel order #{order_id}",
}
WHY = "Reason: {reason}"
NOT_CHARGED = "We are sorry. You will not be charged {total}."
HUMAN = "Talk to a person"
ORDER_AGAIN = "Order again"

# To staff.
TICKET = "Ticket T{ticket_id}: {customer} on {channel}"
ASKED_AT = "Asked for a person at {time}; the bot is silent until you press Resolve."
WORDS = "They wrote: “{words}”"
NOT_KEPT = "What they wrote before that was not kept. From here on everything is in this thread; answer below."
QUESTION = "The bot's open question: {question}"
CART = "Cart:"
CART_EMPTY = "Cart: empty"
LAST_ORDERS = "Last orders:"
NO_ORDERS = "Last orders: none from this chat"
RESOLVE = "Resolve"
LOW = "Low: {title} ({product_id}), {quantity} left"
SOLD_OUT = "Sold out: {title} ({product_id})"
