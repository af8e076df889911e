"""What the pages behind the links of mails say, and the chat page in place of an answer."""

from datetime import datetime

from bot.phrases import orders, talk
from bot.shop import Shop
from domain.errors import AlreadyCancelled, AlreadyShipped, CancelWindowClosed

OPEN_CHAT = "Open the chat"

KEEP = "Keep it"
NOTHING_YET = "Nothing changes until you press the button."

ASK_STOP = "Stop suggestions and reminders?"
STILL_COME = "Receipts and news of your orders still come: they belong to what you buy."
YES_STOP = "Stop these mails"
STOPPED = "Suggestions and reminders have ended"

CONFIRM_ELSE = (
    "If you did not order it, leave this page; you hear no more of it than when it is shipped, delivered or called off."
)
YES_CONFIRM = "Yes, this is my order"

ASK_IDEAS = "Shall we mail you ideas?"
IDEAS_END = "Each of them has a link that ends them all."
YES_IDEAS = "Yes, mail me ideas"
IDEAS_ON = "Thank you, ideas will come"
TOO_LATE = "This link is over"

UNKNOWN = "This link leads nowhere"
UNKNOWN_TEXT = "Perhaps a part of it was lost on its way here. Please open it from the mail once more."
BUSY = "Please try again in a moment"
BUSY_TEXT = f"{talk.BUSY} Nothing was changed."
AWAY_TEXT = "The shop cannot answer right now. Nothing was changed."
BROKEN = "Something went wrong on our side"
BROKEN_TEXT = "Nothing was changed. Please try again in a moment."

# In place of an answer in the chat.
NOT_JSON = 'The message must be JSON such as {"text": "2 mugs"} or {"choice": "…"}.'
TOO_LONG = "That is too long for one message."
TOO_FAST = "That was a little fast. Please wait a moment and try again."
TOO_MANY_PAGES = "Too many pages wait for news here. Please close one, or write without waiting."
NO_PRODUCT = "There is no such product."
AWAY_CHAT = "The shop cannot answer right now. Nothing was changed. Please try again in a moment."
LATE = "The shop takes too long to answer right now. Please try again in a moment."
BUSY_CHAT = talk.BUSY_AGAIN
FOREIGN = "This came from another site's page. Please write in the shop's own."


def reach_a_person(*, hours: str) -> str:
    """How to reach one from a page."""
    return f"To reach a person, open the chat and write “human”. People answer {hours}."


def placed(*, day: str, until: str) -> str:
    """When an order was, and until when it can be cancelled."""
    return f"Placed {day}. You can cancel it until {until}."


def yes_cancel(*, order_id: int) -> str:
    """The button that cancels it."""
    return f"Cancel order #{order_id}"


def no_more_mails(*, shop: str) -> str:
    """What ends."""
    return f"{shop} will send you no more of them, by mail or in a chat."


def ask_confirm(*, order_id: int) -> str:
    """The question whose yes confirms an order."""
    return f"Is order #{order_id} yours?"


def confirm_what(*, shop: str) -> str:
    """What follows from it."""
    return f"Then {shop} mails you news of it, and of what else is ordered in the same chat."


def confirmed(*, order_id: int) -> str:
    """It was confirmed."""
    return f"Thank you, order #{order_id} is confirmed"


def confirm_over(*, days: int) -> str:
    """It was too late for that."""
    return f"It works for {days} days. In the chat, “verify” proves your address."


def ideas_what(*, shop: str, day: int, week: int) -> str:
    """What ideas are and how many."""
    return f"{shop} mails ideas that go with what you bought: at most {day} a day and {week} a week."


def ideas_over(*, days: int) -> str:
    """The link that asks for them works no longer."""
    return f"It works for {days} days, and not after you said no. You can ask for ideas again in the chat."


def refused(
    shop: Shop, error: AlreadyCancelled | AlreadyShipped | CancelWindowClosed, now: datetime
) -> tuple[str, str]:
    """Why an order cannot be cancelled by its link: a title, and what there is to say."""
    match error:
        case AlreadyCancelled(order_id, cancelled_at):
            when = shop.local(cancelled_at, now)
            return orders.is_cancelled(order_id=order_id), f"It was already cancelled ({when}). Nothing changed."
        case AlreadyShipped(order_id, _, delivered_at) if delivered_at is not None:
            came = f"It arrived on {shop.day(delivered_at)}, so it cannot be cancelled any more."
            return f"Order #{order_id} was delivered", f"{came} A person can help you return it."
        case AlreadyShipped(order_id, shipped_at):
            left = f"It left the shop on {shop.day(shipped_at)}, so it cannot be cancelled any more."
            return f"Order #{order_id} was shipped", f"{left} A person can help you return it."
        case CancelWindowClosed(order_id, closed_at):
            over = f"That was possible until {shop.local(closed_at, now)}."
            return f"It is too late to cancel order #{order_id}", f"{over} A person may still be able to stop it."
