"""What is refused, only asked or only thought of changes no cart, whatever the model hears in it."""

from collections.abc import Mapping

import pytest

from bot import router
from tests.support.memory import cart_of
from tests.support.talking import Talker

CART = {"MUG": 2, "TEAPOT": 1}


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("don't remove the red mug", "remove_from_cart"),
        ("do NOT remove red mug", "deny"),
        ("no need to remove the red mug", "remove_from_cart"),
        ("please don't drop the mugs", "remove_from_cart"),
        ("don't delete the teapot, I still want it", "remove_from_cart"),
        ("don't remove it", "remove_from_cart"),
        ("stop removing my teapot!", "remove_from_cart"),
        ("I'd hate to lose the teapot", "remove_from_cart"),
        ("my husband wanted the teapot out but I want to keep it", "remove_from_cart"),
        ("remove the teapot - actually no, keep it", "remove_from_cart"),
        ("what happens if I remove the teapot?", "remove_from_cart"),
        ("did you remove the mug?", "remove_from_cart"),
        ("how do I remove an item?", "remove_from_cart"),
        ("why is my cart empty?", "remove_from_cart"),
        ("no more red mugs", "deny"),
        ("I don't want another red mug", "deny"),
        ("I don't want 3 red mugs", "order"),
        ("not 5 red mugs!", "deny"),
        ("please don't increase the red mugs", "change_quantity"),
        ("don't swap the red mug for a blue mug", "change_quantity"),
        ("my wife said order 10 red mugs, but no", "order"),
        ("I might order 4 blue mugs next week", "order"),
        ("wish I could buy 2 teapots", "order"),
        ("before I order 2 blue mugs, are they microwave safe?", "order"),
        ("I'm not ordering the teapot today", "order"),
        ("please don't add a blue mug", "add_to_cart"),
    ],
)
def test_the_cart_stays(said: str, intent: str) -> None:
    talker = Talker(cart=CART)
    router.choose(talker.turn(said, intent, 0.8))
    assert cart_of(talker.conversation) == CART


@pytest.mark.parametrize(
    ("said", "intent", "cart"),
    [
        ("remove the teapot, not the mug", "remove_from_cart", {"MUG": 2}),
        ("don't remove the teapot, only the mug", "remove_from_cart", {"TEAPOT": 1}),
        ("wait no scrap the teapot", "remove_from_cart", {"MUG": 2}),
        ("don't forget to add a blue mug", "add_to_cart", {"MUG": 2, "TEAPOT": 1, "BLUE": 1}),
        ("2 blue mugs, no wait, 3", "order", {"MUG": 2, "TEAPOT": 1, "BLUE": 3}),
        ("2 blue mugs and don't add a doormat", "order", {"MUG": 2, "TEAPOT": 1, "BLUE": 2}),
        ("can you remove the teapot?", "remove_from_cart", {"MUG": 2}),
        ("I don't want the teapot", "remove_from_cart", {"MUG": 2}),
        ("no teapot after all", "remove_from_cart", {"MUG": 2}),
        ("I was thinking, add a blue mug too", "add_to_cart", {"MUG": 2, "TEAPOT": 1, "BLUE": 1}),
    ],
)
def test_what_is_wanted_beside_it_is_done(said: str, intent: str, cart: Mapping[str, int]) -> None:
    talker = Talker(cart=CART)
    router.choose(talker.turn(said, intent, 0.8))
    assert cart_of(talker.conversation) == cart
