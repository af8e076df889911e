"""Asks where a placed order shall go, with the addresses that are known of its customer."""

from bot.aftersale.planning.stepping import next_step
from bot.aftersale.world import world_of
from bot.messages import Reply
from bot.orders import changing
from bot.turn import Turn
from domain.conversation import Asked
from domain.plans import Deed, Place, Plan, PlannedWish


def ask_where(turn: Turn, replies: list[Reply]) -> list[Reply]:
    """The replies; where they only ask for the address of a placed order, one of the known may be chosen instead.

    Nothing is known of who did not prove their e-mail, and what else was on its way goes on as ever.
    """
    conversation = turn.conversation
    pending, order_id = conversation.pending, conversation.changing
    if pending is None or pending.kind is not Asked.ADDRESS or order_id is None or conversation.plan is not None:
        return replies
    if conversation.proven_email is None or turn.message.chat.public or conversation.aside.cart:
        return replies
    world = world_of(turn)
    order = world.order(order_id)
    if order is None or conversation.open_lines or conversation.cart != changing.cart_of(order):
        return replies
    conversation.leave_change()
    conversation.pending = None
    wish = PlannedWish(deed=Deed.SHIP_TO, among=(Place(order_id=order_id),))
    return next_step(turn, world, Plan(wishes=(wish,)))
