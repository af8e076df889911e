"""What orders that are placed keep while something new is noted beside them: it is for the next order."""

from datetime import timedelta

from bot.messages import Button
from bot.phrases import changing as phrases_changing
from bot.phrases import consenting as phrases_consenting
from bot.phrases import shopping as phrases_shopping
from bot.shopping.cards import HUMAN
from bot.turn import Turn
from domain.model import Order, OrderState
from domain.numbers import plain_number
from domain.orders.journeys import NEW_ORDER
from domain.people.identity import hash_email, mask_email, masks_apart, normalise_email
from nlu.rules import order_edits

MEANT_FOR = timedelta(days=30)  # so long after it was placed or left somebody may mean it
MOST_RECENT = 5  # orders among which the newest is that was not cancelled


def newest(turn: Turn) -> Order | None:
    """The order that was placed last and not cancelled, where nothing is on its way to another one."""
    conversation = turn.conversation
    if conversation.cart or conversation.open_lines or turn.journey != NEW_ORDER:
        return None
    orders = turn.uow.orders.of_identity(turn.identity, limit=MOST_RECENT)
    return next((order for order in orders if order.state is not OrderState.CANCELLED), None)


def stays(turn: Turn, order: Order | None) -> list[str]:
    """That an order which may be meant stays as it was, since it left or can no longer be changed; nothing else."""
    if order is None or order.cancellable(turn.now) or turn.now - (order.shipped_at or order.placed_at) >= MEANT_FOR:
        return []
    match order.state:
        case OrderState.PLACED:
            return [phrases_changing.past_changing(order_id=order.order_id)]
        case OrderState.SHIPPED:
            return [phrases_changing.left_already(order_id=order.order_id)]
        case _:
            return []


def help_with(notes: list[str]) -> tuple[Button, ...]:
    """The way to a person, where an order stays as it was."""
    return (HUMAN,) if notes else ()


def keeps_email(turn: Turn, written: str | None) -> list[str]:
    """That an order keeps its e-mail, where another one was written: the one that is named, or the newest.

    Beside a cart the newest may be meant as long as it is open.
    """
    named = plain_number(order_edits.order_number(turn.message.text))
    order = (turn.own_order(named) if named else None) or newest(turn) or turn.newest_open
    if order is None or turn.journey != NEW_ORDER:
        return []
    other = None if written is None else normalise_email(written)
    if other is not None and hash_email(other, turn.shop.hash_key) == order.hashed_email:
        return []
    known = turn.uow.people.email(order.hashed_email)
    masked = phrases_consenting.YOUR_ADDRESS
    if known is not None:
        masked = mask_email(known) if other is None else masks_apart(known, other)[0]
    says = phrases_shopping.email_of_order_stays if order.cancellable(turn.now) else phrases_shopping.email_of_order
    return [says(order_id=order.order_id, email=masked)]
