"""Corrections work at any point, on what was named last, without starting again."""

import pytest

from tests.support.stage import Customer, Stage


def test_a_number_after_the_card_corrects_the_last_product(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a linen apron and a glass teapot")
    bob.says("no, make it 3").hears("1 × Linen Apron", "3 × Glass Teapot", "$131.50", "[Place order]")
    bob.says("yes").hears("$131.50")
    assert shop.stock("TEAPOT") == 6


def test_two_corrections_in_a_row_both_hold(bob: Customer) -> None:
    bob.knows_contact().says("order 3 linen aprons and 2 recipe boxes")
    bob.says("make it 5 aprons").says("no, I meant 1 recipe box").hears("5 × Linen", "1 × Wooden", "$159.90")


@pytest.mark.parametrize("said", ["no, the green one", "make it the green one", "the green one instead"])
def test_another_colour_replaces_the_last_product_and_keeps_the_quantity(bob: Customer, said: str) -> None:
    bob.knows_contact().says("order 2 red enamel mugs").says(said)
    bob.hears("2 × Green Stoneware Mug", "$31.00").hears_no("Red")


def test_a_product_is_swapped_for_another_at_its_place(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot and 2 linen aprons")
    bob.says("swap the teapot for a recipe box").hears("1 × Wooden Recipe Box", "$75.90").hears_no("Teapot")
    assert bob.heard.index("Recipe Box") < bob.heard.index("Linen Apron")


def test_a_swap_for_something_unknown_changes_nothing(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot")
    bob.says("swap the teapot for an umbrella").hears("could not find “umbrella”", "1 × Glass Teapot", "$34.50")


def test_a_swap_for_something_ambiguous_asks_which(bob: Customer) -> None:
    bob.knows_contact().says("order 2 glass teapots").says("swap the teapots for mugs").hears("2 × “mugs”", "1. ")
    bob.says("the green one").hears("2 × Green Stoneware Mug", "$31.00").hears_no("Teapot")


def test_yes_and_more_adds_and_asks_again(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot")
    bob.says("yes and add a recipe box").hears("$54.40", "[Place order]").hears_no("is placed")
    assert shop.orders() == 0


def test_yes_but_another_address_shows_a_new_card(bob: Customer, shop: Stage) -> None:
    bob.knows_contact().says("order a glass teapot")
    bob.says("yes but ship it to 5 Oak Ave, Boulder CO 80301").hears("5 Oak Ave", "[Place order]")
    bob.hears("To: 5 Oak Ave, Boulder CO 80301\n", "instead of 12 Main St").hears_no("is placed")
    assert shop.orders() == 0


def test_no_to_the_card_asks_what_to_change(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot").says("no").hears("nothing is ordered yet", "what shall I change")
    bob.says("ship to 99 Elm Street, Boulder CO 80301").hears("99 Elm Street", "$34.50", "[Place order]")


def test_a_product_is_dropped_from_the_card(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot and 2 linen aprons")
    bob.says("drop the teapot").hears("2 × Linen Apron", "$56.00", "[Place order]").hears_no("Teapot")


def test_the_last_product_dropped_leaves_an_empty_cart(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot").says("remove the teapot").hears("empty", "[Undo]")


def test_a_correction_that_could_mean_two_lines_asks_which(bob: Customer, shop: Stage) -> None:
    bob.says("add a fox lunch bag and a dotty lunch bag")
    bob.says("make it 4 lunch bags").hears("which one do you mean", "[Fox Lunch Bag]", "[Dotty Lunch Bag]")
    bob.says("the dotty one").hears("1 × Fox", "4 × Dotty", "$45.50")


def test_more_and_less_are_counted_from_what_is_there(bob: Customer) -> None:
    bob.says("add 3 linen aprons").says("2 more aprons please").hears("5 × Linen Apron")
    bob.says("double it").hears("10 × Linen Apron")


def test_what_was_just_asked_about_is_what_it_means(bob: Customer) -> None:
    bob.says("add a linen apron").says("do you have glass teapots?").hears("9 in stock")
    bob.says("add 2 of them").hears("1 × Linen Apron", "2 × Glass Teapot", "$97.00")


def test_undo_takes_back_the_last_change_once(bob: Customer) -> None:
    bob.says("add 2 glass teapots").says("add a linen apron").says("undo").hears("Undone", "$69.00").hears_no("Apron")
    bob.says("undo").hears("taken back already")


def test_undo_brings_an_emptied_cart_back(bob: Customer) -> None:
    bob.says("add 2 glass teapots and a linen apron").says("empty my cart").hears("take everything out")
    bob.says("yes").hears("empty now").presses("Undo").hears("2 × Glass Teapot", "1 × Linen Apron", "$97.00")


def test_the_change_button_leads_to_another_email(bob: Customer) -> None:
    bob.knows_contact().says("order a glass teapot").presses("Change").presses("Other e-mail").hears("which e-mail")
    bob.says("carol@example.com").hears("c•••@", "[Place order]")


def test_a_new_number_of_another_line_is_no_replacement(bob: Customer) -> None:
    bob.says("2 red enamel mugs and a glass teapot")
    bob.says("make it 3 mugs").hears("3 × Red Enamel Mug", "1 × Glass Teapot").hears_no("Blue", "Green")
    bob.says("make it 2 teapots").hears("3 × Red Enamel Mug", "2 × Glass Teapot")


@pytest.mark.parametrize(
    ("said", "pieces"),
    [
        ("halve that", 2),
        ("that should've been 6", 6),
        ("I only need one mug", 1),
        ("only 1 mug", 1),
        ("one mug more", 5),
        ("3 mugs not 4", 3),
        ("4 red enamel mugs please", 4),
        ("yes, 4 red enamel mugs", 4),
        ("don't make it 3", 4),
        ("do not change the mugs", 4),
    ],
)
def test_how_many_there_shall_be(bob: Customer, said: str, pieces: int) -> None:
    bob.says("add 4 red enamel mugs").says(said)
    assert bob.answer is not None
    assert bob.answer.state.cart == {"MUG-RED": pieces}


@pytest.mark.parametrize("words", ["make it -5", "make that -1", "change the mugs to -3"])
def test_less_than_nothing_changes_nothing(bob: Customer, words: str) -> None:
    bob.says("add 3 red enamel mugs").says(words)
    bob.says("what's in my cart").hears("3 × Red Enamel Mug")
