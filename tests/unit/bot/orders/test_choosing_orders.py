"""Which of several orders words mean: numbers, places, times, amounts, what is in them; wishes mean none."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.orders.choosing_orders import MOST_RECENT, choose_orders, recent
from domain.model import Order
from tests.support.factories import NOW
from tests.support.talking import Talker

HERE = 0, 1, 2  # the orders' places


def _orders(talker: Talker) -> list[Order]:
    """A mug yesterday morning, four mugs today at nine, a teapot and an apron ten minutes ago (Denver's time)."""
    lots: tuple[tuple[Mapping[str, int], timedelta], ...] = (
        ({"MUG": 1}, timedelta(hours=25)),
        ({"MUG": 4}, timedelta(hours=2)),
        ({"TEAPOT": 1, "OLD": 1}, timedelta(minutes=10)),
    )
    return [talker.has_order(quantities, placed_at=NOW - ago) for quantities, ago in lots]


@pytest.mark.parametrize(
    ("said", "places", "together"),
    [
        ("1001", (1,), True),
        ("#1000 and #1002", (0, 2), True),
        ("the second one", (1,), True),
        ("number 3", (2,), True),
        ("the last one", (2,), False),
        ("the oldest", (0,), False),
        ("the cheapest one", (0,), False),
        ("the most expensive", (1,), False),
        ("the one from yesterday", (0,), False),
        ("the ones from this morning", (1, 2), False),
        ("the one over $40", (1,), False),
        ("the one under 20 dollars", (0,), False),
        ("the $24 one", (2,), False),
        ("the one with the teapot", (2,), False),
        ("the mugs", (0, 1), False),
        ("both mugs", (0, 1), True),
        ("all of them", HERE, True),
        ("all but the teapot", (0, 1), True),
    ],
)
def test_words_describe_orders(said: str, places: tuple[int, ...], together: bool) -> None:
    talker = Talker()
    orders = _orders(talker)
    chosen = choose_orders(talker.turn(said, "cancel_order"), orders)
    assert [orders.index(order) for order in chosen.orders] == list(places)
    assert chosen.together == together


@pytest.mark.parametrize("said", ["", "yes", "4711", "2 linen aprons", "add a mug", "the umbrella", "show me teapots"])
def test_words_that_describe_none(said: str) -> None:
    talker = Talker()
    orders = _orders(talker)
    assert choose_orders(talker.turn(said), orders).orders == ()
    assert choose_orders(talker.turn("all of them"), []).orders == ()


def test_the_other_one_is_beside_what_was_asked_about() -> None:
    talker = Talker()
    orders = _orders(talker)
    other = choose_orders(talker.turn("the other ones"), orders, beside=orders[:1])
    assert other.orders == tuple(orders[1:])


def test_only_the_newest_are_looked_at_and_only_theirs() -> None:
    talker = Talker()
    talker.has_order({"MUG": 1}, identity_id=2, hashed_email="another's")
    for _ in range(MOST_RECENT + 2):
        talker.has_order({"MUG": 1})
    numbers = [order.order_id for order in recent(talker.turn())]
    assert numbers == list(range(1000 + MOST_RECENT + 2, 1002, -1))
