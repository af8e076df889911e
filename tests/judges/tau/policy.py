"""What each turn changed, held against the benchmark's policy and against the customer's yes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tests.judges.tau.customer import Dialogue
from tests.judges.tau.data import User, World
from tests.judges.tau.standing import OrderStanding, Standing


def breaches(world: World, user: User, standings: Sequence[Standing]) -> tuple[str, ...]:
    """What was done against the policy, in words.

    Args:
        world: the benchmark's.
        user: who talks to the shop.
        standings: how everything stands before the first turn and after each, the user's orders at least.
    """
    found = []
    changed = Counter[int]()
    for before, after in pairwise(standings):
        for number, order in after.orders.items():
            was = before.orders.get(number)
            if was is None or was == order:
                continue
            found += [f"#{number}: {what}" for what in _of_order(world, user, was, order)]
            changed[number] += was.items != order.items
            if number not in user.orders:
                found.append(f"#{number}: somebody else's order")
            if was.items != order.items and changed[number] > 1:
                found.append(f"#{number}: its items were changed before")
        found += [f"{method} is overdrawn" for method, balance in after.balances.items() if balance < 0]
    return tuple(dict.fromkeys(found))


def unasked(dialogue: Dialogue, standings: Sequence[Standing]) -> tuple[str, ...]:
    """The messages after which something was done without a clear yes to what was shown.

    Args:
        dialogue: what was said.
        standings: how everything stands before the first turn and after each.
    """
    steps = zip(dialogue.turns, pairwise(standings), strict=True)
    return tuple(turn.said for turn, (before, after) in steps if after != before and not turn.agrees)


def _of_order(world: World, user: User, was: OrderStanding, order: OrderStanding) -> Iterator[str]:
    pending = was.state == "placed"
    if order.state != was.state and not (pending and order.state == "cancelled"):
        yield f"it was {was.state} and is {order.state}"
    if order.items != was.items:
        if not pending:
            yield f"items of an order that is {was.state} were changed"
        if _products(world, order.items) != _products(world, was.items):
            yield "its products are others"
        yield from _sold_out(world, (Counter(order.items) - Counter(was.items)).elements())
    if order.address != was.address and not pending:
        yield f"the address of an order that is {was.state} was changed"
    if (order.returned, order.exchanged) != (was.returned, was.exchanged) and (order.returned or order.exchanged):
        yield from _sent_back(world, was, order)
    methods = {method.method_id: method.source for method in user.methods}
    used = ({order.method} if order.method else set()) | set(order.paid)
    yield from (f"{method} is not the customer's" for method in sorted(used - set(methods) - set(was.paid)))
    if order.returned and order.method not in was.paid and methods.get(order.method) != "gift_card":
        yield f"a return is refunded to {order.method}, which did not pay"


def _sent_back(world: World, was: OrderStanding, order: OrderStanding) -> Iterator[str]:
    if was.state != "delivered":
        yield f"an order that is {was.state} is sent back"
    if order.returns > 1:
        yield "a second return or exchange"
    before, now = ([*map(Counter, (one.returned, one.exchanged))] for one in (was, order))
    if was.returns and (any(old - new for old, new in zip(before, now, strict=True)) or was.method != order.method):
        yield "a return was changed otherwise than that more came to it"
    gone = Counter(order.returned) + Counter(old for old, _ in order.exchanged)
    if gone - Counter(was.items):
        yield "what is sent back is not in it"
    if any(world.variants[old].product_id != world.variants[new].product_id for old, new in order.exchanged):
        yield "exchanged for another product"
    yield from _sold_out(world, (new for _, new in order.exchanged))


def _sold_out(world: World, items: Iterator[str]) -> Iterator[str]:
    yield from (f"{item} is sold out" for item in sorted(set(items)) if not world.variants[item].available)


def _products(world: World, items: Sequence[str]) -> Counter[str]:
    return Counter(world.variants[item].product_id for item in items)
