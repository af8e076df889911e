"""What is said while a customer changes an order that is placed; `journeys` has what only differs from a new order."""

from datetime import datetime

from bot.phrases import orders
from bot.shop import Shop

NO_DIFFERENCE = "So far nothing is different from what you ordered."
MORE = "More than before"
LESS = "Less than before"
SAME_TOTAL = "The total stays the same."
ASK_CARD = "Shall I change it like this?"
EMAIL_STAYS = "I cannot change the e-mail of a placed order; what I write about it goes to the one you ordered with."
WHICH = "Which order shall I change?"


def title(*, order_id: int) -> str:
    """The title of the card to confirm."""
    return f"Your order #{order_id}, changed"


def what(*, until: str) -> str:
    """Below the order as it was placed."""
    return (
        "What shall I change? For example “make it 3”, “take the … out”, “add …”, “ship to …”. "
        f"It stays as it is until you confirm, and you can change it until {until}."
    )


def hold(*, until: str) -> str:
    """On the card to confirm."""
    return f"Your order stays as it is until you confirm. These prices hold until {until}."


def back_to(*, order_id: int) -> str:
    """The open question in short."""
    return f"Back to order #{order_id}: shall I change it as shown?"


def put_aside(*, items: str) -> str:
    """What was in the cart waits."""
    return f"I put your cart with {items} aside until then."


def cart_back(*, items: str) -> str:
    """It waited."""
    return f"Your cart with {items} is back."


def kept(*, order_id: int | None) -> str:
    """Nothing was changed."""
    return f"All right, order #{order_id} stays as it was."


def nothing_left(*, order_id: int) -> str:
    """The last line was taken out."""
    return f"That would leave nothing of order #{order_id}, so I changed nothing. I can cancel it instead:"


def closed(*, order_id: int, until: str) -> str:
    """The window is over."""
    return (
        f"Order #{order_id} could be changed until {until}, and that time is over, so it stays as it was. "
        "A person may still be able to help."
    )


def left(shop: Shop, *, order_id: int, delivered_at: datetime | None) -> str:
    """It left the shop, and maybe arrived."""
    where = orders.left(shop, order_id=order_id, delivered_at=delivered_at)
    return f"{where}, so it stays as it was. A person can help you with it."


def left_already(*, order_id: int) -> str:
    """It left the shop, and something is said that may be meant for it."""
    return f"Order #{order_id} is already on its way and stays as it was; a person can help you with it."


def past_changing(*, order_id: int) -> str:
    """The same, where it is being packed and its window is over."""
    return f"Order #{order_id} can no longer be changed here and stays as it was; a person may still be able to help."


def cancelled(*, order_id: int) -> str:
    """There is no order any more."""
    return f"Order #{order_id} was cancelled, so there is nothing to change."
