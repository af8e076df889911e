"""What belongs together is taken together: parts of a total, a number and the name it stands in, what was shown."""

import pytest

from tests.support.stage import Customer, Stage


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("four enamel mugs, 2 red 2 blue, plus 3 linen aprons", {"MUG-RED": 2, "MUG-BLU": 2, "APRON": 3}),
        ("two enamel mugs, one red one blue, and the apron too", {"MUG-RED": 1, "MUG-BLU": 1, "APRON": 1}),
        ("glass teapot! and 2 fern greeting cards!", {"TEAPOT": 1, "CARD-FERN": 2}),
    ],
)
def test_an_order_in_parts(bob: Customer, said: str, cart: dict[str, int]) -> None:
    bob.says(said)
    assert bob.answer is not None
    assert bob.answer.state.cart == cart


@pytest.mark.parametrize(
    ("said", "cart"),
    [
        ("two more of each please", {"MUG-RED": 4, "APRON": 3}),
        ("it should be 5 of each", {"MUG-RED": 5, "APRON": 5}),
        ("make it 3 and add a glass teapot", {"MUG-RED": 2, "APRON": 3, "TEAPOT": 1}),
        ("one red mug will do", {"MUG-RED": 1, "APRON": 1}),
        ("Please delete the apron from my basket, I am not allowed to take it with me", {"MUG-RED": 2}),
        ("don't take the apron out", {"MUG-RED": 2, "APRON": 1}),
        ("in my cart: 2 red mugs, what's the total?", {"MUG-RED": 2, "APRON": 1}),
        ("I have 2 red mugs in my basket, what is that in all?", {"MUG-RED": 2, "APRON": 1}),
    ],
)
def test_a_change_of_what_is_there(bob: Customer, said: str, cart: dict[str, int]) -> None:
    bob.says("add 2 red enamel mugs").says("add a linen apron").says(said)
    assert bob.answer is not None
    assert bob.answer.state.cart == cart


def test_half_and_half(bob: Customer) -> None:
    bob.says("7 enamel mugs").hears("which one do you mean").says("half red, half blue")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-RED": 4, "MUG-BLU": 3}


def test_half_of_what_nobody_knows_is_no_half(bob: Customer) -> None:
    bob.says("7 enamel mugs").says("half red, half turquoise")
    assert bob.answer is not None
    assert bob.answer.state.cart.get("MUG-BLU") is None


def test_a_note_beside_an_order_is_noted(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs and could you put a gift note in saying happy camping?")
    bob.hears("2 × Red Enamel Mug", "noted for the parcel", "happy camping").hears_no("did not do")


def test_what_was_shown_two_answers_ago_can_be_meant(bob: Customer) -> None:
    bob.says("do you have enamel mugs?").says("and lunch bags?").hears("Fox Lunch Bag").says("ok, the blue one please")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-BLU": 1}


def test_a_number_beside_a_word_of_the_name_is_the_name(bob: Customer, shop: Stage) -> None:
    shop.sells("TOM-100", "2.90", 300, name="Cherry Tomato Seeds Sweet 100")
    shop.sells("DRESS-38", "60.00", 90, name="Wrap Dress 38")
    shop.sells("DRESS-40", "60.00", 90, name="Wrap Dress 40")
    bob.says("add cherry tomato seeds sweet 100").says("and the wrap dress in 40 please")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"TOM-100": 1, "DRESS-40": 1}


def test_a_pair_of_what_is_sold_as_a_pair_is_one(bob: Customer, shop: Stage) -> None:
    shop.sells("CLIPS", "2.80", 90, name="Trouser Clips Pair")
    bob.says("add a pair of trouser clips")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"CLIPS": 1}


def test_which_of_a_kind_there_are_shows_all(bob: Customer, shop: Stage) -> None:
    shop.sells("PLUG", "12.00", 9, name="Smart Plug")
    shop.sells("PLUG-3", "32.00", 9, name="Smart Plug 3-pack")
    shop.sells("TENT-1", "119.00", 9, name="Trekking Tent 1 Person")
    shop.sells("TENT-2", "159.00", 9, name="Trekking Tent 2 Person")
    bob.says("which smart plugs do you have?").hears("Smart Plug 3-pack")
    bob.says("do you have trekking tents for 2 persons?").hears("Trekking Tent 2 Person")
    bob.hears_no("Trekking Tent 1 Person")


def test_a_smaller_one_instead(bob: Customer, shop: Stage) -> None:
    shop.sells("KNIFE-16", "20.00", 9, name="Chef's Knife 16 cm")
    shop.sells("KNIFE-20", "30.00", 9, name="Chef's Knife 20 cm")
    shop.sells("KNIFE-24", "40.00", 9, name="Chef's Knife 24 cm")
    bob.says("add the chef's knife 24 cm").says("hmm, rather the smaller chef's knife instead")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"KNIFE-20": 1}


def test_an_order_that_is_refused_goes_nowhere(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs").says("don't order anything yet").hears_no("e-mail")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-RED": 2}


def test_emptying_all_but_one(bob: Customer) -> None:
    bob.says("add 2 red enamel mugs").says("add a linen apron").says("empty the cart").says("yes except the mugs")
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-RED": 2}
