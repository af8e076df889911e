"""A name or an id, alone or politely, comes into the cart, whatever the model makes of it; a likeness does not."""

import pytest

from tests.support.stage import CATALOGUE, Customer, Stage

NAMES = [(product_id, name) for product_id, name, _, _, left in CATALOGUE if left]


@pytest.mark.parametrize(("product_id", "name"), NAMES)
def test_a_bare_name_or_id_is_added_and_never_removes(bob: Customer, product_id: str, name: str) -> None:
    bob.says(f"{name} please").hears(f"1 × {name}")
    for said in (name.lower(), product_id, f"the {name.upper()}!"):
        bob.says(said).hears_no("is not in your cart", "ticket", "welcome", "cart is empty")
    if name == "Beeswax Candle":  # one is left
        return
    bob.says("show my cart").hears(f"4 × {name}")


@pytest.mark.parametrize(
    "name", ["Thank You Card", "Stop Sign", "Help Button", "Yes Mug", "Human Skull Candle", "Cancel Stamp", "Undo Pin"]
)
def test_names_like_commands_are_names_and_commands_stay_commands(bob: Customer, shop: Stage, name: str) -> None:
    shop.sells("ODD-1", "3.00", 50, name)
    bob.says(name.lower()).hears(f"1 × {name}")
    bob.says(f"2 {name}s please").hears(f"3 × {name}")
    bob.says("thank you").hears("welcome").hears_no("4 ×")
    bob.says("show my cart").hears(f"3 × {name}")


def test_numbers_in_names_are_no_quantities(bob: Customer, shop: Stage) -> None:
    shop.sells("CUT-16", "60.00", 50, "16 Piece Cutlery Set")
    shop.sells("PAN-12", "18.00", 50, "12 Cup Muffin Pan")
    bob.says("the 16 piece cutlery set please").hears("1 × 16 Piece Cutlery Set")
    bob.says("I'd like the 12 cup muffin pan").hears("1 × 12 Cup Muffin Pan")
    bob.says("add 2 of the set of 3 cake tins and three 12 cup muffin pans").hears(
        "2 × Set of 3 Cake Tins", "4 × 12 Cup Muffin Pan"
    )


def test_a_name_answers_the_open_question(bob: Customer) -> None:
    bob.says("add 2 lunch bags").hears("we have 4 kinds")
    bob.says("fox lunch bag").hears("2 × Fox Lunch Bag").hears_no("kinds")


def test_a_name_at_the_card_leads_to_a_new_card(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says("glass teapot")
    bob.hears("2 × Red Enamel Mug", "1 × Glass Teapot", "[Place order]")
    assert shop.orders() == 0


def test_a_name_with_a_question_mark_is_shown(bob: Customer) -> None:
    bob.says("glass teapot?").hears("9 in stock", "$34.50")
    bob.says("show my cart").hears("cart is empty")


@pytest.mark.parametrize("said", ["wallop two trays in there", "get me a gardan clok", "2 teepots"])
def test_a_likeness_is_shown_and_never_added(bob: Customer, shop: Stage, said: str) -> None:
    shop.sells("CLOCK", "40.00", 50, "Garden Wall Clock")
    shop.sells("TRAY-1", "12.00", 50, "Oak Tray")
    shop.sells("TRAY-2", "14.00", 50, "Birch Tray")
    bob.says(said)
    bob.says("show my cart").hears("cart is empty")


@pytest.mark.parametrize(
    "said", ["1 blue gel pen", "order 1 PEN-BLU", "just one blue gel pen", "1 blue gel pen please"]
)
def test_its_sibling_is_no_repetition_of_what_is_in_the_cart(bob: Customer, shop: Stage, said: str) -> None:
    shop.sells("PEN-BLK", "2.00", 50, "Black Gel Pen")
    shop.sells("PEN-BLU", "2.00", 50, "Blue Gel Pen")
    bob.says("1 black gel pen").says(said).hears_no("already")
    bob.says("show my cart").hears("1 × Black Gel Pen", "1 × Blue Gel Pen")


def test_a_line_that_is_said_once_more_is_not_doubled(bob: Customer) -> None:
    bob.says("2 glass teapots").says("2 glass teapots").hears("already")
    bob.says("show my cart").hears("2 × Glass Teapot")


@pytest.mark.parametrize("said", ["remove the blue gel pen", "make the blue gel pen 3", "the blue gel pen should be 4"])
def test_what_is_said_of_its_sibling_changes_nothing_of_what_is_in_the_cart(
    bob: Customer, shop: Stage, said: str
) -> None:
    shop.sells("PEN-BLK", "2.00", 50, "Black Gel Pen")
    shop.sells("PEN-BLU", "2.00", 50, "Blue Gel Pen")
    bob.says("2 black gel pens").says(said).says("show my cart").hears("2 × Black Gel Pen")
