"""Where things cannot be taken out of an order alone: the whole of it goes where that is all the same, or all stays."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from domain.model import OrderState
from tests.support.outfitter import Hiker
from tests.support.stage import Stage

pytestmark = pytest.mark.usefixtures("whole_orders_only")


@pytest.fixture
def whole_orders_only(shop: Stage) -> Iterator[None]:
    """A shop that puts neither more nor less of anything into a placed order."""
    engine: Any = shop.engine
    known = engine._shop
    engine._shop = replace(known, terms=replace(known.terms, variants_only=True))
    yield
    engine._shop = known


@pytest.mark.parametrize(
    "said",
    [
        "If that takes the complete order with it, I don't mind.",
        "Should it be all or nothing: let the entire order go.",
        "well, cancel the lot then",
        "then call that order off",
        "Whatever else is in there may be dropped as well, it makes no difference",
    ],
)
def test_who_does_not_mind_is_shown_the_whole_order(ann: Hiker, waits: int, said: str) -> None:
    ann.says("please cancel the tent").hears("Not possible", "neither more nor less")
    assert ann.asked is None
    ann.says(said).hears(f"Cancel order #{waits}")
    assert ann.order(waits).state is OrderState.PLACED
    ann.says("yes").hears("Done")
    assert ann.order(waits).state is OrderState.CANCELLED


@pytest.mark.parametrize(
    "said",
    [
        "then leave it",
        "Don't cancel the whole order, no way!",
        "ok, in that case I'll do it on the website myself",
    ],
)
def test_who_minds_keeps_it(ann: Hiker, waits: int, said: str) -> None:
    ann.says("please cancel the tent").hears("Not possible")
    ann.says(said).hears("I leave everything as it is")
    assert ann.order(waits).state is OrderState.PLACED
    ann.says("what can you do?").hears_no(f"Cancel order #{waits}")


def test_the_whole_order_joins_what_waits_for_its_yes(ann: Hiker, waits: int) -> None:
    other = ann.orders({"STOVE-1": 1})
    ann.says("cancel the stove and the tent").hears(f"Cancel order #{other}", "Not possible")
    ann.says("if the tent can't go alone, cancel all of that order")
    ann.chat.hears(f"Cancel order #{other}", f"Cancel order #{waits}").hears_no("Not possible")
    ann.says("yes").hears("Done")
    assert {ann.order(one).state for one in (waits, other)} == {OrderState.CANCELLED}


def test_it_may_be_said_after_the_rest_was_done(ann: Hiker, waits: int) -> None:
    other = ann.orders({"STOVE-1": 1})
    ann.says("cancel the stove and the tent", "yes").hears("Done")
    assert ann.order(other).state is OrderState.CANCELLED
    ann.says("if single things can't be dropped the entire order may go").hears(f"Cancel order #{waits}")
    ann.says("no").hears("leave everything as it is")
    assert ann.order(waits).state is OrderState.PLACED


@pytest.mark.parametrize(
    "said",
    [
        "All those that have not left yet: cancelled, please",
        "There are orders that haven't left. Cancelled, both of them.",
    ],
)
def test_all_that_wait_are_cancelled(ann: Hiker, came: int, waits: int, said: str) -> None:
    other = ann.orders({"STOVE-1": 1})
    ann.says(said, "yes")
    assert {ann.order(one).state for one in (waits, other)} == {OrderState.CANCELLED}
    assert not ann.returns(came)
