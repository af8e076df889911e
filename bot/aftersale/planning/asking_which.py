"""Asks which order, or which of several things, is meant: with what is there, and each time in other words."""

from bot.aftersale.planning.buttons import MOST_BUTTONS, choice, fitting
from bot.aftersale.world import World
from bot.messages import Reply
from bot.phrases import aftersale as phrases
from bot.phrases import labels, which_one
from bot.phrases.orders import STATES
from bot.shopping import cards
from bot.turn import Turn
from domain.model import Order
from domain.plans import Place, Plan, PlannedWish


def which_order(turn: Turn, world: World, plan: Plan, wish: PlannedWish) -> Reply:
    """Which order is meant, or which of the things of one name that are in several."""
    ids = dict.fromkeys(place.order_id for place in wish.among)
    orders = [order for order_id in ids if (order := world.order(order_id)) is not None][:MOST_BUTTONS]
    things = [] if wish.several else [place for place in wish.among if place.product_id]
    names = {world.name_of(place.product_id) for place in things}
    text = which_one.which_order(
        name=names.pop() if len(names) == 1 else "",
        held=_only_in(world, orders[0], orders[1:]),
        missed=turn.conversation.misunderstood,
    )
    lines = [f"{_line(turn, world, order, things)}, {STATES[order.state]}" for order in orders]
    buttons = [choice(plan, labels.number(order_id=str(one.order_id)), "order", str(one.order_id)) for one in orders]
    buttons = [*buttons[: MOST_BUTTONS - 1], choice(plan, phrases.ALL_OF_IT, "all")]
    return Reply(text="\n".join([text, *lines]), buttons=fitting(buttons))


def which_item(turn: Turn, world: World, plan: Plan, wish: PlannedWish) -> Reply:
    """Which of several things is meant, or are."""
    ids = list(dict.fromkeys(place.product_id for place in wish.among))
    buttons = [choice(plan, world.title_of(one), "item", one) for one in ids]
    buttons = [*buttons[: MOST_BUTTONS - 1], choice(plan, phrases.ALL_OF_IT, "all")]
    text = which_one.which_item(
        last=world.name_of(ids[-1]), several=wish.several, missed=turn.conversation.misunderstood
    )
    lines = [f"{place}. {world.title_of(one)}" for place, one in enumerate(ids, 1)]
    return Reply(text="\n".join([text, *lines]), buttons=fitting(buttons))


def _line(turn: Turn, world: World, order: Order, things: list[Place]) -> str:
    """An order in one line: with what is meant of it first, where that is one thing of several orders."""
    mine = [place for place in things if place.order_id == order.order_id]
    if not mine:
        return cards.summary(turn, order)
    titles = ", ".join(f"{world.title_of(one.product_id)}, {turn.shop.money(world.price_of(one))}" for one in mine)
    beside = [world.name_of(one.product_id) for one in world.places_of(order) if one not in mine][:2]
    return which_one.line(order_id=order.order_id, titles=titles, beside=beside)


def _only_in(world: World, order: Order, others: list[Order]) -> str:
    """The name of something that is in one order and in none of the others; blank where there is nothing such."""
    elsewhere = {world.name_of(place.product_id) for one in others for place in world.places_of(one)}
    names = [world.name_of(place.product_id) for place in world.places_of(order)]
    return next((name for name in names if name not in elsewhere), "")
