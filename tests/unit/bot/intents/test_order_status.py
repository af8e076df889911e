"""Where an order is: by its number however old it is, by what it holds, or the latest; and nobody else's."""

from datetime import timedelta

import pytest

from bot.intents import order_status, past_orders
from domain.records.answers import Answer
from tests.support.talking import MUG, TEAPOT, Talker, words_in


def asks(customer: Talker, said: str) -> str:
    return words_in(order_status.handle(customer.turn(said, "order_status")))


def test_who_has_placed_nothing_asks_when_what_is_in_the_cart_would_come() -> None:
    customer = Talker(cart={"MUG": 1})
    customer.uow.answers.by_key["delivery_time", ""] = Answer(topic="delivery_time", text="In 3 days.")
    assert "In 3 days." in asks(customer, "how long will delivery take")


@pytest.mark.parametrize("placed", [1, order_status.MOST_SEARCHED + 20])
def test_an_order_is_found_by_its_number_however_many_were_placed_after_it(placed: int) -> None:
    customer = Talker()
    first = customer.has_order({MUG.product_id: 1})
    for _ in range(placed):
        customer.has_order({TEAPOT.product_id: 1})
    told = asks(customer, f"where is order {first.order_id}?")
    assert f"#{first.order_id}" in told
    assert MUG.name in told


def test_without_a_number_it_is_the_latest_and_with_a_product_the_one_that_holds_it() -> None:
    customer = Talker()
    mugs = customer.has_order({MUG.product_id: 1})
    teapots = customer.has_order({TEAPOT.product_id: 1})
    assert f"#{teapots.order_id}" in asks(customer, "where is my order?")
    assert f"#{mugs.order_id}" in asks(customer, "where are my red mugs?")


@pytest.mark.parametrize("number", ["1001", "5099"])
def test_what_is_not_theirs_is_not_seen(number: str) -> None:
    customer = Talker()
    customer.has_order({MUG.product_id: 1})
    others = customer.has_order({TEAPOT.product_id: 1}, identity_id=77, hashed_email="somebody else's")
    assert str(others.order_id) == "1001"
    told = asks(customer, f"where is order {number}?")
    assert TEAPOT.name not in told
    assert f"no order #{number}" in told


def test_who_ordered_nothing_is_told_so() -> None:
    assert "#" not in asks(Talker(), "where is my order?")


def test_a_time_tells_which_order_is_meant() -> None:
    customer = Talker()
    old = customer.has_order({MUG.product_id: 1}, placed_at=customer.now - timedelta(days=40))
    customer.has_order({TEAPOT.product_id: 1})
    month = f"{old.placed_at:%B}"
    assert f"#{old.order_id}" in asks(customer, f"where is the order from {month}?")


def test_past_orders_of_a_time_are_those_of_then_and_a_time_without_any_is_said() -> None:
    customer = Talker()
    old = customer.has_order({MUG.product_id: 1}, placed_at=customer.now - timedelta(days=400))
    customer.has_order({TEAPOT.product_id: 1})
    told = words_in(past_orders.handle(customer.turn(f"what did i buy in {old.placed_at.year}", "past_orders")))
    assert f"#{old.order_id}" in told
    assert TEAPOT.name not in told
    none = words_in(past_orders.handle(customer.turn("what did i buy in 2019", "past_orders")))
    assert "I see no order of yours from Jan 1, 2019 to Dec 31, 2019" in none
