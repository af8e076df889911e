"""Reads which of several orders are meant: by number, place, time, amount, what is in them, "both", "the other one"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.turn import Turn
from domain.model import Order
from domain.products.catalogue import narrow, words
from nlu.rules.order_dates import Days, when_ordered
from nlu.rules.order_words import (
    BIGGEST,
    EVERY,
    NEWEST,
    OLDEST,
    PARTS_OF_DAY,
    SHOPPING,
    SMALLEST,
    WEEKDAYS,
    amount_said,
    counts_things,
    is_name,
    numbers_said,
    places_said,
    plain,
    split_except,
    words_of,
)

MOST_RECENT = 20  # orders of one customer among which words choose; nobody places more while a window is open
# Words that mean the order of which something is the most, the likeliest sense of two first.
_MOST: tuple[tuple[set[str], Callable[[Order], Decimal | int]], ...] = (
    (NEWEST | {"placed"}, lambda order: order.order_id),
    (SMALLEST, lambda order: -order.total),
    (BIGGEST, lambda order: order.total),
    (OLDEST, lambda order: -order.order_id),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChosenOrders:
    """The orders that words describe; `together` where all of them are meant, and not one that is still unclear."""

    orders: tuple[Order, ...] = ()
    together: bool = False


def placed_within(turn: Turn, orders: Sequence[Order], days: Days) -> list[Order]:
    """Those of the orders that were placed in these days, by the shop's clock."""
    zone = turn.shop.time_zone
    return [order for order in orders if days.first <= order.placed_at.astimezone(zone).date() <= days.last]


def days_said(turn: Turn) -> Days | None:
    """When what a message asks about was ordered; None where it says nothing of it."""
    return when_ordered(turn.message.text, turn.now.astimezone(turn.shop.time_zone).date())


def recent(turn: Turn) -> list[Order]:
    """The customer's newest orders, newest first."""
    return turn.uow.orders.of_identity(turn.identity, limit=MOST_RECENT)


def choose_orders(turn: Turn, orders: Sequence[Order], *, beside: Sequence[Order] = ()) -> ChosenOrders:
    """The orders that a message means, in their order; none where its words describe none of them.

    Args:
        turn: the message; what it wishes for the cart describes no order.
        orders: those to choose among, as they were shown.
        beside: those that "the other one" is beside.
    """
    text = plain(turn.message.text)
    said = set(words_of(text))
    if not orders or (said & SHOPPING and not any(word.startswith("cancel") for word in said)):
        return ChosenOrders()
    if numbered := _by_number(text, orders):
        return ChosenOrders(orders=tuple(numbered), together=True)
    if counts_things(text) and not said & {"one", "order", "with"}:
        return ChosenOrders()  # "2 linen aprons" is a wish
    text, without = split_except(text)
    if without is not None:
        excepted = _described(turn, without, orders)
        if excepted and len(excepted) < len(orders):
            return ChosenOrders(orders=tuple(order for order in orders if order not in excepted), together=True)
        said = set(words_of(text))
    every = bool(said & EVERY)
    if described := _described(turn, text, orders):
        return ChosenOrders(orders=tuple(described), together=every)
    if said & {"other", "others"} and beside:
        return ChosenOrders(orders=tuple(order for order in orders if order not in beside), together=every)
    return ChosenOrders(orders=tuple(orders), together=True) if every else ChosenOrders()


def _by_number(text: str, orders: Sequence[Order]) -> list[Order]:
    """By the orders' own numbers, or their places in what was shown."""
    if amount_said(text):
        return []
    numbers = numbers_said(text)
    found = [order for order in orders if order.order_id in numbers]
    if found or any(number > len(orders) for number in numbers):
        return found
    if any(is_name(word) and not places_said(word) for word in words_of(text)):
        return []
    places = [*numbers, *places_said(text)]
    return [order for place, order in enumerate(orders, 1) if place in places]


def _described(turn: Turn, text: str, orders: Sequence[Order]) -> list[Order]:
    """By all that is said of time, amount and products together."""
    said = set(words_of(text))
    left = list(orders)
    told = False
    for test in (_by_day(turn, said), _by_amount(text)):
        if test is not None:
            left, told = [order for order in left if test(order)], True
    if names := [word for word in words(" ".join(words_of(text))) if is_name(word)]:
        named = _by_products(turn, names, left)
        left, told = named or left, told or bool(named)
    for wished, reckoned in _MOST:
        if said & wished and left:
            most = max(reckoned(order) for order in left)
            left, told = [order for order in left if reckoned(order) == most], True
    return left if told else []


def _by_day(turn: Turn, said: set[str]) -> Callable[[Order], bool] | None:
    """Whether an order was placed when the words say; None where they say nothing of it."""

    def local(order: Order) -> datetime:
        return order.placed_at.astimezone(turn.shop.time_zone)

    today = turn.now.astimezone(turn.shop.time_zone).date()
    day = {word.removesuffix("'s").removesuffix("s") for word in said}
    part = next((hours for name, hours in PARTS_OF_DAY.items() if name in day), None)
    ago = 1 if "yesterday" in day or {"last", "night"} <= day else 0 if day & {"today", "tonight"} or part else None
    weekdays = [place for place, name in enumerate(WEEKDAYS) if name in day]
    if ago is None and not weekdays:
        days = days_said(turn)
        return None if days is None else lambda order: bool(placed_within(turn, [order], days))

    def placed_then(order: Order) -> bool:
        at = local(order)
        if weekdays and at.weekday() not in weekdays:
            return False
        if not weekdays and ago is not None and (today - at.date()).days != ago:
            return False
        return part is None or part[0] <= at.hour < part[1]

    return placed_then


def _by_amount(text: str) -> Callable[[Order], bool] | None:
    """Whether an order's total is the sum that is said, or on its side of it; cents that are not said do not count."""
    amount = amount_said(text)
    if amount is None:
        return None
    if amount.above:
        return lambda order: order.total > amount.value
    if amount.below:
        return lambda order: order.total < amount.value
    return lambda order: int(order.total) == amount.value if amount.whole else order.total == amount.value


def _by_products(turn: Turn, names: Sequence[str], orders: Sequence[Order]) -> list[Order]:
    """Those that hold what is named; those that hold most of it where several things are named."""
    products = turn.products({line.product_id for order in orders for line in order.lines})
    scores = []
    for order in orders:
        titles = [products[line.product_id] for line in order.lines if line.product_id in products]
        whole = bool(narrow(" ".join(names), titles))
        scores.append((whole, sum(bool(narrow(name, titles)) for name in names)))
    best = max(scores, default=(False, 0))
    return [order for order, score in zip(orders, scores, strict=True) if score == best] if best[1] else []
