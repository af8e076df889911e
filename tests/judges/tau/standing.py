"""How everything stands: orders, where customers live and what their gift cards hold; and what each act leaves of it.

A small model of the benchmark's tools (τ-bench, `tau2/domains/retail/tools.py`), which knows nothing of the shop.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.judges.tau.data import Act, World, WorldOrder, address_of, order_number

STATES = {"pending": "placed", "processed": "shipped", "delivered": "delivered", "cancelled": "cancelled"}
_WORDS = re.compile(r"[^\W_]+")
_ALIKE = {
    "street": "st", "avenue": "ave", "drive": "dr", "road": "rd", "lane": "ln", "boulevard": "blvd", "court": "ct",
    "suite": "ste", "apartment": "apt", "highway": "hwy", "place": "pl", "square": "sq", "parkway": "pkwy",
}  # fmt: skip
_STATES = set(
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa"
    " ri sc sd tn tx ut vt va wa wv wi wy dc usa us united states of america alabama alaska arizona arkansas california"
    " colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine"
    " maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada new hampshire jersey"
    " mexico york north carolina dakota ohio oklahoma oregon pennsylvania rhode island south tennessee texas utah"
    " vermont virginia washington west wisconsin wyoming".split()
)

Money = Mapping[str, Decimal]


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderStanding:
    """An order: `items` and `returned` are ids, one for each piece and sorted; `exchanged` are pairs of old and new.

    `paid` is what each method paid and did not get back. What comes back does so in so many `returns`, whose money goes
    to `method`.
    """

    state: str
    items: tuple[str, ...]
    address: str
    paid: Money
    returned: tuple[str, ...] = ()
    exchanged: tuple[tuple[str, str], ...] = ()
    method: str = ""
    returns: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """All orders by number, addresses of customers and balances of gift cards."""

    orders: Mapping[int, OrderStanding]
    homes: Mapping[str, str]
    balances: Money


class CannotAct(Exception):
    """The benchmark's own tool would refuse this act."""


def beginning(world: World) -> Standing:
    """How everything stands before the first word."""
    return Standing(
        orders={number: _placed(order) for number, order in world.orders.items()},
        homes={user.user_id: user.address.written for user in world.users.values()},
        balances={
            method.method_id: method.balance
            for user in world.users.values()
            for method in user.methods
            if method.balance is not None
        },
    )


def trail(world: World, acts: Sequence[Act]) -> list[Standing]:
    """How everything stands before the first act and after each; one that the benchmark refuses leaves it as it was."""
    standings = [beginning(world)]
    for act in acts:
        try:
            standings.append(after(world, standings[-1], act))
        except CannotAct:
            standings.append(standings[-1])
    return standings


def after(world: World, before: Standing, act: Act) -> Standing:
    """How everything stands after an act.

    Raises:
        CannotAct: the benchmark would not do it.
    """
    said = act.arguments
    if act.name == "modify_user_address":
        return replace(before, homes={**before.homes, said["user_id"]: address_of(said).written})
    number = order_number(said["order_id"])
    order, balances = before.orders[number], before.balances
    match act.name:
        case "cancel_pending_order":
            _needs(order, "placed")
            for method, amount in order.paid.items():
                balances = _moved(balances, method, amount)
            order = replace(order, state="cancelled", paid={})
        case "modify_pending_order_items":
            _needs(order, "placed")
            pairs = _pairs(world, said)
            dearer = _dearer(world, number, pairs)
            _covers(balances, said["payment_method_id"], dearer)
            items = sorted([*_without(order.items, [old for old, _ in pairs]), *(new for _, new in pairs)])
            balances = _moved(balances, said["payment_method_id"], -dearer)
            order = replace(order, items=tuple(items), paid=_paid(order.paid, said["payment_method_id"], dearer))
        case "modify_pending_order_address":
            _needs(order, "placed")
            order = replace(order, address=address_of(said).written)
        case "return_delivered_order_items":
            _needs(order, "delivered")
            _without(order.items, said["item_ids"])
            returned = tuple(sorted(said["item_ids"]))
            order = replace(order, returned=returned, method=said["payment_method_id"], returns=1)
        case "exchange_delivered_order_items":
            _needs(order, "delivered")
            exchanged = tuple(sorted(_pairs(world, said)))
            _without(order.items, [old for old, _ in exchanged])
            _covers(balances, said["payment_method_id"], _dearer(world, number, exchanged))
            order = replace(order, exchanged=exchanged, method=said["payment_method_id"], returns=1)
        case _:
            raise CannotAct(act.name)
    return replace(before, orders={**before.orders, number: order}, balances=balances)


def same_place(one: str, other: str) -> bool:
    """Whether two addresses are one, however they are written; a state may be left out, for the ZIP code says it."""
    return not (_place(one) ^ _place(other)) - _STATES


def _place(address: str) -> set[str]:
    return {_ALIKE.get(word, word) for word in _WORDS.findall(address.casefold())}


def _placed(order: WorldOrder) -> OrderStanding:
    paid: Money = {}
    for row in order.payments:
        paid = _paid(paid, row.method_id, row.amount)
    items = tuple(sorted(item_id for item_id, _ in order.items))
    return OrderStanding(state=STATES[order.status], items=items, address=order.address.written, paid=paid)


def _needs(order: OrderStanding, state: str) -> None:
    if order.state != state or order.returned or order.exchanged:
        raise CannotAct(f"an order that is {order.state}")


def _pairs(world: World, said: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    pairs = list(zip(said["item_ids"], said["new_item_ids"], strict=True))
    if any(world.variants[old].product_id != world.variants[new].product_id for old, new in pairs):
        raise CannotAct("another product")
    return pairs


def _without(items: Sequence[str], gone: Sequence[str]) -> list[str]:
    left = list(items)
    for item in gone:
        if item not in left:
            raise CannotAct(f"{item} is not in the order")
        left.remove(item)
    return left


def _dearer(world: World, number: int, pairs: Iterable[tuple[str, str]]) -> Decimal:
    prices = dict(world.orders[number].items)
    return sum((world.variants[new].price - prices[old] for old, new in pairs), Decimal(0))


def _covers(balances: Money, method: str, amount: Decimal) -> None:
    if balances.get(method, amount) < amount:
        raise CannotAct(f"{method} does not cover {amount}")


def _paid(paid: Money, method: str, more: Decimal) -> Money:
    """With `more` by a method; what comes to nothing is left out."""
    return {name: amount for name, amount in {**paid, method: paid.get(method, Decimal(0)) + more}.items() if amount}


def _moved(balances: Money, method: str, amount: Decimal) -> Money:
    """With an amount more on a gift card; other methods have no balance."""
    return {**balances, method: balances[method] + amount} if method in balances else balances
