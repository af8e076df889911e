"""Who says that they go, or are there again, changes nothing by it: not the cart, not an order, not their data."""

import pytest

from tests.support.stage import Customer, Stage

AWAY = [
    "ok thanks, I'll come back later",
    "I'll come back tomorrow",
    "I will come back to this later",
    "my wife is back, one moment",
    "be right back",
    "back in five minutes",
    "let me get back to you",
    "I'll circle back tomorrow",
    "gotta run, bye",
    "sorry, phone call",
    "someone's at the door, brb",
    "I'll finish this later",
    "we'll decide tonight",
    "I'm back, sorry, phone call",
]


@pytest.mark.parametrize("said", AWAY)
def test_the_cart_and_its_last_change_stay(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says("make it 5").says(said)
    bob.hears_no("Undone").hears_no("T1")
    assert shop.orders() == 0
    bob.says("show my cart").hears("5 × Red Enamel Mug")


@pytest.mark.parametrize("said", ["ok", "thanks"])
def test_what_follows_it_is_no_yes(bob: Customer, shop: Stage, said: str) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says("I'll come back later").says(said)
    assert shop.orders() == 0


@pytest.mark.parametrize(
    "said",
    ["undo", "put it back how it was", "go back", "go back one step", "scratch that"],
)
def test_who_takes_back_is_still_heard(bob: Customer, said: str) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says("make it 5").says(said)
    bob.says("show my cart").hears("2 × Red Enamel Mug")
