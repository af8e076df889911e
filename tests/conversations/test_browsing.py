"""Looking around: all there is, a department, the kinds of one thing."""

import pytest

from nlu.rules.said import Saying
from nlu.sayings import hear
from tests.support.stage import CATALOGUE, Customer, Stage


@pytest.mark.parametrize(
    "said", ["what do you sell?", "show me your products", "what's in your shop", "browse the shop"]
)
def test_all_there_is_by_department(bob: Customer, said: str) -> None:
    bob.says(said).hears("kitchen\t7", "bags\t4", "paper\t2", "home\t1", "[Kitchen]", "[Home]")


def test_a_department_by_its_button_and_on_by_pages(bob: Customer) -> None:
    bob.says("what do you sell?").presses("Kitchen").hears("Red Enamel Mug", "Recipe Box", "[More]").hears_no("Teapot")
    bob.says("more").hears("Linen Apron", "Glass Teapot").hears_no("Red Enamel Mug", "Lunch Bag")


@pytest.mark.parametrize("said", ["show me paper things", "what do you have in the paper department", "Paper"])
def test_a_department_by_its_name(bob: Customer, said: str) -> None:
    bob.says("what do you sell?").says(said).hears("Fern Greeting Card", "Ruled Notebook").hears_no("Mug")


@pytest.mark.parametrize("said", ["show me mugs", "let me see your mugs", "what kinds of mugs do you have", "see mugs"])
def test_the_kinds_of_one_thing(bob: Customer, said: str) -> None:
    bob.says(said).hears(
        "Red Enamel Mug", "Blue Enamel Mug", "Green Stoneware Mug", "40 in stock", "[Add Red Enamel Mug]"
    )
    bob.hears_no("Teapot", "Your cart")


def test_more_kinds_than_a_list_takes_come_in_pages(shop: Stage, bob: Customer) -> None:
    for colour in ("Cream", "Sage", "Navy"):
        shop.sells(f"MUG-{colour}", "13.00", 5, f"{colour} Enamel Mug", "kitchen")
    bob.says("show me mugs").hears("Red Enamel Mug", "Navy Enamel Mug", "[More]").hears_no("Stoneware", "Teapot")
    bob.says("more").hears("Green Stoneware Mug").hears_no("Red Enamel")
    bob.says("more").hears("all there is")


def test_who_looks_around_orders_by_number(bob: Customer) -> None:
    bob.says("show me lunch bags").says("add the second one").hears("1 × ").hears("Lunch Bag", "[Check out]")


@pytest.mark.parametrize(
    "said", ["the third one", "third please", "Third one", "3", "add the third one", "1 of the third one"]
)
def test_a_place_in_the_list_is_a_product_of_the_list(bob: Customer, said: str) -> None:
    bob.says("2 red enamel mugs").says("show me lunch bags").says(said)
    bob.hears("2 × Red Enamel Mug", "1 × ", "Lunch Bag").hears_no("3 × ")


def test_so_many_of_a_place_in_the_list_leave_the_cart_as_it_is(bob: Customer) -> None:
    bob.says("5 red enamel mugs").says("show me lunch bags").says("2 of the first")
    bob.hears("5 × Red Enamel Mug", "2 × ", "Lunch Bag")


@pytest.mark.parametrize(
    "said", ["how much is the glass teapot?", "what does the glass teapot cost", "price of the glass teapot"]
)
def test_the_price_of_a_product(bob: Customer, said: str) -> None:
    bob.says("2 red enamel mugs").says(said).hears("Glass Teapot", "$34.50", "[Add to cart]").hears_no("Your cart")


def test_the_price_of_one_of_a_list(bob: Customer) -> None:
    bob.says("show me mugs").says("how much is the second one?").hears("Stoneware Mug", "$15.50", "[Add to cart]")


@pytest.mark.parametrize(
    "said", ["got any lunch bags", "paper", "do you have notebooks and aprons", "show me cards and aprons"]
)
def test_who_only_asks_orders_nothing(bob: Customer, said: str) -> None:
    bob.says(said).says("show my cart").hears("Your cart is empty")


def test_a_department_by_one_word(bob: Customer) -> None:
    bob.says("paper").hears("Fern Greeting Card", "Ruled Notebook")


def test_a_product_by_one_word_is_still_ordered(bob: Customer) -> None:
    bob.says("2 glass teapots").hears("2 × Glass Teapot")
    bob.says("glass teapot").hears("3 × Glass Teapot")


def test_looking_around_keeps_the_cart_and_the_open_question(bob: Customer) -> None:
    bob.says("2 red enamel mugs").says("show me your notebooks")
    bob.hears("Ruled Notebook", "Back to your order")


def test_what_is_not_there_leads_to_what_is(bob: Customer) -> None:
    bob.says("show me umbrellas").hears("could not find “umbrellas”").presses("What we have").hears("kitchen\t7")


def test_a_product_of_the_same_name_comes_before_its_department(shop: Stage, bob: Customer) -> None:
    shop.sells("PAPER", "1.00", 3, "Paper", "paper")
    bob.says("do you have 5 paper?").hears("Not 5", "3").hears_no("Notebook")


def test_cheaper_ones_of_a_short_list_are_of_its_kind(bob: Customer) -> None:
    bob.says("show me lunch bags").says("cheaper ones")
    bob.hears("Racing Cars Lunch Bag", "Nothing in stock for “lunch bags” costs less")


def test_a_shop_without_departments_shows_its_products(shop: Stage, bob: Customer) -> None:
    for product_id, _, category, *_ in CATALOGUE:
        if category != "paper":
            shop.retires(product_id)
    bob.says("what do you sell?").hears("Fern Greeting Card", "Ruled Notebook", "[Add Ruled Notebook]").hears_no(
        "[Paper]"
    )


@pytest.mark.parametrize(
    "said",
    [
        "any left?",
        "is it available",
        "how many do you have left",
        "still in stock?",
        "show it",
        "which colours do you have?",
        "what sizes do you have",
        "what do you have left",
    ],
)
def test_a_question_about_one_product_is_not_about_all(said: str) -> None:
    assert hear(said, Saying.ALL_THERE_IS) is None
