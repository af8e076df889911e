"""Placed orders changed in words: one card that shows what becomes of it, and only a yes changes it."""

import pytest

from tests.support.stage import Customer, Stage


@pytest.fixture
def placed(bob: Customer) -> str:
    """The number of Bob's order of three mugs and a teapot."""
    return bob.knows_contact().has_ordered("3 red enamel mugs and a glass teapot")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("i ordered 3 mugs, make it 2", "2 × Red Enamel Mug"),
        ("take one of the three mugs off that order", "2 × Red Enamel Mug"),
        ("can you still add a linen apron to my last order", "1 × Linen Apron"),
        ("please make the mugs five in the order i just placed", "5 × Red Enamel Mug"),
        ("i picked the wrong colour of mug in my last order, want the blue", "3 × Blue Enamel Mug"),
        ("swap the teapot in my order for a linen apron", "1 × Linen Apron"),
    ],
)
def test_the_change_is_shown_on_one_card_and_a_yes_makes_it(
    shop: Stage, bob: Customer, placed: str, said: str, shown: str
) -> None:
    bob.says(said).hears(f"Your order #{placed}, changed", shown, "Confirm change")
    assert shop.stock("MUG-RED") == 37
    bob.says("yes").hears(f"Order #{placed} is changed", shown)
    assert shop.orders() == 1


def test_what_is_taken_out_of_a_placed_order_is_named_and_a_no_keeps_it(bob: Customer, placed: str) -> None:
    bob.says("remove the teapot from the order i just placed").hears(f"#{placed}, changed").hears_no("× Glass Teapot")
    bob.says("no, leave it as it was").hears(f"order #{placed} stays as it was")


def test_after_placing_make_it_means_the_placed_order(shop: Stage, bob: Customer) -> None:
    number = bob.knows_contact().has_ordered("3 red enamel mugs")
    bob.says("make it 2").hears(f"Your order #{number}, changed", "2 × Red Enamel Mug")
    bob.says("yes").hears("is changed")
    assert shop.stock("MUG-RED") == 38


@pytest.mark.parametrize(
    "said", ["the notebooks should have been 4", "there should be 4 notebooks", "it must be 4 notebooks"]
)
def test_what_should_have_been_is_how_many_there_shall_be(bob: Customer, said: str) -> None:
    bob.knows_contact().has_ordered("3 ruled notebooks and 1 linen apron")
    bob.says(said).hears("changed", "4 × Ruled Notebook", "1 × Linen Apron")


@pytest.mark.parametrize(
    "said",
    [
        "exchange the apron for 2 cake tins", "2 cake tins in place of the apron, please",
        "I want to swap the linen apron with 2 sets of cake tins",
    ],
)  # fmt: skip
def test_a_swap_after_placing_is_made_in_the_order_that_holds_what_goes(bob: Customer, shop: Stage, said: str) -> None:
    number = bob.knows_contact().has_ordered("3 ruled notebooks and 1 linen apron")
    bob.says(said).hears(f"Your order #{number}, changed", "2 × Set of 3 Cake Tins").hears_no("Linen Apron")
    bob.says("yes").hears("is changed")
    assert shop.orders() == 1


@pytest.mark.parametrize(
    ("said", "lines", "gone"),
    [
        ("leave out the cards and make it 4 aprons", ["4 × Linen Apron"], "Greeting Card"),
        ("no cards please and the apron twice", ["2 × Linen Apron"], "Greeting Card"),
        ("take one card off and add 2 more aprons", ["2 × Fern Greeting Card", "3 × Linen Apron"], "left out"),
        ("the cards should be 5 and the aprons 3", ["5 × Fern Greeting Card", "3 × Linen Apron"], "left out"),
        ("swap the apron for a recipe box and make it 6 cards", ["6 × Fern", "1 × Wooden Recipe"], "Linen Apron"),
    ],
)
def test_several_edits_after_placing_are_all_made(bob: Customer, said: str, lines: list[str], gone: str) -> None:
    number = bob.knows_contact().has_ordered("3 fern greeting cards and 1 linen apron")
    bob.says(said).hears(f"#{number}, changed", *lines).hears_no(gone)


@pytest.mark.parametrize(
    "said", ["can you add a recipe box to my order?", "and put a recipe box with it, to that order"]
)
def test_what_is_added_to_it_goes_into_the_order_that_was_just_placed(bob: Customer, said: str) -> None:
    number = bob.knows_contact().has_ordered("3 fern greeting cards")
    bob.says(said).hears(f"#{number}, changed", "1 × Wooden Recipe Box", "3 × Fern Greeting Card")


def test_of_two_orders_that_one_is_changed_which_is_named_by_its_age(bob: Customer, shop: Stage) -> None:
    first = bob.knows_contact().has_ordered("2 red enamel mugs")
    shop.passes(minutes=3)
    second = bob.has_ordered("3 ruled notebooks")
    bob.says("make it 6 in the earlier order").hears(f"#{first}, changed", "6 × Red Enamel Mug").says("stop")
    bob.says("make it 6 in the newer order").hears(f"#{second}, changed", "6 × Ruled Notebook").says("stop")
    bob.says("in my first order make it 4 mugs").hears(f"#{first}, changed", "4 × Red Enamel Mug")


def test_with_something_in_the_cart_make_it_means_the_cart(bob: Customer, placed: str) -> None:
    bob.says("add a linen apron to my cart").says("make it 2").hears("2 × Linen Apron").hears_no(f"#{placed}")


def test_of_several_orders_the_one_that_is_told_is_changed(shop: Stage, bob: Customer, placed: str) -> None:
    shop.passes(minutes=5)
    later = bob.has_ordered("2 fern greeting cards")
    bob.says("what can you do?")
    bob.says("can you add a linen apron to one of my orders").hears("Which order shall I change?")
    bob.says("never mind")
    bob.says(f"add a linen apron to order {placed}").hears(f"Your order #{placed}, changed")
    bob.says("no").says("stop")
    bob.says("i ordered 2 cards, make it 5").hears(f"Your order #{later}, changed", "5 × Fern Greeting Card")


def test_too_late_it_is_said_why_and_the_wish_goes_to_support(shop: Stage, bob: Customer, placed: str) -> None:
    shop.passes(hours=2)
    bob.says("can you take one mug off my last order").hears("that time is over", "ticket T1", f"#{placed}")
    assert shop.stock("MUG-RED") == 37


def test_on_its_way_it_is_said_too(shop: Stage, bob: Customer, placed: str) -> None:
    shop.ships(placed)
    bob.says(f"change order {placed}, make the mugs 5").hears("already on its way", "ticket T1")


def test_a_wish_without_anything_in_particular_asks_what(bob: Customer, placed: str) -> None:
    bob.says("i need to change something in the order i placed").hears(f"Order #{placed}", "What shall I change?")
    bob.says("drop the teapot").hears(f"#{placed}, changed")


def test_another_customers_order_is_not_there(bob: Customer, eve: Customer, placed: str) -> None:
    eve.says(f"please take one mug off order {placed}").hears("I see no order").hears_no("teapot")
