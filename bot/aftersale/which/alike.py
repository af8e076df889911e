"""Finds which of the customer's other things something shall be like: "the same type as my old one"."""

from collections.abc import Sequence

from bot.aftersale.which.orders_meant import orders_meant
from bot.aftersale.world import World
from domain.model import Product
from nlu.rules.aftersale_models import told_model
from nlu.rules.aftersale_portions import OrderWords


def taken_after(world: World, product_id: str, words: Sequence[str]) -> Product | None:
    """The other variant among the customer's things that is told as the model; None where none is, or several are."""
    told = next((match for text in reversed(words) if (match := told_model(text.lower()))), None)
    group = world.group_of(product_id)
    if told is None or group is None:
        return None
    kin = {one.product_id for one in group.variants} - {product_id}
    holding = [order for order in world.orders if kin & {line.product_id for line in order.lines}]
    orders = orders_meant(world, OrderWords(said=told["where"] or ""), among=holding) or holding
    found = {line.product_id for order in orders for line in order.lines} & kin
    return world.products[found.pop()] if len(found) == 1 else None
