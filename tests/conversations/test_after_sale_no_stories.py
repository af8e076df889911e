"""After the shop said that something cannot be done: what its customer says next is heard as an answer to that."""

import pytest

from domain.model import OrderState
from tests.support.outfitter import Hiker


@pytest.fixture(autouse=True)
def _strict(ann: Hiker) -> None:
    ann.deals_in_variants_only()


@pytest.mark.parametrize(
    "said",
    [
        "If that only works for the complete order, then cancel the complete order. I have no use for it.",
        "Hm. If the socks can't be taken out alone, let the whole order be cancelled.",
        "Well, if something else has to go with them, that's fine with me.",
        "so be it, then everything in there goes too",
    ],
)
def test_the_whole_order_goes_where_a_part_cannot(ann: Hiker, waits: int, said: str) -> None:
    ann.says("please take the socks out of my order").hears("neither more nor less")
    ann.says(said).hears(f"Cancel order #{waits}")
    assert ann.order(waits).state is OrderState.PLACED
    ann.says("yes").hears("Done")
    assert ann.order(waits).state is OrderState.CANCELLED


def test_what_failed_is_remembered_through_several_of_them(ann: Hiker, waits: int) -> None:
    other = ann.orders({"CAMP-MUG": 1, "STOVE-1": 1})
    ann.says("drop the socks from my order", "and the camping mug, please take it out too")
    ann.says("if whole orders have to go for that: no matter, then the whole order can go").hears(
        f"Cancel order #{waits}", f"Cancel order #{other}"
    )
    ann.says("yes").hears("Done")


@pytest.mark.parametrize(
    "said",
    [
        "Then leave it, I'll cancel it on the website on my own.",
        "All right, then don't touch that order.",
        "ok never mind then",
    ],
)
def test_who_lets_it_be_is_not_told_the_same_again(ann: Hiker, waits: int, said: str) -> None:
    ann.says("please take the socks out of my order")
    ann.says(said).hears_no("Cancel order", "neither more nor less")
    assert ann.asked is None
    assert ann.order(waits).state is OrderState.PLACED


def test_what_is_said_then_of_another_thing_is_about_that(ann: Hiker, waits: int, came: int) -> None:
    ann.says("please take the socks out of my order")
    ann.says("then I'll return the headlamp, the whole thing was a mistake").hears("Return 1 × Headlamp")
    assert ann.order(waits).state is OrderState.PLACED
