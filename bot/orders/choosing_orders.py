"""Reads which of several orders are meant: by number, place, time, amount, what is in them, "both", "the other one"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bot.turn import Turn
from domain.model import Order
from domain.products.catalogue import narrow, words
from nlu.rules.choices import ORDINALS

MOST_RECENT = 20  # orders of one customer among which words choose; nobody places more while a window is open
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_AMOUNT = re.compile(
    r"(?P<bound>\b(?:over|above|under|below|more than|less than)\s{1,3})?"
    r"(?:[$£€]\s?(?P<signed>\d{1,7}(?:[.,]\d{2})?)|\b(?P<said>\d{1,7}(?:[.,]\d{2})?)\s?(?:[$£€]|(?:dollars?|bucks?|euros?|pounds?|quid)\b))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,$£€])#?(\d{1,18})(?![\w]|[.,]\d)")
_PLACE = re.compile(r"\b(?:(?P<nth>1st|2nd|3rd|4th|5th)|number (?P<number>\d))\b")
_BARE_NUMBER = re.compile(r"(?<![\w.,$£€#])\d{1,3}\s+[^\W\d]{3}")
_EXCEPT = re.compile(r"\b(?:except|but|besides|other than|apart from|not|excluding)\b")

_COMPARED = re.compile(r"\b(?:more|most) expensive\b")
_EVERY = {"both", "all", "everything", "each", "every"}
_NEWEST = {"latest", "newest", "newer", "recent", "last", "new"}
_OLDEST = {"oldest", "older", "old", "earliest", "earlier", "previous", "former"}
_SMALLEST = {
    "cheaper",
    "cheapest",
    "cheap",
    "smaller",
    "smallest",
    "small",
    "little",
    "lowest",
    "lower",
    "tiny",
    "least",
}
_BIGGEST = {"bigger", "biggest", "big", "large", "larger", "largest", "dearer", "dearest", "expensive", "pricier"}
_BIGGEST |= {"priciest", "pricey", "dear", "highest", "higher", "huge"}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PARTS_OF_DAY = {"morning": (0, 12), "afternoon": (12, 18), "evening": (17, 24), "night": (17, 24)}
_SHOPPING = {
    "add",
    "buy",
    "show",
    "have",
    "sell",
    "stock",
    "price",
    "recommend",
    "much",
    "more",
    "another",
    "also",
    "put",
}
_SHOPPING |= {"want", "need", "give", "make", "include"}
_NOT_NAMES = _EVERY | _NEWEST | _OLDEST | _SMALLEST | _BIGGEST | set(_WEEKDAYS) | set(ORDINALS) | set(_PARTS_OF_DAY)
_NOT_NAMES |= set(
    """
    one ones
    cancel cancelled canceled cancelling order orders purchase which is was were it that this those these them i
    you we he she they my me mine had has have from no not yes ok just placed made today yesterday other others
    containing contains included including where what two three of most less more than over under dollar dollars
    bucks euro euros pounds please pls thanks get got bought ordered rid want would like to be can could do don't
    the by at on first second third mean meant think take pick choose call off in there thing stuff so both option
    number except but apart besides only actually wait hmm guess neither again wanted ago hour hours minute
    minutes day days an
    """.split()
)
# Words that mean the order of which something is the most, the likeliest sense of two first.
_MOST: tuple[tuple[set[str], Callable[[Order], Decimal | int]], ...] = (
    (_NEWEST | {"placed"}, lambda order: order.order_id),
    (_SMALLEST, lambda order: -order.total),
    (_BIGGEST, lambda order: order.total),
    (_OLDEST, lambda order: -order.order_id),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChosenOrders:
    """The orders that words describe; `together` where all of them are meant, and not one that is still unclear."""

    orders: tuple[Order, ...] = ()
    together: bool = False


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
    text = _COMPARED.sub("expensive", turn.message.text.lower().replace("’", "'"))
    said = set(_WORD.findall(text))
    if not orders or (said & _SHOPPING and not any(word.startswith("cancel") for word in said)):
        return ChosenOrders()
    if numbered := _by_number(text, orders):
        return ChosenOrders(orders=tuple(numbered), together=True)
    if _BARE_NUMBER.search(text) and not said & {"one", "order", "with"}:
        return ChosenOrders()  # "2 linen aprons" is a wish
    without = _EXCEPT.search(text)
    if without is not None:
        excepted = _described(turn, text[without.end() :], orders)
        if excepted and len(excepted) < len(orders):
            return ChosenOrders(orders=tuple(order for order in orders if order not in excepted), together=True)
        text = text[: without.start()]
        said = set(_WORD.findall(text))
    every = bool(said & _EVERY)
    if described := _described(turn, text, orders):
        return ChosenOrders(orders=tuple(described), together=every)
    if said & {"other", "others"} and beside:
        return ChosenOrders(orders=tuple(order for order in orders if order not in beside), together=every)
    return ChosenOrders(orders=tuple(orders), together=True) if every else ChosenOrders()


def _by_number(text: str, orders: Sequence[Order]) -> list[Order]:
    """By the orders' own numbers, or their places in what was shown."""
    if _AMOUNT.search(text):
        return []
    numbers = [int(number) for number in _NUMBER.findall(text)]
    found = [order for order in orders if order.order_id in numbers]
    if found or any(number > len(orders) for number in numbers):
        return found
    if any(word not in _NOT_NAMES and not word.isdecimal() and not _PLACE.match(word) for word in _WORD.findall(text)):
        return []
    places = [*numbers, *(ORDINALS[word] for word in _WORD.findall(text) if word in ORDINALS)]
    places += [int((match["nth"] or match["number"])[0]) for match in _PLACE.finditer(text)]
    return [order for place, order in enumerate(orders, 1) if place in places]


def _described(turn: Turn, text: str, orders: Sequence[Order]) -> list[Order]:
    """By all that is said of time, amount and products together."""
    said = set(_WORD.findall(text))
    left = list(orders)
    told = False
    for test in (_by_day(turn, said), _by_amount(text)):
        if test is not None:
            left, told = [order for order in left if test(order)], True
    if names := [
        word for word in words(" ".join(_WORD.findall(text))) if word not in _NOT_NAMES and not word.isdecimal()
    ]:
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
    part = next((hours for name, hours in _PARTS_OF_DAY.items() if name in day), None)
    ago = 1 if "yesterday" in day or {"last", "night"} <= day else 0 if day & {"today", "tonight"} or part else None
    weekdays = [place for place, name in enumerate(_WEEKDAYS) if name in day]
    if ago is None and not weekdays:
        return None

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
    match = _AMOUNT.search(text)
    if match is None:
        return None
    written = match["signed"] or match["said"]
    amount, whole = Decimal(written.replace(",", ".")), not re.search(r"[.,]", written)
    bound = (match["bound"] or "").strip().lower()
    if bound in ("over", "above", "more than"):
        return lambda order: order.total > amount
    if bound:
        return lambda order: order.total < amount
    return lambda order: int(order.total) == amount if whole else order.total == amount


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
