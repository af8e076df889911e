"""What is answered without being read leaves no question whose plain yes does what it asks."""

import pytest

from domain.model import OrderState
from tests.support.outfitter import Hiker
from tests.support.stage import Customer, Stage

UNREAD = [
    "better not! it was 5555 5555 5555 4444 that they took",
    "no, please leave all of it " + "as it is " * 300,
    "> no way",
    "/leaveit",
]


@pytest.mark.parametrize("said", UNREAD)
def test_an_order_is_not_placed(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().says("order 2 ruled notebooks").hears("[Place order]")
    bob.says(said).says("yes").hears("[Place order]")
    assert shop.orders() == 0
    bob.says("yes, place it").hears("is placed")


@pytest.mark.parametrize("said", UNREAD)
def test_an_order_is_not_cancelled(bob: Customer, said: str) -> None:
    number = bob.knows_contact().has_ordered("order 2 ruled notebooks")
    bob.says("cancel my order").hears(f"Cancel order #{number}?").says(said).says("yes").hears(
        "Nothing is cancelled yet"
    )


@pytest.mark.parametrize("said", UNREAD)
def test_nobody_is_forgotten(bob: Customer, said: str) -> None:
    bob.knows_contact().has_ordered("order 2 ruled notebooks")
    bob.says("forget me").hears("Forget you?").says(said).says("yes").hears_no("is erased", "I erased")


@pytest.mark.parametrize("said", UNREAD)
def test_a_plan_is_not_carried_out(ann: Hiker, said: str) -> None:
    waits = ann.orders({"TENT-2": 1, "BOTTLE-500": 1})
    ann.says("make the tent one for 3 persons").hears("persons 3")
    ann.says(said, "yes").hears("look at all of it once more")
    assert ann.holds(waits) == {"TENT-2": 1, "BOTTLE-500": 1}
    assert ann.order(waits).state is OrderState.PLACED


def test_who_sent_a_card_number_hears_that_the_rest_was_not_read(bob: Customer) -> None:
    bob.says("stop the newsletter, I paid with 4111 1111 1111 1111").hears("say it once more without the number")
