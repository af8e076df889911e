"""Which of several orders is meant, in words: product, time, amount, number, place, both, the other one."""

from datetime import UTC, datetime

import pytest

from tests.support.stage import Customer, Stage


@pytest.fixture
def twice(bob: Customer, shop: Stage) -> Customer:
    """Bob, who has ordered a teapot for $34.50 (1001) and then two recipe boxes for $39.80 (1002)."""
    bob.knows_contact().has_ordered("order a glass teapot")
    shop.passes(minutes=5)
    bob.has_ordered("order 2 recipe boxes")
    return bob


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("the teapot one", 1001), ("the one with the recipe boxes", 1002), ("the boxes", 1002),
        ("cancel the glass teapot one please", 1001),
        ("the older one", 1001), ("the earlier one please", 1001), ("the first one", 1001), ("the latest", 1002),
        ("the newer one", 1002), ("the last one", 1002),
        ("the $34.50 one", 1001), ("the cheaper one", 1001), ("the big one", 1002), ("the more expensive one", 1002),
        ("the one over $35", 1002),
        ("the 39 dollar one", 1002), ("1001", 1001), ("#1002 please", 1002), ("the second", 1002), ("number 2", 1002),
        ("2", 1002), ("not the teapot one", 1002),
        ("the recipe boxes, not the teapot", 1002), ("the one i just placed", 1002), ("order 1001 it is", 1001),
    ],
)  # fmt: skip
def test_the_words_choose_among_what_was_offered(twice: Customer, shop: Stage, said: str, number: int) -> None:
    twice.says("cancel my order").hears("which order", "#1001", "#1002").says(said).hears(f"Cancel order #{number}?")
    assert (twice.answer is not None and twice.answer.state.cart, shop.orders()) == ({}, 2)
    twice.says("yes").hears(f"#{number} is cancelled")
    assert shop.orders() == 1


@pytest.mark.parametrize(
    "said", ["both", "both of them", "all of them", "cancel both please", "1001 and 1002", "everything"]
)
def test_several_are_named_before_one_clear_yes(twice: Customer, shop: Stage, said: str) -> None:
    twice.says("cancel my order").says(said).hears("Cancel orders #1001 and #1002?", "Glass Teapot", "Recipe Box")
    twice.says("wait, keep one").says("no")
    assert shop.orders() == 2
    twice.says("cancel both orders").hears("#1001 and #1002").says("yes, cancel them")
    twice.hears("#1001 is cancelled", "#1002 is cancelled")
    assert (shop.orders(), shop.stock("TEAPOT"), shop.stock("RECIPE")) == (0, 9, 18)


def test_several_by_the_button(twice: Customer, shop: Stage) -> None:
    twice.says("cancel both orders").presses("Yes, cancel them").hears("#1001 is cancelled", "#1002 is cancelled")
    assert shop.orders() == 0


@pytest.mark.parametrize("said", ["neither", "none of them", "no, keep them", "never mind"])
def test_neither(twice: Customer, shop: Stage, said: str) -> None:
    twice.says("cancel my order").says(said).says("yes")
    assert shop.orders() == 2


@pytest.mark.parametrize("said", ["add a linen apron", "2 linen aprons please", "do you have aprons?"])
def test_a_new_wish_is_a_new_wish(twice: Customer, shop: Stage, said: str) -> None:
    twice.says("cancel my order").says(said).hears("Linen Apron").hears_no("Cancel order #")
    assert shop.orders() == 2


def test_the_other_one_after_the_wrong_card(twice: Customer) -> None:
    twice.says("cancel the teapot order").hears("Cancel order #1001?").says("no, the other one")
    twice.hears("Cancel order #1002?")


def test_two_with_the_same_thing_are_asked_apart(twice: Customer, shop: Stage) -> None:
    twice.has_ordered("order a glass teapot and a linen apron")
    twice.says("cancel the teapot order").hears("which order", "#1001", "#1003").hears_no("#1002")
    twice.says("the one with the apron").hears("Cancel order #1003?")


def test_yesterday_s_and_this_morning_s(bob: Customer, shop: Stage) -> None:
    shop.clock.moment = datetime(2026, 5, 13, 5, 50, tzinfo=UTC)  # 23:50 in Denver
    bob.knows_contact().has_ordered("order a glass teapot")
    shop.passes(minutes=20)
    bob.has_ordered("order a linen apron")
    bob.says("cancel my order").says("yesterday's").hears("Cancel order #1001?").says("no")
    bob.says("cancel my order").says("today's").hears("Cancel order #1002?").says("no")
    bob.says("cancel my order").says("this morning's").hears("Cancel order #1002?").says("no")
    bob.says("cancel the order from yesterday").hears("Cancel order #1001?")


def test_which_to_change_is_chosen_by_words_too(twice: Customer) -> None:
    twice.says("change my order").hears("Which order shall I change?").says("the teapot one")
    twice.hears("Order #1001", "What shall I change?")
