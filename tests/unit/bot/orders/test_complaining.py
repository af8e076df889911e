"""A complaint becomes a ticket: of which order, with which words, and what is offered beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.intents import after_sales, past_orders
from domain.model import OrderState
from nlu.understanding import Entity
from tests.support.talking import MUG, TEAPOT, Talker, labels, words_in


def complains(customer: Talker, said: str, happened: str = "") -> tuple[str, list[str]]:
    turn = customer.turn(said, "after_sales")
    found = (Entity(name="happened", value=happened, end=len(said)),) if happened else ()
    turn = replace(turn, understanding=replace(turn.understanding, entities=(*turn.understanding.entities, *found)))
    return words_in(after_sales.handle(turn)), turn.did


def test_what_came_is_looked_for_among_what_was_sent() -> None:
    customer = Talker()
    sent = customer.has_order({MUG.product_id: 1}, state=OrderState.SHIPPED, shipped_at=customer.now)
    customer.has_order({MUG.product_id: 1})
    told, did = complains(customer, "it arrived broken", "broken")
    assert f"#{sent.order_id}" in told
    assert did == ["ticket:broken"]


def test_a_cancelled_order_is_not_meant() -> None:
    customer = Talker()
    cancelled = customer.has_order({MUG.product_id: 1}, state=OrderState.CANCELLED)
    told, _ = complains(customer, "it arrived broken")
    assert f"#{cancelled.order_id}" not in told
    assert "Which order is it about?" in told


def test_a_number_that_counts_pages_is_no_orders() -> None:
    customer = Talker()
    order = customer.has_order({TEAPOT.product_id: 1})
    told, _ = complains(customer, "page 212 of it is torn")
    assert f"#{order.order_id}" in told
    assert "#212" not in told


@pytest.mark.parametrize(("minutes", "offered"), [(0, True), (120, False)])
def test_cancelling_is_offered_as_long_as_it_is_possible(minutes: int, offered: bool) -> None:
    customer = Talker()
    customer.has_order({MUG.product_id: 1})
    customer.passes(minutes=minutes)
    turn = customer.turn("i want my money back", "after_sales")
    assert ("Cancel this order" in labels(*after_sales.handle(turn))) is offered


def test_a_button_says_nothing_yet_so_it_is_asked() -> None:
    customer = Talker()
    told, did = complains(customer, "")
    assert "What is wrong" in told
    assert did == []


def test_a_newcomer_who_asks_for_orders_is_led_on() -> None:
    replies = past_orders.handle(Talker().turn("past orders", "past_orders"))
    assert "prove your e-mail" in words_in(replies)
    assert labels(*replies) == ["Prove my address", "Talk to a person", "What we have"]


def test_the_place_in_time_tells_the_order() -> None:
    customer = Talker()
    old = customer.has_order({MUG.product_id: 1}, placed_at=customer.now - timedelta(days=1))
    customer.has_order({MUG.product_id: 1})
    told, _ = complains(customer, "what i ordered yesterday is broken")
    assert f"#{old.order_id}" in told
