"""An act that shall wait for a time is not done now; of several orders no more is cancelled than was meant."""

import pytest

from tests.support.stage import Customer, Stage


@pytest.fixture
def ordered(bob: Customer) -> Customer:
    """Bob with orders 1001 of aprons and 1002 of notebooks, and his word on ideas said."""
    bob.knows_contact().has_ordered("2 linen aprons")
    bob.says("no thanks").has_ordered("3 ruled notebooks")
    return bob.says("no thanks")


@pytest.mark.parametrize(
    "said",
    [
        "cancel my order next week",
        "cancel both next week",
        "cancel both on Friday",
        "cancel all my orders in an hour",
        "make it 5 tomorrow",
        "next week make it 5",
        "make it 5 after payday",
        "add a glass teapot to my order tomorrow",
        "order the same again tomorrow",
        "same again next week",
        "reorder on Friday",
        "order that again when I get paid",
        "forget me on sunday",
        "delete everything about me in a month",
        "ok, change the address to 5 Elm St, Salem OR 97301 tomorrow please",
    ],
)
def test_nothing_is_done_at_a_time_to_come(shop: Stage, ordered: Customer, said: str) -> None:
    ordered.says(said).hears("cannot watch a condition")
    ordered.says("yes").hears_no("is cancelled", "is changed", "is placed", "Erased")
    assert (shop.orders(), shop.stock("APRON"), shop.stock("NOTE-A5")) == (2, 10, 117)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("make it 5, I need them by tomorrow", "5 × Ruled Notebook"),
        ("make the notebooks 5 for the party on friday", "5 × Ruled Notebook"),
        ("cancel my notebooks order, i get paid next week only", "Cancel order #1002?"),
        ("cancel the order I placed today", "Cancel order"),
    ],
)
def test_a_time_that_is_no_time_of_the_act_holds_nothing_up(ordered: Customer, said: str, heard: str) -> None:
    ordered.says(said).hears(heard).hears_no("cannot watch")


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ("cancel all orders but the first", "#1001"),
        ("cancel all orders but the second", "#1002"),
        ("cancel all my orders except the last one", "#1002"),
        ("cancel all orders but the one with the aprons", "#1001"),
    ],
)
def test_what_is_excepted_stays(shop: Stage, ordered: Customer, said: str, stays: str) -> None:
    ordered.says(said).hears("Cancel order").hears_no(f"Cancel order {stays}", "Cancel orders")
    ordered.says("yes").hears("is cancelled").hears_no(f"{stays} is cancelled")
    assert shop.orders() == 1


@pytest.mark.parametrize("said", ["cancel my orders, all but one", "cancel all orders but the pretty one"])
def test_where_it_cannot_be_told_it_is_asked(shop: Stage, ordered: Customer, said: str) -> None:
    ordered.says(said).hears("Which order shall I cancel?", "#1001", "#1002")
    ordered.says("yes")
    assert shop.orders() == 2


@pytest.mark.parametrize(
    "said",
    [
        "forget me and order a glass teapot",
        "stop marketing, cancel my order and forget me",
        "forget me and add a candle",
    ],
)
def test_a_plain_yes_forgets_nobody_over_what_was_not_done(shop: Stage, ordered: Customer, said: str) -> None:
    ordered.says(said).says("yes").hears_no("Erased")
    assert shop.orders() == 2


@pytest.mark.parametrize(
    "said",
    [
        "cancel my order!!! haha no",
        "cancel it. nope",
        "I'd like to cancel. Or no: make it 1. Or rather leave it.",
        "make it 5 and then undo that",
    ],
)
def test_what_the_same_message_takes_back_is_not_asked_about(shop: Stage, ordered: Customer, said: str) -> None:
    ordered.says(said).hears("nothing of what you just wrote").says("yes").hears_no("is cancelled", "is changed")
    assert (shop.orders(), shop.stock("NOTE-A5")) == (2, 117)
