"""What is said to those who did not ask: customers about their orders, staff about tickets and stock."""

from domain.conversation import Asked

# To customers.
ORDER_STEP = {
    "changed": "Order #{order_id} was changed",
    "shipped": "Order #{order_id} is on its way",
    "delivered": "Order #{order_id} was delivered",
    "cancelled": "Order #{order_id} is cancelled",
}
SHOP_CANCELLED = "The shop had to cancel order #{order_id}"
WHY = "Reason: {reason}"
SORRY = "We are sorry. You will not be charged."
NOT_CHARGED = "Everything went back into stock, and you will not be charged."
PARCEL_CORRECTED = "What I told you of its parcel was wrong. This is right:"
ADDRESS = "To: {address}"
CANCEL_UNTIL = "You can cancel it until {until}."
CART_LEFT = "These are still in your cart, and nothing is ordered yet:"
CART_LEFT_FOOT = "“Check out” shows you a new order card."
NO_REMINDERS = "No more reminders"

# To staff.
TICKET = "Ticket T{ticket_id}: {customer} on {channel}"
ASKED_AT = "Asked for a person at {time}; the bot is silent until you press Resolve."
WORDS = "They wrote: “{words}”"
NOT_KEPT = "What they wrote before that was not kept. From here on everything is in this thread; answer below."
QUESTION = "The bot's open question: {question}"
ASKED = {
    Asked.OPEN_LINE: "which product they mean, or how many of it",
    Asked.EMAIL: "the e-mail address",
    Asked.EMAIL_FIX: "whether the e-mail address is mistyped",
    Asked.ADDRESS: "the shipping address",
    Asked.CONFIRM: "whether to place the order",
    Asked.CHECKOUT: "whether to go on to the checkout",
    Asked.WHICH_LINE: "which product in the cart they mean",
    Asked.CLEAR_CART: "whether to empty the cart",
    Asked.WHICH_ORDER: "which order to cancel",
    Asked.CANCEL_ORDER: "whether to cancel the order",
    Asked.CANCEL_MEANING: "whether to empty the cart or to cancel an order",
    Asked.WHAT_TO_CHANGE: "what to change in the order",
    Asked.FORGET: "whether to erase what is kept of them",
    Asked.PROVE_EMAIL: "which e-mail address they want to prove",
    Asked.CODE: "the code that was mailed to prove their address",
    Asked.STOP_EMAIL: "which e-mail address shall get no more marketing",
}
CART = "Cart:"
CART_EMPTY = "Cart: empty"
LAST_ORDERS = "Last orders:"
NO_ORDERS = "Last orders: none from this chat"
RESOLVE = "Resolve"
ORDER = "Order #{order_id}"  # its answer is for who pressed it alone
LOW = "Low: {title} ({product_id}), {quantity} left"
SOLD_OUT = "Sold out: {title} ({product_id})"
DOUBTFUL = "{pieces} are in orders whose e-mail nobody confirmed, the newest: {orders}. See `/orders NUMBER`."


def guest(*, identity_id: int) -> str:
    """What staff calls a customer without an e-mail."""
    return f"guest {identity_id}"
