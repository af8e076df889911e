"""What is said of orders that are placed: their states, what can be done with them, and cancelling."""

from datetime import datetime
from typing import assert_never

from bot.shop import Shop
from domain.model import OrderState
from domain.outreach.unproven import Expected

STATES = {
    OrderState.PLACED: "placed, being packed",
    OrderState.SHIPPED: "shipped",
    OrderState.DELIVERED: "delivered",
    OrderState.CANCELLED: "cancelled",
}
YOUR_ORDERS = "Your orders"
STAYS_CANCELLED = "A cancelled order stays cancelled. Say “order it again” to have the same once more, as a new order."
NO_ORDERS = (
    "I see no orders placed from this chat. If you ordered elsewhere, prove your e-mail, and I see them; "
    "with the order's number a person can help too."
)
NO_MORE_ORDERS = "These were all of them."
NOTHING_TO_REPEAT = "I see no earlier order from this chat that I could repeat."
NOTHING_AT_ALL_TO_CANCEL = "There is nothing to cancel: your cart is empty, and I see no orders placed from this chat."
WHICH_ORDER = "Which order shall I cancel?"
CANCEL_NO_CLEAR_YES = "Nothing is cancelled yet, because I would need a clear yes for that."
NO_ORDER_TO_CANCEL = "I see no orders placed from this chat, so nothing is cancelled; your cart stays as it is."
CANCEL_PARTS = (
    "I can cancel the whole order, or you change it and take out what you do not want. Nothing is cancelled yet."
)
CANCEL_WHAT_HAPPENS = "What was in it would go back into stock, and you would not be charged."
NOTHING_CANCELLED_YET = "Nothing is cancelled yet."
NOTHING_CANCELLED = "All right, nothing is cancelled."
MAILS_STOPPED = "That is done already: ideas by mail end. “Send me ideas” turns them on again."
MAILS_STARTED = "That is done already. “Stop emails” ends ideas by mail."
RATED = "That is noted already. Another number takes its place."
PROVEN = "That is done already: the address is proven here. “Forget me” erases all of it."
CHANGE_STAYS = "How it was before I cannot bring back by itself: say what it shall be, for example “make it 2”."
PROFILE_STAYS = (
    "That is done already: what I know as your address is the new one. "
    "“Change my profile address back to what it was” takes that back."
)
CANCEL_KEPT = "All right, your order stays as it is."
CANCEL_MEANING = "Shall I drop what is in your cart, or cancel an order you already placed?"


def order(*, order_id: int) -> str:
    """An order's title."""
    return f"Order #{order_id}"


def done(*, order_id: int, again: bool, changed: bool) -> str:
    """The title of an order that was just placed or changed; `again` where it was before this message."""
    return f"{order(order_id=order_id)} {'was already' if again else 'is'} {'changed' if changed else 'placed'}"


def stays_placed(*, order_id: int) -> str:
    """The title of an order that nobody shall cancel."""
    return f"Order #{order_id} stays placed"


def was_cancelled(*, order_id: int, at: str) -> str:
    """How a cancelled order stands."""
    return f"Order #{order_id} was cancelled at {at}."


def shop_cancelled(*, reason: str) -> str:
    """Why, where it was the shop."""
    return f"The shop cancelled it: {reason}"


def ticket_stays(*, ticket_id: int | str) -> str:
    """A case went to a person, and its customer takes it back."""
    return (
        f"Ticket T{ticket_id} was passed on already, and I cannot take it back. "
        "If nothing shall be done about it, tell the person who answers."
    )


def waits_no_more(*, titles: str) -> str:
    """The same of what they are not to be told of any more."""
    return f"That is done already: I tell you no more of {titles}."


def dismissed(*, titles: str) -> str:
    """The same of what was suggested and refused."""
    return f"That is noted already: I suggest {titles} no more. By name you find it all the same."


def waits(*, titles: str) -> str:
    """Somebody is to be told, and takes that back."""
    return f"That is noted already: I will tell you when {titles} is back."


def confirmation(expected: Expected, *, email: str) -> str:
    """What becomes of the confirmation; whether another chat's stands before it at its address is not told."""
    match expected:
        case Expected.GOES:
            return f"A confirmation goes to {email}."
        case Expected.ASKS:
            return (
                f"The confirmation comes to {email} at once, or once the button in an earlier one there is pressed. "
                "Press the button in yours, too: until then you only hear there what we ourselves do with this order."
            )
        case Expected.LATER:
            return f"Its mail comes to {email} once the button in the first one was pressed."
        case Expected.WAITS:
            return (
                f"Many mails were asked for from where you write, so the confirmation comes to {email} once you prove "
                "that the address is yours. The order is placed all the same."
            )
    assert_never(expected)


def no_such_order(*, order_id: int | str) -> str:
    """There is none, or it is another's: the answer is the same."""
    return f"I see no order #{order_id} placed from this chat."


def no_order_then(*, first: str, last: str) -> str:
    """None was placed in the days that are asked about."""
    return f"I see no order of yours {_from_to(first, last)}."


def orders_then(*, first: str, last: str) -> str:
    """The title of those that were."""
    return f"{YOUR_ORDERS} {_from_to(first, last)}"


def and_more(*, count: int) -> str:
    """Below a list that is not all of them."""
    return f"And {count} more in that time."


def _from_to(first: str, last: str) -> str:
    return f"of {first}" if first == last else f"from {first} to {last}"


def no_order_with(*, phrase: str) -> str:
    """None holds what was named."""
    return f"None of your orders has “{phrase}” in it."


def left(shop: Shop, *, order_id: int, delivered_at: datetime | None) -> str:
    """An order that left the shop, and maybe arrived; what cannot be done about it follows."""
    if delivered_at is None:
        return f"Order #{order_id} is already on its way"
    return f"Order #{order_id} was delivered on {shop.day(delivered_at)}"


def open_until(*, until: str) -> str:
    """While an order's window is open."""
    return f"You can change or cancel it until {until}."


def parcel(*, parcel: str) -> str:
    """Who brings it."""
    return f"It travels with {parcel}."


def ask_cancel(*, order_id: int) -> str:
    """The question whose yes cancels."""
    return f"Cancel order #{order_id}?"


def cancel_several(*, orders: str) -> str:
    """The same of several together."""
    return f"Cancel orders {orders}?"


def is_cancelled(*, order_id: int) -> str:
    """The title of what became of it."""
    return f"Order #{order_id} is cancelled"


def cancelled(*, lines: str, money: str) -> str:
    """What became of it, and of its money."""
    return f"{lines} went back into stock, and {money}."


def cancel_until(*, order_id: int, until: str) -> str:
    """For who asks how long an order can be cancelled."""
    return f"Order #{order_id} is placed; you can change or cancel it until {until}."


def no_holding(*, order_id: int, until: str) -> str:
    """For who wants an order to wait."""
    return (
        f"I cannot hold an order back, so #{order_id} stays as it is and ships as usual. "
        f"You can change or cancel it until {until}."
    )


def afterwards(*, things: str) -> str:
    """On the question whether to cancel, where something shall be ordered in its place."""
    return f"Afterwards we go on with your new order: {things}."


def cancel_rule(*, minutes: str) -> str:
    """The rule, where there is no order to tell of."""
    return f"You can cancel an order for {minutes} after placing it; it costs nothing."


def back_to_cancelling(*, orders: str) -> str:
    """The question about cancelling in short."""
    return f"Back to cancelling: shall I cancel {orders}?"


def more(*, lines: str, count: int) -> str:
    """The first lines of an order, and how many more it has."""
    return f"{lines} and {count} more" if count else lines


def window(*, minutes: int) -> str:
    """How long an order can be cancelled."""
    return f"{minutes // 60} hours" if minutes >= 120 and minutes % 60 == 0 else f"{minutes} minutes"
