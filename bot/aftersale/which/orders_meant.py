"""Which of a customer's orders words mean: by number, by age, by where it is, by what is in it."""

from collections.abc import Collection, Sequence

from bot.aftersale.world import World
from domain.model import Order, OrderState
from nlu.rules.aftersale_portions import OrderWords
from nlu.rules.vocabulary import words

_NEWEST = words("last latest recent newest newer current")
_OLDEST = words("first oldest earliest older previous earlier")
_OPEN = words("pending open processing placed unshipped upcoming outstanding undelivered preparing")
_COME = words("delivered received arrived completed")
_LEFT = words("shipped sent dispatched")
_STATES = ((_OPEN, OrderState.PLACED), (_COME, OrderState.DELIVERED), (_LEFT, OrderState.SHIPPED))
_OTHER = words("other others another remaining")
_EVERY = words("all both every each")


def orders_meant(
    world: World, said: OrderWords, spoken_of: Sequence[Order] = (), among: Sequence[Order] = ()
) -> tuple[Order, ...]:
    """The orders that words mean; none where they say nothing that tells one from another.

    Args:
        world: the customer's orders.
        said: the words.
        spoken_of: those that "this order" and "the other one" are about.
        among: those to choose from; without any, all that were not cancelled.
    """
    live = [order for order in among or world.orders if order.state is not OrderState.CANCELLED]
    if said.number:
        return tuple(order for order in world.orders if str(order.order_id) == said.number)
    spoken = set(said.said.lower().replace("-", " ").split())
    left, told = live, False
    if said.holds:
        left = [order for order in left if {line.product_id for line in order.lines} & {*said.holds}]
        told = True
    for named, state in _STATES:
        if spoken & named:
            left, told = [order for order in left if order.state is state], True
    if spoken & _OTHER and spoken_of:
        left, told = [order for order in left if order not in spoken_of], True
    if spoken & _NEWEST and left:
        return (max(left, key=lambda order: (order.placed_at, order.order_id)),)
    if spoken & _OLDEST and left:
        return (min(left, key=lambda order: (order.placed_at, order.order_id)),)
    if "second" in spoken and len(left) > 1:
        return (sorted(left, key=lambda order: (order.placed_at, order.order_id))[1],)
    if told or spoken & _EVERY or said.said.lower().endswith("orders"):
        return tuple(left)
    if spoken & words("this that same") and spoken_of:
        return tuple(spoken_of[-1:])
    return ()


def is_every(said: Collection[str]) -> bool:
    """Whether words mean all of several."""
    return bool(set(said) & _EVERY)
