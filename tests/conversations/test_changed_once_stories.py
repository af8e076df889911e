"""A placed order is changed once by what is said of it, whatever else the same message says."""

import pytest

from tests.support.stage import Customer, Stage


@pytest.mark.parametrize("ordered", [1, 2, 5])
@pytest.mark.parametrize(
    "besides",
    [
        "and do you sell linen aprons?",
        "and add a fern greeting card",
        "please. what is your returns policy?",
        "and tell me the total",
        "and ship it to 99 Oak Ave, Boulder CO 80301",
    ],
)
def test_make_it_sets_the_number_once_beside_anything_else(bob: Customer, ordered: int, besides: str) -> None:
    number = bob.knows_contact().has_ordered(f"{ordered} dotty lunch bags")
    bob.says(f"make it 3 {besides}").hears(f"Your order #{number}, changed", "3 × Dotty Lunch Bag")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("change the notebook to 2 and tell me the total", "2 × Ruled Notebook"),
        ("can you make the notebooks 4? and how long does delivery take", "4 × Ruled Notebook"),
        ("2 more recipe boxes. can i pay by card?", "4 × Wooden Recipe Box"),
        ("double the recipe boxes, and do you have glass teapots?", "4 × Wooden Recipe Box"),
        ("one less recipe box, and what is your returns policy?", "1 × Wooden Recipe Box"),
        ("remove the notebook and make the recipe boxes 5", "5 × Wooden Recipe Box"),
        ("make the recipe boxes 5 and the notebook 3", "3 × Ruled Notebook"),
        ("do you have linen aprons? and make the recipe boxes 6", "6 × Wooden Recipe Box"),
    ],
)
def test_what_is_named_is_changed_once(bob: Customer, said: str, shown: str) -> None:
    number = bob.knows_contact().has_ordered("2 wooden recipe boxes and a ruled notebook")
    bob.says(said).hears(f"Your order #{number}, changed", shown)


def test_the_yes_makes_the_change_that_was_shown(shop: Stage, bob: Customer) -> None:
    bob.knows_contact().has_ordered("2 red enamel mugs")
    bob.says("make it 5 and add 2 fern greeting cards").hears("5 × Red", "2 × Fern")
    bob.says("yes").hears("is changed")
    assert (shop.stock("MUG-RED"), shop.stock("CARD-FERN")) == (35, 498)


def test_one_more_of_an_exact_name_adds_to_what_was_ordered(bob: Customer) -> None:
    bob.knows_contact().has_ordered("2 linen aprons and a ruled notebook")
    bob.says("one more apron please, and what does shipping cost?").hears("3 × Linen Apron", "1 × Ruled Notebook")


def test_what_is_taken_out_beside_a_question_empties_nothing_else(bob: Customer) -> None:
    bob.knows_contact().has_ordered("2 linen aprons and a ruled notebook")
    bob.says("drop the notebook and when will it arrive?").hears("Take 1 × Ruled Notebook").hears_no("empty", "Apron")


def test_a_change_of_the_last_order_beside_a_question_is_shown(bob: Customer) -> None:
    number = bob.knows_contact().has_ordered("2 linen aprons")
    bob.says("add a glass teapot to my last order and how long does delivery take?")
    bob.hears(f"Your order #{number}, changed", "2 × Linen Apron", "1 × Glass Teapot")


def test_undo_after_several_changes_leaves_what_was_ordered(bob: Customer) -> None:
    bob.knows_contact().has_ordered("2 linen aprons and a ruled notebook")
    bob.says("make the aprons 4 and take out the notebook").hears("4 × Linen Apron").hears_no("Notebook")
    bob.says("undo").hears("#1001 stays as it was")
    bob.says("show my orders").hears("2 × Linen Apron", "1 × Ruled Notebook")


@pytest.mark.parametrize(
    ("first", "then", "shown"),
    [
        ("make it 4", "make it 3 again", "3 × Seaside Lunch Bag"),
        ("make it 3", "make it 2 again", "2 × Seaside Lunch Bag"),
        ("make it 6", "make that two again please", "2 × Seaside Lunch Bag"),
        ("make it 6", "set it back to 4 again", "4 × Seaside Lunch Bag"),
        ("make it 4", "make it 3 more", "7 × Seaside Lunch Bag"),
        ("make it 3", "make it 5 and do you sell linen aprons?", "5 × Seaside Lunch Bag"),
    ],
)
def test_so_many_again_is_a_number_and_no_more_of_it(bob: Customer, first: str, then: str, shown: str) -> None:
    bob.knows_contact().has_ordered("2 seaside lunch bags")
    bob.says(first).says(then).hears(shown)


def test_so_many_again_before_the_order_is_placed(bob: Customer) -> None:
    bob.knows_contact().says("2 seaside lunch bags").says("make it 4")
    bob.says("make it 3 again").hears("3 × Seaside Lunch Bag", "[Place order]")
