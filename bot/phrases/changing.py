"""What the bot says while a customer changes an order that is placed, and for an address where others read along."""

WHAT = (
    "What shall I change? For example “make it 3”, “drop the teapot”, “add a mug”, “ship to …”. "
    "It stays as it is until you confirm, and you can change it until {until}."
)
NO_DIFFERENCE = "So far nothing is different from what you ordered."
PUT_ASIDE = "I put your cart with {items} aside until then."
CART_BACK = "Your cart with {items} is back."
MORE = "More than before"
LESS = "Less than before"
SAME_TOTAL = "The total stays the same."
HOLD = "Your order stays as it is until you confirm. These prices hold until {until}."
ASK_CARD = "Shall I change it like this?"
BACK_TO = "Back to order #{order_id}: shall I change it as shown?"
EMAIL_STAYS = "I cannot change the e-mail of a placed order; what I write about it goes to the one you ordered with."
KEPT = "All right, order #{order_id} stays as it was."
NOTHING_LEFT = "That would leave nothing of order #{order_id}, so I changed nothing. I can cancel it instead:"
WHICH = "Which order shall I change?"
CLOSED = (
    "Order #{order_id} could be changed until {until}, and that time is over, so it stays as it was. "
    "A person may still be able to help."
)
ON_ITS_WAY = "Order #{order_id} is already on its way, so it stays as it was. A person can help you with it."
CANCELLED = "Order #{order_id} was cancelled, so there is nothing to change."
